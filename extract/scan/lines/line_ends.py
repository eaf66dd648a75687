"""The two ends of a line of text: a copier's specks that are no part of it go, faint characters that are come in."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from extract.scan.lines.cell_lines import Band
from extract.scan.pixels.blobs import (
    CHAR_PART_HEIGHTS,
    COMPANION_HEIGHTS,
    Boxes,
    count_near,
    gaps_to,
    hull_of,
    ink_to_blobs,
)
from extract.scan.pixels.ink import Pixels, percentile_level
from models.geometry import Box

_LARGEST_SPECK_HEIGHTS = 0.24
"""A speck is at most this large both ways (lengths here are in usual heights of a line)."""
_SPECK_GAP_HEIGHTS = 0.25
"""A speck is at least this far from the text of its line."""
_MARK_GAP_HEIGHTS = 1.0
"""A point or a comma follows the text within this distance."""
_MARK_LOWNESS_SHARE = 0.25
"""The middle of a point or a comma lies below this share of the text's height, from its top."""
_DASH_RATIO = 1.5
"""What is this many times wider than high may be a minus."""
_AROUND_HEIGHTS = 0.35
"""Haze is looked for on the paper within this distance of a blob."""
_HAZE_LEVELS = 12
"""Haze is darker than the paper by more than this many levels (of 255)."""
_HAZY_SHARE = 0.08
"""A blob with haze on more than this share of the paper around it is the rest of a faint character, and kept."""
_FAINT_REACH_HEIGHTS = 1.4
"""Faint characters are looked for within this distance of a line's ends."""
_FAINT_GAP_HEIGHTS = 0.7
"""Between two faint characters, and between the first and the line, the gap is no larger than this."""
_FAINT_LEVELS = 15
"""A faint character is darker than the paper by more than this many levels (of 255)."""
_FAINT_TALL_HEIGHTS = 0.4
"""Faint ink that is less high than this is dirt."""
_FAINT_WIDE_HEIGHTS = 0.15
"""Faint ink that is less wide than this is dirt."""
_FAINT_AREA_SQUARE_HEIGHTS = 0.08
"""Faint ink that covers less than this area is dirt."""


def without_strays(band: Band, page: Pixels, ink: Pixels, height: float) -> Band:
    """The line without the specks beside it, which its picture shall not show either.

    `page` is the colour picture, `ink` its ink without ruling lines; a usual line is `height` pixels high.
    """
    part = ink[band.top : band.bottom, band.left : band.right]
    boxes = ink_to_blobs(part, height) if band.blobs is None else band.blobs
    sides = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, initial=0)
    whole = sides >= CHAR_PART_HEIGHTS * height
    if not whole.any():
        return band
    text = hull_of(boxes[whole])
    gaps = gaps_to(boxes, text)
    grey = page[band.top : band.bottom, band.left : band.right, 1]
    loose = boxes[~whole & (gaps >= 0)]
    stray = np.zeros(len(boxes), bool)
    for n in np.flatnonzero(
        (sides <= _LARGEST_SPECK_HEIGHTS * height) & (gaps >= _SPECK_GAP_HEIGHTS * height)
    ):
        stray[n] = (
            not _may_be_mark(boxes[n], text, height)
            and count_near(loose, boxes[n], COMPANION_HEIGHTS * height) == 1
            and _on_clean_paper(boxes[n], grey, part, height)
        )
    if not stray.any():
        return band
    x0, y0, x1, y1 = hull_of(boxes[~stray]).tolist()
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
        blobs=None,
    )


def with_faint_ends(band: Band, page: Pixels, box: Box, height: float) -> Band:
    """The line with the characters before and after it in the cell `box` that are too faint to be ink.

    `page` is the colour picture, `box` in its pixels; a usual line is `height` pixels high.
    """
    left, right = max(0, int(box.x0)), int(box.x1)
    rows = page[band.top : band.bottom, :, 1]
    paper = percentile_level(rows[:, left:right], 80)
    start = max(left + 2, round(band.left - _FAINT_REACH_HEIGHTS * height))
    end = min(right - 2, round(band.right + _FAINT_REACH_HEIGHTS * height))
    before = _faint_width(rows[:, start : band.left][:, ::-1], paper, height)
    after = _faint_width(rows[:, band.right : end], paper, height)
    return replace(band, left=band.left - before, right=band.right + after)


def _may_be_mark(box: Boxes, text: Boxes, height: float) -> bool:
    """Whether `box` may be a minus, or stands where a point or comma may stand: behind the text and not near its top."""
    wide, high = box[2:] - box[:2]
    below = (box[1] + box[3]) / 2 > text[1] + _MARK_LOWNESS_SHARE * (text[3] - text[1])
    return bool(wide >= _DASH_RATIO * high or (below and 0 < box[0] - text[2] < _MARK_GAP_HEIGHTS * height))


def _on_clean_paper(box: Boxes, grey: Pixels, ink: Pixels, height: float) -> bool:
    """Whether there is no haze around `box`, as there is around the dark rest of a faint character."""
    reach = round(_AROUND_HEIGHTS * height)
    x0, y0 = np.maximum(box[:2] - reach, 0).tolist()
    window = slice(y0, int(box[3]) + reach), slice(x0, int(box[2]) + reach)
    darker = percentile_level(grey, 85) - cv2.blur(grey, (3, 3))[window].astype(float)
    free = cv2.dilate(ink, np.ones((5, 5), np.uint8))[window] == 0
    free[max(0, box[1] - y0 - 2) : box[3] - y0 + 2, max(0, box[0] - x0 - 2) : box[2] - x0 + 2] = False
    return not free.any() or float((darker[free] > _HAZE_LEVELS).mean()) <= _HAZY_SHARE


def _faint_width(outwards: Pixels, paper: float, height: float) -> int:
    """How many columns of `outwards`, from a line's end on, hold its faint characters."""
    if not outwards.size:
        return 0
    softened = cv2.blur(outwards, (3, 3))
    if softened.min() >= paper - _FAINT_LEVELS:
        return 0
    faint = softened < paper - _FAINT_LEVELS
    columns = np.flatnonzero(np.count_nonzero(faint, axis=0) >= 2)
    apart = np.flatnonzero(columns - np.concatenate(([-1], columns[:-1])) > _FAINT_GAP_HEIGHTS * height)
    columns = columns[: apart[0]] if len(apart) else columns
    if not len(columns):
        return 0
    width = int(columns[-1]) + 1
    seen = faint[:, :width]
    tall = np.count_nonzero(seen.any(axis=1)) >= _FAINT_TALL_HEIGHTS * height
    enough = (
        tall
        and width >= _FAINT_WIDE_HEIGHTS * height
        and np.count_nonzero(seen) >= _FAINT_AREA_SQUARE_HEIGHTS * height * height
    )
    return width if enough else 0
