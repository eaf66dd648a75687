"""A photo's sheet of paper, told from the desk it lies on."""

from __future__ import annotations

import cv2
import numpy as np

from extract.ink import Pixels, as_pixels, to_grey

COARSE = 8
"""The search is made in a picture this many times smaller."""
SMALLEST, LARGEST = 0.2, 0.95
"""The sheet's share of the picture; a larger one has no desk around it."""
DARK = 0.65
"""A desk we can tell from paper in the shade has at most this share of its brightness."""
SHARP, STEP = 0.9, 20
"""On this share of its outline a sheet is brighter than what lies beside it by so many levels (of 255);
shade on a page fades."""
RIM = 1
"""Coarse pixels at the edge of a sheet that are half desk."""
LEVELS = 2
"""Brightness is parted so often: desk from paper, then desk from paper in the shade."""
ASIDE = 3
"""Coarse pixels from the outline to where brightness is compared."""


def without_desk(pixels: Pixels) -> Pixels:
    """The picture with everything around its sheet of paper in the paper's colour; itself when there is no desk."""
    high, wide = pixels.shape[:2]
    small = as_pixels(cv2.resize(pixels, (wide // COARSE, high // COARSE), interpolation=cv2.INTER_AREA))
    sheet = _bright_sheet(as_pixels(cv2.medianBlur(to_grey(small), 5)))
    if sheet is None:
        return pixels
    colour = np.median(small[sheet > 0], axis=0).astype(np.uint8)
    inside = cv2.resize(sheet, (wide, high), interpolation=cv2.INTER_NEAREST) > 0
    return np.where(inside[:, :, None], pixels, colour)


def _bright_sheet(grey: Pixels) -> Pixels | None:
    """The mask (255) of the one large bright region with a sharp outline, without its rim."""
    level = 255.0
    for _ in range(LEVELS):
        # what a shadow falls on is paper too, darker than the rest and brighter than the desk
        below = grey[grey < level].reshape(-1, 1)
        if not len(below):
            return None
        level, _ = cv2.threshold(below, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        mask = _outline(as_pixels(cv2.threshold(grey, level, 255, cv2.THRESH_BINARY)[1]))
        if not SMALLEST * grey.size <= cv2.countNonZero(mask) <= LARGEST * grey.size:
            continue
        if np.median(grey[mask == 0]) <= DARK * np.median(grey[mask > 0]) and _is_sharp(mask, grey):
            return as_pixels(cv2.erode(mask, _square(RIM)))
    return None


def _outline(bright: Pixels) -> Pixels:
    """The convex outline of the largest region, filled."""
    whole = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, _square(2))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    mask = np.zeros_like(bright)
    if outlines:
        cv2.fillPoly(mask, [cv2.convexHull(max(outlines, key=cv2.contourArea))], 255)
    return mask


def _is_sharp(mask: Pixels, grey: Pixels) -> bool:
    """Whether brightness drops all along the outline of `mask`."""
    inner = cv2.erode(mask, _square(ASIDE))
    paper = cv2.dilate(np.where(inner > 0, grey, 0).astype(np.uint8), _square(2 * ASIDE))
    desk = np.where(cv2.dilate(mask, _square(ASIDE)) > 0, 255, grey).astype(np.uint8)
    desk = as_pixels(cv2.erode(desk, _square(2 * ASIDE)))
    edge = cv2.morphologyEx(mask, cv2.MORPH_GRADIENT, _square(1)) > 0
    # where the sheet runs out of the picture there is nothing to compare with
    seen = edge & (desk < 255)
    if np.count_nonzero(seen) < np.count_nonzero(edge) / 2:
        return False
    drops = paper[seen].astype(int) - desk[seen]
    return bool(np.mean(drops >= STEP) >= SHARP)


def _square(reach: int) -> Pixels:
    return np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
