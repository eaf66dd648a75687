"""Numbers that a conditional format hides."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from openpyxl.formatting.rule import IconSetRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from extract.office.excel.reader import read_excel
from models.grid import Grid

Relation = Literal["equal", "greaterThan"]
WHITE = DifferentialStyle(font=Font(color="FFFFFFFF"))
NOTHING = DifferentialStyle(numFmt=NumberFormat(numFmtId=180, formatCode=";;;"))
ON_BLUE = DifferentialStyle(font=Font(color="FFFFFFFF"), fill=PatternFill("solid", bgColor="FF1F4E79"))


def seen(
    folder: Path, look: DifferentialStyle, relation: Relation, limit: str
) -> tuple[list[str], list[str]]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A3"] = 0, 3268.4, "合计"
    sheet.conditional_formatting.add("A1:A9", Rule("cellIs", operator=relation, formula=[limit], dxf=look))
    book.save(folder / "form")
    document = read_excel(folder / "form")
    (grid,) = (piece for piece in document.pieces if isinstance(piece, Grid))
    return [cell.text for cell in grid.cells], [problem.code for problem in document.problems]


@pytest.mark.parametrize("look", [WHITE, NOTHING])
def test_a_hidden_zero_is_blank(tmp_path: Path, look: DifferentialStyle) -> None:
    assert seen(tmp_path, look, "equal", "0") == (["3268.4", "合计"], [])


def test_another_hidden_number_is_told(tmp_path: Path) -> None:
    assert seen(tmp_path, WHITE, "greaterThan", "100") == (["0", "", "合计"], ["text-hidden"])


def test_white_on_a_dark_fill_is_seen(tmp_path: Path) -> None:
    assert seen(tmp_path, ON_BLUE, "equal", "0") == (["0", "3268.4", "合计"], [])


def test_a_number_in_the_colour_of_its_fill_is_told(tmp_path: Path) -> None:
    blue = DifferentialStyle(font=Font(color="FF1F4E79"), fill=PatternFill("solid", bgColor="FF1F4E79"))
    assert seen(tmp_path, blue, "greaterThan", "100") == (["0", "", "合计"], ["text-hidden"])


def test_a_limit_that_is_no_constant_is_not_understood(tmp_path: Path) -> None:
    assert seen(tmp_path, WHITE, "equal", "$B$1") == (["0", "3268.4", "合计"], [])


def hidden_by(folder: Path, rule: Rule) -> list[str]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["B1"] = 0, 7, "合计"
    sheet.conditional_formatting.add("A1:A9", rule)
    book.save(folder / "form")
    (grid,) = (piece for piece in read_excel(folder / "form").pieces if isinstance(piece, Grid))
    return [cell.text for cell in grid.cells]


def test_a_formula_about_the_cell_itself_hides_like_a_comparison(tmp_path: Path) -> None:
    rule = Rule("expression", formula=["$A1=0"], dxf=WHITE)
    assert hidden_by(tmp_path, rule) == ["", "合计", "7", ""]


def test_a_formula_about_another_cell_is_not_understood(tmp_path: Path) -> None:
    rule = Rule("expression", formula=["$B1=0"], dxf=WHITE)
    assert hidden_by(tmp_path, rule) == ["0", "合计", "7", ""]


def test_an_icon_in_the_place_of_a_number_hides_it(tmp_path: Path) -> None:
    shown, icons = (
        IconSetRule("3Flags", "percent", [0, 33, 67], showValue=show)  # type: ignore[no-untyped-call]
        for show in (True, False)
    )
    assert hidden_by(tmp_path, shown) == ["0", "合计", "7", ""]
    assert hidden_by(tmp_path, icons) == ["合计"]
