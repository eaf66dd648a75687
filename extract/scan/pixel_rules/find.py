"""A straight page's ink into its ruling lines: long thin runs of ink, across or down.

A stroke of a character is no line: it is shorter than the character, or it does not lead from line to line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixel_rules.dotted import with_dots_joined
from extract.scan.pixel_rules.gaps import SAME_LINE_HEIGHTS, STRIP_HALF_PX, LinePiece, missing_pieces
from extract.scan.pixel_rules.strokes import (
    MEETING_HEIGHTS,
    NARROWEST_CELL_HEIGHTS,
    is_stroke,
    proven_walls,
    without_overhang,
)
from extract.scan.pixels.ink import Pixels, as_pixels
from extract.scan.pixels.pieces import ink_to_pieces, paint, turned_over
from models.page import Rule

_CHAR_HEIGHTS = 1.05
"""A line is longer than this; the strokes of a character are not (lengths here are in heights of a character)."""
_BROKEN_LINE_HEIGHTS = 3.2
"""A broken line is at least this long."""
_BROKEN_PIECE_HEIGHTS = 0.6
"""Each piece of a broken line is at least this long."""
_BROKEN_GAP_HEIGHTS = 0.35
"""The gap between two pieces of a broken line is at most this wide."""
_BROKEN_INK_SHARE = 0.8
"""A broken line has ink on at least this share of its length."""
_THICKEST_HEIGHTS = 0.35
"""What is thicker than this is a blot or shade."""
_SHORT_HEIGHTS = 3.0
"""A line shorter than this ends on others, unless more of it is seen elsewhere."""
_ASTRAY_HEIGHTS = 0.8
"""A line that is not short may end this far before another: a fax has lost its end."""
_FREE_HEIGHTS = 12.0
"""A line this long need not meet others: on a page that one row fills, they are on other pages."""
_ASIDE_HEIGHTS = 0.33
"""The paper beside a line is looked at this far off."""
_WHOLE_INK_SHARE = 0.93
"""A line with ink on this share of its way is whole; copied, faxed and folded ones had 0.98, strokes of text 0.89."""
_WHOLE_CONTRAST_SHARE = 0.3
"""The share of a whole line's way with ink exceeds that of the paper beside it by at least this much."""
_BROKEN_CONTRAST_SHARE = 0.5
"""The share of a broken line's way with ink exceeds that of the paper beside it by at least this much."""
_TOUCH_PX = 2
"""This many pixels are looked at on either side of the crossings of a line."""
_TOUCH_INK_SHARE = 0.7
"""Ink is on at least this share of a line's pixels beside its crossings."""
_ROUNDS = 2
"""Missing pieces are looked for this many times: those found make others seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Ruled:
    """The ruling lines of a page in points, and the mask (255) of their ink."""

    rules: tuple[Rule, ...]
    mask: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class _AxisRuns:
    """The runs of one axis, each with its label in `page`, where the pixels of its ink have one of `count` labels."""

    runs: list[LinePiece]
    labels: list[int]
    page: NDArray[Any]
    count: int

    def mask(self) -> Pixels:
        """255 where the runs have their ink."""
        kept = np.zeros(self.count, np.uint8)
        kept[self.labels] = 255
        return paint(self.page, kept)


def ink_to_rules(ink: Pixels, density: float, height: float) -> Ruled:
    """The ruling lines in `ink`; `density` pixels are a point, a character is `height` pixels high."""
    ink = with_dots_joined(ink, height)
    thin = _without_blots(ink, height)
    sideways = turned_over(thin)
    across, down = _supported(_runs(thin, height), _runs(sideways, height), height)
    across, down = (
        _standing_out(across, down, thin, height),
        _standing_out(down, across, sideways, height),
    )
    down = _shortened(down, proven_walls(down.runs, across.runs, sideways, height))
    across, down = _supported(across, down, height)
    mask = as_pixels(cv2.bitwise_or(across.mask(), turned_over(down.mask())))
    rows, columns, mask = _completed(across.runs, down.runs, ink, thin, mask, height)
    rows, columns = without_overhang(rows, columns, height), without_overhang(columns, rows, height)
    rules = [Rule("horizontal", *(side / density for side in run)) for run in rows]
    rules += [Rule("vertical", *(side / density for side in run)) for run in columns]
    return Ruled(tuple(rules), mask)


def _without_blots(ink: Pixels, height: float) -> Pixels:
    """Ink that is no thicker than a line."""
    size = max(3, round(_THICKEST_HEIGHTS * height))
    blots = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    return as_pixels(cv2.bitwise_and(ink, cv2.bitwise_not(cv2.dilate(blots, np.ones((3, 3), np.uint8)))))


def _completed(
    across: Sequence[LinePiece],
    down: Sequence[LinePiece],
    ink: Pixels,
    thin: Pixels,
    mask: Pixels,
    height: float,
) -> tuple[list[LinePiece], list[LinePiece], Pixels]:
    """The lines of both axes with the pieces that were missing.

    The third value is `mask` with the ink of these pieces added.
    """
    rows, columns, mask = list(across), list(down), mask.copy()
    ink_sideways, sideways = turned_over(ink), turned_over(thin)

    def is_upright_stroke(run: LinePiece) -> bool:
        return is_stroke(run, sideways, height)

    for _ in range(_ROUNDS):
        more_rows = list(missing_pieces(rows, columns, ink, thin, height, lambda run: False))
        more_columns = list(missing_pieces(columns, rows, ink_sideways, sideways, height, is_upright_stroke))
        for run in more_rows:
            _strip_along(mask, run)[:] |= _strip_along(thin, run)
        for run in more_columns:
            _strip_along(mask.T, run)[:] |= _strip_along(sideways, run)
        rows += more_rows
        columns += more_columns
    return rows, columns, mask


def _runs(ink: Pixels, height: float) -> _AxisRuns:
    """The horizontal runs of `ink`: unbroken ones however short, broken ones when they are long."""
    whole = _opened(ink, _CHAR_HEIGHTS * height)
    joined = cv2.morphologyEx(
        _opened(ink, _BROKEN_PIECE_HEIGHTS * height), cv2.MORPH_CLOSE, _row(_BROKEN_GAP_HEIGHTS * height)
    )
    broken = _opened(as_pixels(joined), _BROKEN_LINE_HEIGHTS * height)
    found = ink_to_pieces(broken)
    inside = np.flatnonzero(broken > 0)  # few pixels of many
    of = found.labels.reshape(-1)[inside]
    inked = np.bincount(of[ink.reshape(-1)[inside] > 0], minlength=len(found.stats))
    good = inked >= _BROKEN_INK_SHARE * found.stats[:, cv2.CC_STAT_AREA]
    every = whole.copy()
    every.reshape(-1)[inside[good[of]]] = 255
    pieces = ink_to_pieces(every)
    left, _, wide, _, area = pieces.stats.T
    thin = np.flatnonzero((area <= _THICKEST_HEIGHTS * height * wide) & (np.arange(len(wide)) > 0))
    at = pieces.centres[:, 1] + 0.5
    runs = [LinePiece(float(at[i]), float(left[i]), float(left[i] + wide[i])) for i in thin]
    return _AxisRuns(runs, thin.tolist(), pieces.labels, len(wide))


def _row(length: float) -> Pixels:
    return np.ones((1, max(1, round(length))), np.uint8)


def _opened(ink: Pixels, length: float) -> Pixels:
    return as_pixels(cv2.morphologyEx(ink, cv2.MORPH_OPEN, _row(length)))


def _supported(across: _AxisRuns, down: _AxisRuns, height: float) -> tuple[_AxisRuns, _AxisRuns]:
    """Without the runs that do not lead from one run of the other axis to another, until all do."""
    while True:
        kept = _leading(across, down.runs, height), _leading(down, across.runs, height)
        if len(kept[0].runs) == len(across.runs) and len(kept[1].runs) == len(down.runs):
            return kept
        across, down = kept


def _leading(found: _AxisRuns, others: Sequence[LinePiece], height: float) -> _AxisRuns:
    """Without the runs that end in the open: those that lead nowhere, and short ones that lead past a line."""
    heights = np.array([run.at for run in found.runs])
    at, start, end = np.array(others).reshape(-1, 3).T
    near = MEETING_HEIGHTS * height

    def leads(run: LinePiece) -> bool:
        if run.end - run.start >= _FREE_HEIGHTS * height:
            return True
        reach = _ASTRAY_HEIGHTS * height if run.end - run.start >= _SHORT_HEIGHTS * height else near
        met = at[(start - reach <= run.at) & (run.at <= end + reach)]
        met = met[(run.start - near <= met) & (met <= run.end + near)]
        if not len(met) or met.max() - met.min() < NARROWEST_CELL_HEIGHTS * height:
            return False
        ends = bool(met.min() - near <= run.start and run.end <= met.max() + near)
        seen = np.count_nonzero(abs(heights - run.at) <= SAME_LINE_HEIGHTS * height)
        return bool(ends or run.end - run.start >= _SHORT_HEIGHTS * height or seen > 1)

    return _kept(found, map(leads, found.runs))


def _standing_out(found: _AxisRuns, others: _AxisRuns, ink: Pixels, height: float) -> _AxisRuns:
    """Without the runs that are the strokes of the same characters in row after row.

    These have other strokes beside or across them and stop short of the lines they cross.
    """
    crossed = cv2.dilate(turned_over(others.mask()), np.ones((1, 3), np.uint8)) > 0
    surroundings = _Surroundings(ink, crossed, np.array(others.runs).reshape(-1, 3), height)
    return _kept(found, map(surroundings.show_a_line, found.runs))


@dataclass(frozen=True, slots=True, eq=False)
class _Surroundings:
    """What is seen around the runs of one axis: ink, where the lines that cross them have theirs, and these lines.

    `others` are the lines that cross, n × 3: place, start and end.
    """

    ink: Pixels
    crossed: NDArray[np.bool_]
    others: NDArray[np.float64]
    height: float

    def show_a_line(self, run: LinePiece) -> bool:
        """Whether `run` stands out from the paper beside it and has ink up to the lines that it crosses."""
        share, aside = self._inked(run), round(_ASIDE_HEIGHTS * self.height)
        beside = np.mean([self._inked(run._replace(at=run.at + off)) for off in (-aside, aside)])
        least = _WHOLE_CONTRAST_SHARE if share >= _WHOLE_INK_SHARE else _BROKEN_CONTRAST_SHARE
        if share - beside < least:
            return False
        is_short = run.end - run.start < _SHORT_HEIGHTS * self.height
        return not (is_short and self._strikes_through(run)) and self._touches_crossings(run)

    def _inked(self, run: LinePiece) -> float:
        """The share of a run's way with ink."""
        return float(_strip_along(self.ink, run).any(axis=0).mean())

    def _strikes_through(self, run: LinePiece) -> bool:
        """Whether another stroke, which is no line, crosses `run` between its ends."""
        near = MEETING_HEIGHTS * self.height
        above, below = (
            _strip_along(self.ink, run._replace(at=run.at + off)).any(axis=0) for off in (-near, near)
        )
        met = np.asarray(_strip_along(self.crossed, run).any(axis=0), np.uint8)
        lines = cv2.dilate(met, np.ones(2 * round(near) + 1, np.uint8))
        return bool(np.any(above & below & (lines[:, 0] == 0)))

    def _touches_crossings(self, run: LinePiece) -> bool:
        """Whether `run` has ink right beside the lines that it crosses, as far as that can be seen."""
        near = MEETING_HEIGHTS * self.height
        way = run._replace(start=max(0.0, run.start - near), end=run.end + near)
        at, start, end = self.others.T
        met = at[(start - near <= run.at) & (run.at <= end + near)]
        met = np.round(met[(way.start <= met) & (met <= way.end)]).astype(int) - round(way.start)
        if len(met) < 2:
            return True
        inked = np.asarray(_strip_along(self.ink, way).any(axis=0))
        free = np.asarray(~_strip_along(self.crossed, way).any(axis=0))
        seen = np.flatnonzero(free[: met.max()])
        seen = seen[seen > met.min()]
        if not len(seen):
            return True
        after = np.searchsorted(seen, met)
        beside = [seen[i : i + _TOUCH_PX] for i in after] + [seen[max(0, i - _TOUCH_PX) : i] for i in after]
        return bool(inked[np.concatenate(beside)].mean() >= _TOUCH_INK_SHARE)


def _shortened(found: _AxisRuns, runs: Sequence[LinePiece | None]) -> _AxisRuns:
    """The runs as far as they are kept: what is cut off is no part of the mask."""
    page = found.page.copy()
    for old, new, label in zip(found.runs, runs, found.labels, strict=True):
        for lost in (
            (LinePiece(old.at, old.start, new.start), LinePiece(old.at, new.end, old.end)) if new else ()
        ):
            part = _strip_along(page, lost)
            part[part == label] = 0
    kept = [(run, label) for run, label in zip(runs, found.labels, strict=True) if run]
    return replace(found, runs=[run for run, _ in kept], labels=[label for _, label in kept], page=page)


def _kept(found: _AxisRuns, which: Iterable[bool]) -> _AxisRuns:
    kept = [i for i, keep in enumerate(which) if keep]
    return replace(found, runs=[found.runs[i] for i in kept], labels=[found.labels[i] for i in kept])


def _strip_along(page: NDArray[Any], run: LinePiece) -> NDArray[Any]:
    row = round(run.at - 0.5)
    rows = slice(max(0, row - STRIP_HALF_PX), max(0, row + STRIP_HALF_PX + 1))
    return page[rows, round(run.start) : round(run.end)]
