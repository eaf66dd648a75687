"""What a person must look at, and whether the confidences tell the truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.fields import Field

GOAL = 1e-4
"""Share of fields that may stay wrong: 99.99 % right."""
BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)


@dataclass(frozen=True, slots=True)
class Effort:
    """Cells to look at, of all forms together; `left` is the share of fields still wrong after the flagged ones."""

    flagged: int
    left: float
    needed: int
    cells: int


def effort(forms: Iterable[Sequence[Field]]) -> Effort:
    """How many cells must be looked at until no more than `GOAL` of the fields are wrong.

    Flagged cells are looked at first, then the others, the least sure first. Cells that are equally sure are looked at
    all or none, since nothing tells which of them to begin with. A cell once looked at is right.
    """
    cells: dict[tuple[bool, float], int] = defaultdict(int)
    errors: dict[tuple[bool, float], int] = defaultdict(int)
    total = 0
    for fields in forms:
        places: dict[str, tuple[bool, float]] = {}
        for field in fields:
            rank = (not field.flagged, 1.0 if field.confidence is None else round(field.confidence, 2))
            total += field.want is not None
            errors[rank] += field.outcome != "exact"
            places[field.pointer] = min(rank, places.get(field.pointer, rank))
        for rank in places.values():
            cells[rank] += 1
    left, needed = sum(errors.values()), 0
    after_flagged = sum(count for (quiet, _), count in errors.items() if quiet)
    for rank in sorted({*cells, *errors}):
        if left <= GOAL * total:
            break
        left -= errors[rank]
        needed += cells[rank]
    flagged = sum(count for (quiet, _), count in cells.items() if not quiet)
    return Effort(flagged, after_flagged / total if total else 0.0, needed, sum(cells.values()))


@dataclass(frozen=True, slots=True)
class Bin:
    """Fields with a confidence in `low` … `high`: how sure they say they are, and how many are right."""

    low: float
    high: float
    count: int
    claimed: float
    right: float


def reliability(fields: Iterable[Field]) -> list[Bin]:
    """Confidence against truth, bin by bin; bins without a field are left out, the last holds exactly 1."""
    found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for field in fields:
        if field.confidence is not None and field.want is not None:
            place = max(n for n, low in enumerate(BINS) if low <= field.confidence)
            found[place].append((field.confidence, field.outcome == "exact"))
    return [
        Bin(
            BINS[place],
            BINS[min(place + 1, len(BINS) - 1)],
            len(group),
            sum(sure for sure, _ in group) / len(group),
            sum(right for _, right in group) / len(group),
        )
        for place, group in sorted(found.items())
    ]
