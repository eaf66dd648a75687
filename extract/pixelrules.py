"""A straight page's ink into its ruling lines: long thin runs of ink, across or down.

A stroke of a character is no line: it is shorter than the character, or it ends where no other line is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extract.ink import Pixels, as_pixels
from models.page import Rule

LONGER = 1.2
"""A line is longer than a character is high by this factor; lengths below are in heights of a character too."""
LONG = 3.2
"""A broken line is at least so long."""
PIECE, GAP = 0.6, 0.35
"""It consists of pieces at least so long with gaps at most so large."""
INKED = 0.8
"""Share of a broken line's length that is ink."""
THICKEST = 0.35
"""What is thicker is a blot or shade."""
MEETS = 0.2
"""A line ends at another when it ends at most this far from it."""
FREE = 12.0
"""A line this long may end anywhere: a page break, a pen or a fold has cut off what it ended at."""


@dataclass(frozen=True, slots=True, eq=False)
class Ruled:
    """The ruling lines of a page in points, and the mask (255) of their ink."""

    rules: tuple[Rule, ...]
    mask: Pixels


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of ink: its height (across) and extent (along), thickness, in pixels, and its label in the mask."""

    at: float
    start: float
    end: float
    label: int


def ink_to_rules(ink: Pixels, density: float, height: float) -> Ruled:
    """The ruling lines in `ink`; `density` pixels are a point, a character is `height` pixels high."""
    size = max(3, round(THICKEST * height))
    blots = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    thin = as_pixels(cv2.bitwise_and(ink, cv2.bitwise_not(cv2.dilate(blots, np.ones((3, 3), np.uint8)))))
    across, across_labels = _runs(thin, height)
    down, down_labels = _runs(np.ascontiguousarray(thin.T), height)
    while True:
        kept_across, kept_down = _ending(across, down, height), _ending(down, across, height)
        if len(kept_across) == len(across) and len(kept_down) == len(down):
            break
        across, down = kept_across, kept_down
    rules = [Rule("horizontal", r.at / density, r.start / density, r.end / density) for r in across]
    rules += [Rule("vertical", r.at / density, r.start / density, r.end / density) for r in down]
    mask = cv2.bitwise_or(_mask(across_labels, across), np.ascontiguousarray(_mask(down_labels, down).T))
    return Ruled(tuple(rules), as_pixels(mask))


def _runs(ink: Pixels, height: float) -> tuple[list[_Run], np.ndarray[tuple[int, int], np.dtype[np.int32]]]:
    """The horizontal runs of `ink`, whole short ones and broken long ones, and the page of their labels."""
    whole = _opened(ink, LONGER * height)
    joined = cv2.morphologyEx(_opened(ink, PIECE * height), cv2.MORPH_CLOSE, _row(GAP * height))
    broken = _opened(as_pixels(joined), LONG * height)
    _, labels, stats, centres = cv2.connectedComponentsWithStats(broken, connectivity=8)
    inked = np.bincount(labels[(broken > 0) & (ink > 0)], minlength=len(stats))
    poor = inked < INKED * stats[:, cv2.CC_STAT_AREA]
    poor[0] = True
    every = cv2.bitwise_or(whole, np.where(poor[labels], 0, 255).astype(np.uint8))
    _, labels, stats, centres = cv2.connectedComponentsWithStats(every, connectivity=8)
    runs = [
        _Run(float(at) + 0.5, float(left), float(left + wide), label)
        for label, ((left, _, wide, _, area), (_, at)) in enumerate(zip(stats, centres, strict=True))
        if label and area <= THICKEST * height * wide
    ]
    return runs, np.asarray(labels, np.int32)


def _row(length: float) -> Pixels:
    return np.ones((1, max(1, round(length))), np.uint8)


def _opened(ink: Pixels, length: float) -> Pixels:
    return as_pixels(cv2.morphologyEx(ink, cv2.MORPH_OPEN, _row(length)))


def _ending(runs: Sequence[_Run], others: Sequence[_Run], height: float) -> list[_Run]:
    """Those of `runs` that end at one of `others` on both sides, and the very long ones."""
    if not others:
        return [run for run in runs if run.end - run.start >= FREE * height]
    near = MEETS * height
    at, start, end = (np.array([getattr(o, name) for o in others]) for name in ("at", "start", "end"))

    def meets(x: float, y: float) -> bool:
        return bool(np.any((abs(at - x) <= near) & (start - near <= y) & (y <= end + near)))

    return [
        run
        for run in runs
        if run.end - run.start >= FREE * height or (meets(run.start, run.at) and meets(run.end, run.at))
    ]


def _mask(labels: np.ndarray[tuple[int, int], np.dtype[np.int32]], runs: Sequence[_Run]) -> Pixels:
    kept = np.zeros(int(labels.max()) + 1, np.uint8)
    kept[[run.label for run in runs]] = 255
    return kept[labels]
