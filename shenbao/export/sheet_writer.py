"""One sheet of a workbook, written row by row: the only place where a value becomes an Excel cell.

Numbers and dates are typed; a text can never become a formula, holds nothing that the format refuses, and is cut
where a cell is full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from shenbao.text_gate import storable

_CELL_CHARACTERS = 32_767
"""Characters that a cell holds (Excel's published limits)."""
_CUT_MARK = "……（超过 Excel 单元格长度，全文见 CSV）"
_HEADER_FONT = Font(bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="DDEBF7")
_HEADER_ALIGNMENT = Alignment(vertical="center", wrap_text=True)
_A4 = 9
"""The number of the paper in ECMA-376 (part 1, 18.3.1.63)."""


class SheetWriter:
    """A sheet with a header that stays in sight, a filter over its rows, and columns of given widths in characters.

    `alignment` is that of every cell, `least_places` the digits after the point that an amount shows at least.
    """

    def __init__(
        self,
        book: Workbook,
        name: str,
        titles: Sequence[str],
        widths: Sequence[int],
        *,
        first_free_cell: str = "A2",
        alignment: Alignment | None = None,
        least_places: int = 0,
    ) -> None:
        self._sheet: Any = book.create_sheet(name)
        self._columns, self._alignment, self._least_places = len(titles), alignment, least_places
        self._styles: dict[tuple[str, str], Cell] = {}
        self._sheet.freeze_panes = first_free_cell
        for number, width in enumerate(widths, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        header = [WriteOnlyCell(self._sheet, title) for title in titles]
        for cell in header:
            cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, _HEADER_ALIGNMENT
        self._header = header
        self.rows = 0

    def print_on_a4(self) -> None:
        """Have it printed across, as wide as the paper, the header on every page."""
        sheet = self._sheet
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "1:1"
        sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"

    def append(self, values: Iterable[object], colour: str = "", height: float | None = None) -> None:
        """Write a row: `colour` (RRGGBB) stands behind it, `height` is in points."""
        self._begin()
        self.rows += 1
        if height is not None:
            self._sheet.row_dimensions[self.rows].height = height
        self._sheet.append([self._cell(value, colour) for value in values])

    def finish(self) -> None:
        """Put the filter over all that was written, and close the sheet."""
        self._begin()
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(self._columns)}{self.rows}"
        self._sheet.close()

    def _begin(self) -> None:
        """The header goes first, once the paper is set up: a sheet that is written cannot be changed."""
        if not self.rows:
            self._sheet.append(self._header)
            self.rows = 1

    def _cell(self, value: object, colour: str) -> Cell | None:
        if value is None and not colour and self._alignment is None:
            return None
        cell = copy(self._prototype(value_to_format(value, self._least_places), colour))
        if isinstance(value, str):
            cell.value = shortened(storable(value))
            cell.data_type = "s"  # also where it begins with "=", which openpyxl takes for a formula
        else:
            cell.value = cast("int | Decimal | date | None", value)
        return cell

    def _prototype(self, number_format: str, colour: str) -> Cell:
        if (number_format, colour) not in self._styles:
            cell = WriteOnlyCell(self._sheet)
            cell.number_format = number_format
            if colour:
                cell.fill = PatternFill("solid", fgColor=colour)
            if self._alignment is not None:
                cell.alignment = self._alignment
            self._styles[number_format, colour] = cell
        return self._styles[number_format, colour]


def value_to_format(value: object, least_places: int = 0) -> str:
    """The cell's number format; `@` keeps a text a text even when somebody edits the cell.

    >>> value_to_format("=1+1"), value_to_format(Decimal("1932.40")), value_to_format(2026)
    ('@', '#,##0.00', '0')
    """
    if isinstance(value, Decimal):
        places = max(least_places, decimal_places(value))
        return "#,##0." + "0" * places if places > 0 else "#,##0"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    return "@" if isinstance(value, str) else "0"


def decimal_places(amount: Decimal) -> int:
    """Digits after the point, as printed.

    >>> decimal_places(Decimal("1932.40")), decimal_places(Decimal(64))
    (2, 0)
    """
    exponent = amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def shortened(text: str) -> str:
    """The text as far as a cell can hold it, with a mark where it was cut."""
    return text if len(text) <= _CELL_CHARACTERS else text[: _CELL_CHARACTERS - len(_CUT_MARK)] + _CUT_MARK
