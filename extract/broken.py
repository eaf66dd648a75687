"""Ruling lines broken by a copier, a fax or a pen: between two crossings the ink itself tells whether a line was there.

Every function knows one axis, horizontal lines; the other is had by transposing. Lengths are in pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.ink import Pixels

SAME = 0.15
"""Runs that differ less in height (in heights of a character) are one line."""
NEAR = 0.25
"""A crossing line may end this far off."""
CLOSE = 0.5
"""Crossings nearer to each other are one."""
COVERED = 0.6
"""A line with runs on this share of the way is whole."""
INKED, CONTRAST = 0.55, 0.3
"""It was there, too, when this share of the way has ink, and so much more than the paper beside it."""
ENDS, END = 0.6, 0.12
"""And when near the crossings, this part of the way at either end, a stroke of a character would have less."""
HALF, ENDS_HALF, BESIDE = 1, 2, 7
"""Rows looked at on either side of a line's height, the same near its ends, and how far off is the paper beside it."""
SHORTEST = 8


class Run(NamedTuple):
    """A piece of a line: its height, its start and its end."""

    at: float
    start: float
    end: float


def gaps(runs: Sequence[Run], others: Sequence[Run], ink: Pixels, height: float) -> Iterator[Run]:
    """The pieces missing between `runs`, from crossing to crossing with `others`, that the ink bears out.

    `height` is that of a character.
    """
    if not others:
        return
    at, start, end = np.array(others).T
    for line in _lines(sorted(runs), SAME * height):
        y = sum(run.at * (run.end - run.start) for run in line) / sum(run.end - run.start for run in line)
        crossing = np.sort(at[(start - NEAR * height <= y) & (y <= end + NEAR * height)])
        crossing = crossing[np.diff(crossing, prepend=-np.inf) >= CLOSE * height]
        missing = [
            (a, b)
            for a, b in pairwise(crossing.tolist())
            if sum(max(0.0, min(b, run.end) - max(a, run.start)) for run in line) < COVERED * (b - a)
        ]
        if missing:
            bears_out = _witness(ink, y)
            yield from (Run(y, a, b) for a, b in missing if bears_out(round(a) + 2, round(b) - 2))


def _witness(ink: Pixels, y: float) -> Callable[[int, int], bool]:
    """Whether the ink about height `y` shows a line between two columns."""
    middle, wider = _inked(ink, y, 0, HALF), _inked(ink, y, 0, ENDS_HALF)
    above, below = (_inked(ink, y, off, ENDS_HALF) for off in (-BESIDE, BESIDE))

    def bears_out(a: int, b: int) -> bool:
        if b - a < SHORTEST:
            return False
        near = max(3, round(END * (b - a)))
        share = middle[a:b].mean()
        beside = (above[a:b].mean() + below[a:b].mean()) / 2
        ends = (wider[a : a + near].mean() + wider[b - near : b].mean()) / 2
        return bool(share >= INKED and ends >= ENDS and share - beside >= CONTRAST)

    return bears_out


def _lines(runs: Sequence[Run], tolerance: float) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        if line and run.at - line[-1].at > tolerance:
            yield line
            line = []
        line.append(run)
    if line:
        yield line


def _inked(ink: Pixels, y: float, off: int, half: int) -> NDArray[np.bool_]:
    """For each column, whether there is ink within `half` rows of the height `y` + `off`."""
    row = round(y - 0.5) + off
    return np.asarray(ink[max(0, row - half) : max(0, row + half + 1)].any(axis=0), np.bool_)
