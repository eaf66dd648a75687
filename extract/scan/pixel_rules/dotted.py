"""Dotted ruling lines made whole, so that they are found like drawn ones.

Lines are joined along one axis; the other is had by transposing. Lengths are in heights of a character.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels, as_pixels
from extract.scan.pixels.pieces import Pieces, ink_to_pieces, turned_over

_DOT_HEIGHTS = 0.2
"""A dot is at most this high."""
_DOT_PX = 4
"""A dot may always be this high, however small the characters are: a scanner's blur widens it."""
_DOT_GAP_HEIGHTS = 0.3
"""The next dot of a line is at most this far away."""
_SHORTEST_HEIGHTS = 1.5
"""A line of dots leads from one row to the next and is at least this long; dots that mark an omission are not."""
_LEAST_INK_SHARE = 0.3
"""A line of dots has ink on at least this share of its length."""
_ASIDE_HEIGHTS = 0.2
"""Paper is looked for above and below a line of dots as far as this."""
_MOST_INK_ASIDE_SHARE = 0.25
"""Only lines that cross it have ink beside a line of dots, on at most this share of its length; what is left of broken
characters has more beside it."""


def with_dots_joined(ink: Pixels, height: float) -> Pixels:
    """`ink` with its lines of dots, level and upright ones, filled in; a character is `height` pixels high."""
    high = max(_DOT_PX, round(_DOT_HEIGHTS * height))
    pieces = ink_to_pieces(ink)
    across = _flat(pieces, pieces.stats[:, cv2.CC_STAT_HEIGHT] <= high)
    down = turned_over(_flat(pieces, pieces.stats[:, cv2.CC_STAT_WIDTH] <= high))
    sideways = _joined(turned_over(ink), down, high, height)
    return as_pixels(cv2.bitwise_or(_joined(ink, across, high, height), turned_over(sideways)))


def _flat(pieces: Pieces, are_flat: NDArray[np.bool_]) -> Pixels:
    """The ink of the pieces that are flat; the first label is that of the paper."""
    level = np.where(are_flat, 255, 0).astype(np.uint8)
    level[0] = 0
    return pieces.painted(level)


def _joined(ink: Pixels, dots: Pixels, high: int, height: float) -> Pixels:
    """`ink` with the lines filled in that its `dots`, pieces at most `high` pixels high, make."""
    # a line that runs a little slanted goes on in the next row
    thick = cv2.dilate(dots, np.ones((3, 1), np.uint8))
    joined = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, _row(_DOT_GAP_HEIGHTS * height))
    lines = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _row(_SHORTEST_HEIGHTS * height))
    if not cv2.countNonZero(lines):
        return ink
    pieces = ink_to_pieces(as_pixels(lines))
    whole = ink.copy()
    aside = round(_ASIDE_HEIGHTS * height)
    for label, (x, y, wide, tall, _) in enumerate(pieces.stats[1:].tolist(), start=1):
        columns, rows = slice(x, x + wide), slice(y, y + tall)
        own = dots[rows, columns].any(axis=0).mean()
        above, below = ink[max(0, y - aside) : y, columns], ink[y + tall : y + tall + aside, columns]
        beside = (above.any(axis=0).mean() + below.any(axis=0).mean()) / 2
        if tall <= high + 2 and own >= _LEAST_INK_SHARE and beside <= _MOST_INK_ASIDE_SHARE:
            whole[rows, columns][pieces.labels[rows, columns] == label] = 255
    return whole


def _row(length: float) -> Pixels:
    return as_pixels(np.ones((1, max(1, round(length)))))
