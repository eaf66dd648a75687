"""Sheets as they are displayed: merges, hidden parts, number formats, formulas without a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from extract.office.excel.reader import read_excel
from models.document import Document, TextLine
from models.grid import Grid, Place

Fill = Callable[[Worksheet], object]


def read(folder: Path, fill: Fill, max_cells: int = 500_000) -> Document:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Sheet1"
    fill(book.active)
    book.save(folder / "form")
    return read_excel(folder / "form", max_cells)


def raw(folder: Path, rows: str, rest: str = "", max_cells: int = 500_000) -> Document:
    """A workbook whose sheet XML is given."""
    openpyxl.Workbook().save(folder / "empty")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{rest}</worksheet>'
    with ZipFile(folder / "empty") as old, ZipFile(folder / "form", "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return read_excel(folder / "form", max_cells)


def filled(**values: object) -> Fill:
    def fill(sheet: Worksheet) -> None:
        for name, value in values.items():
            sheet[name] = value  # type: ignore[assignment]

    return fill


def grid(document: Document) -> Grid:
    (found,) = document.pieces
    assert isinstance(found, Grid)
    return found


def test_text_centred_across_blank_cells_covers_them(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1="填报人", D1="x", A2="a", B2="b", C2="c", D2="d")(sheet)
        for name in ("A1", "B1", "C1"):
            sheet[name].alignment = Alignment(horizontal="centerContinuous")

    first, second, *_ = grid(read(tmp_path, fill)).cells
    assert (first.text, first.column_span, second.text) == ("填报人", 3, "x")


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
    document = read_excel(tmp_path / "form")
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


@pytest.mark.parametrize("number", ["1e400", "1E+999999999"])
def test_a_number_beyond_those_of_excel_stays_as_it_is_written(tmp_path: Path, number: str) -> None:
    assert texts(raw(tmp_path, f'<row r="1"><c r="A1"><v>{number}</v></c></row>')) == [number]


def test_error_value_is_unread(tmp_path: Path) -> None:
    document = read(tmp_path, filled(A1="#REF!"))
    (cell,) = grid(document).cells
    assert (cell.text, cell.state, codes(document)) == ("", "unread", ["cell-error"])


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
    assert codes(read_excel(tmp_path / "form")) == ["file-damaged"]


def test_stored_cells_are_bounded(tmp_path: Path) -> None:
    document = read(tmp_path, filled(A1=1, A2=2, A3=3), max_cells=2)
    assert (document.pieces, codes(document)) == ((), ["file-too-large"])


def test_huge_merge_is_refused_before_it_is_built(tmp_path: Path) -> None:
    document = raw(tmp_path, "", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert codes(document) == ["file-too-large"]


def test_grid_beyond_the_limit_is_cut_and_told(tmp_path: Path) -> None:
    document = read(tmp_path, filled(A1="a", B1="b", A900="x"), max_cells=100)
    assert (grid(document).rows, codes(document)) == (50, ["file-too-large"])
    assert "900 行" in document.problems[0].message


def test_values_in_far_corners_are_left_out_and_told(tmp_path: Path) -> None:
    document = read(tmp_path, filled(A1="a", B1="b", A9000="x", ZZ1="y", XFD1048576="z"))
    assert (texts(document), codes(document)) == (["a", "b"], ["cells-far-away"])
    assert "ZZ1、A9000、XFD1048576" in document.problems[0].message


@pytest.mark.parametrize("keep", [0, 10, 2000])
def test_damaged_file_is_one_problem(tmp_path: Path, keep: int) -> None:
    read(tmp_path, filled(A1=1))
    (tmp_path / "cut").write_bytes((tmp_path / "form").read_bytes()[:keep])
    document = read_excel(tmp_path / "cut")
    assert (document.pieces, codes(document)) == ((), ["file-damaged"])


def test_broken_sheet_is_one_problem(tmp_path: Path) -> None:
    assert codes(raw(tmp_path, "<row><c>")) == ["file-damaged"]


def test_missing_file_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_excel(tmp_path / "none")


def test_defect_of_ours_is_no_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.office.excel.sheet.displayed", lambda *_, **__: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        read(tmp_path, filled(A1=1))


def test_too_little_memory_is_no_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("extract.office.excel.workbook.read_cell_styles", exhausted)
    with pytest.raises(MemoryError):
        read(tmp_path, filled(A1=1))


def test_struck_text_is_left_out_and_told(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1="a", B1="旧", C1="c")(sheet)
        sheet["B1"].font = Font(strike=True)

    document = read(tmp_path, fill)
    assert (texts(document), codes(document)) == (["a", "", "c"], ["text-struck"])
    assert "B1" in document.problems[0].message
    assert document.problems[0].places == (Place(part="Sheet1!B1"),)


@pytest.mark.parametrize(
    ("colour", "fill", "shown"),
    [
        ("FFFFFFFF", None, ""),
        (Color(theme=0), None, ""),
        ("FFFEFEFE", None, ""),
        ("FFFF0000", None, "120.55"),
        ("FFFFFFFF", "FF203864", "120.55"),
        ("FF203864", "FF203864", ""),
        (None, None, "120.55"),
    ],
)
def test_text_of_the_colour_behind_it_is_not_seen(
    tmp_path: Path, colour: str | Color | None, fill: str | None, shown: str
) -> None:
    def write(sheet: Worksheet) -> None:
        filled(A1="a", B1=120.55, C1="c")(sheet)
        sheet["B1"].font = Font(color=colour)
        if fill:
            sheet["B1"].fill = PatternFill("solid", fgColor=fill)

    document = read(tmp_path, write)
    assert texts(document) == ["a", shown, "c"]
    assert codes(document) == ([] if shown else ["text-hidden"])


def test_raised_runs_are_exponents_or_marks(tmp_path: Path) -> None:
    def rich(text: str, raised: str) -> CellRichText:
        return CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), raised))

    assert texts(read(tmp_path, filled(A1=rich("10", "4"), B1=rich("402.87", "2")))) == ["10⁴", "402.87"]


def test_struck_run_of_a_text_is_left_out(tmp_path: Path) -> None:
    rich = CellRichText(TextBlock(InlineFont(strike=True), "95%"), "98%")
    document = read(tmp_path, filled(A1=rich))
    assert (texts(document), codes(document)) == (["98%"], ["text-struck"])


def test_zeros_that_are_not_shown_are_blank(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1=1, B1=0, C1=2, D1="0")(sheet)
        sheet.sheet_view.showZeros = False

    assert texts(read(tmp_path, fill)) == ["1", "", "2", "0"]


def test_zero_of_a_formula_that_was_never_calculated_is_unread(tmp_path: Path) -> None:
    cells = '<c r="A1"><v>0</v></c><c r="B1"><f>A1</f><v>0</v></c><c r="C1"><f>A1</f><v>7</v></c>'
    document = raw(tmp_path, f'<row r="1">{cells}</row>')
    assert [c.state for c in grid(document).cells] == ["read", "unread", "read"]
    assert codes(document) == ["formula-without-value"]


def test_style_out_of_range_is_general(tmp_path: Path) -> None:
    assert texts(raw(tmp_path, '<row r="1"><c r="A1" s="999"><v>1.5</v></c></row>')) == ["1.5"]


def test_part_names_in_capitals_and_with_backslashes(tmp_path: Path) -> None:
    read(tmp_path, filled(A1="a"))
    with ZipFile(tmp_path / "form") as old, ZipFile(tmp_path / "new", "w") as new:
        for name in old.namelist():
            new.writestr(name.upper().replace("/", "\\"), old.read(name))
    assert texts(read_excel(tmp_path / "new")) == ["a"]


def test_formatted_rows_without_values_cost_nothing(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 5000))
    document = raw(tmp_path, f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}', max_cells=10)
    assert (texts(document), document.problems) == (["1"], ())


@pytest.mark.parametrize("place", ["A1048577", "XFE1", "ZZZZ9", "A0", "7", ""])
def test_cell_beyond_the_sheet_is_damage(tmp_path: Path, place: str) -> None:
    document = raw(tmp_path, f'<row r="1"><c r="{place}"><v>1</v></c></row>')
    assert codes(document) == (["file-damaged"] if place else [])


def test_row_beyond_the_sheet_is_damage(tmp_path: Path) -> None:
    assert codes(raw(tmp_path, '<row r="999999999"><c><v>1</v></c></row>')) == ["file-damaged"]


def test_repeated_long_text_is_counted_as_often_as_it_is_shown(tmp_path: Path) -> None:
    document = raw(tmp_path, "".join(f'<row><c t="str"><v>{"字" * 20_000}</v></c></row>' for _ in range(151)))
    assert (document.pieces, codes(document)) == ((), ["file-too-large"])
    assert "3000000" in document.problems[0].message


def test_page_header_comes_before_the_grid(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "a"
        header: Any = sheet.oddHeader
        header.center.text = "部门整体绩效目标申报表"
        header.right.text = "第 &P 页"

    line, found = read(tmp_path, fill).pieces
    assert isinstance(line, TextLine) and line.text == "部门整体绩效目标申报表"
    assert isinstance(found, Grid)


DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>{}</xdr:twoCellAnchor></xdr:wsDr>'
)


def drawn(folder: Path, drawing: str, *values: str) -> Document:
    """A workbook whose sheet holds `values` in its first row and a drawing."""
    read(folder, lambda sheet: sheet.append(values))
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://x/drawing" Target="../drawings/a.xml"/></Relationships>'
    )
    with ZipFile(folder / "form", "a") as file:
        file.writestr("xl/worksheets/_rels/sheet1.xml.rels", relation)
        file.writestr("xl/drawings/a.xml", DRAWING.format(drawing))
    return read_excel(folder / "form")


def test_text_box_is_lines_before_the_grid(tmp_path: Path) -> None:
    box = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>申报</a:t></a:r><a:r><a:t>表</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    line, found = drawn(tmp_path, box, "a").pieces
    assert isinstance(line, TextLine) and line.text == "申报表"
    assert isinstance(found, Grid)


def test_text_box_on_a_cell_is_told_at_the_cell(tmp_path: Path) -> None:
    box = (
        "<xdr:from><xdr:col>0</xdr:col><xdr:row>0</xdr:row></xdr:from>"
        "<xdr:sp><xdr:txBody><a:p><a:r><a:t>9.9</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    document = drawn(tmp_path, box, "8.8")
    assert [piece.text for piece in document.pieces if isinstance(piece, TextLine)] == ["9.9"]
    assert codes(document) == ["box-beside-text"]
    assert document.problems[0].places == (Place(part="Sheet1!A1"),)


def test_picture_without_cells_is_named(tmp_path: Path) -> None:
    document = drawn(tmp_path, "<xdr:pic/>")
    assert codes(document) == ["form-is-picture"]
    assert "图片" in document.problems[0].message


def test_picture_in_a_cell_is_unread_and_named(tmp_path: Path) -> None:
    cells = (
        '<c r="A1"><v>1</v></c><c r="B1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
    )
    document = raw(tmp_path, f'<row r="1">{cells}</row>')
    assert ([c.state for c in grid(document).cells], codes(document)) == (
        ["read", "unread"],
        ["cell-picture"],
    )


def test_missing_style_sheet_and_theme_are_survived(tmp_path: Path) -> None:
    read(tmp_path, filled(A1=1.5))
    with ZipFile(tmp_path / "form") as old, ZipFile(tmp_path / "new", "w") as new:
        for name in old.namelist():
            if "styles" not in name and "theme" not in name:
                new.writestr(name, old.read(name))
    assert texts(read_excel(tmp_path / "new")) == ["1.5"]


def test_a_row_too_low_and_a_font_too_small_show_nothing(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1="a", B1="b", A2="旧", A3="c", B3="旧")(sheet)
        sheet.row_dimensions[2].height = 0.75
        sheet["B3"].font = Font(sz=1)

    assert texts(read(tmp_path, fill)) == ["a", "b", "c", ""]


def test_white_text_on_a_fill_of_the_old_palette_is_seen(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1="a", B1="b")(sheet)
        sheet["A1"].font = Font(color="FFFFFFFF")
        sheet["A1"].fill = PatternFill("solid", fgColor=Color(indexed=18))

    assert texts(read(tmp_path, fill)) == ["a", "b"]


def test_a_date_that_is_written_as_such_is_shown_as_its_format_says(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="d"><v>2025-11-28T00:00:00</v></c><c r="B1"><v>1</v></c></row>'
    assert texts(raw(tmp_path, rows))[0] == "2025/11/28"


def test_a_first_column_that_only_numbers_the_rows_is_left_out(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1="行次", B1="项目", C1="金额")(sheet)
        for row in range(2, 30):
            filled(**{f"A{row}": row - 1, f"B{row}": f"项目{row}", f"C{row}": 5})(sheet)

    assert texts(read(tmp_path, fill))[:4] == ["项目", "金额", "项目2", "5"]


def test_what_lies_beside_the_print_area_is_told_and_not_read(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        filled(A1="a", B1="b", A2="c", B2="d", F1="旧")(sheet)
        sheet.print_area = "A1:B2"

    document = read(tmp_path, fill)
    assert texts(document) == ["a", "b", "c", "d"]
    assert [problem.code for problem in document.problems] == ["cells-not-printed"]


def two_sheets(folder: Path, name: str, title: str) -> Document:
    def fill(sheet: Worksheet) -> None:
        for row in range(1, 31):
            filled(**{f"A{row}": f"项目{row}", f"B{row}": row})(sheet)
        assert sheet.parent is not None
        filled(A1=title, A2="核心型")(sheet.parent.create_sheet(name))

    return read(folder, fill)


def test_a_sheet_of_codes_behind_the_form_is_not_read(tmp_path: Path) -> None:
    document = two_sheets(tmp_path, "代码表", "基本型")
    assert len(document.pieces) == 1
    assert [problem.code for problem in document.problems] == ["sheet-aside"]


@pytest.mark.parametrize(("name", "title"), [("Sheet2", "基本型"), ("填报说明及申报表", "绩效目标申报表")])
def test_another_sheet_is_read(tmp_path: Path, name: str, title: str) -> None:
    assert len(two_sheets(tmp_path, name, title).pieces) == 2
