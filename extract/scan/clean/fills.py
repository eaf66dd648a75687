"""Dark fills with light print: cells of a heading in white on a colour, turned into dark print on paper with a frame."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels, as_pixels, to_grey
from extract.scan.pixels.pieces import ink_to_pieces

_DARKEST_PRINT_HEIGHTS = 0.8
"""Solid ink that is this large both ways is no stroke of a character (lengths here are in heights of a character)."""
_LOWEST_HEIGHTS = 1.2
"""A fill is at least this high: it holds a line of text."""
_NARROWEST_HEIGHTS = 2.0
"""A fill is at least this wide."""
_DARK_SHARE = 0.7
"""A fill has at most this share of the paper's brightness."""
_RECTANGLE_SHARE = 0.9
"""A fill covers at least this share of its box, its print counted as fill."""
_FEWEST_PRINT_SHARE = 0.01
"""At least this share of a fill is light print or light lines; a blot or a photo's dark corner has none."""
_MOST_PRINT_SHARE = 0.5
"""At most this share of a fill is light print."""
_PRINT_BEGINS_SHARE = 0.1
"""What is lighter than a fill by less than this share of the way to the paper is still fill."""
_PRINT_FULL_SHARE = 0.9
"""What is lighter than a fill by this share of the way to the paper becomes print at its darkest."""
_EVERY_PX = 8
"""The paper's brightness is taken from every eighth pixel both ways."""
_PRINT_LEVEL = 20
"""Print that was white becomes this dark."""
_FRAME_PX = 2
"""The sides of a fill become lines of this width: they part its cells from others."""


def without_fills(page: Pixels, height: float) -> Pixels:
    """A colour picture with its dark fills inverted; itself when there are none. A character is `height` pixels high."""
    grey = to_grey(page)
    bright = float(np.median(grey[::_EVERY_PX, ::_EVERY_PX]))
    dark = as_pixels(cv2.threshold(grey, _DARK_SHARE * bright, 255, cv2.THRESH_BINARY_INV)[1])
    size = max(3, round(_DARKEST_PRINT_HEIGHTS * height))
    # light print and rules part a fill into pieces no further apart than a character is high
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    solid = cv2.morphologyEx(
        closed, cv2.MORPH_OPEN, np.ones((round(_LOWEST_HEIGHTS * height),) * 2, np.uint8)
    )
    if not cv2.countNonZero(solid):
        return page
    stats = ink_to_pieces(as_pixels(solid)).stats
    inverted: Pixels | None = None
    for x, y, wide, high, area in stats[1:].tolist():
        box = slice(y, y + high), slice(x, x + wide)
        if _is_fill(dark[box], area, height) and not _touches_edge(x, y, wide, high, grey.shape):
            inverted = page.copy() if inverted is None else inverted
            inverted[box] = _inverted(grey[box], dark[box], bright)[:, :, None]
    return page if inverted is None else inverted


def _is_fill(dark: Pixels, area: int, height: float) -> bool:
    high, wide = dark.shape
    if high < _LOWEST_HEIGHTS * height or wide < _NARROWEST_HEIGHTS * height:
        return False
    print_share = 1 - cv2.countNonZero(dark) / dark.size
    return area >= _RECTANGLE_SHARE * dark.size and _FEWEST_PRINT_SHARE <= print_share <= _MOST_PRINT_SHARE


def _touches_edge(x: int, y: int, wide: int, high: int, shape: tuple[int, ...]) -> bool:
    """Whether a box reaches the picture's edge, where scanners and copiers leave dark margins."""
    return min(x, y) <= 1 or x + wide >= shape[1] - 1 or y + high >= shape[0] - 1


def _inverted(grey: Pixels, dark: Pixels, paper: float) -> Pixels:
    """A fill as dark print on paper, its sides as lines."""
    level = float(np.median(grey[dark > 0]))
    share = np.clip((grey.astype(np.float32) - level) / max(1.0, paper - level), 0, 1)
    print_share = np.clip((share - _PRINT_BEGINS_SHARE) / (_PRINT_FULL_SHARE - _PRINT_BEGINS_SHARE), 0, 1)
    found = as_pixels(paper + (_PRINT_LEVEL - paper) * print_share)
    for side in (found[:_FRAME_PX], found[-_FRAME_PX:], found[:, :_FRAME_PX], found[:, -_FRAME_PX:]):
        side[:] = 0
    return found
