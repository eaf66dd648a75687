"""A blue pen that ran over print: taken off where black print shows beneath it, and its place remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels, as_pixels
from extract.scan.pixels.pieces import Pieces, ink_to_pieces

_BLUENESS_LEVELS = 22
"""A pen's ink is bluer than it is green or red by more than this (of 255)."""
_EVERY_PX = 8
"""The paper's brightness is taken from every eighth pixel both ways."""
_EDGE_PX = 5
"""A picture's colours are coarser than its brightness: the edge of a stroke is not as blue as its middle, as far as this."""
_DARK_SHARE = 0.25
"""Black print has at most this share of the paper's brightness in the blue light, in which a blue pen is pale."""
_BROADEST_HEIGHTS = 0.45
"""A pen's stroke is less broad than this; fills and stamps are broader (lengths here are in heights of a character)."""
_GAP_HEIGHTS = 0.7
"""Strokes nearer to each other than this are of one hand: print beneath them parts them."""
_SHORTEST_HEIGHTS = 2.0
"""A signature is longer than this one way; a figure that somebody wrote into a cell is not, and stays."""
_LONGEST_STRAIGHT_HEIGHTS = 3.0
"""A line as straight as a ruler's for longer than this is a ruling line."""
_OTHER_SHARE = 0.4
"""Of a pen's ink at most this share lies in loops that ran full, or looks straight."""
_LEAST_MET_PX = 12
"""A pen that ran over print has at least so much black ink in it; one that wrote on paper is content, and stays."""
_PRINT_CONTRAST_LEVELS = 40
"""Print under a pen is darker than the pen in the blue light by at least this much (of 255)."""


@dataclass(frozen=True, slots=True, eq=False)
class Penned:
    """A colour picture without the pen that ran over its print, and the mask (255) of that pen's ink, if there was any."""

    pixels: Pixels
    mask: Pixels | None


def without_pen(pixels: Pixels, height: float) -> Penned:
    """The colour picture without blue strokes that ran over black print; a character is `height` pixels high."""
    blue, green, red = cv2.split(pixels)
    bluer = cv2.subtract(blue, cv2.max(green, red))
    core = as_pixels(cv2.threshold(bluer, _BLUENESS_LEVELS, 255, cv2.THRESH_BINARY)[1])
    core = as_pixels(cv2.morphologyEx(core, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)))
    if not cv2.countNonZero(core):
        return Penned(pixels, None)
    paper = float(np.median(blue[::_EVERY_PX, ::_EVERY_PX]))
    mask = _strokes(core, as_pixels(blue), paper, height)
    if not cv2.countNonZero(mask):
        return Penned(pixels, None)
    inside = mask > 0
    pen = float(np.median(blue[inside & (core > 0)]))
    dark = min(float(np.percentile(blue[inside], 1)), pen - _PRINT_CONTRAST_LEVELS)
    levels = np.interp(np.arange(256), (0, max(0.0, dark), max(1.0, pen)), (0, max(0.0, dark), paper))
    cleaned = pixels.copy()
    cleaned[inside] = levels.astype(np.uint8)[blue[inside]][:, None]
    return Penned(cleaned, mask)


def _strokes(core: Pixels, blue: Pixels, paper: float, height: float) -> Pixels:
    """The mask of the pieces of blue ink that are strokes of a pen over print, with their edges."""
    near = as_pixels(cv2.dilate(core, np.ones((_EDGE_PX, _EDGE_PX), np.uint8)))
    pieces = ink_to_pieces(
        as_pixels(cv2.dilate(core, np.ones((round(_GAP_HEIGHTS * height),) * 2, np.uint8)))
    )
    wide, high = pieces.stats[:, cv2.CC_STAT_WIDTH], pieces.stats[:, cv2.CC_STAT_HEIGHT]
    is_pen = np.maximum(wide, high) >= _SHORTEST_HEIGHTS * height
    is_pen[0] = False
    own = _counts(pieces, core)
    broad = round(_BROADEST_HEIGHTS * height)
    straight = round(_LONGEST_STRAIGHT_HEIGHTS * height)
    for size in ((broad, broad), (1, straight), (straight, 1)):
        other = cv2.morphologyEx(core, cv2.MORPH_OPEN, np.ones(size, np.uint8))
        is_pen &= _counts(pieces, other) <= _OTHER_SHARE * own
    black = np.where(blue < _DARK_SHARE * paper, near, 0)
    is_pen &= _counts(pieces, black) >= _LEAST_MET_PX
    pens = pieces.painted(np.where(is_pen, 255, 0).astype(np.uint8))
    return as_pixels(cv2.bitwise_and(pens, near))


def _counts(pieces: Pieces, mask: NDArray[Any]) -> NDArray[np.intp]:
    """How many pixels of `mask` lie in each of the pieces."""
    inside = np.flatnonzero(mask > 0)
    return np.bincount(pieces.labels.reshape(-1)[inside], minlength=len(pieces.stats))
