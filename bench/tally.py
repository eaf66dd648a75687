"""Outcomes of fields, summed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from typing import Self, TypeVar

from bench.fields import Field

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts that are added one by one to others of their kind."""

    def __add__(self, other: Self) -> Self:
        return type(self)(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Tally(Counts):
    """Counts of fields; `fields` are the truth's, so invented rows come on top of them."""

    fields: int = 0
    exact: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    silent: int = 0
    flagged_right: int = 0
    repaired: int = 0
    repaired_right: int = 0
    harmed: int = 0

    def share(self, count: int) -> float:
        """`count` in per cent of the fields."""
        return 100 * count / self.fields if self.fields else 0.0


def field_to_tally(field: Field) -> Tally:
    right = field.outcome == "exact"
    return Tally(
        fields=int(field.want is not None),
        exact=int(right),
        wrong=int(field.outcome == "wrong"),
        missed=int(field.outcome == "missed"),
        invented=int(field.outcome == "invented"),
        silent=int(field.silent),
        flagged_right=int(right and field.flagged),
        repaired=int(field.repaired),
        repaired_right=int(field.repaired and right),
        harmed=int(field.harmed),
    )


def total(fields: Iterable[Field]) -> Tally:
    return sum(map(field_to_tally, fields), Tally())


def by(key: Callable[[Field], K], fields: Iterable[Field]) -> dict[K, Tally]:
    """Sums of the fields by what `key` says of them, in the order in which that first comes."""
    sums: dict[K, Tally] = {}
    for field in fields:
        found = key(field)
        sums[found] = sums.get(found, Tally()) + field_to_tally(field)
    return sums
