"""Outcomes of a peer on a kind of files, summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.fields import Field, fields
from bench.peers.reading import Json
from bench.peers.run import Run, Took


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
    each = [fields(truths[took.file], took.result or {}) for took in run.took]
    printed = [[field for field in form if field.want is not None] for form in each]
    wrong = [[field for field in form if field.outcome != "exact"] for form in printed]
    unseen = [(field, form) for form in wrong for field in form if not field.flagged]
    missed = sum(_is_missed(field, form) for field, form in unseen)
    read = [took for took in run.took if took.error is None]
    pages = sum(took.pages for took in read) or 1
    return Tally(
        files=len(each),
        fields=sum(map(len, printed)),
        exact=sum(map(len, printed)) - sum(map(len, wrong)),
        silent=len(unseen) - missed,
        missed=missed,
        flagged=sum(field.flagged for form in wrong for field in form),
        invented=sum(map(len, each)) - sum(map(len, printed)),
        unread=tuple(why for took in run.took if (why := _unread(took))),
        cpu=sum(took.cpu for took in read) / pages,
        wall=sum(took.wall for took in read) / pages,
        start=run.start,
        memory=run.memory,
    )


def _is_missed(field: Field, wrong: list[Field]) -> bool:
    """Nothing was read; an empty list also differs in its length, nought."""
    return not field.got or (
        field.got == "0" and any(other.pointer == field.pointer and not other.got for other in wrong)
    )


def _unread(took: Took) -> str | None:
    if took.error:
        return f"{took.file.name}: {took.error}"
    status = (took.result or {}).get("status")
    return f"{took.file.name}: rejected" if status == "rejected" else None
