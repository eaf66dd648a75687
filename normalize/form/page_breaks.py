"""Tables that a page's end cuts anywhere: between rows, inside a row, inside the text of a merged cell.

Cells at the foot of a page and at the head of the next one meet where their side lines do. Their texts are put
together when that makes a word the form prints, or when the row they stand in can only be one row.
Everything else is left as it was printed, to be weighed by the decoder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt

from models.document import Piece, TextLine
from models.grid import Cell, Grid
from models.posteriors import join
from normalize.form.printed_words import text_to_kind
from normalize.text.cell_values import text_to_amount
from normalize.text.fold import is_filler

_SAME_EDGE_PT = 2.0
"""The side lines of one column differ by less than this from page to page."""
_FULL_CHARACTERS = 3.0
"""A line of text that leaves less room than this in its cell may be broken off there."""
_SENTENCE_ENDS = "。；;！!"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A cell at a page's foot and the cell under it on the next page.

    `over`: lines that ran over the foot's lower edge. `row`: both are cells of a single row. `full`: the foot's
    text fills the width of its cell, so that it may be broken off.
    """

    upper: Cell
    lower: Cell
    over: tuple[TextLine, ...]
    row: bool
    full: bool

    @property
    def head(self) -> str:
        return _text(self.upper)

    @property
    def rest(self) -> str:
        """What stands in the lower cell."""
        return _text(self.lower)

    @property
    def printed(self) -> str:
        """What stands on the upper page."""
        return _joined([self.head, *(line.text for line in self.over)])

    @property
    def is_complete(self) -> bool:
        """Whether the word ends on the upper page, so that the lower cell's text is another."""
        return bool(self.over) and text_to_kind(self.printed) is not None

    @property
    def whole(self) -> str:
        return self.printed if self.is_complete else _joined([self.printed, self.rest])

    @property
    def cell(self) -> Cell:
        """The upper cell with the whole text and what the pictures of its parts say of it."""
        lower = [] if self.is_complete or not self.rest else [self.lower]
        parts: list[Cell | TextLine] = [*([self.upper] if self.head else []), *self.over, *lower]
        sure = [part.confidence for part in parts if part.confidence is not None]
        pictures = [part.posteriors for part in parts if isinstance(part, Cell) and part.posteriors]
        seen = join(pictures) if pictures and len(pictures) == len(parts) else None
        return replace(
            self.upper, text=self.whole, state="read", confidence=min(sure, default=None), posteriors=seen
        )

    @property
    def is_word(self) -> bool:
        """Whether the parts together, and not each by itself, say what the form prints."""
        parts = [text for text in (self.head, *(line.text for line in self.over), self.rest) if text]
        all_known = all(text_to_kind(text) for text in parts)
        return (
            len(parts) > 1
            and not all_known
            and self.whole != self.rest
            and text_to_kind(self.whole) is not None
        )


def join_pages(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces of a document, in order, with the texts whole that a page's end had cut in two.

    A whole text stands where it began; a row of which nothing is left, and a line outside the table that belonged
    into a cell, are gone.
    """
    found: list[Piece | None] = list(pieces)
    tables = [n for n, piece in enumerate(found) if isinstance(piece, Grid) and piece.edges]
    for above, below in pairwise(tables):
        upper, lower = found[above], found[below]
        assert isinstance(upper, Grid) and isinstance(lower, Grid)
        if not _goes_on(upper, lower):
            continue
        between = [piece for piece in found[above + 1 : below] if isinstance(piece, TextLine)]
        start = _repeated_rows(found[tables[0]], lower)
        meetings = _meetings(upper, lower, start, between)
        cut = _is_cut(meetings, lower, start)
        whole = [m for m in meetings if m.is_word or (cut and m.rest)]
        found[above], found[below] = _with_wholes(upper, whole), _without_tails(lower, whole, start, cut)
        used = {id(line) for m in whole for line in m.over}
        found[above + 1 : below] = [
            None if id(piece) in used else piece for piece in found[above + 1 : below]
        ]
    return tuple(
        piece for piece in found if piece is not None and not (isinstance(piece, Grid) and not piece.rows)
    )


def _goes_on(upper: Grid, lower: Grid) -> bool:
    """Whether the lower table begins the page after the upper one and is as wide.

    Pages that were put in order, and those that share a sheet, are numbered otherwise.
    """
    (before, left), (after, right) = upper.edges[-1], lower.edges[0]
    wide = abs((left[-1] - left[0]) - (right[-1] - right[0])) < _SAME_EDGE_PT
    follows = after == before + 1 or (after <= before and 0 in lower.breaks)
    return follows and wide and upper.spans == lower.spans == "ruled"


def _repeated_rows(first: Piece | None, lower: Grid) -> int:
    """How many rows at the head of a page repeat the head of the first table."""
    if not isinstance(first, Grid):
        return 0
    count = 0
    while count < min(first.rows, lower.rows) and _row_texts(first, count) == _row_texts(lower, count) != []:
        count += 1
    return count if count < lower.rows else 0


def _row_texts(grid: Grid, row: int) -> list[str]:
    return [cell.text for cell in grid.cells if cell.row == row and cell.text]


def _reach(cell: Cell, grid: Grid, edges: Sequence[float]) -> tuple[float, float]:
    """From where to where a cell reaches, in points from the table's left side."""
    return edges[cell.column] - edges[0], edges[cell.column + cell.column_span] - edges[0]


def _meetings(upper: Grid, lower: Grid, start: int, between: Sequence[TextLine]) -> list[Meeting]:
    left, right = upper.edges[-1][1], lower.edges[0][1]
    feet = [cell for cell in upper.cells if cell.row + cell.row_span == upper.rows]
    heads = [cell for cell in lower.cells if cell.row == start]
    meetings = []
    for foot in feet:
        begin, end = _reach(foot, upper, left)
        for head in heads:
            other = _reach(head, lower, right)
            if abs(begin - other[0]) < _SAME_EDGE_PT and abs(end - other[1]) < _SAME_EDGE_PT:
                under = tuple(
                    line for line in between if _runs_over(line, upper, left[0] + begin, left[0] + end)
                )
                row = foot.row_span == 1 and head.row_span == 1
                meeting = Meeting(foot, head, under, row, _is_full(foot, end - begin))
                # other lines at a page's foot are its number or a note
                meetings.append(meeting if meeting.is_word else replace(meeting, over=()))
    return meetings


def _is_full(cell: Cell, width: float) -> bool:
    box, count = cell.place.box, len("".join(cell.text.split()))
    if box is None or not count:
        return False
    return width - box.width < _FULL_CHARACTERS * sqrt(box.width * box.height / count)


def _runs_over(line: TextLine, upper: Grid, begin: float, end: float) -> bool:
    box = line.place.box
    if not any(map(str.isalnum, line.text)):
        return False  # what is left of a page's number
    return box is not None and line.place.page == upper.edges[-1][0] and begin < box.x0 and box.x1 < end


def _is_cut(meetings: Sequence[Meeting], lower: Grid, start: int) -> bool:
    """Whether the rows that meet are one row that the page's end runs through."""
    met = {id(m.lower) for m in meetings}
    if any(cell.text and id(cell) not in met for cell in lower.cells if cell.row == start):
        return False
    rows = [m for m in meetings if m.row]
    # a level that ends on this page and another one that begins on the next stand beside two rows
    if any(_are_apart(m) for m in meetings if m.row or m.head != m.rest):
        return False
    return any(m.is_word and text_to_kind(m.whole) in ("word", "field") for m in rows) or (
        _is_open_text(rows) or _is_remnant(rows)
    )


def _are_apart(meeting: Meeting) -> bool:
    """Two words of the form, or two figures, one above the other are two."""
    return any(
        of(meeting.head) is not None and of(meeting.rest) is not None for of in (text_to_kind, text_to_amount)
    )


def _is_open_text(rows: Sequence[Meeting]) -> bool:
    """Whether the text of a field, of a section or of the goals side by side goes on: no word or figure of a table
    stands there, no label follows, and some text stops before the end of its sentence."""
    kinds = [text_to_kind(m.head) for m in rows]
    labelled = "field" in kinds or "label" in kinds
    going_on = [m for m in rows if m.rest]
    if not going_on or "word" in kinds or any(text_to_kind(m.rest) for m in rows):
        return False
    if not labelled and any(text_to_amount(m.head) is not None for m in rows):
        return False
    return all(m.head and not text_to_kind(m.head) and m.head[-1] not in _SENTENCE_ENDS for m in going_on)


def _is_remnant(rows: Sequence[Meeting]) -> bool:
    """Whether only ends of long texts stand below, and nothing under a word that fills a cell of every row.

    A word of the form is whole by itself: under the heading 上年 stands the first figure of its column.
    """
    going_on = [m for m in rows if m.rest]
    alone = any(text_to_kind(m.head) == "word" and not m.rest for m in rows)
    return (
        bool(going_on)
        and alone
        and all(m.full and not text_to_kind(m.head) and not text_to_kind(m.rest) for m in going_on)
    )


def _with_wholes(upper: Grid, whole: Sequence[Meeting]) -> Grid:
    wholes = {id(m.upper): m for m in whole}
    cells = (wholes[id(cell)].cell if id(cell) in wholes else cell for cell in upper.cells)
    return replace(upper, cells=tuple(cells))


def _without_tails(lower: Grid, whole: Sequence[Meeting], start: int, cut: bool) -> Grid:
    """Without the texts that went up; without row `start` when it belongs to the row above."""
    taken = {id(m.lower) for m in whole if not m.is_complete}
    cells = [
        replace(cell, text="", state="blank", confidence=None, posteriors=None) if id(cell) in taken else cell
        for cell in lower.cells
    ]
    if not cut:
        return replace(lower, cells=tuple(cells))
    kept = []
    for cell in cells:
        if cell.row > start:
            kept.append(replace(cell, row=cell.row - 1))
        elif cell.row < start:
            kept.append(cell)
        elif cell.row_span > 1:
            kept.append(replace(cell, row_span=cell.row_span - 1))
    return replace(lower, cells=tuple(kept), rows=lower.rows - 1)


def _text(cell: Cell) -> str:
    return "" if is_filler(cell.text) else cell.text


def _joined(parts: Iterable[str]) -> str:
    """Parts of one text without a blank, but for one between two Latin words."""
    text = ""
    for part in filter(None, parts):
        latin = text[-1:].isascii() and text[-1:].isalpha() and part[:1].isascii() and part[:1].isalpha()
        text += (" " if latin else "") + part
    return text
