"""How sure a value is, and the finding where that is not sure enough.

A recogniser's probability of a text (`Cell.confidence`) is nearly calibrated, but it is only the picture's word. Others
speak as well: the catalogue, the same text in another cell, the sums. What they have settled is not asked again here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Notes

SURE_CONFIDENCE = 0.9
"""Below this a person must look. The trade-off of silent errors against idle flags is measured by `bench`."""
_AGREED_CONFIDENCE = 0.99
"""Cells that agree are never surer: the same glyphs in the same hand may be misread alike."""


def slots_to_confidence(slots: Iterable[RowSlot]) -> float:
    """The probability that all `slots` were read right, 1 where nothing speaks against it."""
    return math.prod(slot.confidence for slot in slots if slot.confidence is not None)


def agreement(readings: Iterable[Iterable[RowSlot]]) -> float:
    """The probability that at least one of several cells that say the same was read right, so that all were.

    Cells whose pictures were so alike that one of them was read for all are one witness.
    """
    witnesses = {_witness(slots): slots for slots in map(tuple, readings)}
    each = [slots_to_confidence(slots) for slots in witnesses.values()]
    if len(each) == 1 or 1.0 in each:
        return max(each, default=1.0)
    return min(_AGREED_CONFIDENCE, 1.0 - math.prod(1.0 - one for one in each))


def _witness(slots: Sequence[RowSlot]) -> tuple[int, ...]:
    """What is the same for cells for which one picture was read."""
    return tuple(id(slot) if slot.posteriors is None else id(slot.posteriors) for slot in slots)


def note_unsure(notes: Notes) -> Notes:
    """A finding for every value of `notes` whose evidence is weak and that none of their findings points at."""
    book = Notebook()
    flagged = {finding.path for finding in notes.findings if finding.severity != "info"}
    for path, evidence in notes.evidence.items():
        if evidence.confidence < SURE_CONFIDENCE and path not in flagged:
            message = f"“{evidence.text[:40]}”识别把握不足，请核对原件"
            book.add_finding("low-confidence", path, message, actual=evidence.text)
    return book.notes()
