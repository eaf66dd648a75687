"""Walls between cells told from upright strokes of characters that happen to reach from line to line.

In a row hardly higher than its text a stroke is as long as a wall. But a wall leads through a row that no stroke
fills, or has paper beside it somewhere on its way; a stroke has the rest of its character about it.

Every function knows lines that lie along the rows of the ink; walls are looked at in a transposed page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.scan.pixel_rules.gaps import SAME_LINE_HEIGHTS, LinePiece
from extract.scan.pixels.ink import Pixels

MEETING_HEIGHTS = 0.2
"""A line that ends this far from another meets it (lengths here are in heights of a character)."""
NARROWEST_CELL_HEIGHTS = 1.05
"""A row or a column is at least this wide: a character with some paper around it."""
_LONG_HEIGHTS = 1.6
"""A stretch from line to line of at least this length is hardly a stroke: characters are 1 high."""
_LONG_INK_SHARE = 0.93
"""A long stretch has ink on at least this share of its way."""
_STACKED_HEIGHTS = 3.0
"""Strokes of characters in several lines of text do not join to more than this."""
_SHORTEST_HEIGHTS = 0.5
"""In a stretch shorter than this nothing can be seen."""
_BLURRED_END_HEIGHTS = 0.15
"""A stretch is not looked at this near the lines at its ends: blur joins them with print."""
_BLUR_HEIGHTS = 0.06
"""Ink this near to a line cannot be told from it."""
_PRINT_HEIGHTS = 0.35
"""Ink nearer than this on both sides is a line of text that goes on through the wall."""
_DRIFT_PX = 2
"""Ink may lie beside the place of a line by this much: photos are not quite straight."""
_SOLID_SHARE = 0.6
"""As far as a line is thick, the rows beside its middle have ink on at least this share of their way."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A wall between two lines that meet it: its ends and the height of a character in pixels, and what is seen there.

    `inked` is the share of its way with ink. `nearer` is how far the paper reaches on the side where ink is nearer,
    `farther` on the other side, both in heights of a character; infinitely far where no ink is in sight.
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
        return (self._long and self.farther > _BLUR_HEIGHTS) or (
            self.nearer > 0 and self.farther > _PRINT_HEIGHTS
        )

    @property
    def denies(self) -> bool:
        """Whether print is on it on both sides, and it may be a stroke or two that stand on each other."""
        return (
            self.farther <= _BLUR_HEIGHTS
            and not self._long
            and self.end - self.start <= _STACKED_HEIGHTS * self.height
        )

    @property
    def _long(self) -> bool:
        return self.end - self.start >= _LONG_HEIGHTS * self.height and self.inked >= _LONG_INK_SHARE


def proven_walls(
    walls: Sequence[LinePiece], lines: Sequence[LinePiece], ink: Pixels, height: float
) -> list[LinePiece | None]:
    """Each of `walls` as far as it is seen to be a wall; `None` in the place of one that is a stroke of a character.

    The walls lie along the rows of `ink`, `lines` across them; a character is `height` pixels high.
    A wall in line with a proven one may have print on it, on one side.
    """
    ways = [list(_stretches(wall, lines, ink, height)) for wall in walls]
    sure = [any(stretch.proves for stretch in way) for way in ways]
    places = np.array([wall.at for wall, is_sure in zip(walls, sure, strict=True) if is_sure])

    def in_line(wall: LinePiece, way: Sequence[_Stretch]) -> bool:
        aligned = bool((abs(places - wall.at) <= SAME_LINE_HEIGHTS * height).any())
        return aligned and any(stretch.farther > _PRINT_HEIGHTS for stretch in way)

    return [
        _without_strokes(wall, way) if is_sure or in_line(wall, way) else None
        for is_sure, wall, way in zip(sure, walls, ways, strict=True)
    ]


def is_stroke(piece: LinePiece, ink: Pixels, height: float) -> bool:
    """Whether a piece of a line has print on it on both sides, as a stroke of a character has.

    It lies along the rows of `ink`; a character is `height` pixels high.
    """
    return any(stretch.denies for stretch in _stretches(piece, (), ink, height))


def without_overhang(
    pieces: Sequence[LinePiece], others: Sequence[LinePiece], height: float
) -> list[LinePiece]:
    """The lines `pieces`, cut off where they stand out beyond the outermost of `others` by less than a column is wide.

    A staple or a pen lengthens a line so. A character is `height` pixels high.
    """
    at, start, end = np.array(others).reshape(-1, 3).T
    near, narrow = MEETING_HEIGHTS * height, NARROWEST_CELL_HEIGHTS * height
    shorter = []
    for run in pieces:
        met = at[(start - near <= run.at) & (run.at <= end + near)]
        met = met[(run.start - near <= met) & (met <= run.end + near)]
        first, last = (met.min(), met.max()) if len(met) else (run.start, run.end)
        left = first if 0 < first - run.start < narrow else run.start
        right = last if 0 < run.end - last < narrow else run.end
        shorter.append(LinePiece(run.at, float(left), float(right)) if left < right else run)
    return shorter


def _without_strokes(wall: LinePiece, way: Sequence[_Stretch]) -> LinePiece:
    """The wall without the strokes of characters that lengthen it at either end."""
    borne = [stretch for stretch in way if not stretch.denies]
    start = borne[0].start if way[0].denies else wall.start
    end = borne[-1].end if way[-1].denies else wall.end
    return wall._replace(start=start, end=end)


def _stretches(wall: LinePiece, lines: Sequence[LinePiece], ink: Pixels, height: float) -> Iterator[_Stretch]:
    at, start, end = np.array(lines).reshape(-1, 3).T
    near = MEETING_HEIGHTS * height
    met = np.sort(at[(start - near <= wall.at) & (wall.at <= end + near)])
    met = met[(wall.start - near <= met) & (met <= wall.end + near)]
    open_ends = [end for end in (wall.start, wall.end) if not (abs(met - end) <= near).any()]
    away = max(2, round(_BLURRED_END_HEIGHTS * height))
    for a, b in pairwise(sorted([*open_ends, *met.tolist()])):
        if b - a >= max(_SHORTEST_HEIGHTS * height, 3 * away):
            inked, *sides = _look(ink, wall.at, slice(round(a) + away, round(b) - away), height)
            yield _Stretch(a, b, height, inked, min(sides), max(sides))


def _look(ink: Pixels, at: float, way: slice, height: float) -> tuple[float, float, float]:
    """The share of the way with ink about the height `at`, and the paper above and below it."""
    row, reach = (
        round(at - 0.5),
        round(_PRINT_HEIGHTS * height) + 2 * _DRIFT_PX + max(1, round(_BLUR_HEIGHTS * height)),
    )
    above = max(0, row - reach)
    seen = ink[above : row + reach + 1, way] > 0
    first = max(0, row - _DRIFT_PX - above)
    middle = first + int(np.argmax(seen[first : row + _DRIFT_PX + 1 - above].mean(axis=1)))
    inked = seen[max(0, middle - 1) : middle + 2].any(axis=0).mean()
    return float(inked), _paper(seen[middle::-1], height), _paper(seen[middle:], height)


def _paper(outwards: NDArray[np.bool_], height: float) -> float:
    """How far the paper reaches beside a line, from its middle outwards."""
    thin = np.flatnonzero(outwards.mean(axis=1) < _SOLID_SHARE)
    if not len(thin):
        return 0.0
    beyond = outwards[int(thin[0]) + max(1, round(_BLUR_HEIGHTS * height)) :].any(axis=1)
    inked = np.flatnonzero(beyond)
    return float(inked[0]) / height if len(inked) else np.inf
