"""A department's own text: what its picture leaves open is settled by the words it makes, and a person is asked to look."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from normalize.channel.broken_words import SPECK_AT_END, is_strange, likely_misread
from normalize.channel.channel_prices import CHANNEL_PRICES
from normalize.channel.rereading import likelier_words, reread
from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Notes
from normalize.text.fold import fold

_REREAD_CONFIDENCE = 0.9
"""How sure a text is in which the language alone settled a character."""


def reread_slot(slot: RowSlot) -> RowSlot:
    """The slot with hesitant characters settled; `slot` itself where it has no picture."""
    if slot.posteriors is None:
        return slot
    raw = reread(slot.posteriors, slot.raw)
    return slot if raw == slot.raw else replace(slot, raw=raw, text=fold(raw))


def note_own_text(path: str, before: str, after: str, slots: Iterable[RowSlot]) -> Notes:
    """What rereading changed in the text at `path`, read from `slots`, and characters that hardly any text has."""
    book = Notebook()
    if before != after:
        book.add_repair(path, "typo", before, after, "图像的另一读法，词语通顺", _REREAD_CONFIDENCE)
        message = f"“{before}”按图像的另一读法改为“{after}”，请核对"
        book.add_finding("low-confidence", path, message, expected=after, actual=before)
    if is_strange(after):
        book.add(note_strange(path, after))
    else:
        book.add(note_broken(path, after, slots))
    return book.notes()


def note_strange(path: str, text: str) -> Notes:
    """The doubt about a text with characters that hardly any Chinese text has."""
    book = Notebook()
    book.add_finding("low-confidence", path, f"“{text}”中有罕用字，可能误读，请核对", actual=text)
    return book.notes()


def note_broken(path: str, text: str, slots: Iterable[RowSlot], *, agreed: bool = False) -> Notes:
    """The doubt about a text at `path`, read from `slots`, in which one misread character would explain a broken word, or
    whose last mark may be a copier's speck.

    A file's own characters are as they were typed, and what a picture says clearly is a word that the list lacks. `agreed`:
    another picture says the same, which settles what one alone would hesitate about.
    """
    book, seen = Notebook(), tuple(slots)
    other = None
    if not all(slot.exact or _is_clear(slot) for slot in seen):
        other = likely_misread(text) or (None if agreed else _hesitant(text, seen))
    pictured = any(slot.confidence is not None for slot in seen)
    if pictured and SPECK_AT_END.search(text):
        book.add_finding("low-confidence", path, f"“{text}”末尾的点可能是污点，请核对", actual=text)
    elif other is not None:
        message = f"“{text}”可能误读，或为“{other}”，请核对"
        book.add_finding("low-confidence", path, message, expected=other, actual=text)
    return book.notes()


def _hesitant(text: str, slots: Iterable[RowSlot]) -> str | None:
    """The text with better words at the place where one of the pictures hesitates; `None` without one."""
    for slot in slots:
        for read, better in likelier_words(slot.posteriors, slot.raw) if slot.posteriors else ():
            if read in text:
                return text.replace(read, better)
    return None


def _is_clear(slot: RowSlot) -> bool:
    return slot.confidence is not None and slot.confidence >= math.exp(-CHANNEL_PRICES.clear)
