"""A department's own text: what its picture leaves open is settled by the words it makes, and a person is asked to look."""

from __future__ import annotations

from dataclasses import replace

from normalize.channel.broken_words import likely_misread
from normalize.channel.decision import is_strange
from normalize.channel.rereading import reread
from normalize.form.physical_rows import Slot
from normalize.notes.notes import Notes
from normalize.text.fold import fold

REREAD = 0.9
"""Confidence of a character that only the language settled."""


def reread_slot(slot: Slot) -> Slot:
    """The slot with hesitant characters settled; `slot` itself where it has no picture."""
    if slot.posteriors is None:
        return slot
    raw = reread(slot.posteriors, slot.raw)
    return slot if raw == slot.raw else replace(slot, raw=raw, text=fold(raw))


def note_own_text(path: str, before: str, after: str, notes: Notes) -> None:
    """Note at `path` what rereading changed, and characters that hardly any Chinese text has."""
    if before != after:
        notes.repair(path, "typo", before, after, "图像的另一读法，词语通顺", REREAD)
        message = f"“{before}”按图像的另一读法改为“{after}”，请核对"
        notes.find("low-confidence", path, message, expected=after, actual=before)
    if is_strange(after):
        notes.find("low-confidence", path, f"“{after}”中有罕用字，可能误读，请核对", actual=after)
    else:
        note_broken(path, after, notes)


def note_broken(path: str, text: str, notes: Notes) -> None:
    """Doubt the text at `path`, seen before, where one misread character would explain a broken word.

    A file's own characters are as they were typed.
    """
    if all(slot.exact for slot in notes.slots.get(path, ())):
        return
    other = likely_misread(text)
    if other is not None:
        notes.find(
            "low-confidence", path, f"“{text}”可能误读，或为“{other}”，请核对", expected=other, actual=text
        )
