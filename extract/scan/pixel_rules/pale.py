"""Ruling lines too pale to be ink: hair lines that a scanner hardly sees, told by their length from grain and haze.

The function knows one axis, horizontal lines; the other is had by transposing.
"""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels, as_pixels, grey_to_paper
from extract.scan.pixels.pieces import turned_over

_SMOOTHED_PX = 15
"""Along a line, grain is smoothed over this length."""
_THICKEST_PX = 7
"""A pale line is thinner than this."""
_PALEST_LEVELS = 6
"""A smoothed pale line is darker than the paper above and below it by at least this much (of 255)."""
_SHORTEST_HEIGHTS = 3.2
"""A pale line is at least this long, in heights of a character."""


def grey_to_pale_lines(grey: Pixels, height: float) -> Pixels:
    """255 where a page shows pale horizontal and vertical lines; a character is `height` pixels high."""
    flat = as_pixels(cv2.divide(grey, grey_to_paper(grey), scale=255))
    across, down = _horizontal(flat, height), _horizontal(turned_over(flat), height)
    return as_pixels(cv2.bitwise_or(across, turned_over(down)))


def _horizontal(flat: Pixels, height: float) -> Pixels:
    smooth = cv2.blur(flat, (_SMOOTHED_PX, 1))
    darker = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, np.ones((_THICKEST_PX, 1), np.uint8))
    line = cv2.threshold(darker, _PALEST_LEVELS - 1, 255, cv2.THRESH_BINARY)[1]
    length = np.ones((1, round(_SHORTEST_HEIGHTS * height)), np.uint8)
    return as_pixels(cv2.morphologyEx(line, cv2.MORPH_OPEN, length))
