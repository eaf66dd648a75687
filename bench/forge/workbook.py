"""A sheet → an Excel workbook, as a clerk fills in the form's template: figures are numbers, with a number format."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bench.forge.archive import MADE, write_timeless
from bench.forge.sheet import Sheet, SheetCell, Table

FIGURE = re.compile(r"(-?\d{1,3}(?:,\d{3})+|-?\d+)(\.\d+)?(%?)")
THIN = Side(style="thin")
RULED = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CHARACTERS = 110
"""Width of a page in the characters that spreadsheets measure columns by."""


def write_xlsx(sheet: Sheet, path: Path) -> None:
    """Write the sheet as the only one of a workbook; the same sheet gives the same bytes."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = sheet.title[:31]
    page.page_setup.orientation = "landscape" if sheet.type.landscape else "portrait"
    for n, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(n)].width = CHARACTERS * width / sheet.units
    top = _write_lines(page, sheet)
    for table in sheet.tables:
        _write_table(page, table, top, sheet)
        top += table.rows
    book.properties.created = book.properties.modified = MADE
    stream = io.BytesIO()
    book.save(stream)
    write_timeless(stream.getvalue(), path)


def _write_lines(page: Worksheet, sheet: Sheet) -> int:
    """The lines above the tables; gives the row of the first table."""
    columns = len(sheet.widths)
    page.cell(1, 1, sheet.attachment)
    page.cell(2, 1, sheet.title).font = Font(name=sheet.type.families[0], size=sheet.type.title_size)
    page.cell(2, 1).alignment = Alignment(horizontal="center")
    page.merge_cells(start_row=2, end_row=2, start_column=1, end_column=columns)
    page.cell(3, 1, sheet.day)
    page.cell(3, columns - columns // 5, sheet.money_unit)
    return 4


def _write_table(page: Worksheet, table: Table, top: int, sheet: Sheet) -> None:
    for cell in table.cells:
        row, column = top + cell.row, cell.column + 1
        bottom, right = row + cell.row_span - 1, column + cell.column_span - 1
        for r in range(row, bottom + 1):
            for c in range(column, right + 1):
                page.cell(r, c).border = RULED
        place = page.cell(row, column)
        assert isinstance(place, Cell)
        _write(place, cell, sheet)
        if (bottom, right) != (row, column):
            page.merge_cells(start_row=row, end_row=bottom, start_column=column, end_column=right)


def _write(place: Cell, cell: SheetCell, sheet: Sheet) -> None:
    type_ = sheet.type
    place.font = Font(name=type_.families[0], size=type_.size, bold=cell.label and type_.bold_labels)
    place.alignment = Alignment(horizontal=cell.align, vertical="center", wrap_text=True)
    figure = FIGURE.fullmatch(cell.text) if cell.figure else None
    if figure is None or (figure[3] and not type_.percent_numbers):
        place.value = cell.text or None
        place.data_type = "s" if cell.text else "n"
        return
    number = Decimal((figure[1] + (figure[2] or "")).replace(",", ""))
    place.value = float(number / 100) if figure[3] else float(number) if figure[2] else int(number)
    place.number_format = _format(figure)


def _format(figure: re.Match[str]) -> str:
    """The number format that prints the same digits; none where the number alone does."""
    whole, decimals, percent = figure.groups()
    places = len(decimals or ".") - 1
    if not percent and "," not in whole and not (decimals or "").endswith("0"):
        return "General"
    return ("#,##0" if "," in whole else "0") + ("." + "0" * places if places else "") + (percent or "")
