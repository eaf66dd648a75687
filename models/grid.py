"""Tables as extraction hands them over: cells in grids, each with its place on the paper.

One shape serves plain text, PDF, Word, Excel and scans. A cell that is not in `Grid.cells` is *absent*
(the row ended before it, or another cell's span covers it); a cell with state `blank` was there and empty;
`unread` was there and could not be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from models.geometry import Box

if TYPE_CHECKING:  # it loads numpy, and who hands out files needs none
    from models.posteriors import Posteriors

State = Literal["read", "blank", "unread"]
Spans = Literal["ruled", "inferred", "none"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the paper something stands: a page (from 1) and a box in points, or a named part of the file."""

    page: int | None = None
    box: Box | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its first row and column (from 0), how many it covers, and what was read there.

    `confidence` and `posteriors` (what else it could say) come with cells read from a picture, and `second`,
    what a text layer beneath the picture says here. `placed` is false where the row or column is a guess.
    """

    row: int
    column: int
    text: str
    place: Place
    row_span: int = 1
    column_span: int = 1
    state: State = "read"
    confidence: float | None = None
    posteriors: Posteriors | None = None
    second: str | None = None
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells in row-major order.

    `spans` says how far the spans can be trusted: `ruled` (lines on paper or a file's own merges),
    `inferred`, or `none` (bare text: every span is 1 and merges are lost). `breaks` are the rows that begin
    a new page or follow a gap; there a row may continue the one above. `edges` holds each page's column
    edges in points where there are any.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    spans: Spans = "none"
    breaks: frozenset[int] = frozenset()
    edges: tuple[tuple[int, tuple[float, ...]], ...] = ()
    reader: str = "text"
