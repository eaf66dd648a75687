"""Which of two readings of a page is believed: the one that leaves clearly less to doubt when the whole form is decoded."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from models.document import Piece, Problem, Rival, piece_page
from models.submission import Submission

MOST_RIVALS = 8
"""Of so many pages the other reading is tried: a file with more is odd throughout, and each costs another decoding."""
_CLEAR_DOUBTS = 2
"""A reading wins by this many fewer doubts: of 400 planted faults (`bench.referee`) none wins, and 191 of 301 that change a
form's data are mended; with one fewer, 231 would be, but a single finding may come and go with how a cell is cut."""


def with_rival(pieces: Iterable[Piece], rival: Rival) -> tuple[Piece, ...]:
    """The pieces of a document, those of one page replaced by its other reading."""
    kept = list(pieces)
    here = {n for n, piece in enumerate(kept) if piece_page(piece) == rival.page}
    start = min(here, default=len(kept))
    after = [piece for n, piece in enumerate(kept) if n > start and n not in here]
    return (*kept[:start], *rival.pieces, *after)


def taken_problem(rival: Rival) -> Problem:
    """What is told of a page of which the other reading was taken."""
    what = f"第{rival.page}页表格的行列采用了第二种读法（camelot）：按它读出的内容疑问较少"
    return Problem("second-reading-taken", f"{what}。", "info", rival.page)


def is_clearly_better(theirs: Submission, ours: Submission, told: Collection[str]) -> bool:
    """Whether a reading reads the same forms, no fewer values, and leaves clearly less to doubt than the other.

    `told` are the codes of what is odd about the file however it is read: they speak for neither.
    """
    if not theirs.forms or (ours.forms and _layouts(theirs) != _layouts(ours)):
        return False
    if not ours.forms:
        return True
    fewer = submission_to_doubts(ours, told) - submission_to_doubts(theirs, told)
    return fewer >= _CLEAR_DOUBTS and _values(theirs) >= _values(ours)


def submission_to_doubts(submission: Submission, told: Collection[str]) -> int:
    """How much of a reading is not sure: warnings about what was read or does not add up, and what was repaired."""
    found = [*submission.findings, *(one for form in submission.forms for one in form.findings)]
    doubts = {
        (one.code, one.path, one.message)
        for one in found
        if one.category in ("reading", "arithmetic") and one.severity != "info" and one.code not in told
    }
    return len(doubts) + sum(len(form.repairs) for form in submission.forms)


def _layouts(submission: Submission) -> list[str]:
    return [form.layout for form in submission.forms]


def _values(submission: Submission) -> int:
    return sum(len(form.evidence) for form in submission.forms)
