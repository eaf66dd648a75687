"""How much two pictures of lines differ: the one number by which they are known to show the same print."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Picture

_HIGH_PX = 48
"""Pictures are compared at this height, which is what the recogniser sees."""
_SHIFT_PX = 3
"""One picture may lie so far beside the other: where a line's ink ends hangs on a pixel's shade."""
_WINDOW_PX = 9
"""A difference is the mean over a window of this side: about what tells one stroke from none."""
_PAPER_PERCENT, _INK_PERCENT = 98, 2
"""These percentiles of a picture's levels are its paper and its ink."""
_SKETCH_PX = (32, 4)
"""Width and height of the sketch of a picture by which the few that may be alike are found."""
WIDEST_APART_PX = 4
"""Pictures whose widths differ by more are not compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A picture as it is compared: grey, `_HIGH_PX` high, from 0 for its ink to 255 for its paper; and its sketch."""

    grey: NDArray[np.uint8]
    sketch: NDArray[np.float32]

    @property
    def width(self) -> int:
        return int(self.grey.shape[1])


def picture_to_look(line: Picture) -> Look:
    """The picture of a line, which is not blank, as it is compared."""
    green = np.ascontiguousarray(line[:, :, 1])
    wide = max(2 * _SHIFT_PX + 2, round(line.shape[1] * _HIGH_PX / line.shape[0]))
    counts = np.cumsum(np.bincount(green.ravel(), minlength=256))
    ink, paper = np.searchsorted(
        counts, (green.size * _INK_PERCENT / 100, green.size * _PAPER_PERCENT / 100)
    ).tolist()
    levels = np.clip((np.arange(256) - ink) * (255 / max(1, paper - ink)), 0, 255).astype(np.uint8)
    grey = np.asarray(cv2.LUT(cv2.resize(green, (wide, _HIGH_PX)), levels), np.uint8)
    sketch = cv2.resize(grey, _SKETCH_PX, interpolation=cv2.INTER_AREA)
    return Look(grey, sketch.astype(np.float32).ravel())


def difference(one: Look, other: Look) -> float:
    """From 0 to 1: how much two pictures differ where they differ most, laid upon each other as well as they can be.

    1 for pictures that are not equally wide.
    """
    if abs(one.width - other.width) > WIDEST_APART_PX:
        return 1.0
    wide = min(one.width, other.width)
    inner = other.grey[_SHIFT_PX:-_SHIFT_PX, _SHIFT_PX : wide - _SHIFT_PX]
    _, _, (x, y), _ = cv2.minMaxLoc(cv2.matchTemplate(one.grey, inner, cv2.TM_SQDIFF))
    part = one.grey[y : y + inner.shape[0], x : x + inner.shape[1]]
    apart = cv2.blur(cv2.absdiff(part, inner), (_WINDOW_PX, _WINDOW_PX))
    return float(apart.max()) / 255


def sketch_difference(one: Look, others: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much the sketch of a picture differs from each of `others`, a sketch a row, in the mean (0 to 1)."""
    apart: NDArray[np.float32] = np.abs(others - one.sketch).mean(axis=1) / np.float32(255)
    return apart
