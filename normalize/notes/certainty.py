"""How sure a value is, and the finding where that is not sure enough.

A recogniser's probability of a text (`Cell.confidence`) is nearly calibrated, but it is only the picture's word. Others
speak as well: the catalogue, the same text in another cell, the sums. What they have settled is not asked again here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from normalize.form.physical_rows import RowSlot
from normalize.notes.notes import Notebook, Notes

SURE_CONFIDENCE = 0.9
"""Below this a person must look. The trade-off of silent errors against idle flags is measured by `bench`."""
_READERS_ERRORS = ("typo", "digit", "twin")
"""Repairs of what a reader did; a clerk's slips say nothing of it."""
_USUAL_RATE = 0.03
"""The reader errs in this share of the cells of a copy at 150 dpi, counted on three forms."""
_PRIOR_CELLS = 20
"""What is usual counts for as many cells as this."""
_POOR_RATE = 0.05
"""Up to this rate the recogniser's probabilities hold. Counted: of 60 scanned pages with eight damages none was above it; of 31
harsher copies, whose signs break up, 26 were, and there 8 of 27 silent errors are doubted, with 114 idle doubts in 4,013 fields."""
_MOST_DOUBT = 10.0
"""No page makes an error more than this many times likelier: what is sure to 0.99 stays so."""
_AGREED_CONFIDENCE = 0.99
"""Cells that agree are never surer: the same glyphs in the same hand may be misread alike."""


def slots_to_confidence(slots: Iterable[RowSlot]) -> float:
    """The probability that all `slots` were read right, 1 where nothing speaks against it."""
    return math.prod(slot.confidence for slot in slots if slot.confidence is not None)


def agreement(readings: Iterable[Iterable[RowSlot]]) -> float:
    """The probability that at least one of several cells that say the same was read right, so that all were."""
    return agreed((slots, slots_to_confidence(slots)) for slots in map(tuple, readings))


def agreed(witnesses: Iterable[tuple[tuple[RowSlot, ...], float]]) -> float:
    """The same of cells with how sure each is of what they all say.

    Cells whose pictures were so alike that one of them was read for all are one witness.
    """
    each = {_witness(slots): sure for slots, sure in witnesses}.values()
    if len(each) == 1 or 1.0 in each:
        return max(each, default=1.0)
    return min(_AGREED_CONFIDENCE, 1.0 - math.prod(1.0 - one for one in each))


def _witness(slots: Sequence[RowSlot]) -> tuple[int, ...]:
    """What is the same for cells for which one picture was read."""
    return tuple(id(slot) if slot.posteriors is None else id(slot.posteriors) for slot in slots)


def note_unsure(notes: Notes) -> Notes:
    """A finding for every value of `notes` whose evidence is weak and that none of their findings points at.

    How weak it is, its page says, too: see `page_to_doubt`.
    """
    book = Notebook()
    flagged = {finding.path for finding in notes.findings if finding.severity != "info"}
    doubts = page_to_doubt(notes)
    for path, evidence in notes.evidence.items():
        sure = _on_such_a_page(evidence.confidence, doubts.get(evidence.page, 1.0))
        if sure < SURE_CONFIDENCE and path not in flagged:
            why = "识别把握不足" if evidence.confidence < SURE_CONFIDENCE else "所在页误读较多"
            message = f"“{evidence.text[:40]}”{why}，请核对原件"
            book.add_finding("low-confidence", path, message, actual=evidence.text)
    return book.notes()


def page_to_doubt(notes: Notes) -> dict[int | None, float]:
    """For each page read from a picture, how many times likelier than elsewhere its readings are wrong: 1 on a usual page.

    Most cells hold texts that are known, from the catalogue, a closed list, a twin or a sum: how often the reader erred in
    these is a sample of how often it erred in all. The rate of a page with few cells is drawn towards the usual one.
    """
    mended = {repair.path.removesuffix("/text") for repair in notes.repairs if repair.kind in _READERS_ERRORS}
    cells, errors = Counter[int | None](), Counter[int | None]()
    for path, evidence in notes.evidence.items():
        if evidence.reader == "picture":
            cells[evidence.page] += 1
            errors[evidence.page] += path in mended
    rates = {
        page: (errors[page] + _USUAL_RATE * _PRIOR_CELLS) / (count + _PRIOR_CELLS)
        for page, count in cells.items()
    }
    return {page: min(_MOST_DOUBT, max(1.0, rate / _POOR_RATE)) for page, rate in rates.items()}


def _on_such_a_page(confidence: float, doubt: float) -> float:
    """The probability of a reading where errors are `doubt` times as likely as the recogniser knows."""
    return confidence / (confidence + doubt * (1.0 - confidence)) if confidence else 0.0
