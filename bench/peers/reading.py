"""What a peer gives of a file: tables of cells, and the lines of text outside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

Json = dict[str, Any]
Box = tuple[float, float, float, float, str]
"""Left, top, right, bottom, text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text over `row_span` rows from `row` on; its edges are points, pixels or columns."""

    row: int
    row_span: int
    left: float
    right: float
    text: str


Edges = Literal["paper", "columns", "padded", "bare"]
"""What edges of cells are: places on the paper, which compare with other pages'; columns of the table; columns
counted from the right, merged cells padded with blanks but left out of the rows below; the same, not padded."""


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of one table and what their edges are."""

    cells: tuple[Cell, ...]
    edges: Edges = "columns"


@dataclass(frozen=True, slots=True)
class Reading:
    tables: tuple[Table, ...]
    lines: tuple[str, ...] = ()


def boxes_to_table(boxes: Sequence[Box], tolerance: float) -> Table:
    """The table of cells with edges on paper; horizontal edges nearer than `tolerance` are one."""
    edges = distinct([y for box in boxes for y in (box[1], box[3])], tolerance)

    def nearest(y: float) -> int:
        return min(range(len(edges)), key=lambda n: abs(edges[n] - y))

    spans = [(nearest(top), nearest(bottom), box) for box in boxes for top, bottom in [(box[1], box[3])]]
    return Table(
        tuple(Cell(top, max(1, bottom - top), box[0], box[2], box[4]) for top, bottom, box in spans),
        edges="paper",
    )


def distinct(places: Iterable[float], tolerance: float) -> list[float]:
    """Places in order, those nearer to the one before than `tolerance` left out.

    >>> distinct([30, 10, 10.5, 31], 2)
    [10, 30]
    """
    ordered = sorted(places)
    return ordered[:1] + [after for before, after in pairwise(ordered) if after - before > tolerance]


def rows_to_table(rows: Iterable[Sequence[str]], edges: Literal["padded", "bare"]) -> Table:
    """The table of bare rows, one column a text.

    Columns are counted from the right end: where a merged cell is left out of the rows it covers, it stood
    on the left, so what stands on the right still stands below its heading.
    """
    return Table(
        tuple(
            Cell(number, 1, column - len(row), column - len(row) + 1, text)
            for number, row in enumerate(rows)
            for column, text in enumerate(row)
        ),
        edges,
    )
