"""The declaration of the tables and the rows of a result."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

import pytest

from models.declaration import (
    Annual,
    AnnualIndicator,
    Budget,
    Comparator,
    DepartmentOverall,
    FundingSource,
    LongTerm,
    ProjectDeclaration,
)
from models.finding import Category, RepairKind, Severity
from models.submission import CheckOutcome, DepartmentForm, ProjectForm, Status, Submission
from normalize.text.cell_values import text_to_value
from shenbao.export.dictionary import DICTIONARY, dictionary_rows
from shenbao.export.rows import submission_to_rows
from shenbao.export.tables import TABLES
from tests.results import LONG, all_kinds, department, project, refused, submission


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
        ("checks", "outcome", CheckOutcome),
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


def test_sources_for_the_whole_period_and_for_the_year_are_two_rows() -> None:
    source = FundingSource(item="一般公共预算", amount=Decimal(64), annual_amount=Decimal(12))
    data = ProjectDeclaration(sources=(source,), budget_year=2026, unit_code="015001")
    made = submission("b.docx", ProjectForm(layout="x", data=data))
    found = [(r["period"], r["year"], r["amount"]) for r in rows(made, "budget")]
    assert found == [("whole_period", None, Decimal(64)), ("budget_year", 2026, Decimal(12))]
    assert rows(made, "submissions")[0]["unit_code"] == "015001"


def test_what_only_some_forms_print_is_in_the_tables() -> None:
    indicator = AnnualIndicator(
        level3="办结率",
        target=text_to_value("90%-95%"),
        weight=Decimal(10),
        core=True,
        extra={"上年权重": "8"},
    )
    data = DepartmentOverall(
        budget=Budget(total=Decimal("12.8")),
        budget_year=2026,
        annual=Annual(indicators=(indicator,)),
        long_term=LongTerm(from_year=2026, until_year=2030),
    )
    made = submission("a.docx", DepartmentForm(layout="x", data=data))
    (row,) = rows(made, "indicators")
    assert (row["target_lower"], row["target_upper"], row["target_number"]) == (90, 95, None)
    assert (row["weight"], row["core"], row["extra"]) == (10, True, "上年权重：8")
    (amount,) = rows(made, "budget")
    assert (amount["side"], amount["year"], amount["amount"]) == ("total", 2026, Decimal("12.8"))
    assert rows(made, "submissions")[0]["from_year"] == 2026


def test_tasks_other_fields_and_checks_have_their_tables() -> None:
    (task,), (check,) = rows(department(), "tasks"), rows(department(), "checks")
    assert (task["name"], task["amount"], task["fiscal"], task["other"]) == (
        "审计监督",
        Decimal("12.8"),
        12,
        None,
    )
    assert (check["rule"], check["outcome"], check["looked_at"], check["failed"]) == ("F2", "failed", 1, 1)
    assert [row["label"] for row in rows(department(), "printed")] == ["部门负责人", "机构数"]


def test_the_dictionary_explains_every_column() -> None:
    described = [row[:2] for row in dictionary_rows()]
    assert described == [(table.name, name) for table in TABLES.values() for name in table.names]
    assert DICTIONARY.names[:2] == ("table", "column")
