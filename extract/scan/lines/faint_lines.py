"""A cell that looks blank, and holds characters too faint to be ink: a copier had hardly any toner left."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.lines.cell_lines import Band
from extract.scan.pixels.ink import Pixels, percentile_level
from extract.scan.pixels.pieces import ink_to_pieces
from models.geometry import Box

_BORDER_HEIGHTS = 0.25
"""So near to its borders a cell is not looked at (lengths here are in usual heights of a line): ruling lines blur."""
_FAINT_LEVELS = 15
"""A faint character is darker than the paper by more than this many levels (of 255)."""
_JOINED_HEIGHTS = 0.15
"""Faint marks nearer to each other than this are one."""
_LOWEST_HEIGHTS = 0.45
"""A faint character is at least this high."""
_HIGHEST_HEIGHTS = 1.3
"""What is higher is no line of text."""
_NARROWEST_HEIGHTS = 0.15
"""A faint character is at least this wide."""
_LEAST_AREA_SQUARE_HEIGHTS = 0.08
"""A faint character covers at least this area."""


def faint_line(page: Pixels, box: Box, height: float) -> Band | None:
    """The line of faint characters in the cell `box` of a colour picture, if there is one; in pixels.

    A usual line is `height` pixels high.
    """
    rim = round(_BORDER_HEIGHTS * height)
    left, top = max(0, int(box.x0) + rim), max(0, int(box.top) + rim)
    part = page[top : int(box.bottom) - rim, left : int(box.x1) - rim, 1]
    if min(part.shape) < _LOWEST_HEIGHTS * height:
        return None
    dark = (cv2.blur(part, (3, 3)) < percentile_level(part, 80) - _FAINT_LEVELS).astype(np.uint8)
    size = round(_JOINED_HEIGHTS * height) | 1
    joined = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8)), np.uint8)
    x, y, wide, high, area = ink_to_pieces(joined).stats[1:].T
    marks = np.flatnonzero(
        (high >= _LOWEST_HEIGHTS * height)
        & (wide >= _NARROWEST_HEIGHTS * height)
        & (area >= _LEAST_AREA_SQUARE_HEIGHTS * height * height)
    )
    if not len(marks):
        return None
    x0, y0 = int(x[marks].min()), int(y[marks].min())
    x1, y1 = int((x + wide)[marks].max()), int((y + high)[marks].max())
    if y1 - y0 > _HIGHEST_HEIGHTS * height:
        return None
    return Band(top + y0, top + y1, left + x0, left + x1, int(box.top), int(box.bottom))
