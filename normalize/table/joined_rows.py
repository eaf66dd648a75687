"""Physical rows → candidate logical rows: a row alone, or joined with the rows below that may continue it.

Cells are joined by position before anything is aligned; joined and single readings compete in the same sum.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from normalize.form.physical_rows import Row, RowSlot
from normalize.table.emissions import COVERED_TEXT, UNREAD_TEXT
from normalize.table.table_prices import PRICES
from normalize.text.fold import is_chinese

_MAX_CELLS = 24
"""A row with more cells is no row of a table."""
_MAX_CONTINUED_CELLS = 5
"""A row with more filled cells does not continue another one."""
_KEPT_BLANKS = 3
"""Blank cells after the last filled one that are kept: a table has at most so many columns to fill there."""


@dataclass(frozen=True, slots=True)
class JoinedRows:
    """A candidate logical row: physical rows `start` to `start + length`, slots merged by position."""

    start: int
    length: int
    slots: tuple[tuple[RowSlot, ...], ...]
    texts: tuple[str, ...]
    price: float


def row_to_spans(
    rows: Sequence[Row], start: int, whole: Container[str] = frozenset()
) -> Iterator[JoinedRows]:
    """The row alone, and merged with one or two rows below that may continue it.

    `whole` are words that fill a cell by themselves: a row that would add to one, or begins one anew, continues nothing.
    """
    slots: tuple[tuple[RowSlot, ...], ...] = tuple((slot,) for slot in _trimmed(rows[start]))
    if len(slots) > _MAX_CELLS:
        return
    price = 0.0
    yield _span(start, 1, slots, price)
    for length in (2, 3):
        if start + length > len(rows) or not _may_continue(rows[start + length - 1]):
            return
        row = rows[start + length - 1]
        above, below = [_Above.of(cell, whole) for cell in slots], _trimmed(row)
        split = PRICES.split_at_gap if row.gap else PRICES.split
        straight: tuple[tuple[RowSlot, ...], ...] | None = None
        for shift in (0, 1, -1):
            extra = _joining(above, below, shift, whole)
            if extra is None:
                continue
            merged = _merge(slots, below, shift)
            yield _span(start, length, merged, price + (extra + split + PRICES.shifted_join * (shift != 0)))
            if shift == 0:
                straight, grown = merged, price + (extra + split)
        if straight is None:
            return
        slots, price = straight, grown


def _may_continue(row: Row) -> bool:
    return len(row.slots) <= _MAX_CELLS and 0 < len(row.filled) <= _MAX_CONTINUED_CELLS


@dataclass(frozen=True, slots=True)
class _Above:
    """Whether a cell that another one may continue holds anything, and whether that is a whole word."""

    filled: bool
    whole: bool

    @classmethod
    def of(cls, cell: Sequence[RowSlot], whole: Container[str]) -> _Above:
        return cls(any(slot.filled for slot in cell), any(slot.text in whole for slot in cell))


def _joining(
    above: Sequence[_Above], below: Sequence[RowSlot], shift: int, whole: Container[str]
) -> float | None:
    """The price of joining cells by position; `None` when one would fall off the edge or a whole word would grow."""
    price = 0.0
    for i, slot in enumerate(below, shift):
        if not slot.filled:
            continue
        if not 0 <= i < len(above):
            return None
        if not above[i].filled:
            price += PRICES.joined_cell + PRICES.late_cell
        elif above[i].whole or slot.text in whole:
            return None
        else:
            price += PRICES.joined_cell + PRICES.joined_figure * _is_figure(slot.text)
    return price


def _merge(
    above: tuple[tuple[RowSlot, ...], ...], below: Sequence[RowSlot], shift: int
) -> tuple[tuple[RowSlot, ...], ...]:
    """Cells joined by position."""
    merged = list(above)
    for i, slot in enumerate(below, shift):
        if slot.filled:
            merged[i] = (*merged[i], slot)
    return tuple(merged)


@lru_cache(maxsize=16384)
def _is_figure(text: str) -> bool:
    """Whether a text begins with a digit, or is a figure behind a reader's specks: it has digits and no words."""
    return text[:1].isdigit() or (any(map(str.isdigit, text)) and not any(map(is_chinese, text)))


def _trimmed(row: Row) -> tuple[RowSlot, ...]:
    """Without idle blank cells at the end."""
    last = max((i for i, slot in enumerate(row.slots) if slot.filled), default=-1)
    return row.slots[: min(len(row.slots), last + 1 + _KEPT_BLANKS)]


def _span(start: int, length: int, slots: tuple[tuple[RowSlot, ...], ...], price: float) -> JoinedRows:
    return JoinedRows(start, length, slots, tuple(map(_cell_text, slots)), price)


def _cell_text(slots: tuple[RowSlot, ...]) -> str:
    if len(slots) == 1 and slots[0].text and not slots[0].unread:
        return slots[0].text
    if any(slot.unread for slot in slots):
        return UNREAD_TEXT
    text = "".join(slot.text for slot in slots)
    return COVERED_TEXT if not text and slots[0].covered else text


def raws(span: JoinedRows) -> tuple[str, ...]:
    """The texts as read, where a cell is whole; a joined cell has no gaps of its own to show."""
    return tuple(" ".join(s.raw for s in cell if s.filled) if len(cell) == 1 else "" for cell in span.slots)
