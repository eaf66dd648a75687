"""A page as a reader sees it: words where they stand, and the lines ruled on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.geometry import Box


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character and its box.

    Characters of one `run` were drawn together, one after the other; 0 where that is not known. `turn` is the direction
    in which they are written, in quarter turns clockwise from left to right.
    """

    text: str
    box: Box
    size: float = 0.0
    run: int = 0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: `horizontal` at height `at` from `start` to `end`, or `vertical` at abscissa `at`."""

    axis: Literal["horizontal", "vertical"]
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """One upright page: `number` counts from 1, sizes in points."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    reader: str = "text-layer"
