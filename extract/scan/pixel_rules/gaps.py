"""Ruling lines broken by a copier, a fax or a pen: between two crossings the ink itself tells whether a line was there.

Every function knows one axis, horizontal lines; the other is had by transposing. Lengths are in pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels

SAME_LINE_HEIGHTS = 0.15
"""Pieces whose places differ by less than this (in heights of a character) belong to one line."""
STRIP_HALF_PX = 2
"""The strip along a line in which its ink is looked for reaches this far on either side."""

_CROSSING_HEIGHTS = 0.25
"""A line that ends this far before another still crosses it (in heights of a character)."""
_ONE_CROSSING_HEIGHTS = 0.5
"""Crossings nearer to each other than this are one."""
_RULED_SHARE = 0.6
"""A way from crossing to crossing is ruled when pieces of the line cover at least this share of it."""
_STEADY_HEIGHTS = 3.0
"""Pieces nearer to each other than this do not tell how a line slants."""
_ENDS_TOGETHER = 4
"""Where at least this many lines end in one place, a table has an open side."""

_INK_SHARE = 0.55
"""A way that is not ruled had a line when ink is on at least this share of it."""
_CONTRAST_SHARE = 0.45
"""The share of a line's way with ink exceeds that of the paper beside it by at least this much."""
_WHOLE_INK_SHARE = 0.9
"""A way with ink on at least this share may have print on either side, as in a tight row."""
_WHOLE_CONTRAST_SHARE = 0.3
"""Of such a way, ink need exceed that of the paper beside it by this share only."""
_ENDS_INK_SHARE = 0.6
"""Near its two crossings a line has ink on at least this share; a stroke of a character has less."""
_END_PART = 0.12
"""The ends that are looked at are this part of the way, each."""
_CLEAN_SHARE = 0.05
"""With ink on no more than this share of the paper beside it, a way has no print near it."""
_DASHED_INK_SHARE = 0.25
"""On a way without print near it, ink on at least this share is what is left of a line."""
_EASE_SHARE = 0.1
"""Between two ruled ways of its line each of the shares asked for is lower by this much."""

_NARROW_HALF_PX = 1
"""The narrow strip along a line reaches this far on either side."""
_BESIDE_PX = 7
"""The paper beside a line is looked at this far off."""
_TIGHT_ROWS_PX = (3, 4, 5)
"""Between two ruled ways the emptiest of the rows this far off stands for the paper: in a tight row print is near."""
_SHORTEST_WAY_PX = 8
"""Between crossings nearer to each other than this nothing can be seen."""

_Places = NDArray[np.floating]


class LinePiece(NamedTuple):
    """A piece of a ruling line in pixels: the row (or column) at which it lies, its start and its end along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class _Way:
    """What lies between two neighbouring crossings of a line, in pixels, and whether its neighbours are ruled.

    `covered` is the share of it that pieces of the line cover.
    """

    start: float
    end: float
    covered: float
    after_ruled: bool = False
    before_ruled: bool = False

    @property
    def is_ruled(self) -> bool:
        return self.covered >= _RULED_SHARE

    @property
    def is_between(self) -> bool:
        return self.after_ruled and self.before_ruled


def missing_pieces(
    pieces: Sequence[LinePiece],
    others: Sequence[LinePiece],
    ink: Pixels,
    thin: Pixels,
    height: float,
    is_stroke: Callable[[LinePiece], bool],
) -> Iterator[LinePiece]:
    """What is missing of the lines `pieces` from crossing to crossing with the lines `others`, where the ink shows it.

    A way that has no ruled way beside it is not looked at; nor is one that only goes on from a ruled way and
    `is_stroke`: a stroke of a character would pass for a line there. `thin` is the ink without blots, `height`
    that of a character.
    """
    if not others:
        return
    at = np.array([other.at for other in others])
    sides = _open_sides(pieces, SAME_LINE_HEIGHTS * height)
    beyond = _ONE_CROSSING_HEIGHTS * height
    sides = sides[(sides < at.min() - beyond) | (sides > at.max() + beyond)]
    for line in _lines(sorted(pieces), SAME_LINE_HEIGHTS * height):
        course = _course(line, _STEADY_HEIGHTS * height)
        evidence: _Evidence | None = None
        for way in _ways(line, _crossings(course, others, sides, height)):
            piece = LinePiece(float(course(np.array([(way.start + way.end) / 2]))[0]), way.start, way.end)
            if way.is_ruled and way.covered < 1:
                yield piece
            elif not way.is_ruled and (way.after_ruled or way.before_ruled):
                evidence = evidence or _course_to_evidence(ink, thin, course(np.arange(ink.shape[1]) + 0.5))
                if evidence.shows_line(way) and (way.is_between or not is_stroke(piece)):
                    yield piece


def _crossings(
    course: Callable[[_Places], _Places], others: Sequence[LinePiece], sides: _Places, height: float
) -> list[float]:
    """Where a line crosses `others` and the open sides of its table, from its start on, each place once."""
    at, start, end = np.array(others).T
    y, near = course(at), _CROSSING_HEIGHTS * height
    crossed = at[(start - near <= y) & (y <= end + near)]
    places = np.sort(np.concatenate([crossed, sides]))
    once: list[float] = places[np.diff(places, prepend=-np.inf) >= _ONE_CROSSING_HEIGHTS * height].tolist()
    return once


def _ways(line: Sequence[LinePiece], crossings: Sequence[float]) -> list[_Way]:
    ways = [_Way(start, end, _covered(line, start, end)) for start, end in pairwise(crossings)]
    return [
        _Way(
            way.start,
            way.end,
            way.covered,
            after_ruled=n > 0 and ways[n - 1].is_ruled,
            before_ruled=n + 1 < len(ways) and ways[n + 1].is_ruled,
        )
        for n, way in enumerate(ways)
    ]


def _covered(line: Sequence[LinePiece], start: float, end: float) -> float:
    """The share of the way from `start` to `end` on which pieces of `line` lie."""
    overlaps = (max(0.0, min(end, piece.end) - max(start, piece.start)) for piece in line)
    return sum(overlaps) / (end - start)


def _course(line: Sequence[LinePiece], steady: float) -> Callable[[_Places], _Places]:
    """The heights of a line along its way: straight, slanted as its pieces lie, level if they are near each other."""
    at, start, end = np.array(line).T
    middle, weight = (start + end) / 2, end - start
    y, x = float(np.average(at, weights=weight)), float(np.average(middle, weights=weight))
    spread = np.average((middle - x) ** 2, weights=weight) + steady**2
    slant = np.average((middle - x) * (at - y), weights=weight) / spread
    return lambda places: np.asarray(y + slant * (places - x))


def _open_sides(pieces: Sequence[LinePiece], tolerance: float) -> _Places:
    """Where several lines end together: the side of a table that a page break has left open."""
    ends = np.sort([end for piece in pieces for end in (piece.start, piece.end)])
    together = np.split(ends, np.flatnonzero(np.diff(ends) > tolerance) + 1)
    return np.array([group.mean() for group in together if len(group) >= _ENDS_TOGETHER])


def _lines(pieces: Sequence[LinePiece], tolerance: float) -> Iterator[list[LinePiece]]:
    """The pieces, sorted by place, of one line after the other."""
    line: list[LinePiece] = []
    for piece in pieces:
        if line and piece.at - line[-1].at > tolerance:
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


@dataclass(frozen=True, slots=True, eq=False)
class _Evidence:
    """For each column of a page, whether there is ink on a line's course there, and on the paper beside it.

    `narrow` and `wide` are strips on the course, `above` and `below` strips beside it; `rows_above` and
    `rows_below` are the single rows nearest to it, rows × columns.
    """

    narrow: NDArray[np.bool_]
    wide: NDArray[np.bool_]
    above: NDArray[np.bool_]
    below: NDArray[np.bool_]
    rows_above: NDArray[np.bool_]
    rows_below: NDArray[np.bool_]

    def shows_line(self, way: _Way) -> bool:
        """Whether the ink on a way shows a line that broke."""
        a, b = round(way.start) + STRIP_HALF_PX, round(way.end) - STRIP_HALF_PX
        if b - a < _SHORTEST_WAY_PX:
            return False
        share = self.narrow[a:b].mean()
        beside = (self.above[a:b].mean() + self.below[a:b].mean()) / 2
        if beside <= _CLEAN_SHARE and share >= _DASHED_INK_SHARE:
            return True
        end = max(3, round(_END_PART * (b - a)))
        ends = (self.wide[a : a + end].mean() + self.wide[b - end : b].mean()) / 2
        ease = _EASE_SHARE if way.is_between else 0.0
        if way.is_between:
            rows = (self.rows_above[:, a:b], self.rows_below[:, a:b])
            beside = min(beside, sum(float(side.mean(axis=1).min()) for side in rows) / 2)
        contrast = _WHOLE_CONTRAST_SHARE if share >= _WHOLE_INK_SHARE else _CONTRAST_SHARE - ease
        return bool(
            share >= _INK_SHARE - ease and ends >= _ENDS_INK_SHARE - ease and share - beside >= contrast
        )


def _course_to_evidence(ink: Pixels, thin: Pixels, y: _Places) -> _Evidence:
    """What is seen along the heights `y`, one for each column."""
    return _Evidence(
        narrow=_inked(ink, y, 0, _NARROW_HALF_PX),
        wide=_inked(ink, y, 0, STRIP_HALF_PX),
        above=_inked(thin, y, -_BESIDE_PX, STRIP_HALF_PX),
        below=_inked(thin, y, _BESIDE_PX, STRIP_HALF_PX),
        rows_above=np.stack([_inked(thin, y, -off, 0) for off in _TIGHT_ROWS_PX]),
        rows_below=np.stack([_inked(thin, y, off, 0) for off in _TIGHT_ROWS_PX]),
    )


def _inked(ink: Pixels, y: _Places, off: int, half: int) -> NDArray[np.bool_]:
    """For each column, whether there is ink within `half` rows of the place `off` rows below its height in `y`."""
    rows = np.round(y - 0.5).astype(np.intp) + off + np.arange(-half, half + 1)[:, None]
    inside = (rows >= 0) & (rows < len(ink))
    return np.asarray(
        (inside & (ink[np.clip(rows, 0, len(ink) - 1), np.arange(ink.shape[1])] > 0)).any(axis=0)
    )
