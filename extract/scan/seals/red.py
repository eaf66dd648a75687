"""Red seals: taken off the picture, and kept as data of their own."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels, as_pixels
from models.geometry import Box

COARSE = 4
"""The search is made in a picture this many times smaller."""
REDDER = 28
"""Red ink is redder than it is green or blue by this much (of 255)."""
CONTRAST = 60
"""Print under a seal is darker than the seal by this many levels at least."""
SMALLEST = 12
"""A red spot smaller than this (coarse pixels, both ways) is a pen's stroke or a camera's noise."""


@dataclass(frozen=True, slots=True, eq=False)
class Sealed:
    """The picture without red, the mask (255) of what was red, and the boxes of its seals in pixels."""

    pixels: Pixels
    mask: Pixels
    boxes: tuple[Box, ...]


def without_seals(pixels: Pixels) -> Sealed:
    """Take red ink off a colour picture: where it is red, black print shows in the red channel.

    Only there are levels stretched, so that the seal becomes paper; the rest of the page stays as it is.
    """
    blue, green, red = cv2.split(pixels)
    over = cv2.subtract(red, cv2.max(blue, green))
    core = cv2.threshold(over, REDDER, 255, cv2.THRESH_BINARY)[1]
    core = cv2.morphologyEx(core, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    if not cv2.countNonZero(core):
        return Sealed(pixels, as_pixels(core), ())
    # a picture's colours are coarser than its brightness: the seal's edge is not as red as its middle
    mask = as_pixels(cv2.dilate(core, np.ones((7, 7), np.uint8)))
    inside = mask > 0
    dark, seal = np.percentile(red[core > 0], (1, 30))
    dark = max(0.0, min(dark, seal - CONTRAST))
    paper = max(float(np.median(red[:: 2 * COARSE, :: 2 * COARSE])), seal)
    stretch = np.interp(np.arange(256), (0, dark, seal), (0, dark, paper)).astype(np.uint8)
    cleaned = pixels.copy()
    cleaned[inside] = stretch[red[inside]][:, None]
    return Sealed(cleaned, mask, tuple(_boxes(mask)))


def _boxes(mask: Pixels) -> list[Box]:
    small = cv2.resize(mask, None, fx=1 / COARSE, fy=1 / COARSE, interpolation=cv2.INTER_AREA)
    near = cv2.dilate(small, np.ones((9, 9), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(near)
    return [
        Box(*(float(COARSE * side) for side in (x + 4, y + 4, x + wide - 4, y + high - 4)))
        for x, y, wide, high, _ in stats[1:].tolist()
        if min(wide, high) >= SMALLEST + 8
    ]
