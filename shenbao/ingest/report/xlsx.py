"""The reconciliation as a workbook: typed numbers, filters, ready to print, and no text that Excel would calculate."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from shenbao.ingest.report.reconcile import Reconciliation
from shenbao.ingest.report.report_rows import (
    DEPARTMENT_TITLES,
    FILE_TITLES,
    MONEY_TITLES,
    STATE_COLOURS,
    SUMMARY_TITLES,
    department_to_cells,
    money_rows,
    places,
    row_to_cells,
    summary_rows,
)

WIDEST = 60
A4 = 9
"""As ECMA-376 numbers paper (part 1, 18.3.1.63)."""
HEAD = PatternFill("solid", fgColor="DDE3F5")
FILLS = {state: PatternFill("solid", fgColor=colour) for state, colour in STATE_COLOURS.items()}
TOP = Alignment(wrap_text=True, vertical="top")
LINE = 17.0
"""Points of a line of text: Excel and LibreOffice do not fit the height of rows that somebody else wrote."""
PLAIN = ""
"""The state of a row that is in none."""

Rows = Sequence[tuple[str, Sequence[object]]]


def reconciliation_to_xlsx(found: Reconciliation) -> bytes:
    """Sheets 汇总, 金额核对, 名单内部门 (with a list), 名单外部门 or 部门, 文件明细."""
    book = Workbook(write_only=True)
    _sheet(book, "汇总", SUMMARY_TITLES, [(PLAIN, row) for row in summary_rows(found)])
    _sheet(book, "金额核对", MONEY_TITLES, [(PLAIN, row) for row in money_rows(found)])
    if found.expected is not None:
        departments = [(d.state, department_to_cells(d)) for d in found.expected]
        _sheet(book, "名单内部门", DEPARTMENT_TITLES, departments)
    others = "名单外部门" if found.expected is not None else "部门"
    _sheet(book, others, DEPARTMENT_TITLES, [(d.state, department_to_cells(d)) for d in found.others])
    _sheet(book, "文件明细", FILE_TITLES, [(row.state, row_to_cells(row)) for row in found.rows])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Workbook, title: str, titles: Sequence[str], rows: Rows) -> None:
    sheet = book.create_sheet(title)
    widths = _widths(titles, (cells for _, cells in rows))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{len(rows) + 1}"
    _for_paper(sheet)
    sheet.append([_title(sheet, text) for text in titles])
    for number, (state, cells) in enumerate(rows, 2):
        sheet.row_dimensions[number].height = LINE * _lines(cells, widths)
        sheet.append([_cell(sheet, value, state) for value in cells])


def _for_paper(sheet: Any) -> None:
    """A4 across, as wide as the paper, the titles on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"


def _widths(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> list[int]:
    widths = [_width(text) for text in titles]
    for row in rows:
        for column, value in enumerate(row):
            widths[column] = max(widths[column], *map(_width, _printed(value).split("\n")))
    return [min(width + 3, WIDEST) for width in widths]


def _lines(cells: Sequence[object], widths: Sequence[int]) -> int:
    """How many lines the fullest cell takes."""
    return max(
        sum(-(-max(1, _width(line)) // width) for line in _printed(value).split("\n"))
        for value, width in zip(cells, widths, strict=True)
    )


def _printed(value: object) -> str:
    return f"{value:,.{places(value)}f}" if isinstance(value, Decimal) else str(value or "")


def _title(sheet: Any, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill = Font(bold=True), HEAD
    return cell


def _cell(sheet: Any, value: object, state: str) -> Cell:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, Decimal):
        cell.value = value
        cell.number_format = f"#,##0.{'0' * places(value)}"
    elif isinstance(value, int):
        cell.value = value
    elif value:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value))
        cell.data_type = "s"  # a name that begins with = is still a name
    cell.alignment = TOP
    if state in FILLS:
        cell.fill = FILLS[state]
    return cell


def _width(text: str) -> int:
    return sum(2 if character > "\u2e7f" else 1 for character in text)
