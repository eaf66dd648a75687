"""The declaration of the tables and the rows of a result."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

import pytest

from models.declaration import Comparator
from models.finding import Category, RepairKind, Severity
from models.submission import Status, Submission
from shenbao.export.rows import submission_to_rows
from shenbao.export.tables import DICTIONARY, TABLES, dictionary_rows
from tests.results import LONG, all_kinds, department, project, refused


def rows(submission: Submission, table: str) -> list[dict[str, Any]]:
    names = TABLES[table].names
    return [
        dict(zip(names, row, strict=True)) for name, row in submission_to_rows(submission) if name == table
    ]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_names_and_titles_tell_the_columns_apart(table: Any) -> None:
    assert len(set(table.names)) == len(set(table.titles)) == len(table.columns)
    assert table.names[:3] == ("file", "submission", "form_number")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_keys_tell_the_rows_apart(table: Any) -> None:
    found = [tuple(row[key] for key in table.keys) for made in all_kinds() for row in rows(made, table.name)]
    assert len(set(found)) == len(found) > 0
    assert all(None not in key for key in found)


@pytest.mark.parametrize(
    ("table", "column", "codes"),
    [
        ("submissions", "status", Status),
        ("indicators", "target_comparator", Comparator),
        ("findings", "severity", Severity),
        ("findings", "category", Category),
        ("repairs", "kind", RepairKind),
    ],
)
def test_every_code_has_a_chinese_label(table: str, column: str, codes: Any) -> None:
    declared = next(c for c in TABLES[table].columns if c.name == column)
    assert set(declared.labels) == set(get_args(codes))


def test_the_key_comes_from_the_content_and_not_from_the_name() -> None:
    one, other = department(), department()
    other = other.model_copy(update={"source": other.source.model_copy(update={"name": "z.docx"})})
    assert rows(one, "budget")[0]["submission"] == rows(other, "budget")[0]["submission"]


def test_a_share_is_text_as_printed_and_a_number() -> None:
    row = next(r for r in rows(department(), "budget") if r["share"])
    assert (row["share"], row["share_percent"], row["amount"]) == ("100%", Decimal(100), Decimal("1932.40"))


def test_a_number_keeps_all_its_digits() -> None:
    assert LONG in [row["amount"] for row in rows(department(), "budget")]


def test_a_file_without_a_form_is_form_number_0() -> None:
    (row,), (found,) = rows(refused(), "submissions"), rows(refused(), "findings")
    assert (row["form_number"], row["status"], row["errors"], row["department"]) == (0, "rejected", 1, None)
    assert (found["form_number"], found["path"], found["message"]) == (0, None, "文件已损坏")


def test_findings_and_repairs_say_their_place_in_the_forms_words() -> None:
    (repair,), (found,) = rows(department(), "repairs"), rows(department(), "findings")
    assert (repair["place"], repair["path"]) == ("填报人", "/preparer")
    assert (found["place"], found["path"]) == ("联系电话", "/phone")


def test_a_project_form_is_in_the_tables() -> None:
    (row,) = rows(project(), "projects")
    assert (row["name"], row["code"], row["period_end"]) == ("信息化建设", "020202", "2026-12")
    assert [(r["side"], r["amount"]) for r in rows(project(), "budget")] == [("source", Decimal(64))]
    assert [(r["section"], r["text"]) for r in rows(project(), "goals")] == [("rationale", "依法")]


def test_the_dictionary_explains_every_column() -> None:
    described = [row[:2] for row in dictionary_rows()]
    assert described == [(table.name, name) for table in TABLES.values() for name in table.names]
    assert DICTIONARY.names[:2] == ("table", "column")
