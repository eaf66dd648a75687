"""A photo's sheet of paper, told from the desk it lies on."""

from __future__ import annotations

import cv2
import numpy as np

from extract.ink import Pixels, as_pixels, to_grey

COARSE = 8
"""The search is made in a picture this many times smaller."""
SMALLEST, LARGEST = 0.2, 0.95
"""The sheet's share of the picture; a larger one has no desk around it."""
FULL = 0.94
"""A sheet fills at least this share of its outline."""
DARKER = 25
"""A desk is darker than the sheet by this many levels (of 255)."""
RIM = 1
"""Coarse pixels at the sheet's edge that are half desk."""


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
    """The mask (255) of the one large bright region with straight sides, without its rim."""
    _, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    whole = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    hull = cv2.convexHull(outline)
    area = cv2.contourArea(hull)
    if not SMALLEST * grey.size <= area <= LARGEST * grey.size or cv2.contourArea(outline) < FULL * area:
        return None
    mask = np.zeros_like(grey)
    cv2.fillPoly(mask, [hull], 255)
    if np.median(grey[mask > 0]) - np.median(grey[mask == 0]) < DARKER:
        return None
    return as_pixels(cv2.erode(mask, np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)))
