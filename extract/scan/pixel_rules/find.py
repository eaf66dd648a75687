"""A straight page's ink into its ruling lines: long thin runs of ink, across or down.

A stroke of a character is no line: it is shorter than the character, or it does not lead from line to line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixel_rules.dotted import with_dots_joined
from extract.scan.pixel_rules.gaps import ENDS_HALF, SAME, Run, gaps
from extract.scan.pixel_rules.strokes import LEAST, MEETS, is_stroke, proven, trimmed
from extract.scan.pixels.ink import Pixels, as_pixels
from models.page import Rule

LONGER = 1.05
"""A line is longer than a character is high by this factor; lengths below are in heights of a character too."""
LONG = 3.2
"""A broken line is at least so long."""
PIECE, GAP = 0.6, 0.35
"""It consists of pieces at least so long with gaps at most so large."""
INKED = 0.8
"""Share of a broken line's length that is ink."""
THICKEST = 0.35
"""What is thicker is a blot or shade."""
SHORT = 3.0
"""A line shorter than this ends on others, unless more of it is seen elsewhere."""
ASTRAY = 0.8
"""Lines may end so far before a longer one: a fax has lost their ends."""
FREE = 12.0
"""A line this long need not meet others: on a page that one row fills, they are on other pages."""
ASIDE = 0.33
"""How far beside a line the paper is looked at."""
WHOLE = 0.93
"""A line with ink on this share of its way is whole; copied, faxed and folded ones had 0.98, strokes of text 0.89."""
CONTRAST, BROKEN_CONTRAST = 0.3, 0.5
"""So much more of a whole or broken line's way has ink than of the paper beside it."""
TOUCHES, CROSSES = 2, 0.7
"""So many pixels on either side of its crossings, that share of them has a line's ink."""
ROUNDS = 2
"""Gaps are looked for again once others are closed."""


@dataclass(frozen=True, slots=True, eq=False)
class Ruled:
    """The ruling lines of a page in points, and the mask (255) of their ink."""

    rules: tuple[Rule, ...]
    mask: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The runs of one axis and the mask of each: its label, in a page of labels."""

    runs: list[Run]
    labels: list[int]
    page: Pixels

    def mask(self) -> Pixels:
        kept = np.zeros(int(self.page.max()) + 1, np.uint8)
        kept[self.labels] = 255
        return kept[self.page]


def ink_to_rules(ink: Pixels, density: float, height: float) -> Ruled:
    """The ruling lines in `ink`; `density` pixels are a point, a character is `height` pixels high."""
    turned = with_dots_joined(np.ascontiguousarray(ink.T), height)
    ink = as_pixels(cv2.bitwise_or(with_dots_joined(ink, height), np.ascontiguousarray(turned.T)))
    thin = _without_blots(ink, height)
    sideways = np.ascontiguousarray(thin.T)
    across, down = _supported(_runs(thin, height), _runs(sideways, height), height)
    across, down = (
        _standing_out(across, down, thin, height),
        _standing_out(down, across, sideways, height),
    )
    down = _shortened(down, proven(down.runs, across.runs, sideways, height))
    across, down = _supported(across, down, height)
    mask = as_pixels(cv2.bitwise_or(across.mask(), np.ascontiguousarray(down.mask().T)))
    rows, columns = _completed(across.runs, down.runs, ink, thin, mask, height)
    rows, columns = trimmed(rows, columns, height), trimmed(columns, rows, height)
    rules = [Rule("horizontal", *(side / density for side in run)) for run in rows]
    rules += [Rule("vertical", *(side / density for side in run)) for run in columns]
    return Ruled(tuple(rules), mask)


def _without_blots(ink: Pixels, height: float) -> Pixels:
    """Ink that is no thicker than a line."""
    size = max(3, round(THICKEST * height))
    blots = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    return as_pixels(cv2.bitwise_and(ink, cv2.bitwise_not(cv2.dilate(blots, np.ones((3, 3), np.uint8)))))


def _completed(
    across: Sequence[Run], down: Sequence[Run], ink: Pixels, thin: Pixels, mask: Pixels, height: float
) -> tuple[list[Run], list[Run]]:
    """The lines of both axes with the pieces that were missing, whose ink is added to `mask`."""
    rows, columns = list(across), list(down)
    ink_sideways, sideways = np.ascontiguousarray(ink.T), np.ascontiguousarray(thin.T)

    def is_upright_stroke(run: Run) -> bool:
        return is_stroke(run, sideways, height)

    for _ in range(ROUNDS):
        more_rows = list(gaps(rows, columns, ink, thin, height, lambda run: False))
        more_columns = list(gaps(columns, rows, ink_sideways, sideways, height, is_upright_stroke))
        for run in more_rows:
            _band(mask, run)[:] |= _band(thin, run)
        for run in more_columns:
            _band(mask.T, run)[:] |= _band(sideways, run)
        rows += more_rows
        columns += more_columns
    return rows, columns


def _runs(ink: Pixels, height: float) -> _Found:
    """The horizontal runs of `ink`: whole short ones, and broken long ones."""
    whole = _opened(ink, LONGER * height)
    joined = cv2.morphologyEx(_opened(ink, PIECE * height), cv2.MORPH_CLOSE, _row(GAP * height))
    broken = _opened(as_pixels(joined), LONG * height)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(broken, connectivity=8)
    inside = np.flatnonzero(broken)  # few pixels of many
    of = labels.reshape(-1)[inside]
    inked = np.bincount(of[ink.reshape(-1)[inside] > 0], minlength=len(stats))
    good = inked >= INKED * stats[:, cv2.CC_STAT_AREA]
    every = whole.copy()
    every.reshape(-1)[inside[good[of]]] = 255
    _, labels, stats, centres = cv2.connectedComponentsWithStats(every, connectivity=8)
    left, _, wide, _, area = stats.T
    thin = np.flatnonzero((area <= THICKEST * height * wide) & (np.arange(len(stats)) > 0))
    runs = [Run(float(centres[i, 1]) + 0.5, float(left[i]), float(left[i] + wide[i])) for i in thin]
    return _Found(runs, thin.tolist(), np.asarray(labels))


def _row(length: float) -> Pixels:
    return np.ones((1, max(1, round(length))), np.uint8)


def _opened(ink: Pixels, length: float) -> Pixels:
    return as_pixels(cv2.morphologyEx(ink, cv2.MORPH_OPEN, _row(length)))


def _supported(across: _Found, down: _Found, height: float) -> tuple[_Found, _Found]:
    """Without the runs that do not lead from one run of the other axis to another, until all do."""
    while True:
        kept = _leading(across, down.runs, height), _leading(down, across.runs, height)
        if len(kept[0].runs) == len(across.runs) and len(kept[1].runs) == len(down.runs):
            return kept
        across, down = kept


def _leading(found: _Found, others: Sequence[Run], height: float) -> _Found:
    """Without the runs that end in the open: they lead nowhere, or past a line, as a short stroke of a pen does."""
    heights = np.array([run.at for run in found.runs])
    at, start, end = np.array(others).reshape(-1, 3).T
    near = MEETS * height

    def leads(run: Run) -> bool:
        if run.end - run.start >= FREE * height:
            return True
        reach = ASTRAY * height if run.end - run.start >= SHORT * height else near
        met = at[(start - reach <= run.at) & (run.at <= end + reach)]
        met = met[(run.start - near <= met) & (met <= run.end + near)]
        if not len(met) or met.max() - met.min() < LEAST * height:
            return False
        ends = bool(met.min() - near <= run.start and run.end <= met.max() + near)
        seen = np.count_nonzero(abs(heights - run.at) <= SAME * height)
        return bool(ends or run.end - run.start >= SHORT * height or seen > 1)

    return _kept(found, map(leads, found.runs))


def _standing_out(found: _Found, others: _Found, ink: Pixels, height: float) -> _Found:
    """Without the runs that are the strokes of the same characters in row after row.

    These have other strokes beside or across them and stop short of the lines they cross.
    """
    crossed = cv2.dilate(np.ascontiguousarray(others.mask().T), np.ones((1, 3), np.uint8)) > 0
    at, start, end = np.array(others.runs).reshape(-1, 3).T
    aside, near = round(ASIDE * height), MEETS * height

    def struck_through(run: Run) -> bool:
        """Whether another stroke crosses it between its ends."""
        sides = [_band(ink, run._replace(at=run.at + off)).any(axis=0) for off in (-near, near)]
        met = np.asarray(_band(crossed, run).any(axis=0), np.uint8)
        lines = cv2.dilate(met, np.ones(2 * round(near) + 1, np.uint8))
        return bool(np.any(sides[0] & sides[1] & (lines[:, 0] == 0)))

    def stands_out(run: Run) -> bool:
        share = _band(ink, run).any(axis=0).mean()
        beside = [_band(ink, run._replace(at=run.at + off)).any(axis=0).mean() for off in (-aside, aside)]
        least = CONTRAST if share >= WHOLE else BROKEN_CONTRAST
        if share - np.mean(beside) < least or (run.end - run.start < SHORT * height and struck_through(run)):
            return False
        way = run._replace(start=max(0.0, run.start - near), end=run.end + near)
        met = at[(start - near <= run.at) & (run.at <= end + near)]
        met = np.round(met[(way.start <= met) & (met <= way.end)]).astype(int) - round(way.start)
        if len(met) < 2:
            return True
        inked = np.asarray(_band(ink, way).any(axis=0))
        free = np.asarray(~_band(crossed, way).any(axis=0))
        seen = np.flatnonzero(free[: met.max()])
        seen = seen[seen > met.min()]
        after = np.searchsorted(seen, met)
        sides = [seen[i : i + TOUCHES] for i in after] + [seen[max(0, i - TOUCHES) : i] for i in after]
        return bool(inked[np.concatenate(sides)].mean() >= CROSSES) if len(seen) else True

    return _kept(found, map(stands_out, found.runs))


def _shortened(found: _Found, runs: Sequence[Run | None]) -> _Found:
    """The runs as far as they are kept: what is cut off is no part of the mask."""
    page = found.page.copy()
    for old, new, label in zip(found.runs, runs, found.labels, strict=True):
        for lost in (Run(old.at, old.start, new.start), Run(old.at, new.end, old.end)) if new else ():
            part = _band(page, lost)
            part[part == label] = 0
    kept = [(run, label) for run, label in zip(runs, found.labels, strict=True) if run]
    return _Found([run for run, _ in kept], [label for _, label in kept], page)


def _kept(found: _Found, which: Iterable[bool]) -> _Found:
    kept = [i for i, keep in enumerate(which) if keep]
    return _Found([found.runs[i] for i in kept], [found.labels[i] for i in kept], found.page)


def _band(page: NDArray[Any], run: Run) -> NDArray[Any]:
    row = round(run.at - 0.5)
    rows = slice(max(0, row - ENDS_HALF), max(0, row + ENDS_HALF + 1))
    return page[rows, round(run.start) : round(run.end)]
