"""Black seals, as copies show them: told from print by their broad strokes, and taken off like red ones."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels, as_pixels, to_grey
from extract.scan.seals.red import Sealed
from models.geometry import Box

_COARSENESS = 4
"""Rings are searched for in a picture this many times smaller, in coarse pixels."""
_RING_PX = 7
"""A seal's ring is at least this broad."""
_SEAL_STROKE_PX = 5
"""Strokes of print are narrower than this, most of a seal's are not."""
_DARKEST_SHARE = 0.75
"""A seal has at most this share of the paper's brightness."""
_SMALLEST_COARSE_PX = 40
"""A seal's diameter is at least this at 150 dpi."""
_LARGEST_COARSE_PX = 130
"""A seal's diameter is at most this at 250 dpi."""
_RING_LEVEL = 60
"""A coarse pixel belongs to a ring when the mean of its pixels' masks (0 to 255) is above this."""
_ROUND_SHARE = 0.85
"""The shorter diameter of a seal is at least this share of the longer one."""
_WHOLE_SHARE = 0.7
"""At least this share of a seal's ring is seen."""
_UNEVEN_COARSE_PX = 2
"""A ring may leave the ellipse by this much."""


def without_dark_seals(sealed: Sealed) -> Sealed:
    """The picture without round black seals, too; they are added to the red ones that were taken off before.

    Ink on ink multiplies: divided by what the page would be without its fine strokes, a seal becomes paper and print stays.
    """
    grey = to_grey(sealed.pixels)
    paper = float(np.median(grey[:: 2 * _COARSENESS, :: 2 * _COARSENESS]))
    broad = as_pixels(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, _disc(_RING_PX)))
    core = as_pixels(cv2.threshold(broad, _DARKEST_SHARE * paper, 255, cv2.THRESH_BINARY_INV)[1])
    boxes = _rings(core)
    if not boxes:
        return sealed
    pixels, mask = sealed.pixels.copy(), sealed.mask.copy()
    for box in boxes:
        area = slice(int(box.top), int(box.bottom)), slice(int(box.x0), int(box.x1))
        stained = as_pixels(cv2.morphologyEx(grey[area], cv2.MORPH_CLOSE, _disc(_SEAL_STROKE_PX)))
        pixels[area] = cv2.divide(pixels[area], cv2.merge([stained] * 3), scale=paper)
        mask[area] |= as_pixels(cv2.dilate(core[area], _disc(_RING_PX)))
    return Sealed(pixels, mask, (*sealed.boxes, *boxes))


def _disc(size: int) -> Pixels:
    return as_pixels(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))


def _rings(core: Pixels) -> list[Box]:
    """The boxes, in pixels, of what is round and of the size of a seal."""
    small = cv2.resize(core, None, fx=1 / _COARSENESS, fy=1 / _COARSENESS, interpolation=cv2.INTER_AREA)
    near = cv2.dilate(
        as_pixels(cv2.threshold(small, _RING_LEVEL, 255, cv2.THRESH_BINARY)[1]), np.ones((3, 3), np.uint8)
    )
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near)
    rings = []
    for label, (x, y, wide, high, _) in enumerate(stats[1:].tolist(), start=1):
        if not _SMALLEST_COARSE_PX <= max(wide, high) <= _LARGEST_COARSE_PX or min(
            wide, high
        ) < _ROUND_SHARE * max(wide, high):
            continue
        part = np.where(labels[y : y + high, x : x + wide] == label, 255, 0).astype(np.uint8)
        if _is_ring(part):
            rings.append(Box(*(float(_COARSENESS * side) for side in (x, y, x + wide, y + high))))
    return rings


def _is_ring(part: Pixels) -> bool:
    """Whether the ellipse that fills `part` is drawn in it."""
    high, wide = part.shape
    ellipse = np.zeros_like(part)
    axes = (wide // 2 - _UNEVEN_COARSE_PX, high // 2 - _UNEVEN_COARSE_PX)
    cv2.ellipse(ellipse, (wide // 2, high // 2), axes, 0, 0, 360, 255, 1)
    drawn = cv2.dilate(part, np.ones((2 * _UNEVEN_COARSE_PX + 1, 2 * _UNEVEN_COARSE_PX + 1), np.uint8))
    return float((drawn[ellipse > 0] > 0).mean()) >= _WHOLE_SHARE
