"""Black seals, as copies show them: told from print by their broad strokes, and taken off like red ones."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels, as_pixels, to_grey
from extract.scan.seals.red import Sealed
from models.geometry import Box

COARSE = 4
"""The rings are searched for in a picture this many times smaller."""
STROKE = 7
"""Pixels; a seal's ring is at least so broad."""
FINE = 5
"""Pixels; strokes of print are narrower, most of a seal's are not."""
DARKER = 0.75
"""A seal is darker than this share of the paper's brightness."""
SMALLEST, LARGEST = 40, 130
"""Coarse pixels: the diameters of seals, at 150 to 250 dpi."""
ROUND, WHOLE = 0.85, 0.7
"""Its ring is nearly as wide as it is high, and so much of it is there."""
BLUR = 2
"""Coarse pixels by which a ring may be uneven."""


def without_dark_seals(sealed: Sealed) -> Sealed:
    """Take round black seals, too, off a picture without red ones.

    Ink on ink multiplies: divided by what the page would be without its fine strokes, a seal becomes paper and print stays.
    """
    grey = to_grey(sealed.pixels)
    paper = float(np.median(grey[:: 2 * COARSE, :: 2 * COARSE]))
    broad = as_pixels(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, _disc(STROKE)))
    core = as_pixels(cv2.threshold(broad, DARKER * paper, 255, cv2.THRESH_BINARY_INV)[1])
    boxes = _rings(core)
    if not boxes:
        return sealed
    pixels, mask = sealed.pixels.copy(), sealed.mask.copy()
    for box in boxes:
        area = slice(int(box.top), int(box.bottom)), slice(int(box.x0), int(box.x1))
        stained = as_pixels(cv2.morphologyEx(grey[area], cv2.MORPH_CLOSE, _disc(FINE)))
        pixels[area] = cv2.divide(pixels[area], cv2.merge([stained] * 3), scale=paper)
        mask[area] |= as_pixels(cv2.dilate(core[area], _disc(STROKE)))
    return Sealed(pixels, mask, (*sealed.boxes, *boxes))


def _disc(size: int) -> Pixels:
    return as_pixels(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))


def _rings(core: Pixels) -> list[Box]:
    """The boxes, in pixels, of what is round and of the size of a seal."""
    small = cv2.resize(core, None, fx=1 / COARSE, fy=1 / COARSE, interpolation=cv2.INTER_AREA)
    near = cv2.dilate(
        as_pixels(cv2.threshold(small, 60, 255, cv2.THRESH_BINARY)[1]), np.ones((3, 3), np.uint8)
    )
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near)
    rings = []
    for label, (x, y, wide, high, _) in enumerate(stats[1:].tolist(), start=1):
        if not SMALLEST <= max(wide, high) <= LARGEST or min(wide, high) < ROUND * max(wide, high):
            continue
        part = np.where(labels[y : y + high, x : x + wide] == label, 255, 0).astype(np.uint8)
        if _is_ring(part):
            rings.append(Box(*(float(COARSE * side) for side in (x, y, x + wide, y + high))))
    return rings


def _is_ring(part: Pixels) -> bool:
    """Whether the ellipse that fills `part` is drawn in it."""
    high, wide = part.shape
    ellipse = np.zeros_like(part)
    axes = (wide // 2 - BLUR, high // 2 - BLUR)
    cv2.ellipse(ellipse, (wide // 2, high // 2), axes, 0, 0, 360, 255, 1)
    drawn = cv2.dilate(part, np.ones((2 * BLUR + 1, 2 * BLUR + 1), np.uint8))
    return float((drawn[ellipse > 0] > 0).mean()) >= WHOLE
