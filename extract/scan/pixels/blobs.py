"""Connected pieces of ink as boxes: characters, their parts, specks."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels

Boxes = NDArray[np.intp]
"""n × 4 pixels: left, top, right and bottom of each box, right and bottom excluded; a single box has four numbers."""

CHAR_PART_HEIGHTS = 0.33
"""A part of a character is at least this long one way (lengths here are in usual heights of a line)."""
COMPANION_HEIGHTS = 0.5
"""Small pieces this near to each other belong together."""
_JOINED_HEIGHTS = 0.12
"""Pieces of ink nearer to each other than this are one."""
_FEWEST_PIECES = 3
"""A broken character consists of at least as many small pieces that belong together."""


def is_text(blobs: Boxes, height: float) -> bool:
    """Whether pieces of ink are more than specks that stand alone: a part of a character, or pieces of one near each other."""
    sides = (blobs[:, 2:] - blobs[:, :2]).max(axis=1, initial=0)
    if (sides >= CHAR_PART_HEIGHTS * height).any():
        return True
    return any(count_near(blobs, blob, COMPANION_HEIGHTS * height) >= _FEWEST_PIECES for blob in blobs)


def ink_to_blobs(part: Pixels, height: float) -> Boxes:
    """The boxes of the pieces of some ink; what nearly touches is one piece. A line is `height` pixels high."""
    size = max(1, round(_JOINED_HEIGHTS * height)) | 1
    padded = cv2.copyMakeBorder(part, size, size, size, size, cv2.BORDER_CONSTANT, value=0)
    joined = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    stats = cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:]
    corner = stats[:, :2] - size
    return np.concatenate([corner, corner + stats[:, 2:4]], axis=1).astype(np.intp)


def hull_of(boxes: Boxes) -> Boxes:
    """The one box around all of `boxes` (at least one)."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def gaps_to(boxes: Boxes, box: Boxes) -> Boxes:
    """How many pixels each of `boxes` is from `box`, on the axis on which it is further; negative where they overlap."""
    outside: Boxes = np.maximum(boxes[:, :2] - box[2:], box[:2] - boxes[:, 2:]).max(axis=1, initial=-1)
    return outside


def count_near(boxes: Boxes, box: Boxes, reach: float) -> int:
    """How many of `boxes` are within `reach` pixels of `box`; `box` itself counts when it is one of them."""
    return int(np.count_nonzero(gaps_to(boxes, box) <= reach))
