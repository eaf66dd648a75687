"""What other document parsers do to a table: cut it where a page ends, drop what is blank, lose rows, let cells overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from bench.forge.sheet import Sheet, SheetCell, Table

_ROWS_A_PAGE = 44
_TOP_PT = 104.0
"""Where a page's table begins."""
PARSED_FAULTS = ("none", "columns-dropped", "last-row-lost", "pages-unjoined", "cells-overlap")
"""What parsers are known to do: drop a column without text, lose a table's last row, leave tables apart where a page ends,
and give two cells the same place.
"""


@dataclass(frozen=True, slots=True)
class PageTable:
    """The part of a table on one page: its cells with rows counted from its own first, and where it stands in points."""

    page: int
    cells: tuple[SheetCell, ...]
    rows: int
    columns: int
    top: float


def sheet_to_page_tables(sheet: Sheet, fault: str, seed: int) -> list[PageTable]:
    """The tables of a sheet as a parser with a fault hands them out."""
    tables = list(_tables(sheet, fault))
    if fault == "columns-dropped":
        return [_without_blank_columns(table) for table in tables]
    if fault == "last-row-lost":
        tables[-1] = _without_last_row(tables[-1])
    if fault == "cells-overlap":
        tables[0] = _overlapping(tables[0], Random(f"parsed {seed}"))
    return tables


def _tables(sheet: Sheet, fault: str) -> Iterator[PageTable]:
    """The tables, cut where a page ends if that is the fault; each on a page of its own otherwise."""
    page = 1
    for table in sheet.tables:
        columns = max(cell.column + cell.column_span for cell in table.cells)
        starts = _page_starts(table) if fault == "pages-unjoined" else [0]
        for begin, end in pairwise([*starts, table.rows]):
            cells = tuple(_cut(table.cells, begin, end))
            yield PageTable(page, cells, end - begin, columns, _TOP_PT)
            page += 1


def _page_starts(table: Table) -> list[int]:
    """The rows that begin a page: where no merged cell is cut, as near to a page's end as there is such a row."""
    whole = [
        row
        for row in range(table.rows)
        if not any(cell.row < row < cell.row + cell.row_span for cell in table.cells)
    ]
    starts = [0]
    for row, following in pairwise([*whole, table.rows]):
        if row > starts[-1] and following - starts[-1] > _ROWS_A_PAGE:
            starts.append(row)
    return starts


def _cut(cells: Sequence[SheetCell], begin: int, end: int) -> Iterator[SheetCell]:
    for cell in cells:
        if begin <= cell.row < end:
            yield replace(cell, row=cell.row - begin, row_span=min(cell.row_span, end - cell.row))


def _without_blank_columns(table: PageTable) -> PageTable:
    """Without the columns in which no cell with a text begins; merged cells shrink over them."""
    begun = {cell.column for cell in table.cells if cell.text.strip()}
    gone = [column for column in range(table.columns) if column not in begun]

    def shrunk(cell: SheetCell) -> SheetCell:
        before = sum(column < cell.column for column in gone)
        inside = sum(cell.column <= column < cell.column + cell.column_span for column in gone)
        return replace(cell, column=cell.column - before, column_span=cell.column_span - inside)

    cells = tuple(shrunk(cell) for cell in table.cells)
    kept = tuple(cell for cell in cells if cell.column_span > 0)
    return replace(table, cells=kept, columns=table.columns - len(gone))


def _without_last_row(table: PageTable) -> PageTable:
    last = table.rows - 1
    cells = tuple(
        replace(cell, row_span=min(cell.row_span, last - cell.row)) for cell in table.cells if cell.row < last
    )
    return replace(table, cells=cells)


def _overlapping(table: PageTable, rng: Random) -> PageTable:
    """A cell in the middle whose left neighbour reaches over it."""
    cells = list(table.cells)
    places = {(cell.row, cell.column): n for n, cell in enumerate(cells)}
    choices = [
        n
        for n, cell in enumerate(cells)
        if cell.text and not cell.label and (cell.row, cell.column + cell.column_span) in places
    ]
    n = rng.choice(choices)
    cells[n] = replace(cells[n], column_span=cells[n].column_span + 1)
    return replace(table, cells=tuple(cells))
