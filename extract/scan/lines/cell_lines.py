"""A cell's ink into its lines of text, and each line into the picture that the recogniser is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.blobs import PART, is_text
from extract.scan.pixels.ink import Pixels, as_pixels, level
from models.geometry import Box
from models.page import Char

USUAL_HEIGHT = 27
"""Pixels of a line of 10 points at 200 dpi, where a page has too few lines to measure it."""
LOWEST, HIGHEST = 0.75, 1.3
"""A line's ink is at most so many usual heights high; one cut out of touching lines is at least so high."""
TALL = 1.45
"""Ink higher than this many usual heights holds several lines that touch."""
SPECK = 0.22
"""Ink smaller both ways than this share of the usual height is dirt."""
BROKEN = 0.3
"""Pieces of a broken stroke are nearer than this (usual heights)."""
ASIDE, BELOW = 1.2, 0.25
"""A point or comma is no further than this (usual heights) from a character, along the line and across it."""
PADDING, SIDE = 0.18, 0.45
"""Paper kept above and below a line, and left and right of it, in usual heights: always the same."""


FRAY = 3
"""Pixels to which a copied line frays on either side; print that touches a line reaches further."""
BLOT = 0.8
"""Solid ink so large both ways (usual heights) is no part of any character, not of a title either."""
RIM = 2
"""Pixels around a speck that it greys."""


@dataclass(frozen=True, slots=True)
class Band:
    """A line of text: the rows `top` to `bottom` and columns `left` to `right` of its ink, ends excluded.

    `above` and `below` are how far its picture may reach without showing another line; `strays` are specks
    beside it, which its picture shall not show.
    """

    top: int
    bottom: int
    left: int
    right: int
    above: int
    below: int
    strays: tuple[Box, ...] = ()

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)


def without_specks(ink: Pixels, height: float) -> Pixels:
    """Ink without dirt: specks that stand alone, further from any character than a point or a comma."""
    # a copier breaks strokes into pieces: what nearly touches is one
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((round(BROKEN * height) | 1,) * 2, np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    sides = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1)
    chars = np.where(sides >= PART * height, 255, 0).astype(np.uint8)
    chars[0] = 0
    reach = np.ones((2 * round(BELOW * height) + 1, 2 * round(ASIDE * height) + 1), np.uint8)
    return as_pixels(cv2.bitwise_and(ink, cv2.dilate(chars[labels], reach)))


def usual_height(ink: Pixels, boxes: Iterable[Box]) -> float:
    """The height of a line of text in the cells of a page, in pixels."""
    heights = [
        bottom - top
        for box in boxes
        for top, bottom in _runs(np.count_nonzero(_part(ink, box), axis=1) > 0)
        if USUAL_HEIGHT / 3 < bottom - top < 3 * USUAL_HEIGHT
    ]
    return float(np.median(heights)) if len(heights) >= 3 else USUAL_HEIGHT


def cell_to_bands(ink: Pixels, box: Box, height: float) -> list[Band]:
    """The lines of text in the cell `box` of a page's ink (without ruling lines), from top to bottom, in pixels."""
    part = _part(ink, box)
    profile = np.count_nonzero(part, axis=1)
    left, top = int(box.x0), int(box.top)
    lines: list[tuple[int, int, int, int]] = []
    for first, last in _cut(profile, height):
        columns = np.flatnonzero(part[first:last].any(axis=0))
        x0, x1 = int(columns[0]), int(columns[-1]) + 1
        if max(last - first, x1 - x0) > SPECK * height and is_text(part[first:last, x0:x1], height):
            lines.append((top + first, top + last, left + x0, left + x1))
    borders = [int(box.top), *((a[1] + b[0]) // 2 for a, b in pairwise(lines)), int(box.bottom)]
    return [Band(*line, *reach) for line, reach in zip(lines, pairwise(borders), strict=False)]


def band_to_picture(page: Pixels, band: Band, height: float) -> Pixels:
    """The picture of a line, cut from the colour picture of a page in the one fixed way.

    It is as high as a usual line at least, so that a lone dash stays a dash; where its own paper ends,
    the page's colour goes on.
    """
    lack = max(0.0, height - (band.bottom - band.top)) / 2
    top = round(band.top - lack - PADDING * height)
    bottom = round(band.bottom + lack + PADDING * height)
    left, right = round(band.left - SIDE * height), round(band.right + SIDE * height)
    y0, y1 = max(top, band.above, 0), min(bottom, band.below, page.shape[0])
    x0, x1 = max(left, 0), min(right, page.shape[1])
    part = page[y0:y1, x0:x1]
    paper = (int(level(part[:, :, 1], 85)),) * 3
    if band.strays:
        part = part.copy()
        for box in band.strays:
            rows = slice(max(0, int(box.top) - RIM - y0), max(0, int(box.bottom) + RIM - y0))
            part[rows, max(0, int(box.x0) - RIM - x0) : max(0, int(box.x1) + RIM - x0)] = paper
    around = (y0 - top, bottom - y1, x0 - left, right - x1)
    return as_pixels(cv2.copyMakeBorder(part, *around, cv2.BORDER_CONSTANT, value=paper))


def band_to_char(band: Band, text: str) -> Char:
    """A line that says `text` as one character: the recogniser says what blanks are in it."""
    return Char(text, band.box, band.bottom - band.top)


def _part(ink: Pixels, box: Box) -> Pixels:
    return ink[max(0, int(box.top)) : int(box.bottom), max(0, int(box.x0)) : int(box.x1)]


def _runs(filled: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where `filled` is true: first and last index (excluded) of each run."""
    bordered = np.concatenate(([False], filled, [False]))
    edges = np.flatnonzero(bordered[1:] != bordered[:-1])
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _cut(profile: NDArray[np.intp], height: float) -> list[tuple[int, int]]:
    """Rows of ink into lines: parts of characters joined, touching lines cut apart."""
    lines: list[tuple[int, int]] = []
    for run in _runs(profile > 0):
        if run[1] - run[0] > TALL * height:
            lines += _cut_tall(profile, run, height)
        elif lines and run[1] - lines[-1][0] <= HIGHEST * height and run[0] - lines[-1][1] <= height / 2:
            lines[-1] = (lines[-1][0], run[1])
        else:
            lines.append(run)
    return lines


def _cut_tall(profile: NDArray[np.intp], run: tuple[int, int], height: float) -> list[tuple[int, int]]:
    """Lines that touch: cut where together the least ink is cut and the heights are most usual."""
    first, last = run
    ink = profile[first:last].astype(float) / max(1, int(profile[first:last].max()))
    size = last - first
    low, high = max(1, round(LOWEST * height)), round(HIGHEST * height) + 1
    cost = np.full(size + 1, np.inf)
    came = np.zeros(size + 1, int)
    cost[0] = 0.0
    for end in range(low, size + 1):
        starts = np.arange(max(0, end - high), end - low + 1)
        costs = cost[starts] + ((end - starts) / height - 1) ** 2
        best = int(np.argmin(costs))
        cost[end] = costs[best] + (ink[end] if end < size else 0.0)
        came[end] = starts[best]
    if not np.isfinite(cost[size]):
        return [run]
    cuts = [size]
    while cuts[-1]:
        cuts.append(int(came[cuts[-1]]))
    return [(first + a, first + b) for a, b in pairwise(reversed(cuts))]


def without_rules(page: Pixels, ink: Pixels, rules: Pixels) -> tuple[Pixels, Pixels]:
    """A page's picture and ink with its ruling lines painted over by paper.

    Where print touches a line, the print above and below it stays; what a copier frayed out of the line goes with it.
    """
    near = as_pixels(cv2.dilate(rules, np.ones((3, 3), np.uint8)))
    near |= _frayed(as_pixels(cv2.bitwise_and(ink, cv2.bitwise_not(near))), near)
    cleaned = page.copy()
    cleaned[near > 0] = np.median(page[::4, ::4].reshape(-1, page.shape[2]), axis=0).astype(np.uint8)
    return cleaned, as_pixels(cv2.bitwise_and(ink, cv2.bitwise_not(near)))


def without_blots(page: Pixels, ink: Pixels, height: float) -> tuple[Pixels, Pixels]:
    """A page's picture and ink with paper in the place of solid blots: punched holes, a clip, a corner of the lid."""
    size = round(BLOT * height)
    core = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    if not cv2.countNonZero(core):
        return page, ink
    near = cv2.dilate(core, np.ones((2 * round(height / 4) + 1,) * 2, np.uint8))
    cleaned = page.copy()
    cleaned[near > 0] = np.median(page[::4, ::4].reshape(-1, page.shape[2]), axis=0).astype(np.uint8)
    return cleaned, as_pixels(cv2.bitwise_and(ink, cv2.bitwise_not(near)))


def _frayed(rest: Pixels, lines: Pixels) -> Pixels:
    """The pieces of `rest`, with the pixels they grey, that hang on `lines` and reach no further than `FRAY` from them."""
    _, labels = cv2.connectedComponents(rest, connectivity=8)
    hanging = np.zeros(int(labels.max()) + 1, bool)
    hanging[labels[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0]] = True
    hanging[labels[cv2.dilate(lines, np.ones((2 * FRAY + 1,) * 2, np.uint8)) == 0]] = False
    hanging[0] = False
    teeth = np.where(hanging, 255, 0).astype(np.uint8)[labels]
    return as_pixels(cv2.dilate(teeth, np.ones((3, 3), np.uint8)))
