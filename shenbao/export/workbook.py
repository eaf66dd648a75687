"""Excel workbooks: frozen and filtered headers, typed numbers and dates, texts that can never become formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from shenbao.export.columns import OutputColumn, OutputKind, OutputTable, TableRow
from shenbao.export.dictionary import DICTIONARY, dictionary_rows
from shenbao.export.results import Chunk
from shenbao.export.same_bytes import without_moment
from shenbao.export.sheet_writer import SheetWriter
from shenbao.export.tables import TABLES
from shenbao.export.titles import Titles, shown
from shenbao.outputs import make_folder, replaced

_TABLES_FILE = "tables.xlsx"
SHEET_ROWS = 1_048_576
"""Rows that a sheet of Excel holds, the header included."""
_EXACT_DIGITS = 15
"""Decimal digits that a spreadsheet's binary number keeps whatever they are."""
_EXACT_NUMBERS = OutputColumn(
    "exact_numbers", "精确数字", meaning="超出 15 位有效数字、Excel 会舍入的数，按原样写出", width=24
)


@contextmanager
def xlsx_tables(folder: Path, titles: Titles) -> Iterator[Callable[[Chunk], None]]:
    """`folder/tables.xlsx`: a sheet a table, and the data dictionary."""
    make_folder(folder)
    with workbook(folder / _TABLES_FILE, {**TABLES, DICTIONARY.name: DICTIONARY}, titles) as sheets:
        sheets[DICTIONARY.name].append(dictionary_rows())

        def write(chunk: Chunk) -> None:
            for table, rows in chunk.rows.items():
                sheets[table].append(rows)

        yield write


@contextmanager
def workbook(
    path: Path, tables: Mapping[str, OutputTable], titles: Titles
) -> Iterator[dict[str, TableSheet]]:
    """A new workbook with a sheet a table, written row by row; it appears at `path` when the block ends well."""
    book = Workbook(write_only=True)
    sheets = {name: TableSheet(book, table, titles) for name, table in tables.items()}
    with replaced(path) as part:
        try:
            yield sheets
        finally:
            for sheet in sheets.values():
                sheet.finish()
        made = part.with_name(f"{part.name}.made")
        try:
            book.save(made)
            without_moment(made, part)
        finally:
            made.unlink(missing_ok=True)


class TableSheet:
    """One table in a workbook; it goes on in a further sheet where Excel's rows end."""

    def __init__(self, book: Workbook, table: OutputTable, titles: Titles) -> None:
        self._book, self._table, self._titles = book, table, titles
        decimals = [column.name for column in table.columns if column.kind is OutputKind.DECIMAL]
        self._columns = (*table.columns, _EXACT_NUMBERS) if decimals else table.columns
        self._parts = 0
        self._sheet = self._begun()

    def append(self, rows: Iterable[TableRow]) -> None:
        """Write typed rows of the table."""
        for row in shown(self._table, rows, self._titles):
            if self._sheet.rows == SHEET_ROWS:
                self._sheet.finish()
                self._sheet = self._begun()
            self._sheet.append(map(self._plain, self._with_exact(row)))

    def finish(self) -> None:
        """Close the sheet."""
        self._sheet.finish()

    def _begun(self) -> SheetWriter:
        self._parts += 1
        chinese = self._titles == "chinese"
        name = self._table.title if chinese else self._table.name
        keys = sum(column.key or column.name == "file" for column in self._columns)
        return SheetWriter(
            self._book,
            name if self._parts == 1 else f"{name} ({self._parts})",
            [column.title if chinese else column.name for column in self._columns],
            [column.width for column in self._columns],
            first_free_cell=f"{get_column_letter(min(keys, 3) + 1)}2",
        )

    def _plain(self, value: object) -> object:
        """A truth value as a word: LibreOffice would save it as the formula TRUE()."""
        if isinstance(value, bool):
            return {"chinese": ("否", "是"), "english": ("false", "true")}[self._titles][value]
        return value

    def _with_exact(self, row: TableRow) -> TableRow:
        if self._columns is self._table.columns:
            return row
        lost = (
            f"{column.title if self._titles == 'chinese' else column.name} {value:f}"
            for column, value in zip(self._table.columns, row, strict=True)
            if isinstance(value, Decimal) and not survives(value)
        )
        return (*row, "；".join(lost) or None)


def survives(number: Decimal) -> bool:
    """Whether a spreadsheet's binary number gives back exactly this decimal number.

    >>> survives(Decimal("1932.41")), survives(Decimal("12345678901234.567"))
    (True, False)
    """
    digits = "".join(map(str, number.as_tuple().digits))
    return len(digits.strip("0")) <= _EXACT_DIGITS
