"""What extraction hands over: lines of text and grids of cells, in reading order.

One shape serves plain text, PDF, Word, Excel and scans. A cell that is not in `Grid.cells` is *absent*
(the row ended before it, or another cell's span covers it); a cell with state `blank` was there and empty;
`unread` was there and could not be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from models.geometry import Box
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


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text outside every table."""

    text: str
    place: Place
    reader: str = "text"
    heading: bool = False
    confidence: float | None = None


Piece = TextLine | Grid


@dataclass(frozen=True, slots=True)
class Seal:
    """A red seal on a picture, and what its ring says: `""` where nothing could be read, or it is not round.

    `confidence` is the usual probability of one character, `posteriors` what else the ring could say.
    """

    place: Place
    text: str
    confidence: float
    posteriors: Posteriors


@dataclass(frozen=True, slots=True)
class Document:
    """A submission file read into pieces, in reading order; `pages` is `None` for a file without pages."""

    pieces: tuple[Piece, ...]
    media_type: str
    pages: int | None = None
    problems: tuple[Problem, ...] = field(default=())
    seals: tuple[Seal, ...] = ()


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page read: its pieces in reading order, what is wrong with it, and its seals."""

    pieces: tuple[Piece, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    seals: tuple[Seal, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a file that a person must know: a stable code, Chinese text, and whether it stops us."""

    code: str
    message: str
    severity: Literal["error", "warning", "info"] = "warning"
    page: int | None = None
