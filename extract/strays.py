"""The two ends of a line of text: a copier's specks that are no part of it go, faint characters that are come in."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.celllines import PART, Band
from extract.ink import Pixels
from models.geometry import Box

Boxes = NDArray[np.intp]
"""Left, top, right and bottom of each, ends excluded."""

JOINED = 0.12
"""Ink nearer than this (lengths here are in usual heights) is one piece."""
SMALL, AWAY = 0.24, 0.25
"""A speck is at most so large, and so far from the text."""
MARK, HIGH = 1.0, 0.25
"""A point or comma may follow the text at this distance, below this share of its height."""
DASH = 1.5
"""What is so much wider than high may be a minus."""
ALONE = 0.5
"""Several small pieces this near to each other are a broken character."""
AROUND, HAZE, HAZED = 0.35, 12, 0.08
"""So is one with haze about it: on this share of what is so near, paper darker by more than so many levels (of 255)."""
REACH, BETWEEN = 1.4, 0.7
"""A line's faint ends are looked for so far, with no larger gap."""
FAINT, TALL, WIDE, AREA = 15, 0.4, 0.15, 0.08
"""They are darker than paper by so many levels, on so much of a height, of a width, and of a square."""


def without_strays(band: Band, page: Pixels, ink: Pixels, height: float) -> Band:
    """The line without the specks beside it, which its picture shall not show either; `height` is a usual line's."""
    part = ink[band.top : band.bottom, band.left : band.right]
    boxes = _pieces(part, height)
    sides = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, initial=0)
    whole = sides >= PART * height
    if not whole.any():
        return band
    text = _hull(boxes[whole])
    gaps = _gaps(boxes, text)
    grey = page[band.top : band.bottom, band.left : band.right, 1]
    loose = boxes[~whole & (gaps >= 0)]
    stray = np.zeros(len(boxes), bool)
    for n in np.flatnonzero((sides <= SMALL * height) & (gaps >= AWAY * height)):
        stray[n] = (
            not _may_be_mark(boxes[n], text, height)
            and _near(loose, boxes[n], ALONE * height) == 1
            and _on_clean_paper(boxes[n], grey, part, height)
        )
    if not stray.any():
        return band
    x0, y0, x1, y1 = _hull(boxes[~stray]).tolist()
    strays = tuple(
        Box(band.left + a, band.top + b, band.left + c, band.top + d) for a, b, c, d in boxes[stray].tolist()
    )
    return replace(
        band,
        top=band.top + y0,
        bottom=band.top + y1,
        left=band.left + x0,
        right=band.left + x1,
        strays=strays,
    )


def with_faint_ends(band: Band, page: Pixels, box: Box, height: float) -> Band:
    """The line with what stands before and after it in the cell `box`, too faint to be ink, large enough for characters."""
    left, right = max(0, int(box.x0)), int(box.x1)
    rows = page[band.top : band.bottom, :, 1]
    paper = float(np.percentile(rows[:, left:right], 80))
    start = max(left + 2, round(band.left - REACH * height))
    end = min(right - 2, round(band.right + REACH * height))
    before = _faint_width(rows[:, start : band.left][:, ::-1], paper, height)
    after = _faint_width(rows[:, band.right : end], paper, height)
    return replace(band, left=band.left - before, right=band.right + after)


def _pieces(part: Pixels, height: float) -> Boxes:
    size = max(1, round(JOINED * height)) | 1
    padded = cv2.copyMakeBorder(part, size, size, size, size, cv2.BORDER_CONSTANT, value=0)
    joined = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    stats = cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:]
    corner = stats[:, :2] - size
    return np.concatenate([corner, corner + stats[:, 2:4]], axis=1).astype(np.intp)


def _hull(boxes: Boxes) -> Boxes:
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def _gaps(boxes: Boxes, box: Boxes) -> Boxes:
    """How far each of `boxes` is from `box`, along the axis on which it is further; negative where they overlap."""
    outside: Boxes = np.maximum(boxes[:, :2] - box[2:], box[:2] - boxes[:, 2:]).max(axis=1, initial=-1)
    return outside


def _near(boxes: Boxes, box: Boxes, reach: float) -> int:
    return int(np.count_nonzero(_gaps(boxes, box) <= reach))


def _may_be_mark(box: Boxes, text: Boxes, height: float) -> bool:
    """Whether `box` may be a minus, or stands where a point or comma may stand: behind the text, not on high."""
    wide, high = box[2:] - box[:2]
    below = (box[1] + box[3]) / 2 > text[1] + HIGH * (text[3] - text[1])
    return bool(wide >= DASH * high or (below and 0 < box[0] - text[2] < MARK * height))


def _on_clean_paper(box: Boxes, grey: Pixels, ink: Pixels, height: float) -> bool:
    """Whether there is no haze about `box`, as there is about what is left of a faint character."""
    reach = round(AROUND * height)
    x0, y0 = np.maximum(box[:2] - reach, 0).tolist()
    window = slice(y0, int(box[3]) + reach), slice(x0, int(box[2]) + reach)
    darker = float(np.percentile(grey, 85)) - cv2.blur(grey, (3, 3))[window].astype(float)
    free = cv2.dilate(ink, np.ones((5, 5), np.uint8))[window] == 0
    free[max(0, box[1] - y0 - 2) : box[3] - y0 + 2, max(0, box[0] - x0 - 2) : box[2] - x0 + 2] = False
    return not free.any() or float((darker[free] > HAZE).mean()) <= HAZED


def _faint_width(outwards: Pixels, paper: float, height: float) -> int:
    """How many columns of `outwards`, from a line's end on, hold its faint characters."""
    if not outwards.size:
        return 0
    faint = paper - cv2.blur(outwards, (3, 3)).astype(float) > FAINT
    columns = np.flatnonzero(np.count_nonzero(faint, axis=0) >= 2)
    apart = np.flatnonzero(np.diff(columns, prepend=-1) > BETWEEN * height)
    columns = columns[: apart[0]] if len(apart) else columns
    if not len(columns):
        return 0
    width = int(columns[-1]) + 1
    seen = faint[:, :width]
    tall = np.count_nonzero(seen.any(axis=1)) >= TALL * height
    enough = tall and width >= WIDE * height and np.count_nonzero(seen) >= AREA * height * height
    return width if enough else 0
