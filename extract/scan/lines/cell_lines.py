"""A cell's ink into its lines of text, and each line into the picture that the recogniser is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.blobs import Boxes, ink_to_blobs, is_text
from extract.scan.pixels.ink import Pixels, as_pixels, percentile_level
from models.geometry import Box
from models.page import Char

_USUAL_HEIGHT_PX = 27
"""A line of 10 points is this high at 200 dpi: taken where a page has too few lines to measure their height."""
_LOWEST_LINE_HEIGHTS = 0.75
"""A line cut out of several that touch is at least this high (lengths here are in usual heights of a line)."""
_HIGHEST_LINE_HEIGHTS = 1.3
"""The ink of one line is at most this high."""
_SEVERAL_LINES_HEIGHTS = 1.45
"""Ink that is higher than this holds several lines that touch."""
_SPECK_HEIGHTS = 0.22
"""Ink smaller than this both ways is dirt."""
_PADDING_HEIGHTS = 0.18
"""The picture of a line shows this much paper above and below it, always the same."""
_SIDE_PADDING_HEIGHTS = 0.45
"""The picture of a line shows this much paper before and behind it, always the same."""
_SPECK_RIM_PX = 2
"""A speck greys the pixels around it as far as this."""
_FEWEST_HEIGHTS = 3
"""With fewer lines than this the usual height of a page is not measured but taken from experience."""


@dataclass(frozen=True, slots=True)
class Band:
    """A line of text: the rows `top` to `bottom` and columns `left` to `right` of its ink in pixels, ends excluded.

    Its picture may reach up to row `above` and down to row `below` without showing another line; `strays` are the
    specks beside it, which its picture shall not show. `blobs` are the boxes of the pieces of its ink,
    from its left and top, where they are known.
    """

    top: int
    bottom: int
    left: int
    right: int
    above: int
    below: int
    strays: tuple[Box, ...] = ()
    blobs: Boxes | None = field(default=None, compare=False, repr=False)

    @property
    def box(self) -> Box:
        """The rectangle of its ink on the page, in pixels."""
        return Box(self.left, self.top, self.right, self.bottom)


def usual_height(ink: Pixels, boxes: Iterable[Box]) -> float:
    """The height of a line of text in the cells `boxes` of a page's ink, in pixels: the median of those that may be lines."""
    heights = [
        bottom - top
        for box in boxes
        for top, bottom in _runs(np.count_nonzero(_part(ink, box), axis=1) > 0)
        if _USUAL_HEIGHT_PX / 3 < bottom - top < 3 * _USUAL_HEIGHT_PX
    ]
    return float(np.median(heights)) if len(heights) >= _FEWEST_HEIGHTS else _USUAL_HEIGHT_PX


def cell_to_bands(ink: Pixels, box: Box, height: float) -> list[Band]:
    """The lines of text in the cell `box` of a page's ink (without ruling lines), from top to bottom.

    `box` is in pixels of the page, a usual line is `height` pixels high.
    """
    part = _part(ink, box)
    profile = np.count_nonzero(part, axis=1)
    left, top = int(box.x0), int(box.top)
    lines: list[tuple[int, int, int, int]] = []
    pieces: list[Boxes] = []
    for first, last in _cut(profile, height):
        columns = np.flatnonzero(part[first:last].any(axis=0))
        x0, x1 = int(columns[0]), int(columns[-1]) + 1
        if max(last - first, x1 - x0) <= _SPECK_HEIGHTS * height:
            continue
        blobs = ink_to_blobs(part[first:last, x0:x1], height)
        if is_text(blobs, height):
            lines.append((top + first, top + last, left + x0, left + x1))
            pieces.append(blobs)
    borders = [int(box.top), *((a[1] + b[0]) // 2 for a, b in pairwise(lines)), int(box.bottom)]
    return [
        Band(*line, *reach, blobs=blobs)
        for line, reach, blobs in zip(lines, pairwise(borders), pieces, strict=False)
    ]


def band_to_picture(page: Pixels, band: Band, height: float) -> Pixels:
    """The picture of a line, cut from the colour picture of a page in the one fixed way.

    It is as high as a usual line at least, so that a lone dash stays a dash; where its own paper ends,
    the page's colour goes on.
    """
    lack = max(0.0, height - (band.bottom - band.top)) / 2
    top = round(band.top - lack - _PADDING_HEIGHTS * height)
    bottom = round(band.bottom + lack + _PADDING_HEIGHTS * height)
    left, right = (
        round(band.left - _SIDE_PADDING_HEIGHTS * height),
        round(band.right + _SIDE_PADDING_HEIGHTS * height),
    )
    y0, y1 = max(top, band.above, 0), min(bottom, band.below, page.shape[0])
    x0, x1 = max(left, 0), min(right, page.shape[1])
    part = page[y0:y1, x0:x1]
    paper = (int(percentile_level(part[:, :, 1], 85)),) * 3
    if band.strays:
        part = part.copy()
        for box in band.strays:
            rows = slice(
                max(0, int(box.top) - _SPECK_RIM_PX - y0), max(0, int(box.bottom) + _SPECK_RIM_PX - y0)
            )
            part[
                rows, max(0, int(box.x0) - _SPECK_RIM_PX - x0) : max(0, int(box.x1) + _SPECK_RIM_PX - x0)
            ] = paper
    around = (y0 - top, bottom - y1, x0 - left, right - x1)
    return as_pixels(cv2.copyMakeBorder(part, *around, cv2.BORDER_CONSTANT, value=paper))


def band_to_char(band: Band, text: str) -> Char:
    """A line that says `text` as if it were one character: the recogniser has told already where blanks are in it."""
    return Char(text, band.box, band.bottom - band.top)


def _part(ink: Pixels, box: Box) -> Pixels:
    return ink[max(0, int(box.top)) : int(box.bottom), max(0, int(box.x0)) : int(box.x1)]


def _runs(filled: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where `filled` is true: first and last index (excluded) of each run."""
    bordered = np.concatenate(([False], filled, [False]))
    edges = np.flatnonzero(bordered[1:] != bordered[:-1])
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _cut(profile: NDArray[np.intp], height: float) -> list[tuple[int, int]]:
    """First and last row (excluded) of each line: parts of characters are joined, lines that touch are cut apart.

    `profile` is the number of ink pixels in each row.
    """
    lines: list[tuple[int, int]] = []
    for run in _runs(profile > 0):
        if run[1] - run[0] > _SEVERAL_LINES_HEIGHTS * height:
            lines += _cut_tall(profile, run, height)
        elif (
            lines
            and run[1] - lines[-1][0] <= _HIGHEST_LINE_HEIGHTS * height
            and run[0] - lines[-1][1] <= height / 2
        ):
            lines[-1] = (lines[-1][0], run[1])
        else:
            lines.append(run)
    return lines


def _cut_tall(profile: NDArray[np.intp], run: tuple[int, int], height: float) -> list[tuple[int, int]]:
    """Lines that touch, cut where the least ink is cut and heights are most usual (dynamic programming over rows)."""
    first, last = run
    ink = profile[first:last].astype(float) / max(1, int(profile[first:last].max()))
    size = last - first
    low, high = max(1, round(_LOWEST_LINE_HEIGHTS * height)), round(_HIGHEST_LINE_HEIGHTS * height) + 1
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
