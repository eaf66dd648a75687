"""Excel workbooks: frozen and filtered headers, typed numbers and dates, texts that can never become formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from shenbao.export.columns import Column, Kind, Row, Table
from shenbao.export.results import Chunk
from shenbao.export.tables import DICTIONARY, TABLES, dictionary_rows
from shenbao.export.titles import Titles, shown
from shenbao.outputs import make_folder, replaced

_FILE = "tables.xlsx"
MAX_ROWS = 1_048_576
"""Rows of a sheet, as Excel has them."""
MAX_TEXT_CHARACTERS = 32_767
"""The longest text of a cell in Excel."""
CUT_MARK = "……（超过 Excel 单元格长度，全文见 CSV）"
"""What stands at the end of a text that was cut."""
_EXACT_DIGITS = 15
"""Decimal digits that a spreadsheet's binary number keeps whatever they are."""
_EXACT = Column(
    "exact_numbers", "精确数字", meaning="超出 15 位有效数字、Excel 会舍入的数，按原样写出", width=24
)
_HEADER = {
    "font": Font(bold=True),
    "fill": PatternFill("solid", fgColor="DDEBF7"),
    "alignment": Alignment(vertical="center", wrap_text=True),
}


@contextmanager
def xlsx_tables(folder: Path, titles: Titles) -> Iterator[Callable[[Chunk], None]]:
    """`folder/tables.xlsx`: a sheet a table, and the data dictionary."""
    make_folder(folder)
    with workbook(folder / _FILE, {**TABLES, DICTIONARY.name: DICTIONARY}, titles) as sheets:
        sheets[DICTIONARY.name].append(dictionary_rows())

        def write(chunk: Chunk) -> None:
            for table, rows in chunk.rows.items():
                sheets[table].append(rows)

        yield write


@contextmanager
def workbook(path: Path, tables: Mapping[str, Table], titles: Titles) -> Iterator[dict[str, Sheet]]:
    """A new workbook with a sheet a table, written row by row; it appears at `path` when the block ends well."""
    book = Workbook(write_only=True)
    sheets = {name: Sheet(book, table, titles) for name, table in tables.items()}
    with replaced(path) as part:
        try:
            yield sheets
        finally:
            for sheet in sheets.values():
                sheet.finish()
        book.save(part)


class Sheet:
    """One table in a workbook; it goes on in a further sheet where Excel's rows end."""

    def __init__(self, book: Workbook, table: Table, titles: Titles) -> None:
        self._book, self._table, self._titles = book, table, titles
        decimals = [column.name for column in table.columns if column.kind is Kind.DECIMAL]
        self._columns = (*table.columns, _EXACT) if decimals else table.columns
        self._parts = 0
        self._styles: dict[str, Cell] = {}
        self._begin()

    def append(self, rows: Iterable[Row]) -> None:
        """Write typed rows of the table."""
        for row in shown(self._table, rows, self._titles):
            if self._rows == MAX_ROWS:
                self.finish()
                self._begin()
            self._rows += 1
            self._sheet.append([self._cell(value) for value in self._with_exact(row)])

    def finish(self) -> None:
        """Put the filter over all that was written, and close the sheet."""
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A1:{last}{self._rows}"
        self._sheet.close()

    def _begin(self) -> None:
        self._parts += 1
        chinese = self._titles == "chinese"
        name = self._table.title if chinese else self._table.name
        self._sheet = self._book.create_sheet(name if self._parts == 1 else f"{name} ({self._parts})")
        keys = sum(column.key or column.name == "file" for column in self._columns)
        self._sheet.freeze_panes = f"{get_column_letter(min(keys, 3) + 1)}2"
        for number, column in enumerate(self._columns, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = column.width
        header = [WriteOnlyCell(self._sheet, c.title if chinese else c.name) for c in self._columns]
        for cell in header:
            cell.font, cell.fill, cell.alignment = _HEADER["font"], _HEADER["fill"], _HEADER["alignment"]
        self._sheet.append(header)
        self._rows = 1

    def _with_exact(self, row: Row) -> Row:
        if self._columns is self._table.columns:
            return row
        lost = (
            f"{column.title if self._titles == 'chinese' else column.name} {value:f}"
            for column, value in zip(self._table.columns, row, strict=True)
            if isinstance(value, Decimal) and not survives(value)
        )
        return (*row, "；".join(lost) or None)

    def _cell(self, value: object) -> Cell | None:
        if value is None:
            return None
        if isinstance(value, bool):  # which LibreOffice would save as the formula TRUE()
            value = {"chinese": ("否", "是"), "english": ("false", "true")}[self._titles][value]
        cell = copy(self._prototype(value_to_format(value)))
        cell.value = shortened(value) if isinstance(value, str) else cast("int | Decimal | date", value)
        if isinstance(value, str):
            cell.data_type = "s"  # also where it begins with "=", which openpyxl takes for a formula
        return cell

    def _prototype(self, number_format: str) -> Cell:
        if number_format not in self._styles:
            cell = WriteOnlyCell(self._sheet)
            cell.number_format = number_format
            self._styles[number_format] = cell
        return self._styles[number_format]


def value_to_format(value: object) -> str:
    """The cell's number format; `@` keeps a text a text even when somebody edits the cell.

    >>> value_to_format("=1+1"), value_to_format(Decimal("1932.40")), value_to_format(2026)
    ('@', '#,##0.00', '0')
    """
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        return "#,##0." + "0" * places if places > 0 else "#,##0"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    return "@" if isinstance(value, str) else "0"


def survives(number: Decimal) -> bool:
    """Whether a spreadsheet's binary number gives back exactly this decimal number.

    >>> survives(Decimal("1932.41")), survives(Decimal("12345678901234.567"))
    (True, False)
    """
    digits = "".join(map(str, number.as_tuple().digits))
    return len(digits.strip("0")) <= _EXACT_DIGITS


def shortened(text: str) -> str:
    """The text as far as a cell can hold it, with a mark where it was cut."""
    return (
        text if len(text) <= MAX_TEXT_CHARACTERS else text[: MAX_TEXT_CHARACTERS - len(CUT_MARK)] + CUT_MARK
    )
