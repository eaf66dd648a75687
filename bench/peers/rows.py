"""Rows of a table: the cells at a height, those that span several rows in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bench.peers.reading import Cell, Table

INTO = 0.3
"""A column is looked up this far into its heading: headings and cells share the left edge at least."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column is: a point within its heading, the heading's left edge, its rank from the right."""

    table: Table
    into: float
    left: float
    rank: int


@dataclass(frozen=True, slots=True)
class Row:
    """The cells at one height from left to right; `first`: nothing of the table is above it."""

    table: Table
    cells: tuple[Cell, ...]
    first: bool

    def without(self, cell: Cell) -> Row:
        return replace(self, cells=tuple(other for other in self.cells if other is not cell))

    def place(self, heading: Cell) -> Place:
        """Where the column of `heading`, a cell of this row, is looked up."""
        into = heading.left + INTO * (heading.right - heading.left)
        return Place(self.table, into, heading.left, len(self.cells) - self.cells.index(heading))

    def at(self, place: Place) -> str | None:
        """The text of the column at `place`; `None` where the row has no cell there.

        In another table (of the next page) columns compare by their edges where both were measured on the
        paper, else by their order, counted from the right because it is on the left that cells are missing.
        """
        if self.table is place.table or self.table.edges == place.table.edges == "paper":
            return next((cell.text for cell in self.cells if cell.left <= place.into < cell.right), None)
        return self.cells[-place.rank].text if place.rank <= len(self.cells) else None


def table_to_rows(table: Table) -> Iterator[Row]:
    """The rows of a table from the top; a row without a cell is none."""
    heights = sorted({row for cell in table.cells for row in range(cell.row, cell.row + cell.row_span)})
    for height in heights:
        here = [cell for cell in table.cells if cell.row <= height < cell.row + cell.row_span]
        yield Row(table, tuple(sorted(here, key=lambda cell: cell.left)), height == heights[0])
