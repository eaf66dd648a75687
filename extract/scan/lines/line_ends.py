"""The two ends of a line of text: a copier's specks that are no part of it go, faint characters that are come in."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from extract.scan.lines.cell_lines import Band
from extract.scan.pixels.blobs import ALONE, PART, Boxes, gaps_to, hull, ink_to_blobs, near
from extract.scan.pixels.ink import Pixels, level
from models.geometry import Box

SMALL, AWAY = 0.24, 0.25
"""A speck is at most so large, and so far from the text (lengths here are in usual heights)."""
MARK, HIGH = 1.0, 0.25
"""A point or comma may follow the text at this distance, below this share of its height."""
DASH = 1.5
"""What is so much wider than high may be a minus."""
AROUND, HAZE, HAZED = 0.35, 12, 0.08
"""So is one with haze about it: on this share of what is so near, paper darker by more than so many levels (of 255)."""
REACH, BETWEEN = 1.4, 0.7
"""A line's faint ends are looked for so far, with no larger gap."""
FAINT, TALL, WIDE, AREA = 15, 0.4, 0.15, 0.08
"""They are darker than paper by so many levels, on so much of a height, of a width, and of a square."""


def without_strays(band: Band, page: Pixels, ink: Pixels, height: float) -> Band:
    """The line without the specks beside it, which its picture shall not show either; `height` is a usual line's."""
    part = ink[band.top : band.bottom, band.left : band.right]
    boxes = ink_to_blobs(part, height)
    sides = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, initial=0)
    whole = sides >= PART * height
    if not whole.any():
        return band
    text = hull(boxes[whole])
    gaps = gaps_to(boxes, text)
    grey = page[band.top : band.bottom, band.left : band.right, 1]
    loose = boxes[~whole & (gaps >= 0)]
    stray = np.zeros(len(boxes), bool)
    for n in np.flatnonzero((sides <= SMALL * height) & (gaps >= AWAY * height)):
        stray[n] = (
            not _may_be_mark(boxes[n], text, height)
            and near(loose, boxes[n], ALONE * height) == 1
            and _on_clean_paper(boxes[n], grey, part, height)
        )
    if not stray.any():
        return band
    x0, y0, x1, y1 = hull(boxes[~stray]).tolist()
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
    paper = level(rows[:, left:right], 80)
    start = max(left + 2, round(band.left - REACH * height))
    end = min(right - 2, round(band.right + REACH * height))
    before = _faint_width(rows[:, start : band.left][:, ::-1], paper, height)
    after = _faint_width(rows[:, band.right : end], paper, height)
    return replace(band, left=band.left - before, right=band.right + after)


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
    darker = level(grey, 85) - cv2.blur(grey, (3, 3))[window].astype(float)
    free = cv2.dilate(ink, np.ones((5, 5), np.uint8))[window] == 0
    free[max(0, box[1] - y0 - 2) : box[3] - y0 + 2, max(0, box[0] - x0 - 2) : box[2] - x0 + 2] = False
    return not free.any() or float((darker[free] > HAZE).mean()) <= HAZED


def _faint_width(outwards: Pixels, paper: float, height: float) -> int:
    """How many columns of `outwards`, from a line's end on, hold its faint characters."""
    if not outwards.size:
        return 0
    faint = cv2.blur(outwards, (3, 3)) < paper - FAINT
    columns = np.flatnonzero(np.count_nonzero(faint, axis=0) >= 2)
    apart = np.flatnonzero(columns - np.concatenate(([-1], columns[:-1])) > BETWEEN * height)
    columns = columns[: apart[0]] if len(apart) else columns
    if not len(columns):
        return 0
    width = int(columns[-1]) + 1
    seen = faint[:, :width]
    tall = np.count_nonzero(seen.any(axis=1)) >= TALL * height
    enough = tall and width >= WIDE * height and np.count_nonzero(seen) >= AREA * height * height
    return width if enough else 0
