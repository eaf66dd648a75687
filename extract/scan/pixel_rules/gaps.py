"""Ruling lines broken by a copier, a fax or a pen: between two crossings the ink itself tells whether a line was there.

Every function knows one axis, horizontal lines; the other is had by transposing. Lengths are in pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels

SAME = 0.15
"""Runs that differ less in height (in heights of a character) are one line."""
NEAR = 0.25
"""A crossing line may end this far off."""
CLOSE = 0.5
"""Crossings nearer to each other are one."""
COVERED = 0.6
"""A line with runs on this share of the way is whole."""
INKED, CONTRAST = 0.55, 0.45
"""It was there, too, when this share of the way has ink, and so much more than the paper beside it."""
WHOLE, WHOLE_CONTRAST = 0.9, 0.3
"""Ink on so much of the way needs to stand out less: in a tight row print is on either side."""
ENDS, END = 0.6, 0.12
"""And when near the crossings, this part of the way at either end, a stroke of a character would have less."""
CLEAN, DASHED = 0.05, 0.25
"""With ink beside it on no more of the way there is no print near, and dashes on that share of it are a line's."""
TOGETHER = 4
"""So many lines end at an open side."""
HALF, ENDS_HALF, BESIDE = 1, 2, 7
"""Rows looked at on either side of a line's height, the same near its ends, and how far off is the paper beside it."""
EASE, GAP_ROWS = 0.1, (3, 4, 5)
"""Between two pieces of a line that much less is asked for, and it need stand out from one of these rows only: in a tight
row print is near."""
STEADY = 3.0
"""Pieces nearer to each other than this do not tell a line's slant."""
SHORTEST = 8
"""Pixels; between nearer crossings nothing can be seen."""

Floats = NDArray[np.floating]


class Run(NamedTuple):
    """A piece of a line: its height, its start and its end."""

    at: float
    start: float
    end: float


def gaps(
    runs: Sequence[Run],
    others: Sequence[Run],
    ink: Pixels,
    thin: Pixels,
    height: float,
    is_stroke: Callable[[Run], bool],
) -> Iterator[Run]:
    """The pieces missing between `runs`, from crossing to crossing with `others`, that the ink bears out.

    A piece next to no other of its line is not looked for, nor is one that `is_stroke` and leads on from the last:
    a stroke of a character would pass for a line there. `thin` is the ink without blots, `height` that of a character.
    """
    if not others:
        return
    at, start, end = np.array(others).T
    sides = _open_sides(runs, SAME * height)
    sides = sides[(sides < at.min() - CLOSE * height) | (sides > at.max() + CLOSE * height)]
    for line in _lines(sorted(runs), SAME * height):
        course = _course(line, STEADY * height)
        y = course(at)
        crossed = at[(start - NEAR * height <= y) & (y <= end + NEAR * height)]
        crossing = np.sort(np.concatenate([crossed, sides]))
        crossing = crossing[np.diff(crossing, prepend=-np.inf) >= CLOSE * height]
        ways = list(pairwise(crossing.tolist()))
        shares = [_covered(line, a, b) for a, b in ways]
        ruled = [False, *(share >= COVERED for share in shares), False]
        doubtful = [n for n, share in enumerate(shares) if share < COVERED and (ruled[n] or ruled[n + 2])]
        bears_out = _witness(ink, thin, course(np.arange(ink.shape[1]) + 0.5)) if doubtful else None
        for n, (a, b) in enumerate(ways):
            piece, between = Run(float(course(np.array([(a + b) / 2]))[0]), a, b), ruled[n] and ruled[n + 2]
            if COVERED <= shares[n] < 1 or (
                n in doubtful
                and bears_out
                and bears_out(round(a), round(b), between)
                and (between or not is_stroke(piece))
            ):
                yield piece


def _course(line: Sequence[Run], steady: float) -> Callable[[Floats], Floats]:
    """The heights of a line along its way: straight, a little slanted as its pieces lie, level if they are near each other."""
    at, start, end = np.array(line).T
    middle, weight = (start + end) / 2, end - start
    y, x = float(np.average(at, weights=weight)), float(np.average(middle, weights=weight))
    spread = np.average((middle - x) ** 2, weights=weight) + steady**2
    slant = np.average((middle - x) * (at - y), weights=weight) / spread
    return lambda places: np.asarray(y + slant * (places - x))


def _open_sides(runs: Sequence[Run], tolerance: float) -> Floats:
    """Where several lines end together: the side of a table that a page break has left open."""
    ends = np.sort([end for run in runs for end in (run.start, run.end)])
    together = np.split(ends, np.flatnonzero(np.diff(ends) > tolerance) + 1)
    return np.array([group.mean() for group in together if len(group) >= TOGETHER])


def _covered(line: Sequence[Run], a: float, b: float) -> float:
    return sum(max(0.0, min(b, run.end) - max(a, run.start)) for run in line) / (b - a)


def _witness(ink: Pixels, thin: Pixels, y: Floats) -> Callable[[int, int, bool], bool]:
    """Whether the ink about a line's heights shows it between two columns, and does so between two of its pieces."""
    middle, wider = _inked(ink, y, 0, HALF), _inked(ink, y, 0, ENDS_HALF)
    above, below = (_inked(thin, y, off, ENDS_HALF) for off in (-BESIDE, BESIDE))
    rows_above, rows_below = ([_inked(thin, y, side * off, 0) for off in GAP_ROWS] for side in (-1, 1))

    def least(rows: Sequence[NDArray[np.bool_]], a: int, b: int) -> float:
        return min(float(row[a:b].mean()) for row in rows)

    def bears_out(start: int, end: int, between: bool) -> bool:
        a, b = start + ENDS_HALF, end - ENDS_HALF
        if b - a < SHORTEST:
            return False
        near = max(3, round(END * (b - a)))
        share = middle[a:b].mean()
        beside = (above[a:b].mean() + below[a:b].mean()) / 2
        ends = (wider[a : a + near].mean() + wider[b - near : b].mean()) / 2
        if beside <= CLEAN and share >= DASHED:
            return True
        ease = EASE if between else 0.0
        if between:
            beside = min(beside, (least(rows_above, a, b) + least(rows_below, a, b)) / 2)
        contrast = WHOLE_CONTRAST if share >= WHOLE else CONTRAST - ease
        return bool(share >= INKED - ease and ends >= ENDS - ease and share - beside >= contrast)

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


def _inked(ink: Pixels, y: Floats, off: int, half: int) -> NDArray[np.bool_]:
    """For each column, whether there is ink within `half` rows of its height in `y`, and `off` rows below that."""
    rows = np.round(y - 0.5).astype(np.intp) + off + np.arange(-half, half + 1)[:, None]
    inside = (rows >= 0) & (rows < len(ink))
    return np.asarray(
        (inside & (ink[np.clip(rows, 0, len(ink) - 1), np.arange(ink.shape[1])] > 0)).any(axis=0)
    )
