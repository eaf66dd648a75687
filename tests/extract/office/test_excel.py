"""Sheets as they are displayed: merges, hidden parts, number formats, formulas without a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from extract.office.excel import read_sheet
from models.document import Document
from models.grid import Grid

Fill = Callable[[Worksheet], object]


def read(folder: Path, fill: Fill, max_cells: int = 500_000) -> Document:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Sheet1"
    fill(book.active)
    book.save(folder / "form")
    return read_sheet(folder / "form", max_cells)


def raw(folder: Path, rows: str, rest: str = "") -> Document:
    """A workbook whose sheet XML is given."""
    openpyxl.Workbook().save(folder / "empty")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{rest}</worksheet>'
    with ZipFile(folder / "empty") as old, ZipFile(folder / "form", "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return read_sheet(folder / "form")


def filled(**values: object) -> Fill:
    def fill(sheet: Worksheet) -> None:
        for name, value in values.items():
            sheet[name] = value  # type: ignore[assignment]

    return fill


def grid(document: Document) -> Grid:
    (found,) = document.pieces
    assert isinstance(found, Grid)
    return found


def texts(document: Document) -> list[str]:
    return [cell.text for cell in grid(document).cells]


def layout(document: Document) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid(document).cells]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def test_merged_ranges_are_spans(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1="a", C1="b", C2="c")(sheet)
        sheet.merge_cells("A1:B2")

    document = read(tmp_path, fill)
    assert layout(document) == [("a", 0, 0, 2, 2), ("b", 0, 2, 1, 1), ("c", 1, 2, 1, 1)]
    assert grid(document).spans == "ruled"


def test_merge_reaching_beyond_the_values_is_kept(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "title"
        sheet.merge_cells("A1:D1")

    assert layout(read(tmp_path, fill)) == [("title", 0, 0, 1, 4)]


def test_blank_cells_inside_are_blank_and_margins_trimmed(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(B3="a", C4="b", E9=" ")(sheet)
        sheet.merge_cells("H1:J9")

    found = grid(read(tmp_path, fill))
    assert [(c.text, c.state, c.place.part) for c in found.cells] == [
        ("a", "read", "Sheet1!B3"),
        ("", "blank", "Sheet1!C3"),
        ("", "blank", "Sheet1!B4"),
        ("b", "read", "Sheet1!C4"),
    ]


def test_hidden_rows_and_columns_are_left_out_and_named(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1="a", B1="x", C1="b", A2="y", A3="c", C3="d")(sheet)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    document = read(tmp_path, fill)
    assert texts(document) == ["a", "b", "c", "d"]
    assert [(p.code, p.severity) for p in document.problems] == [
        ("rows-hidden", "info"),
        ("columns-hidden", "info"),
    ]
    assert "第 2 行" in document.problems[0].message
    assert "第 B 列" in document.problems[1].message


def test_merge_shrinks_by_its_hidden_rows(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1="a", B1="x", B2="b", B3="c")(sheet)
        sheet.merge_cells("A1:A3")
        sheet.row_dimensions[1].hidden = True

    assert layout(read(tmp_path, fill)) == [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 1), ("c", 1, 1, 1, 1)]


def test_sheets_in_order_without_hidden_ones(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, state in (("甲", "visible"), ("乙", "hidden"), ("丙", "visible")):
        sheet = book.create_sheet(name)
        sheet["A1"] = name
        sheet.sheet_state = state
    book.save(tmp_path / "form")
    document = read_sheet(tmp_path / "form")
    assert [p.cells[0].place.part for p in document.pieces if isinstance(p, Grid)] == ["甲!A1", "丙!A1"]
    assert [(p.code, "乙" in p.message) for p in document.problems] == [("sheet-hidden", True)]


def test_line_breaks_and_rich_text(tmp_path: Path) -> None:
    rich = CellRichText("指标", TextBlock(InlineFont(b=True), "值"))
    assert texts(read(tmp_path, filled(A1="1、a\n2、b", B1=rich, C1="a_x000D_\nb"))) == [
        "1、a\n2、b",
        "指标值",
        "a\nb",
    ]


def test_stored_format_is_applied(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1=0.7237, B1=dt.datetime(2025, 10, 22), C1=True)(sheet)
        sheet["A1"].number_format = "0.00%"
        sheet["B1"].number_format = 'yyyy"年"m"月"d"日"'

    assert texts(read(tmp_path, fill)) == ["72.37%", "2025年10月22日", "TRUE"]


def test_short_date_is_the_chinese_one(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = dt.datetime(2025, 10, 2)
        sheet["A1"].number_format = "mm-dd-yy"

    assert texts(read(tmp_path, fill)) == ["2025/10/2"]


def test_error_value_is_unread(tmp_path: Path) -> None:
    document = read(tmp_path, filled(A1="#REF!"))
    (cell,) = grid(document).cells
    assert (cell.text, cell.state, codes(document)) == ("#REF!", "unread", ["cell-error"])


def test_formula_without_value_is_unread_not_blank(tmp_path: Path) -> None:
    document = read(tmp_path, filled(A1="合计", B1="=SUM(C1:C9)"))
    assert [(c.text, c.state) for c in grid(document).cells] == [("合计", "read"), ("", "unread")]
    assert codes(document) == ["formula-without-value"]
    assert "B1" in document.problems[0].message


def test_formula_with_value_is_its_value(tmp_path: Path) -> None:
    document = raw(tmp_path, '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>')
    assert (texts(document), document.problems) == (["2"], ())


def test_formula_with_empty_text_is_blank(tmp_path: Path) -> None:
    cells = '<c r="A1"><v>1</v></c><c r="B1" t="str"><f>IF(A1,"","")</f><v></v></c><c r="C1"><v>2</v></c>'
    document = raw(tmp_path, f'<row r="1">{cells}</row>')
    assert [c.state for c in grid(document).cells] == ["read", "blank", "read"]
    assert document.problems == ()


def test_cells_without_references_are_counted(tmp_path: Path) -> None:
    document = raw(tmp_path, "<row><c><v>1</v></c><c><f>A1</f></c></row>")
    assert [(c.place.part, c.state) for c in grid(document).cells] == [
        ("Sheet!A1", "read"),
        ("Sheet!B1", "unread"),
    ]


def test_empty_workbook_is_reported(tmp_path: Path) -> None:
    document = read(tmp_path, filled())
    assert (document.pieces, codes(document)) == ((), ["file-empty"])


def test_missing_sheet_part_is_reported(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "whole")
    with ZipFile(tmp_path / "whole") as old, ZipFile(tmp_path / "form", "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("sheet1", "sheet7"), old.read(name))
    assert codes(read_sheet(tmp_path / "form")) == ["file-damaged"]


def test_stored_cells_are_bounded(tmp_path: Path) -> None:
    document = read(tmp_path, filled(A1=1, A2=2, A3=3), max_cells=2)
    assert (document.pieces, codes(document)) == ((), ["file-too-large"])


def test_huge_merge_is_refused_before_it_is_built(tmp_path: Path) -> None:
    document = raw(tmp_path, "", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert codes(document) == ["file-too-large"]


def test_far_value_cuts_the_grid_and_is_reported(tmp_path: Path) -> None:
    document = read(tmp_path, filled(A1="a", B1="b", A900="x"), max_cells=100)
    assert (grid(document).rows, codes(document)) == (50, ["file-too-large"])


@pytest.mark.parametrize("keep", [0, 10, 2000])
def test_damaged_file_is_one_problem(tmp_path: Path, keep: int) -> None:
    read(tmp_path, filled(A1=1))
    (tmp_path / "cut").write_bytes((tmp_path / "form").read_bytes()[:keep])
    document = read_sheet(tmp_path / "cut")
    assert (document.pieces, codes(document)) == ((), ["file-damaged"])


def test_broken_sheet_is_one_problem(tmp_path: Path) -> None:
    assert codes(raw(tmp_path, "<row><c>")) == ["file-damaged"]


def test_missing_file_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_sheet(tmp_path / "none")


def test_defect_of_ours_is_no_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.office.excel.displayed", lambda value, code: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        read(tmp_path, filled(A1=1))


def test_too_little_memory_is_no_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("extract.office.excel.apply_stylesheet", exhausted)
    with pytest.raises(MemoryError):
        read(tmp_path, filled(A1=1))
