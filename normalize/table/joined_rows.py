"""Physical rows → candidate logical rows: a row alone, or joined with the rows below that may continue it.

Cells are joined by position before anything is aligned; joined and single readings compete in the same sum.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

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
        below = _trimmed(row)
        for shift in (0, 1, -1):
            merged, extra = _merge(slots, below, shift, whole)
            if merged is not None:
                extra += (PRICES.split_at_gap if row.gap else PRICES.split) + PRICES.shifted_join * (
                    shift != 0
                )
                yield _span(start, length, merged, price + extra)
        straight, extra = _merge(slots, below, 0, whole)
        if straight is None:
            return
        price += extra + (PRICES.split_at_gap if row.gap else PRICES.split)
        slots = straight


def _may_continue(row: Row) -> bool:
    return len(row.slots) <= _MAX_CELLS and 0 < len(row.filled) <= _MAX_CONTINUED_CELLS


def _merge(
    above: tuple[tuple[RowSlot, ...], ...], below: tuple[RowSlot, ...], shift: int, whole: Container[str]
) -> tuple[tuple[tuple[RowSlot, ...], ...] | None, float]:
    """Cells joined by position, and the price of joining them; `None` when a cell would fall off the edge or a whole
    word would grow."""
    merged, price = list(above), 0.0
    for i, slot in enumerate(below):
        if not slot.filled:
            continue
        if not 0 <= i + shift < len(merged):
            return None, 0.0
        late = not any(s.filled for s in merged[i + shift])
        if not late and (slot.text in whole or any(s.text in whole for s in merged[i + shift])):
            return None, 0.0
        price += (
            PRICES.joined_cell
            + PRICES.late_cell * late
            + PRICES.joined_figure * (not late and _is_figure(slot.text))
        )
        merged[i + shift] = (*merged[i + shift], slot)
    return tuple(merged), price


def _is_figure(text: str) -> bool:
    """Whether a text begins with a digit, or is a figure behind a reader's specks: it has digits and no words."""
    return text[:1].isdigit() or (any(map(str.isdigit, text)) and not any(map(is_chinese, text)))


def _trimmed(row: Row) -> tuple[RowSlot, ...]:
    """Without idle blank cells at the end."""
    last = max((i for i, slot in enumerate(row.slots) if slot.filled), default=-1)
    return row.slots[: min(len(row.slots), last + 1 + _KEPT_BLANKS)]


def _span(start: int, length: int, slots: tuple[tuple[RowSlot, ...], ...], price: float) -> JoinedRows:
    return JoinedRows(start, length, slots, tuple(_cell_text(cell) for cell in slots), price)


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
