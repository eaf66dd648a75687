"""How much two pictures of lines differ: the one number by which they are known to show the same print.

They are compared pixel by pixel of the page, not scaled to one height: of the same print one picture may be a row higher.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Picture

_SHIFT_PX = 2
"""One picture may lie so far beside the other, and as far again as their sizes differ: where ink ends hangs on a pixel's shade."""
_SOFTENED_HEIGHTS = 0.02
"""Pictures are softened by a blur of this deviation (lengths here are in heights of the picture): a scanner's noise goes, strokes
stay. Twice as many doubles are known by it on poor scans."""
_WINDOW_HEIGHTS = 0.19
"""A difference is the mean over a window of about this side: about what tells one stroke from none."""
_WIDER_HEIGHTS = 0.28
"""Pictures whose widths differ by more than this are not compared."""
_HIGHER_HEIGHTS = 0.14
"""Pictures whose heights differ by more than this are not compared."""
_PAPER_PERCENT, _INK_PERCENT = 98, 2
"""These percentiles of a picture's levels are its paper and its ink."""
_PAPER = 255
"""The level of paper in pictures that are compared."""
_SKETCH_PX = (32, 4)
"""Width and height of the sketch of a picture by which the few that may be alike are found."""
SKETCH_NUMBERS = _SKETCH_PX[0] * _SKETCH_PX[1]
"""A sketch has this many numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A picture as it is compared: grey, from 0 for its ink to 255 for its paper; and its sketch."""

    grey: NDArray[np.uint8]
    sketch: NDArray[np.float32]


def picture_to_look(line: Picture) -> Look:
    """The picture of a line, which is not blank, as it is compared."""
    green = np.ascontiguousarray(line[:, :, 1])
    counts = np.cumsum(np.bincount(green.ravel(), minlength=256))
    ink, paper = np.searchsorted(
        counts, (green.size * _INK_PERCENT / 100, green.size * _PAPER_PERCENT / 100)
    ).tolist()
    levels = np.clip((np.arange(256) - ink) * (255 / max(1, paper - ink)), 0, 255).astype(np.uint8)
    grey = np.asarray(
        cv2.GaussianBlur(cv2.LUT(green, levels), (0, 0), _SOFTENED_HEIGHTS * line.shape[0]), np.uint8
    )
    sketch = cv2.resize(grey, _SKETCH_PX, interpolation=cv2.INTER_AREA)
    return Look(grey, sketch.astype(np.float32).ravel())


def may_be_alike(one: Look, sizes: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which pictures of these `sizes` (height and width in pixels, a picture a row) are compared with `one`."""
    high = one.grey.shape[0]
    higher, wider = np.abs(sizes - one.grey.shape).T
    near: NDArray[np.bool_] = (higher <= _HIGHER_HEIGHTS * high) & (wider <= _WIDER_HEIGHTS * high)
    return near


def difference(one: Look, other: Look) -> float:
    """From 0 to 1: how much two pictures differ where they differ most, laid upon each other as well as they can be.

    1 for pictures that are not of one size. Ink that only one of them has counts, wherever it stands.
    """
    if not may_be_alike(one, np.array([other.grey.shape])).all():
        return 1.0
    down, across = (_SHIFT_PX + abs(a - b) for a, b in zip(one.grey.shape, other.grey.shape, strict=True))
    ground = cv2.copyMakeBorder(one.grey, down, down, across, across, cv2.BORDER_CONSTANT, value=_PAPER)
    apart = np.asarray(cv2.matchTemplate(ground, other.grey, cv2.TM_SQDIFF), np.float32)
    _, _, (x, y), _ = cv2.minMaxLoc(apart)
    way = np.array([[1, 0, _lowest(apart[y], x)], [0, 1, _lowest(apart[:, x], y)]], np.float32)
    laid = cv2.warpAffine(
        other.grey, way, ground.shape[::-1], borderMode=cv2.BORDER_CONSTANT, borderValue=(_PAPER,) * 3
    )
    side = round(_WINDOW_HEIGHTS * max(one.grey.shape[0], other.grey.shape[0])) | 1
    return float(cv2.blur(cv2.absdiff(ground, laid), (side, side)).max()) / 255


def _lowest(values: NDArray[np.float32], n: int) -> float:
    """Where values are the lowest, to a part of a step: the vertex of the parabola through the lowest, the n-th, and its neighbours."""
    if not 0 < n < len(values) - 1:
        return float(n)
    before, lowest, after = values[n - 1 : n + 2].tolist()
    bend = before - 2 * lowest + after
    return n + (before - after) / (2 * bend) if bend > 0 else float(n)


def sketch_difference(one: Look, others: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much the sketch of a picture differs from each of `others`, a sketch a row, in the mean (0 to 1)."""
    apart: NDArray[np.float32] = np.abs(others - one.sketch).mean(axis=1) / np.float32(255)
    return apart
