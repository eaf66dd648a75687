"""The random sample of what the program accepted: drawn once a week, put among the other fields, counted when answered."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp, fsum, lgamma, log, log1p

from shenbao.desk.queue.index import DeskEntry, accepted_fields
from shenbao.desk.queue.opened import GoneError, Opened
from shenbao.ingest.ledger.decisions import (
    SAMPLE_LOOK,
    DeskDecision,
    field_looks,
    is_equal_text,
)
from shenbao.ingest.ledger.samples import SampledField
from shenbao.version import program_version

_SURE = 0.95
"""The confidence of the intervals; the usual one."""
_HALVINGS = 60
"""Halvings of 0 to 1 that leave less than a double can tell."""


def iso_week(now: datetime) -> str:
    """The week that a day is in, as 2026-W48."""
    year, week, _ = now.isocalendar()
    return f"{year}-W{week:02}"


def draw_sample(
    entries: Sequence[DeskEntry], open_one: Callable[[str], Opened], count: int, seed: str, now: datetime
) -> list[SampledField]:
    """So many of all accepted fields, each as probable as any other; the same for the same `seed`, week and entries."""
    week = iso_week(now)
    chance = random.Random(f"{seed} {week}")
    total = sum(entry.accepted for entry in entries)
    stakes = [one.rank[0] for entry in entries for one in entry.fields] or [0.0]
    drawn: list[SampledField] = []
    for number, at in enumerate(sorted(chance.sample(range(total), min(count, total)))):
        stake = chance.choice(stakes)
        sha256, place = _entry_at(entries, at)
        try:
            final = open_one(sha256).final
        except GoneError:
            continue  # its result vanished since it was listed
        found = list(accepted_fields(final))
        if place < len(found):
            form, path = found[place]
            text = final.sheets[form].text(path) or ""
            about = (text, stake, total, now.isoformat(timespec="seconds"), program_version())
            drawn.append(SampledField(week, number, sha256, form, path, *about))
    return drawn


def _entry_at(entries: Iterable[DeskEntry], at: int) -> tuple[str, int]:
    """Whose the accepted field number `at` of all is, and which it is there."""
    for entry in entries:
        if at < entry.accepted:
            return entry.sha256, at
        at -= entry.accepted
    raise IndexError(at)


@dataclass(frozen=True, slots=True)
class SampleCount:
    """What came of the fields drawn in a week, or in all: `accepted` is how many there were to draw from.

    `errors` of the `answered` ones were not what stands on the paper; what persons could not read is `illegible` and counts for
    neither; the others were not looked at yet.
    """

    week: str
    accepted: int
    drawn: int
    answered: int
    errors: int
    illegible: int

    @property
    def rate(self) -> float | None:
        """The share of errors; `None` before anything was answered."""
        return self.errors / self.answered if self.answered else None

    @property
    def interval(self) -> tuple[float, float]:
        """The exact interval that holds the true share with 95 % confidence."""
        return exact_interval(self.errors, self.answered)


def count_samples(samples: Iterable[SampledField], log: Iterable[DeskDecision]) -> list[SampleCount]:
    """What came of the samples, week by week."""
    by_content: dict[str, list[DeskDecision]] = {}
    for decision in log:
        by_content.setdefault(decision.sha256, []).append(decision)
    looks = {
        (sha256, *field): one
        for sha256, about in by_content.items()
        for field, one in field_looks(about).items()
    }
    weeks: dict[str, list[SampleCount]] = {}
    for drawn in samples:
        said = [
            one
            for one in looks.get((drawn.sha256, drawn.form, drawn.path), ())
            if one.why.partition("；")[0] == SAMPLE_LOOK and one.answered == drawn.text
        ]
        unread = any(one.kind == "illegible" for one in said)
        wrong = any(not is_equal_text(one.after, drawn.text) for one in said if one.kind != "illegible")
        counted = bool(said) and not unread
        about = SampleCount(drawn.week, drawn.accepted, 1, counted, wrong and counted, unread)
        weeks.setdefault(drawn.week, []).append(about)
    return [add_counts(week, counts) for week, counts in sorted(weeks.items())]


def add_counts(week: str, counts: Sequence[SampleCount]) -> SampleCount:
    """Several counts as one; there were as many to draw from as when the most were there."""
    return SampleCount(
        week,
        max((one.accepted for one in counts), default=0),
        sum(one.drawn for one in counts),
        sum(one.answered for one in counts),
        sum(one.errors for one in counts),
        sum(one.illegible for one in counts),
    )


def exact_interval(errors: int, answered: int, sure: float = _SURE) -> tuple[float, float]:
    """The share of errors in everything drawn from, with `sure` confidence at least; (0, 1) where nothing was answered.

    The exact binomial interval of C. J. Clopper and E. S. Pearson, "The Use of Confidence or Fiducial Limits Illustrated in the
    Case of the Binomial", Biometrika 26 (1934), 404-413: its ends are the shares at which so many errors, or fewer, or more, come
    with half of the rest of the confidence.

    >>> [round(end, 4) for end in exact_interval(0, 100)], [round(end, 4) for end in exact_interval(3, 50)]
    ([0.0, 0.0362], [0.0125, 0.1655])
    """
    half = (1 - sure) / 2
    low = _share_where(lambda share: 1 - _at_most(errors - 1, answered, share) < half) if errors else 0.0
    high = _share_where(lambda share: _at_most(errors, answered, share) > half) if errors < answered else 1.0
    return low, high


def _share_where(is_below: Callable[[float], bool]) -> float:
    """The share up to which something holds, by halving."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def _at_most(errors: int, answered: int, share: float) -> float:
    """How probable so many errors or fewer are; in logarithms, for a share to the power of thousands is 0 in a double."""
    right, wrong = log1p(-share), log(share)
    ways = [lgamma(answered + 1) - lgamma(n + 1) - lgamma(answered - n + 1) for n in range(errors + 1)]
    return fsum(exp(way + n * wrong + (answered - n) * right) for n, way in enumerate(ways))
