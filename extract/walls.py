"""Walls between cells told from upright strokes of characters that happen to reach from line to line.

In a row hardly higher than its text a stroke is as long as a wall. But a wall leads through a row that no stroke
fills, or has paper beside it somewhere on its way; a stroke has the rest of its character about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.broken import SAME, Run
from extract.ink import Pixels

MEETS = 0.2
"""A line that ends this far from another meets it (lengths here are in heights of a character)."""
TALL, WHOLE = 1.6, 0.93
"""A stretch from line to line so long, with ink on this share of its way, is no stroke: characters are 1 high."""
SHORTEST = 0.5
"""In a shorter stretch nothing can be seen."""
AWAY = 0.15
"""So near the lines at its ends a stretch is not looked at: blur joins them with print."""
BLUR = 0.06
"""Ink so near a line cannot be told from it."""
NEAR = 0.35
"""Ink nearer than this on both sides is a line of text that goes on through the wall."""
DRIFT = 2
"""Pixels by which ink may lie beside a run's height: photos are not quite straight."""
SOLID = 0.6
"""Beside its middle a line has ink on this share of its way as far as it is thick."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A wall between two lines that meet it: its length, the ink on its way, the paper on its nearer and farther side.

    All but `inked` in heights of a character; sides without ink in sight are infinitely far.
    """

    length: float
    inked: float
    nearer: float
    farther: float

    @property
    def proves(self) -> bool:
        tall = self.length >= TALL and self.inked >= WHOLE
        return tall or (self.nearer > 0 and self.farther > NEAR)


def proven(walls: Sequence[Run], lines: Sequence[Run], ink: Pixels, height: float) -> list[bool]:
    """Which of `walls` are seen to be walls; all lie along the rows of `ink`, `lines` are of the other axis.

    `height` is that of a character in pixels. A wall in line with a proven one may have print on it, on one side.
    """
    ways = [list(_stretches(wall, lines, ink, height)) for wall in walls]
    sure = [any(stretch.proves for stretch in way) for way in ways]
    places = np.array([wall.at for wall, is_sure in zip(walls, sure, strict=True) if is_sure])

    def in_line(wall: Run, way: Sequence[_Stretch]) -> bool:
        aligned = bool((abs(places - wall.at) <= SAME * height).any())
        return aligned and any(stretch.farther > NEAR for stretch in way)

    return [is_sure or in_line(*found) for is_sure, *found in zip(sure, walls, ways, strict=True)]


def _stretches(wall: Run, lines: Sequence[Run], ink: Pixels, height: float) -> Iterator[_Stretch]:
    at, start, end = np.array(lines).reshape(-1, 3).T
    near = MEETS * height
    met = np.sort(at[(start - near <= wall.at) & (wall.at <= end + near)])
    met = met[(wall.start + near < met) & (met < wall.end - near)]
    for a, b in pairwise((wall.start, *met.tolist(), wall.end)):
        if b - a >= SHORTEST * height:
            away = max(2, round(AWAY * height))
            yield _look(ink, wall.at, (round(a) + away, round(b) - away), (b - a) / height, height)


def _look(ink: Pixels, at: float, way: tuple[int, int], length: float, height: float) -> _Stretch:
    row, reach = round(at - 0.5), round(NEAR * height) + 2 * DRIFT + max(1, round(BLUR * height))
    above = max(0, row - reach)
    seen = ink[above : row + reach + 1, slice(*way)] > 0
    share = seen.mean(axis=1) if seen.size else np.zeros(1)
    first = max(0, row - DRIFT - above)
    middle = first + int(np.argmax(share[first : row + DRIFT + 1 - above]))
    inked = seen[first : row + DRIFT + 1 - above].any(axis=0).mean() if seen.size else 0.0
    sides = [_paper(seen[middle::-1], height), _paper(seen[middle:], height)]
    return _Stretch(length, float(inked), min(sides), max(sides))


def _paper(outwards: NDArray[np.bool_], height: float) -> float:
    """How far the paper reaches beside a line, from its middle outwards."""
    thin = np.flatnonzero(outwards.mean(axis=1) < SOLID)
    if not len(thin):
        return 0.0
    beyond = outwards[int(thin[0]) + max(1, round(BLUR * height)) :].any(axis=1)
    inked = np.flatnonzero(beyond)
    return float(inked[0]) / height if len(inked) else np.inf
