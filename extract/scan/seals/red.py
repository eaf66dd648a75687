"""Red seals: taken off the picture, and kept as data of their own."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels, as_pixels
from models.geometry import Box

_COARSENESS = 4
"""Boxes of seals are searched for in a picture this many times smaller, in coarse pixels."""
_REDNESS_LEVELS = 28
"""Red ink is redder than it is green or blue by more than this (of 255)."""
_PRINT_CONTRAST_LEVELS = 60
"""Print under a seal is darker than the seal by at least this much (of 255)."""
_SMALLEST_COARSE_PX = 12
"""A red spot smaller than this one way is a pen's stroke or a camera's noise."""
_NEAR_COARSE_PX = 4
"""Red spots on both sides of a gap of twice this width belong to one seal."""


@dataclass(frozen=True, slots=True, eq=False)
class Sealed:
    """A colour picture without the ink of its seals, the mask (255) of that ink, and the seals' boxes in pixels."""

    pixels: Pixels
    mask: Pixels
    boxes: tuple[Box, ...]


def without_seals(pixels: Pixels) -> Sealed:
    """Take red ink off a colour picture: where it is red, black print shows in the red channel.

    Only there are levels stretched, so that the seal becomes paper; the rest of the page stays as it is.
    """
    blue, green, red = cv2.split(pixels)
    over = cv2.subtract(red, cv2.max(blue, green))
    core = cv2.threshold(over, _REDNESS_LEVELS, 255, cv2.THRESH_BINARY)[1]
    core = cv2.morphologyEx(core, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    if not cv2.countNonZero(core):
        return Sealed(pixels, as_pixels(core), ())
    # a picture's colours are coarser than its brightness: the seal's edge is not as red as its middle
    mask = as_pixels(cv2.dilate(core, np.ones((7, 7), np.uint8)))
    inside = mask > 0
    dark, seal = np.percentile(red[core > 0], (1, 30))
    dark = max(0.0, min(dark, seal - _PRINT_CONTRAST_LEVELS))
    paper = max(float(np.median(red[:: 2 * _COARSENESS, :: 2 * _COARSENESS])), seal)
    stretch = np.interp(np.arange(256), (0, dark, seal), (0, dark, paper)).astype(np.uint8)
    cleaned = pixels.copy()
    cleaned[inside] = stretch[red[inside]][:, None]
    return Sealed(cleaned, mask, tuple(_boxes(mask)))


def _boxes(mask: Pixels) -> list[Box]:
    """The boxes of the seals in the mask of what is red, in its pixels."""
    near = _NEAR_COARSE_PX
    small = cv2.resize(mask, None, fx=1 / _COARSENESS, fy=1 / _COARSENESS, interpolation=cv2.INTER_AREA)
    grown = cv2.dilate(small, np.ones((2 * near + 1,) * 2, np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(grown)
    return [
        Box(*(float(_COARSENESS * side) for side in (x + near, y + near, x + wide - near, y + high - near)))
        for x, y, wide, high, _ in stats[1:].tolist()
        if min(wide, high) >= _SMALLEST_COARSE_PX + 2 * near
    ]
