"""Connected pieces of ink as boxes: characters, their parts, specks."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels

Boxes = NDArray[np.intp]
"""Left, top, right and bottom of each, ends excluded."""

JOINED = 0.12
"""Ink nearer than this (lengths here are in usual heights) is one piece."""
PART = 0.33
"""A part of a character is at least so long, one way."""
ALONE, SEVERAL = 0.5, 3
"""So many small pieces, each this near to the same one, are a broken character."""


def is_text(part: Pixels, height: float) -> bool:
    """Whether some ink is more than specks that stand alone: a part of a character, or pieces of one near each other."""
    blobs = ink_to_blobs(part, height)
    sides = (blobs[:, 2:] - blobs[:, :2]).max(axis=1, initial=0)
    if (sides >= PART * height).any():
        return True
    return any(near(blobs, blob, ALONE * height) >= SEVERAL for blob in blobs)


def ink_to_blobs(part: Pixels, height: float) -> Boxes:
    """The pieces of some ink; what nearly touches is one. A character is `height` pixels high."""
    size = max(1, round(JOINED * height)) | 1
    padded = cv2.copyMakeBorder(part, size, size, size, size, cv2.BORDER_CONSTANT, value=0)
    joined = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    stats = cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:]
    corner = stats[:, :2] - size
    return np.concatenate([corner, corner + stats[:, 2:4]], axis=1).astype(np.intp)


def hull(boxes: Boxes) -> Boxes:
    """The one box around all."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def gaps_to(boxes: Boxes, box: Boxes) -> Boxes:
    """How far each of `boxes` is from `box`, along the axis on which it is further; negative where they overlap."""
    outside: Boxes = np.maximum(boxes[:, :2] - box[2:], box[:2] - boxes[:, 2:]).max(axis=1, initial=-1)
    return outside


def near(boxes: Boxes, box: Boxes, reach: float) -> int:
    """How many of `boxes` are within `reach` pixels of `box`, itself among them."""
    return int(np.count_nonzero(gaps_to(boxes, box) <= reach))
