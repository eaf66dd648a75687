"""How one clerk writes values."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Habits:
    """How one clerk writes values."""

    sign: bool  # ≥ before shares of the catalogue
    yearly: bool  # ≥800件/年 in the long-term table
    units_in_history: bool
    units_in_annual: bool
    decimals: bool  # 420.00 rather than 420
    hundred: str  # 100% or 100.00%
    history: bool  # gives the money of the two years before
    summed: bool  # and its sums


def random_habits(rng: Random) -> Habits:
    """The habits of one clerk."""
    return Habits(
        sign=rng.random() < 0.25,
        yearly=rng.random() < 0.5,
        units_in_history=rng.random() < 0.5,
        units_in_annual=rng.random() < 0.9,
        decimals=rng.random() < 0.25,
        hundred="100.00%" if rng.random() < 0.15 else "100%",
        history=rng.random() > 0.05,
        summed=rng.random() < 0.3,
    )
