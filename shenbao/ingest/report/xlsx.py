"""The reconciliation as a workbook: typed numbers, filters, ready to print."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment

from shenbao.export.same_bytes import without_moment
from shenbao.export.sheet_writer import SheetWriter
from shenbao.ingest.report.reconcile import Reconciliation
from shenbao.ingest.report.report_rows import (
    DEPARTMENT_TITLES,
    FILE_TITLES,
    LEAST_PLACES,
    MONEY_TITLES,
    STATE_COLOURS,
    SUMMARY_TITLES,
    department_to_cells,
    money_rows,
    places,
    row_to_cells,
    summary_rows,
)

_WIDEST_CHARACTERS = 60
_MARGIN_CHARACTERS = 3
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_LINE_PT = 17.0
"""Height of a line of text: Excel and LibreOffice do not fit the height of rows that somebody else wrote."""
_PLAIN = ""
"""The state of a row that is in none."""

StateRows = Sequence[tuple[str, Sequence[object]]]
"""Rows of cells, each with a state of `STATE_COLOURS` or `""`."""


def reconciliation_to_xlsx(found: Reconciliation) -> bytes:
    """Sheets 汇总, 金额核对, 名单内部门 (with a list), 名单外部门 or 部门, 文件明细."""
    book = Workbook(write_only=True)
    write_state_sheet(book, "汇总", SUMMARY_TITLES, [(_PLAIN, row) for row in summary_rows(found)])
    write_state_sheet(book, "金额核对", MONEY_TITLES, [(_PLAIN, row) for row in money_rows(found)])
    if found.expected is not None:
        departments = [(d.state, department_to_cells(d)) for d in found.expected]
        write_state_sheet(book, "名单内部门", DEPARTMENT_TITLES, departments)
    others = "名单外部门" if found.expected is not None else "部门"
    write_state_sheet(
        book, others, DEPARTMENT_TITLES, [(d.state, department_to_cells(d)) for d in found.others]
    )
    write_state_sheet(book, "文件明细", FILE_TITLES, [(row.state, row_to_cells(row)) for row in found.rows])
    return book_to_bytes(book)


def book_to_bytes(book: Workbook) -> bytes:
    """The workbook as a file without the moment of its making."""
    made, file = io.BytesIO(), io.BytesIO()
    book.save(made)
    without_moment(made, file)
    return file.getvalue()


def write_state_sheet(book: Workbook, title: str, titles: Sequence[str], rows: StateRows) -> None:
    """A sheet of rows, each with the state that gives it its colour, as wide and high as its texts need."""
    widths = _widths(titles, (cells for _, cells in rows))
    sheet = SheetWriter(book, title, titles, widths, alignment=_WRAPPED, least_places=LEAST_PLACES)
    sheet.print_on_a4()
    for state, cells in rows:
        height = _LINE_PT * _lines(cells, widths)
        sheet.append(
            (None if value == "" else value for value in cells), STATE_COLOURS.get(state, ""), height
        )
    sheet.finish()


def _widths(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> list[int]:
    widths = [_width(text) for text in titles]
    for row in rows:
        for column, value in enumerate(row):
            widths[column] = max(widths[column], *map(_width, _printed(value).split("\n")))
    return [min(width + _MARGIN_CHARACTERS, _WIDEST_CHARACTERS) for width in widths]


def _lines(cells: Sequence[object], widths: Sequence[int]) -> int:
    """How many lines the fullest cell takes."""
    return max(
        sum(-(-max(1, _width(line)) // width) for line in _printed(value).split("\n"))
        for value, width in zip(cells, widths, strict=True)
    )


def _printed(value: object) -> str:
    return f"{value:,.{places(value)}f}" if isinstance(value, Decimal) else str(value or "")


def _width(text: str) -> int:
    return sum(2 if character > "\u2e7f" else 1 for character in text)
