"""Where the glyphs of a page stand, all at once: boxes, sizes, directions, and how far the page is skewed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from extract.pdf.drawing.nouns import DrawnGlyph

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_LEAST_SKEW_DEGREES = 0.03
"""A page that is skewed less is upright: over a page's width its lines drift by a quarter of a point."""
_MOST_SKEW_DEGREES = 5.0
"""Text at a larger angle is no skewed page but text at an angle."""
_SAME_ANGLE_DEGREES = 0.1
_SKEWED_SHARE = 0.6
"""A page is skewed when this share of its glyphs stands at one angle."""


@dataclass(frozen=True, slots=True)
class GlyphBoxes:
    """For each glyph of a page, in the order drawn: its box (n × 4: left, top, right, bottom) in points, its type size,
    and in which direction it is written: degrees clockwise from left to right, from -180 to 180.
    """

    boxes: Floats
    sizes: Floats
    angles: Floats

    @property
    def centres(self) -> Floats:
        """The middle of each box (n × 2)."""
        return (self.boxes[:, :2] + self.boxes[:, 2:]) / 2

    @property
    def off_axis(self) -> Floats:
        """By how many degrees each glyph's direction is off the nearest quarter turn, from -45 to 45."""
        return (self.angles + 45.0) % 90.0 - 45.0

    @property
    def turns(self) -> NDArray[np.int64]:
        """Each glyph's direction in quarter turns clockwise from left to right, 0 to 3."""
        return np.round(self.angles / 90.0).astype(np.int64) % 4


def glyphs_to_boxes(glyphs: Sequence[DrawnGlyph], upright: float = 0.0) -> GlyphBoxes:
    """Where glyphs stand on the page after it was turned by `upright` degrees anticlockwise about its corner."""
    count = len(glyphs)
    matrices = np.fromiter(chain.from_iterable([g.matrix for g in glyphs]), float, 6 * count).reshape(-1, 6)
    local = np.fromiter(chain.from_iterable([g.local for g in glyphs]), float, 4 * count).reshape(-1, 4)
    advances = np.array([glyph.advance for glyph in glyphs], float)
    fonts = {id(glyph.font): glyph.font for glyph in glyphs}
    downwards = {key: font.is_vertical() for key, font in fonts.items()}
    vertical = np.array([downwards[id(glyph.font)] for glyph in glyphs], bool)
    linear = matrices[:, :4].reshape(-1, 2, 2)  # rows: where the axes of text space lead
    origins = matrices[:, 4:]
    if upright:
        rotation = rotation_matrix(upright)
        linear, origins = linear @ rotation, origins @ rotation
    corners = local[:, [0, 1, 2, 1, 0, 3, 2, 3]].reshape(-1, 4, 2)
    placed = corners @ linear + origins[:, None, :]
    boxes = np.concatenate([placed.min(axis=1), placed.max(axis=1)], axis=1)
    sizes = np.hypot(linear[:, 1, 0], linear[:, 1, 1]) * np.abs(local[:, 3] - local[:, 1])
    wide = np.hypot(linear[:, 0, 0], linear[:, 0, 1]) * np.abs(local[:, 2] - local[:, 0])
    sign = np.where(vertical | (advances >= 0), 1.0, -1.0)
    angles = np.degrees(np.arctan2(linear[:, 0, 1] * sign, linear[:, 0, 0] * sign))
    return GlyphBoxes(boxes, np.where(vertical, wide, sizes), angles)


def rotation_matrix(degrees: float) -> Floats:
    """What turns row vectors of points (y downwards) by `degrees` anticlockwise."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[cos, -sin], [sin, cos]])


def boxes_to_skew(found: GlyphBoxes) -> float:
    """By how many degrees clockwise the page is skewed; 0 when it is not."""
    off = found.off_axis
    if not len(off):
        return 0.0
    usual = float(np.median(off))
    if not _LEAST_SKEW_DEGREES <= abs(usual) <= _MOST_SKEW_DEGREES:
        return 0.0
    return usual if np.mean(np.abs(off - usual) <= _SAME_ANGLE_DEGREES) >= _SKEWED_SHARE else 0.0
