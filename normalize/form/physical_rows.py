"""Pieces of a document → one stream of rows, the shape in which text, Word, Excel and PDF look alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from models.document import Piece, TextLine
from models.grid import Cell, Grid, Place
from models.posteriors import Posteriors
from normalize.channel.two_readings import ChosenReading, choose_readings
from normalize.text.fold import fold, is_filler, without_filler

SHEET = "excel"
"""The reader of spreadsheets, where what stands above and below a table is in cells as well."""
EXACT_READERS = frozenset({"word", SHEET, "text-layer", "camelot", "ofd"})
"""Readers that take characters from the file; all others may misread."""

_FEWEST_REPEATED = 3
"""So many texts twice at the beginning of rows are a program's doing: a form itself has 满意度 as both levels, or 社会效益."""


@dataclass(frozen=True, slots=True)
class RowSlot:
    """One cell of a row. `covered`: a cell from a row above reaches down to here; `unread`: it could not be read.

    `exact`: the characters are the file's own, so that only the clerk can have erred, never a reader. `reader` names who
    read it, a grid's or a line's reader, or `hidden-layer` where a picture's text layer was believed instead.
    `placed`: its row and column are no guess. `rival`: what another reader took for its text, just as likely.
    """

    raw: str
    place: Place
    text: str
    covered: bool = False
    unread: bool = False
    confidence: float | None = None
    posteriors: Posteriors | None = None
    column: int = 0
    exact: bool = False
    placed: bool = True
    rival: str | None = None
    reader: str = "text"

    @property
    def filled(self) -> bool:
        return bool(self.text) or self.unread

    def part(self, raw: str) -> RowSlot:
        """A part of the slot's text as a slot of its own, without a picture: that shows the whole."""
        return replace(self, raw=raw, text=fold(raw), posteriors=None)


@dataclass(frozen=True, slots=True)
class Row:
    """Slots from left to right. `gap`: a page break or an empty line stands before the row.

    `filled` are the slots that hold something: every stage asks for them again, so they are looked for once.
    """

    slots: tuple[RowSlot, ...]
    number: int
    gap: bool = False
    ruled: bool = False
    line: bool = False
    heading: bool = False
    reader: str = "text"
    table: int = 0
    filled: tuple[RowSlot, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "filled", tuple([slot for slot in self.slots if slot.filled]))

    @property
    def inferred(self) -> bool:
        """Whether its characters are the file's own, and where its cells begin and end is concluded from them."""
        return not self.ruled and not self.line and self.reader in EXACT_READERS

    @property
    def page(self) -> int | None:
        return next((slot.place.page for slot in self.slots if slot.place.page), None)


def pieces_to_rows(pieces: Iterable[Piece]) -> tuple[Row, ...]:
    """All rows in reading order, numbered; rows that are blank or only fill space are left out."""
    rows: list[Row] = []
    gap, page = True, None
    for table, piece in enumerate(pieces):
        if isinstance(piece, TextLine):
            fresh = [_line_to_row(piece)]
        else:
            fresh = list(_grid_to_rows(piece, table))
        for row in fresh:
            gap = gap or row.gap or row.page != page
            page = row.page
            if not row.filled or all(is_filler(slot.text) for slot in row.filled):
                gap = gap or not row.filled
                continue
            rows.append(replace(row, number=len(rows), gap=gap))
            gap = False
    return tuple(rows)


def _line_to_row(line: TextLine) -> Row:
    exact = line.reader in EXACT_READERS
    slot = RowSlot(
        line.text,
        line.place,
        fold(line.text),
        confidence=line.confidence,
        exact=exact,
        reader=line.reader,
    )
    return Row((slot,), 0, line=True, heading=line.heading, reader=line.reader)


def _grid_to_rows(grid: Grid, table: int) -> Iterator[Row]:
    starts: dict[int, list[tuple[Cell, ChosenReading]]] = {}
    below: dict[int, list[Cell]] = {}
    for cell, settled in zip(grid.cells, choose_readings(grid.cells), strict=True):
        starts.setdefault(cell.row, []).append((cell, settled))
        for row in range(cell.row + 1, cell.row + cell.row_span):
            below.setdefault(row, []).append(cell)
    repeats = () if grid.spans == "ruled" or grid.reader in EXACT_READERS else _repeats(starts.values())
    for number in range(grid.rows):
        slots = [_cell_to_slot(cell, settled, grid) for cell, settled in starts.get(number, ())]
        slots += [
            RowSlot("", cell.place, "", covered=True, column=cell.column) for cell in below.get(number, ())
        ]
        slots.sort(key=lambda slot: slot.column)
        if slots and slots[0].raw in repeats:
            slots = _first_once(slots)
        line = grid.reader == SHEET and _is_line(slots)
        yield Row(
            tuple(slots),
            0,
            number in grid.breaks,
            grid.spans == "ruled",
            line,
            reader=grid.reader,
            table=table,
        )


def _repeats(rows: Iterable[Sequence[tuple[Cell, ChosenReading]]]) -> frozenset[str]:
    """The texts that a program wrote into each cell of a merged label, where enough rows begin with one text twice."""
    firsts = [[settled.text for _, settled in row[:2]] for row in rows]
    found = frozenset(texts[0] for texts in firsts if len(texts) > 1 and texts[0] and texts[0] == texts[1])
    return found if len(found) >= _FEWEST_REPEATED else frozenset()


def _first_once(slots: Sequence[RowSlot]) -> list[RowSlot]:
    """The slots of a row, those behind the first that repeat it blank."""
    again = next((n for n, slot in enumerate(slots) if slot.raw != slots[0].raw), len(slots))
    return [slots[0], *(replace(s, raw="", text="", covered=True) for s in slots[1:again]), *slots[again:]]


def _is_line(slots: Sequence[RowSlot]) -> bool:
    """Whether a row is a text above or below a table: it fills nothing but the first column, or reaches across all."""
    return not any(slot.filled or slot.covered for slot in slots[1:])


def _cell_to_slot(cell: Cell, settled: ChosenReading, grid: Grid) -> RowSlot:
    text, reader = fold(settled.text), grid.reader
    if grid.spans == "inferred":
        text = without_filler(text)  # a row of dots that ran into the cell beside it
    return RowSlot(
        settled.text,
        cell.place,
        "" if is_filler(text) else text,
        unread=cell.state == "unread" and not text,
        confidence=settled.confidence,
        posteriors=cell.posteriors,
        column=cell.column,
        exact=reader in EXACT_READERS,
        placed=cell.placed,
        rival=settled.rival,
        reader="hidden-layer" if settled.from_layer else reader,
    )
