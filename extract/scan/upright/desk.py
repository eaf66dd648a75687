"""A photo's sheet of paper, told from the desk it lies on."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels, as_pixels, to_grey

_COARSENESS = 8
"""The sheet is searched for in a picture this many times smaller, in coarse pixels."""
_SMALLEST_SHARE = 0.2
"""A sheet fills at least this share of the picture."""
_LARGEST_SHARE = 0.98
"""A sheet that fills more than this share of the picture has no desk around it."""
_DARKEST_SHARE = 0.65
"""A desk that can be told from paper in the shade has at most this share of the paper's brightness."""
_SHARP_SHARE = 0.85
"""A sheet's outline is sharp on at least this share of its length; the rest may be a finger's or a clip's."""
_SHARP_LEVELS = 20
"""Where an outline is sharp, the sheet is brighter than what lies beside it by this much (of 255); shade fades."""
_RIM_COARSE_PX = 1
"""The edge of a sheet is half desk as far as this."""
_BRIGHTNESS_LEVELS = range(30, 230, 10)
"""Desk and paper are parted at each of these levels in turn: a shadow may leave paper darker than a desk's bright grain."""
_HOLLOW_COARSE_PX = 5
"""The side of a curved sheet is hollow by at most this."""
_ASIDE_COARSE_PX = 3
"""Brightness is compared this far from the outline on either side."""
_FINGER_PARTS = 7
"""What holds the sheet is narrower than one part of this many of the picture's shorter side."""
_STUB_PARTS = 4
"""When a finger is taken off, at most one part of this many of its greatest width is left."""
_REACH_COARSE_PX = 12.0
"""Outside the sheet the brightness of its paper goes on for about this far."""


def without_desk(pixels: Pixels) -> Pixels:
    """The colour picture with everything around its sheet of paper like the paper nearby; itself when there is no desk."""
    high, wide = pixels.shape[:2]
    if min(high, wide) < _COARSENESS:
        return pixels  # a strip narrower than a stroke shows no desk
    small = as_pixels(
        cv2.resize(pixels, (wide // _COARSENESS, high // _COARSENESS), interpolation=cv2.INTER_AREA)
    )
    sheet = _bright_sheet(as_pixels(cv2.medianBlur(to_grey(small), 5)))
    if sheet is None:
        return pixels
    around = cv2.resize(_carried_on(small, sheet), (wide, high), interpolation=cv2.INTER_LINEAR)
    inside = cv2.resize(sheet, (wide, high), interpolation=cv2.INTER_NEAREST) > 0
    return np.where(inside[:, :, None], pixels, around)


def _carried_on(small: Pixels, sheet: Pixels) -> Pixels:
    """The colours of the paper, without print, carried on beyond the edge of `sheet`; far off its usual colour."""
    paper = cv2.medianBlur(small, 2 * _ASIDE_COARSE_PX + 1).astype(np.float32)
    usual = np.median(small[sheet > 0], axis=0).astype(np.float32)
    weight = cv2.erode(sheet, _square(_ASIDE_COARSE_PX)).astype(np.float32) / 255
    near = cv2.GaussianBlur(paper * weight[:, :, None], (0, 0), _REACH_COARSE_PX)
    known = cv2.GaussianBlur(weight, (0, 0), _REACH_COARSE_PX)[:, :, None]
    return as_pixels((near + 1e-3 * usual) / (known + 1e-3))


def _bright_sheet(grey: Pixels) -> Pixels | None:
    """The mask (255) of the one large bright region with the sharpest outline, without its rim."""
    best: tuple[float, Pixels, int] | None = None
    if np.mean(grey < _DARKEST_SHARE * np.percentile(grey, 75)) < 1 - _LARGEST_SHARE:
        return None
    for level in _BRIGHTNESS_LEVELS:
        mask = _outline(as_pixels(cv2.threshold(grey, level, 255, cv2.THRESH_BINARY)[1]))
        if not _SMALLEST_SHARE * grey.size <= cv2.countNonZero(mask) <= _LARGEST_SHARE * grey.size:
            continue
        if np.median(grey[mask == 0]) <= _DARKEST_SHARE * np.median(grey[mask > 0]):
            sharp = _sharpness(mask, grey)
            best = (sharp, mask, level) if best is None or sharp > best[0] else best
    if best is None or best[0] < _SHARP_SHARE:
        return None
    _, mask, level = best
    # a curved sheet's sides are hollow: the desk between them and the convex outline would pass for ruling lines
    edge = (mask > 0) & (cv2.erode(mask, _square(_HOLLOW_COARSE_PX)) == 0)
    hollow = np.where(edge & (grey <= level), 255, 0).astype(np.uint8)
    return as_pixels(
        cv2.subtract(cv2.erode(mask, _square(_RIM_COARSE_PX)), cv2.dilate(hollow, _square(_RIM_COARSE_PX)))
    )


def _outline(bright: Pixels) -> Pixels:
    """The convex outline of the largest region, filled, without the fingers that hold it."""
    whole = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, _square(2))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    mask = np.zeros_like(bright)
    if not outlines:
        return mask
    cv2.drawContours(mask, [max(outlines, key=cv2.contourArea)], -1, 255, cv2.FILLED)
    reach = min(mask.shape) // _FINGER_PARTS // 2
    # an opening takes the corners of a slanted sheet, too: what is near what it leaves comes back
    broad = cv2.morphologyEx(mask, cv2.MORPH_OPEN, _square(reach))
    mask = as_pixels(cv2.bitwise_and(mask, cv2.dilate(broad, _square(reach // _STUB_PARTS))))
    points = cv2.findNonZero(mask)
    if points is not None:
        cv2.fillPoly(mask, [cv2.convexHull(points)], 255)
    return mask


def _sharpness(mask: Pixels, grey: Pixels) -> float:
    """On which share of the outline of `mask` brightness drops; 0 when most of it is the picture's edge."""
    inner = cv2.erode(mask, _square(_ASIDE_COARSE_PX))
    paper = cv2.dilate(np.where(inner > 0, grey, 0).astype(np.uint8), _square(2 * _ASIDE_COARSE_PX))
    desk = np.where(cv2.dilate(mask, _square(_ASIDE_COARSE_PX)) > 0, 255, grey).astype(np.uint8)
    desk = as_pixels(cv2.erode(desk, _square(2 * _ASIDE_COARSE_PX)))
    edge = cv2.morphologyEx(mask, cv2.MORPH_GRADIENT, _square(1)) > 0
    # where the sheet runs out of the picture there is nothing to compare with
    seen = edge & (desk < 255)
    if np.count_nonzero(seen) < np.count_nonzero(edge) / 2:
        return 0.0
    drops = paper[seen].astype(int) - desk[seen]
    return float(np.mean(drops >= _SHARP_LEVELS))


def _square(reach: int) -> Pixels:
    return np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
