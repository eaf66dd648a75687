"""A ruled table as a print cuts it: pages of so many rows, the last of them cut through the lines of its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.geometry import Box
from models.grid import Cell, Grid, Place

STEP, SIZE = 24.0, 10.0
"""How wide a column and a character are, in points."""


def cell_to_lines(cell: Cell) -> list[str]:
    """The cell's text wrapped at its width."""
    fits = int(cell.column_span * STEP // SIZE)
    return [line[i : i + fits] for line in cell.text.split("\n") for i in range(0, len(line), fits)]


def cut(grid: Grid, row: int, lines: int) -> tuple[Grid, Grid]:
    """The table on two pages: the page ends after `lines` lines of every cell that stands in `row` or reaches into it.

    With no lines the page ends above `row`; text that has room above it stays there.
    """
    upper: list[Cell] = []
    lower: list[Cell] = []
    for cell in grid.cells:
        end, last = cell.row + cell.row_span, row + (lines > 0)
        if end <= row:
            upper.append(cell)
        elif cell.row >= last:
            lower.append(replace(cell, row=cell.row - row))
        else:
            parts = cell_to_lines(cell)
            room = lines if cell.row == row else min(len(parts) - 1, 1 + lines)
            upper.append(_part(cell, parts[: max(room, 0)], row_span=last - cell.row))
            rest = _part(cell, parts[max(room, 0) :], row=0)
            lower.append(replace(rest, row_span=end - max(row, cell.row)))
    return (
        replace(
            grid, cells=tuple(_placed(c, 1) for c in upper), rows=row + (lines > 0), edges=_edges(grid, 1)
        ),
        replace(grid, cells=tuple(_placed(c, 2) for c in lower), rows=grid.rows - row, edges=_edges(grid, 2)),
    )


def _part(cell: Cell, lines: Sequence[str], row: int | None = None, row_span: int = 1) -> Cell:
    text = "".join(lines)
    first = cell.row if row is None else row
    return replace(cell, text=text, row=first, row_span=row_span, state="read" if text else "blank")


def _placed(cell: Cell, page: int) -> Cell:
    lines = cell_to_lines(cell) or [""]
    left, top = cell.column * STEP, cell.row * 40.0
    box = Box(left, top, left + SIZE * max(map(len, lines)), top + SIZE * len(lines))
    return replace(cell, place=Place(page, box))


def _edges(grid: Grid, page: int) -> tuple[tuple[int, tuple[float, ...]], ...]:
    return ((page, tuple(STEP * n for n in range(grid.columns + 1))),)


def every_cut(grid: Grid) -> Iterator[tuple[int, int]]:
    """Every row, and every line of the tallest cell in it, at which a page can end."""
    for row in range(1, grid.rows):
        tallest = max(
            (len(cell_to_lines(c)) for c in grid.cells if c.row == row and c.row_span == 1), default=1
        )
        yield from ((row, lines) for lines in range(tallest))
