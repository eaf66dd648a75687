"""A page's picture into its ink: what is darker than the paper around it, whatever the light."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Height × width (grey, or a mask of 0 and 255), or height × width × 3 (blue, green, red)."""

_COARSENESS = 8
"""The paper's brightness is looked at in a picture this many times smaller, in coarse pixels."""
_BROADEST_PRINT_COARSE_PX = 9
"""Darker spots narrower than this are print, wider ones are shade."""
_DARKEST_BORDER_LEVELS = 150
"""The border between ink and paper lies at this level (of 255, the paper) at least."""
_BRIGHTEST_BORDER_LEVELS = 215
"""The border between ink and paper lies at this level (of 255, the paper) at most."""
_EVEN_LIGHT_LEVELS = 24
"""Paper whose brightness varies by less than this (of 255) is evenly lit, and left alone."""
_COUNTED_PX = 250_000
"""So many pixels are counted at a time: many lines' worth, and 2 MB."""
_BLANK_SHARE = 0.0004
"""A page with ink on less than this share of its surface shows nothing."""


def to_grey(pixels: Pixels) -> Pixels:
    """A colour picture as grey, 0 is black."""
    return as_pixels(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))


def as_pixels(array: Any) -> Pixels:
    """What OpenCV returned, as the bytes we know it to be."""
    return np.asarray(array, np.uint8)


def grey_to_paper(grey: Pixels) -> Pixels:
    """How bright the paper is at every pixel, as if nothing were printed on it; as large as `grey`."""
    high, wide = grey.shape
    coarse = (max(1, wide // _COARSENESS), max(1, high // _COARSENESS))
    small = cv2.resize(grey, coarse, interpolation=cv2.INTER_AREA)
    print_size = np.ones((_BROADEST_PRINT_COARSE_PX, _BROADEST_PRINT_COARSE_PX), np.uint8)
    bright = cv2.morphologyEx(small, cv2.MORPH_CLOSE, print_size)
    return as_pixels(cv2.resize(cv2.medianBlur(bright, _BROADEST_PRINT_COARSE_PX), (wide, high)))


def grey_to_ink(grey: Pixels) -> Pixels:
    """255 where `grey` is ink, 0 where it is paper."""
    flat = cv2.divide(grey, grey_to_paper(grey), scale=255)
    border, _ = cv2.threshold(flat, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    border = min(max(border, _DARKEST_BORDER_LEVELS), _BRIGHTEST_BORDER_LEVELS)
    return as_pixels(cv2.threshold(flat, border, 255, cv2.THRESH_BINARY_INV)[1])


def lit_evenly(pixels: Pixels) -> Pixels:
    """A colour picture with the shade on its paper divided out; itself when there is none worth it."""
    paper = grey_to_paper(to_grey(pixels))
    dark, bright = np.percentile(paper[::_COARSENESS, ::_COARSENESS], (2, 98))
    if bright - dark < _EVEN_LIGHT_LEVELS:
        return pixels
    scaled = cv2.divide(pixels, cv2.merge([paper] * 3), scale=float(bright))
    return as_pixels(scaled)


def percentile_level(pixels: Pixels, percent: float) -> float:
    """The level below which `percent` of the pixels lie: `np.percentile`, for a line's few pixels ten times as fast."""
    every, counts = pixels.ravel(), np.zeros(256, np.intp)
    for first in range(0, every.size, _COUNTED_PX):
        # each pixel becomes a number of eight bytes: of a whole page at once these would take 31 MB
        counts += np.bincount(every[first : first + _COUNTED_PX], minlength=256)
    counts = np.cumsum(counts)
    rank = (pixels.size - 1) * (percent / 100)
    below, above = np.searchsorted(counts, (int(rank), math.ceil(rank)), side="right").tolist()
    return float(below + (above - below) * (rank - int(rank)))


def is_blank_page(ink: Pixels) -> bool:
    """Whether a page's ink is no more than specks, away from the page's edges, where scanners leave shade."""
    high, wide = ink.shape
    inner = ink[high // 20 : high - high // 20, wide // 20 : wide - wide // 20]
    solid = cv2.morphologyEx(inner, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return cv2.countNonZero(solid) < _BLANK_SHARE * inner.size
