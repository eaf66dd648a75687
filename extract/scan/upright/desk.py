"""A photo's sheet of paper, told from the desk it lies on."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels, as_pixels, to_grey

COARSE = 8
"""The search is made in a picture this many times smaller."""
SMALLEST, LARGEST = 0.2, 0.98
"""The sheet's share of the picture; a larger one has no desk around it."""
DARK = 0.65
"""A desk we can tell from paper in the shade has at most this share of its brightness."""
SHARP, STEP = 0.85, 20
"""On this share of its outline a sheet is brighter than what lies beside it by so many levels (of 255);
shade on a page fades. The rest may be a finger's or a clip's."""
RIM = 1
"""Coarse pixels at the edge of a sheet that are half desk."""
LEVELS = range(30, 230, 10)
"""Brightness at which desk and paper are parted, each tried: a shadow may leave paper darker than a bright desk's grain."""
HOLLOW = 5
"""Coarse pixels by which a curved sheet's side is hollow."""
ASIDE = 3
"""Coarse pixels from the outline to where brightness is compared."""
FINGER, STUB = 7, 4
"""What holds the sheet is narrower than this part of the picture's shorter side; this part of it stays at most."""
REACH = 12.0
"""Coarse pixels from the sheet's edge within which its paper's brightness goes on outside."""


def without_desk(pixels: Pixels) -> Pixels:
    """The picture with everything around its sheet of paper like the paper nearby; itself when there is no desk."""
    high, wide = pixels.shape[:2]
    small = as_pixels(cv2.resize(pixels, (wide // COARSE, high // COARSE), interpolation=cv2.INTER_AREA))
    sheet = _bright_sheet(as_pixels(cv2.medianBlur(to_grey(small), 5)))
    if sheet is None:
        return pixels
    around = cv2.resize(_gone_on(small, sheet), (wide, high), interpolation=cv2.INTER_LINEAR)
    inside = cv2.resize(sheet, (wide, high), interpolation=cv2.INTER_NEAREST) > 0
    return np.where(inside[:, :, None], pixels, around)


def _gone_on(small: Pixels, sheet: Pixels) -> Pixels:
    """The colours of the paper, without print, carried on beyond the edge of `sheet`; far off its usual colour."""
    paper = cv2.medianBlur(small, 2 * ASIDE + 1).astype(np.float32)
    usual = np.median(small[sheet > 0], axis=0).astype(np.float32)
    weight = cv2.erode(sheet, _square(ASIDE)).astype(np.float32) / 255
    near = cv2.GaussianBlur(paper * weight[:, :, None], (0, 0), REACH)
    known = cv2.GaussianBlur(weight, (0, 0), REACH)[:, :, None]
    return as_pixels((near + 1e-3 * usual) / (known + 1e-3))


def _bright_sheet(grey: Pixels) -> Pixels | None:
    """The mask (255) of the one large bright region with the sharpest outline, without its rim."""
    best: tuple[float, Pixels, int] | None = None
    if np.mean(grey < DARK * np.percentile(grey, 75)) < 1 - LARGEST:
        return None
    for level in LEVELS:
        mask = _outline(as_pixels(cv2.threshold(grey, level, 255, cv2.THRESH_BINARY)[1]))
        if not SMALLEST * grey.size <= cv2.countNonZero(mask) <= LARGEST * grey.size:
            continue
        if np.median(grey[mask == 0]) <= DARK * np.median(grey[mask > 0]):
            sharp = _sharpness(mask, grey)
            best = (sharp, mask, level) if best is None or sharp > best[0] else best
    if best is None or best[0] < SHARP:
        return None
    _, mask, level = best
    # a curved sheet's sides are hollow: the desk between them and the convex outline would pass for ruling lines
    edge = (mask > 0) & (cv2.erode(mask, _square(HOLLOW)) == 0)
    hollow = np.where(edge & (grey <= level), 255, 0).astype(np.uint8)
    return as_pixels(cv2.subtract(cv2.erode(mask, _square(RIM)), cv2.dilate(hollow, _square(RIM))))


def _outline(bright: Pixels) -> Pixels:
    """The convex outline of the largest region, filled, without the fingers that hold it."""
    whole = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, _square(2))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    mask = np.zeros_like(bright)
    if not outlines:
        return mask
    cv2.drawContours(mask, [max(outlines, key=cv2.contourArea)], -1, 255, cv2.FILLED)
    reach = min(mask.shape) // FINGER // 2
    # an opening takes the corners of a slanted sheet, too: what is near what it leaves comes back
    broad = cv2.morphologyEx(mask, cv2.MORPH_OPEN, _square(reach))
    mask = as_pixels(cv2.bitwise_and(mask, cv2.dilate(broad, _square(reach // STUB))))
    points = cv2.findNonZero(mask)
    if points is not None:
        cv2.fillPoly(mask, [cv2.convexHull(points)], 255)
    return mask


def _sharpness(mask: Pixels, grey: Pixels) -> float:
    """On which share of the outline of `mask` brightness drops; 0 when most of it is the picture's edge."""
    inner = cv2.erode(mask, _square(ASIDE))
    paper = cv2.dilate(np.where(inner > 0, grey, 0).astype(np.uint8), _square(2 * ASIDE))
    desk = np.where(cv2.dilate(mask, _square(ASIDE)) > 0, 255, grey).astype(np.uint8)
    desk = as_pixels(cv2.erode(desk, _square(2 * ASIDE)))
    edge = cv2.morphologyEx(mask, cv2.MORPH_GRADIENT, _square(1)) > 0
    # where the sheet runs out of the picture there is nothing to compare with
    seen = edge & (desk < 255)
    if np.count_nonzero(seen) < np.count_nonzero(edge) / 2:
        return 0.0
    drops = paper[seen].astype(int) - desk[seen]
    return float(np.mean(drops >= STEP))


def _square(reach: int) -> Pixels:
    return np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
