"""Outcomes of a peer on a kind of files, summed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.outcomes import Wrong, outcomes
from bench.peers.reading import Json
from bench.peers.run import Run, Took

ROW = re.compile(r".*/(?:income|expenditure|projects|indicators)/\d+")
"""The pointer of a whole row."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Fields: exact + silent + missed + flagged = all.

    `silent`: wrong with nothing that points at it; `missed`: the form says something, nothing was read and
    nothing says so; `flagged`: not exact, and a finding points at it. Times are per page.
    """

    files: int
    fields: int
    exact: int
    silent: int
    missed: int
    flagged: int
    invented: int
    unread: tuple[str, ...]
    cpu: float
    wall: float
    start: float
    memory: float


def run_to_tally(run: Run, truths: Mapping[Path, Json]) -> Tally:
    """Sums over the files; one that was not read, or was rejected, has every field of it missed."""
    each = [outcomes(truths[took.file], took.result or {}) for took in run.took]
    wrong = [[one for one in outcome.wrong if not _is_row(one)] for outcome in each]
    open_ = [(one, group) for group in wrong for one in group if not one.flagged]
    missed = sum(_is_missed(one, group) for one, group in open_)
    read = [took for took in run.took if took.error is None]
    pages = sum(took.pages for took in read) or 1
    return Tally(
        files=len(each),
        fields=sum(outcome.fields for outcome in each),
        exact=sum(outcome.exact for outcome in each),
        silent=len(open_) - missed,
        missed=missed,
        flagged=sum(one.flagged for group in wrong for one in group),
        invented=sum(outcome.invented for outcome in each),
        unread=tuple(why for took in run.took if (why := _unread(took))),
        cpu=sum(took.cpu for took in read) / pages,
        wall=sum(took.wall for took in read) / pages,
        start=run.start,
        memory=run.memory,
    )


def _is_row(wrong: Wrong) -> bool:
    """An invented row, which is no field of the truth."""
    return ROW.fullmatch(wrong.pointer) is not None


def _is_missed(wrong: Wrong, others: list[Wrong]) -> bool:
    """Nothing was read; an empty list also differs in its length, nought."""
    return not wrong.got or (
        wrong.got == "0" and any(other.pointer == wrong.pointer and not other.got for other in others)
    )


def _unread(took: Took) -> str | None:
    if took.error:
        return f"{took.file.name}: {took.error}"
    status = (took.result or {}).get("status")
    return f"{took.file.name}: rejected" if status == "rejected" else None
