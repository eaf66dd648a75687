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

from extract.scan.pixel_rules.gaps import SAME, Run
from extract.scan.pixels.ink import Pixels

MEETS = 0.2
"""A line that ends this far from another meets it (lengths here are in heights of a character)."""
LEAST = 1.05
"""A row or column is at least so wide: a character with some paper around it."""
TALL, WHOLE = 1.6, 0.93
"""A stretch from line to line so long, with ink on this share of its way, is hardly a stroke: characters are 1 high."""
STACKED = 3.0
"""Strokes of characters in several lines of text do not join to more than this."""
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
    """A wall between two lines that meet it: its ends, the height of a character, and what is seen there.

    `inked` is the share of its way with ink, `nearer` and `farther` how far the paper on either side reaches, in
    heights of a character; infinitely far without ink in sight.
    """

    start: float
    end: float
    height: float
    inked: float
    nearer: float
    farther: float

    @property
    def proves(self) -> bool:
        """Whether it is a wall: too long for a stroke with a place free beside it, or free on its way."""
        return (self._long and self.farther > BLUR) or (self.nearer > 0 and self.farther > NEAR)

    @property
    def denies(self) -> bool:
        """Whether print is on it on both sides, and it may be a stroke or two that stand on each other."""
        return self.farther <= BLUR and not self._long and self.end - self.start <= STACKED * self.height

    @property
    def _long(self) -> bool:
        return self.end - self.start >= TALL * self.height and self.inked >= WHOLE


def proven(walls: Sequence[Run], lines: Sequence[Run], ink: Pixels, height: float) -> list[Run | None]:
    """Each of `walls` as far as it is seen to be a wall, `None` if it is a stroke of a character.

    All lie along the rows of `ink`, `lines` are of the other axis; `height` is that of a character in pixels.
    A wall in line with a proven one may have print on it, on one side.
    """
    ways = [list(_stretches(wall, lines, ink, height)) for wall in walls]
    sure = [any(stretch.proves for stretch in way) for way in ways]
    places = np.array([wall.at for wall, is_sure in zip(walls, sure, strict=True) if is_sure])

    def in_line(wall: Run, way: Sequence[_Stretch]) -> bool:
        aligned = bool((abs(places - wall.at) <= SAME * height).any())
        return aligned and any(stretch.farther > NEAR for stretch in way)

    return [
        _without_strokes(wall, way) if is_sure or in_line(wall, way) else None
        for is_sure, wall, way in zip(sure, walls, ways, strict=True)
    ]


def is_stroke(piece: Run, ink: Pixels, height: float) -> bool:
    """Whether a piece from line to line has print on it on both sides, as a stroke has."""
    return any(stretch.denies for stretch in _stretches(piece, (), ink, height))


def trimmed(runs: Sequence[Run], others: Sequence[Run], height: float) -> list[Run]:
    """The runs cut off where they stand out beyond the lines of the other axis by less than a column.

    A staple or a pen lengthens them so.
    """
    at, start, end = np.array(others).reshape(-1, 3).T
    near, narrow = MEETS * height, LEAST * height
    shorter = []
    for run in runs:
        met = at[(start - near <= run.at) & (run.at <= end + near)]
        met = met[(run.start - near <= met) & (met <= run.end + near)]
        first, last = (met.min(), met.max()) if len(met) else (run.start, run.end)
        left = first if 0 < first - run.start < narrow else run.start
        right = last if 0 < run.end - last < narrow else run.end
        shorter.append(Run(run.at, float(left), float(right)) if left < right else run)
    return shorter


def _without_strokes(wall: Run, way: Sequence[_Stretch]) -> Run:
    """The wall without the strokes that carry it on, at either end."""
    borne = [stretch for stretch in way if not stretch.denies]
    start = borne[0].start if way[0].denies else wall.start
    end = borne[-1].end if way[-1].denies else wall.end
    return wall._replace(start=start, end=end)


def _stretches(wall: Run, lines: Sequence[Run], ink: Pixels, height: float) -> Iterator[_Stretch]:
    at, start, end = np.array(lines).reshape(-1, 3).T
    near = MEETS * height
    met = np.sort(at[(start - near <= wall.at) & (wall.at <= end + near)])
    met = met[(wall.start - near <= met) & (met <= wall.end + near)]
    open_ends = [end for end in (wall.start, wall.end) if not (abs(met - end) <= near).any()]
    away = max(2, round(AWAY * height))
    for a, b in pairwise(sorted([*open_ends, *met.tolist()])):
        if b - a >= max(SHORTEST * height, 3 * away):
            inked, *sides = _look(ink, wall.at, slice(round(a) + away, round(b) - away), height)
            yield _Stretch(a, b, height, inked, min(sides), max(sides))


def _look(ink: Pixels, at: float, way: slice, height: float) -> tuple[float, float, float]:
    """The share of the way with ink about the height `at`, and the paper above and below it."""
    row, reach = round(at - 0.5), round(NEAR * height) + 2 * DRIFT + max(1, round(BLUR * height))
    above = max(0, row - reach)
    seen = ink[above : row + reach + 1, way] > 0
    first = max(0, row - DRIFT - above)
    middle = first + int(np.argmax(seen[first : row + DRIFT + 1 - above].mean(axis=1)))
    inked = seen[max(0, middle - 1) : middle + 2].any(axis=0).mean()
    return float(inked), _paper(seen[middle::-1], height), _paper(seen[middle:], height)


def _paper(outwards: NDArray[np.bool_], height: float) -> float:
    """How far the paper reaches beside a line, from its middle outwards."""
    thin = np.flatnonzero(outwards.mean(axis=1) < SOLID)
    if not len(thin):
        return 0.0
    beyond = outwards[int(thin[0]) + max(1, round(BLUR * height)) :].any(axis=1)
    inked = np.flatnonzero(beyond)
    return float(inked[0]) / height if len(inked) else np.inf
