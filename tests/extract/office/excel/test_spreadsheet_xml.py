"""SpreadsheetML 2003 as Excel shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.office.excel.spreadsheet_xml import read_spreadsheet_xml
from models.document import Document
from models.grid import Grid

HEAD = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
)


def read(folder: Path, table: str, styles: str = "", options: str = "") -> Document:
    path = folder / "form.xls"
    sheet = f'<Worksheet ss:Name="表"><Table>{table}</Table>{options}</Worksheet>'
    path.write_text(f"{HEAD}<Styles>{styles}</Styles>{sheet}</Workbook>", "utf-8")
    return read_spreadsheet_xml(path)


def data(text: str, kind: str = "String", attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<Row {attributes}>{''.join(cells)}</Row>"


def layout(document: Document) -> list[tuple[str, int, int, int, int]]:
    (grid,) = document.pieces
    assert isinstance(grid, Grid)
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells if c.text]


def test_merges_and_skipped_cells(tmp_path: Path) -> None:
    table = row(data("a", attributes='ss:MergeAcross="1" ss:MergeDown="1"'), data("b")) + row(
        data("c", attributes='ss:Index="3"')
    )
    assert layout(read(tmp_path, table)) == [("a", 0, 0, 2, 2), ("b", 0, 2, 1, 1), ("c", 1, 2, 1, 1)]


def test_places_are_cells(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, row(data("a"), data("b"))).pieces
    assert isinstance(grid, Grid) and grid.cells[1].place.part == "表!B1"


@pytest.mark.parametrize(
    ("code", "kind", "value", "shown"),
    [
        ("0.00%", "Number", "0.9524", "95.24%"),
        ("Percent", "Number", "0.9524", "95.24%"),
        ("0!.0000", "Number", "45160200", "4516.0200"),
        ("yyyy/m/d", "DateTime", "2025-10-22T00:00:00.000", "2025/10/22"),
        ("General", "Boolean", "1", "TRUE"),
        ("@", "String", "一", "一"),
        ("General", "Number", "1e999", "1e999"),
        ("General", "DateTime", "昨天", "昨天"),
    ],
)
def test_values_under_their_formats(tmp_path: Path, code: str, kind: str, value: str, shown: str) -> None:
    style = f'<Style ss:ID="s1"><NumberFormat ss:Format="{code}"/></Style>'
    assert layout(read(tmp_path, row(data(value, kind, 'ss:StyleID="s1"')), style))[0][0] == shown


def test_hidden_rows_and_columns_are_left_out(tmp_path: Path) -> None:
    columns = '<Column/><Column ss:Hidden="1"/>'
    table = (
        columns
        + row(data("a"), data("x"), data("b"))
        + row(data("y"), attributes='ss:Hidden="1"')
        + row(data("c"))
    )
    document = read(tmp_path, table)
    assert [text for text, *_ in layout(document)] == ["a", "b", "c"]
    assert [p.code for p in document.problems] == ["rows-hidden", "columns-hidden"]


def test_struck_and_white_text_is_left_out(tmp_path: Path) -> None:
    styles = '<Style ss:ID="a"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="b"><Font ss:Color="#FFFFFF"/></Style>'
    table = row(data("x", attributes='ss:StyleID="a"'), data("y", attributes='ss:StyleID="b"'), data("c"))
    document = read(tmp_path, table, styles)
    assert [text for text, *_ in layout(document)] == ["c"]
    assert [p.code for p in document.problems] == ["text-struck", "text-hidden"]


def test_error_and_formula_without_value_are_unread(tmp_path: Path) -> None:
    document = read(tmp_path, row(data("#REF!", "Error"), '<Cell ss:Formula="=A1"/>', data("c")))
    assert [p.code for p in document.problems] == ["formula-without-value", "cell-error"]


def test_hidden_sheet_is_told(tmp_path: Path) -> None:
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    document = read(tmp_path, row(data("a")), options=hidden)
    assert (document.pieces, [p.code for p in document.problems]) == ((), ["sheet-hidden"])


@pytest.mark.parametrize("place", ['ss:Index="99999"', 'ss:MergeAcross="99999"'])
def test_place_beyond_the_sheet_is_damage(tmp_path: Path, place: str) -> None:
    assert [p.code for p in read(tmp_path, row(data("a", attributes=place))).problems] == ["file-damaged"]


def test_merge_of_the_whole_sheet_is_too_large(tmp_path: Path) -> None:
    merge = 'ss:MergeAcross="16383" ss:MergeDown="1048575"'
    assert [p.code for p in read(tmp_path, row(data("a", attributes=merge))).problems] == ["file-too-large"]


def test_cut_file_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "cut").write_text(HEAD + "<Worksheet>")
    assert [p.code for p in read_spreadsheet_xml(tmp_path / "cut").problems] == ["file-damaged"]


def test_empty_file_is_told(tmp_path: Path) -> None:
    assert [p.code for p in read(tmp_path, "").problems] == ["file-empty"]
