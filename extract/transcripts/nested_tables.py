"""A table that fills a cell of another one: its rows and columns become rows and columns of that table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from models.grid import Cell, Grid

_Spot = tuple[int, int]


def is_part_of_table(rows: int, columns: int) -> bool:
    """Whether a nested table goes on with the one around it: a list of a few lines in a cell is part of its text."""
    return rows >= _FEWEST_ROWS and columns >= _FEWEST_COLUMNS


_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 3
"""A list within a cell has a number and a text; a table of projects has three to five columns."""


def unfold(grid: Grid, nested: Mapping[_Spot, Grid]) -> Grid:
    """The grid with each nested one, by the first row and column of its cell, in that cell's place.

    Rows and columns that a nested grid needs beyond those of its cell are added below and to the right of it; what stood
    beside the cell reaches over them.
    """
    for at in sorted(nested, reverse=True):  # what is added right and below moves nothing before it
        grid = _unfolded(grid, at, nested[at])
    return grid


def _unfolded(grid: Grid, at: _Spot, inner: Grid) -> Grid:
    outer = next(cell for cell in grid.cells if (cell.row, cell.column) == at)
    below, right = outer.row + outer.row_span, outer.column + outer.column_span
    more_rows, more_columns = max(0, inner.rows - outer.row_span), max(0, inner.columns - outer.column_span)
    around = _stretched(
        (cell for cell in grid.cells if cell is not outer), (below, right), more_rows, more_columns
    )
    rows, columns = outer.row_span + more_rows, outer.column_span + more_columns
    cells = [
        replace(
            cell,
            row=outer.row + _share(cell.row, inner.rows, rows),
            column=outer.column + _share(cell.column, inner.columns, columns),
            row_span=_reach(cell.row, cell.row_span, inner.rows, rows),
            column_span=_reach(cell.column, cell.column_span, inner.columns, columns),
        )
        for cell in inner.cells
    ]
    together = sorted([*around, *cells], key=lambda cell: (cell.row, cell.column))
    return replace(
        grid, cells=tuple(together), rows=grid.rows + more_rows, columns=grid.columns + more_columns
    )


def _stretched(cells: Iterable[Cell], end: _Spot, rows: int, columns: int) -> list[Cell]:
    """The other cells after `rows` and `columns` were added before the `end`: moved behind it, or reaching over it."""
    below, right = end
    return [
        replace(
            cell,
            row=cell.row + (rows if cell.row >= below else 0),
            column=cell.column + (columns if cell.column >= right else 0),
            row_span=cell.row_span + (rows if cell.row < below <= cell.row + cell.row_span else 0),
            column_span=cell.column_span
            + (columns if cell.column < right <= cell.column + cell.column_span else 0),
        )
        for cell in cells
    ]


def _share(place: int, parts: int, room: int) -> int:
    """Where a row or column of `parts` begins in `room` of them, spread evenly."""
    return place * room // max(1, parts)


def _reach(place: int, span: int, parts: int, room: int) -> int:
    return max(1, _share(place + span, parts, room) - _share(place, parts, room))
