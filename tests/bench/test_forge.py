"""Forged forms: the same truth in every layout and format, the same bytes for a seed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.forge.__main__ import main
from bench.forge.batch import Order, fill, order_to_forms
from bench.forge.catalogue import NAMES
from bench.forge.declarations import declare
from bench.forge.departments import DEPARTMENTS, half_to_departments
from bench.forge.faults import FAULTS
from bench.forge.layouts import LAYOUTS
from bench.forge.sheet import Table
from bench.forge.traits import Traits
from bench.forge.typeset import typeset

LONG_WAY = Traits(long_texts=True, omissions=12, additions=6, projects=1)


def places(table: Table, columns: int) -> list[tuple[int, int]]:
    found = [
        (r, c)
        for cell in table.cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.column, cell.column + cell.column_span)
    ]
    assert max(c for _, c in found) < columns
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_the_cells_of_a_sheet_tile_its_grid(layout: str, seed: int) -> None:
    paper = LAYOUTS[layout]
    sheet = typeset(declare(seed, paper.form), paper, seed)
    for table in sheet.tables:
        found = places(table, len(sheet.widths))
        assert len(found) == len(set(found)) == table.rows * len(sheet.widths)


def texts(seed: int, layout: str) -> set[str]:
    sheet = typeset(declare(seed), LAYOUTS[layout], seed)
    return {cell.text for table in sheet.tables for cell in table.cells}


@pytest.mark.parametrize("layout", ["labels-above", "landscape", "repeated-headers", "plain-wide"])
def test_every_layout_prints_the_same_words(layout: str) -> None:
    assert texts(3, layout) == texts(3, "standard")


def test_labels_stand_above_as_rows_of_their_own() -> None:
    sheet = typeset(declare(3), LAYOUTS["labels-above"], 3)
    (table,) = sheet.tables
    label = next(cell for cell in table.cells if cell.text == "部门职能概述")
    assert (label.column, label.column_span, label.row_span) == (0, len(sheet.widths), 1)


def test_repeated_headers_are_the_label_and_the_column_names() -> None:
    sheet = typeset(declare(3), LAYOUTS["repeated-headers"], 3)
    assert [table.header_rows for table in sheet.tables] == [0, 2, 0, 4]


def test_a_declaration_may_have_no_project_and_its_money_still_agrees() -> None:
    budget = declare(5, traits=Traits(projects=0))["budget"]
    *parts, total = [Decimal(row["amount"]) for row in budget["expenditure"]]
    assert parts[-1] == 0
    assert sum(parts) == total


def test_a_form_without_projects_keeps_the_blank_row_of_its_template() -> None:
    sheet = typeset(declare(5, traits=Traits(projects=0)), LAYOUTS["labels-above"], 5)
    (table,) = sheet.tables
    header = next(cell.row for cell in table.cells if cell.text == "项目名称")
    assert [cell.text for cell in table.cells if cell.row == header + 1] == [""] * 5


def names(seed: int, traits: Traits) -> list[str]:
    return [row["level3"] for row in declare(seed, traits=traits)["annual"]["indicators"]]


def test_omitted_rows_of_the_catalogue_are_not_printed() -> None:
    left = set(names(7, Traits(omissions=20))) & NAMES
    assert len(left) == len(NAMES) - 20


def test_added_indicators_stand_beside_the_usual_ones() -> None:
    usual, more = (names(7, Traits(omissions=0, additions=count)) for count in (0, 4))
    assert set(usual) < set(more)
    assert len(more) == len(usual) + 4


def test_long_texts_keep_their_beginning_and_their_end() -> None:
    usual, long = declare(7), declare(7, traits=Traits(long_texts=True))
    grown = 0
    for before, after in zip(usual["functions"], long["functions"], strict=True):
        assert after.startswith(before.rstrip("；。"))
        assert after[-1] == before[-1]
        grown += len(after) - len(before)
    assert grown > 40


def test_halves_share_no_kind_of_department() -> None:
    halves = [{one.name for one in half_to_departments(half)} for half in ("dev", "test")]
    assert halves[0] & halves[1] == set()
    assert len(halves[0]) == len(halves[1]) == len(DEPARTMENTS) // 2 >= 15
    order = Order(range(1, 20), "standard", "docx", half="test")
    assert all(form.truth["department"].split("县", 1)[1] in halves[1] for form in order_to_forms(order))


@pytest.mark.parametrize("format", ["docx", "xlsx", "html", "ofd", "text", "ocr"])
def test_a_seed_gives_the_same_bytes(format: str, tmp_path: Path) -> None:
    order = Order(range(8, 9), "standard", format, traits=LONG_WAY, damage="ocr")
    ((one,), (other,)) = (fill(order, tmp_path / name) for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_alone_is_noted_by_its_name(fault: str, tmp_path: Path) -> None:
    fill(Order(range(1, 5), "standard", "ocr", damage=fault), tmp_path)
    noted = {
        name for path in (tmp_path / "faults").iterdir() for name, _, _ in json.loads(path.read_text("utf-8"))
    }
    assert fault in noted
    assert noted <= {fault, "page-break", "shift-left"}


def test_the_command_line_writes_forms_and_truths_apart(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, [str(tmp_path), "--seeds", "1:2", "--layout", "2021", "--format", "text"])
    assert done.exit_code == 0, done.output
    names = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*"))
    assert names == [
        "forms/0001-2021-text.md",
        "forms/0002-2021-text.md",
        "truth/0001-2021-text.truth.json",
        "truth/0002-2021-text.truth.json",
    ]


def test_seeds_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, [str(tmp_path), "--seeds", "a:b"])
    assert done.exit_code == 2


def test_a_damage_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, [str(tmp_path), "--format", "ocr", "--damage", "coffee"])
    assert done.exit_code == 2
    assert "coffee" in done.output
    assert "split-row" in done.output
