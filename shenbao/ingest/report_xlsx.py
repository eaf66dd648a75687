"""The reconciliation as a workbook: typed numbers, filters, and no text that Excel would calculate."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from shenbao.ingest.reconcile import Reconciliation
from shenbao.ingest.report_html import (
    DEPARTMENT_TITLES,
    FILE_TITLES,
    MONEY_TITLES,
    department_to_cells,
    money_rows,
    row_to_cells,
    summary_rows,
)

WIDEST = 60
HEAD = PatternFill("solid", fgColor="DDE3F5")


def reconciliation_to_xlsx(found: Reconciliation) -> bytes:
    """Sheets 汇总, 金额核对, 名单内部门 (with a list), 名单外部门 or 部门, 文件明细."""
    book = Workbook()
    first = book.active
    if isinstance(first, Worksheet):
        book.remove(first)
    _sheet(book, "汇总", ("项目", "数量"), summary_rows(found))
    _sheet(book, "金额核对", MONEY_TITLES, money_rows(found))
    if found.expected is not None:
        _sheet(book, "名单内部门", DEPARTMENT_TITLES, map(department_to_cells, found.expected))
    others = "名单外部门" if found.expected is not None else "部门"
    _sheet(book, others, DEPARTMENT_TITLES, map(department_to_cells, found.others))
    _sheet(book, "文件明细", FILE_TITLES, map(row_to_cells, found.rows))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _sheet(book: Workbook, title: str, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    sheet = book.create_sheet(title)
    widths = [_width(text) for text in titles]
    for column, text in enumerate(titles, 1):
        cell = sheet.cell(1, column, text)
        cell.font, cell.fill = Font(bold=True), HEAD
    last = 1
    for last, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _fill(sheet.cell(last, column), value)
            widths[column - 1] = max(widths[column - 1], *map(_width, str(value or "").split("\n")))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = min(width + 2, WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{last}"


def _fill(cell: Cell, value: object) -> None:
    if isinstance(value, Decimal):
        cell.value = value
        places = value.as_tuple().exponent
        cell.number_format = "#,##0" + ("." + "0" * -places if isinstance(places, int) and places < 0 else "")
    elif isinstance(value, int):
        cell.value = value
    elif value:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value))
        cell.data_type = "s"  # a name that begins with = is still a name
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _width(text: str) -> int:
    return sum(2 if character > "\u2e7f" else 1 for character in text)
