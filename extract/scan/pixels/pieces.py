"""The connected pieces of some ink: which pixel belongs to which, their boxes and areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels, as_pixels

_SHORT_LABELS = 65536
"""So many labels have two bytes: OpenCV counts pieces by two bytes in less than half the time, and says when they overflow."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The pieces of some ink; label 0 is that of the paper.

    `labels` has the label of every pixel; `stats` (a row a label) its left, top, width, height and area in pixels, as
    OpenCV's `ConnectedComponentsTypes` names the columns; `centres` the mean place of its pixels from left and top.
    """

    labels: NDArray[Any]
    stats: NDArray[np.int32]
    centres: NDArray[np.float64]

    def painted(self, levels: NDArray[np.uint8]) -> Pixels:
        """A picture in which every pixel has the level of its piece: `levels` has one for each label."""
        return paint(self.labels, levels)


def ink_to_pieces(ink: Pixels) -> Pieces:
    """The pieces of `ink`; pixels that touch at a corner are of one piece."""
    try:
        found = _pieces(ink, cv2.CV_16U)
    except cv2.error:
        found = _pieces(ink, cv2.CV_32S)
    return found


def paint(labels: NDArray[Any], levels: NDArray[np.uint8]) -> Pixels:
    """A picture in which every pixel has the level of its label."""
    if labels.dtype == np.uint16:
        return as_pixels(cv2.LUT(labels, np.resize(levels, _SHORT_LABELS)))
    return as_pixels(levels.take(labels))


def turned_over(ink: Pixels) -> Pixels:
    """The ink with its rows as columns, so that what knows one axis may look at the other."""
    return as_pixels(cv2.transpose(ink))


def _pieces(ink: Pixels, label_type: int) -> Pieces:
    _, labels, stats, centres = cv2.connectedComponentsWithStatsWithAlgorithm(
        ink, 8, label_type, cv2.CCL_DEFAULT
    )
    return Pieces(np.asarray(labels), np.asarray(stats, np.int32), np.asarray(centres, np.float64))
