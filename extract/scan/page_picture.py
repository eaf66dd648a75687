"""A page as a picture, no larger than reading needs, and what is said of one that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

import cv2

from extract.scan.pixels.ink import Pixels, as_pixels
from models.document import Problem

LONGEST_SIDE_PX = 2900
"""The longer side of a picture that is no real sheet is at most this: the paper fills most of a photo."""
MOST_WHOLE_PX = 40_000_000
"""A picture with more pixels is made smaller as soon as it is decoded."""

_BEST_PX_A_PT = 200 / 72
"""The recogniser reads best what has this many pixels a point."""
_DENSE_RATIO = 1.25
"""A picture with up to this many times as many pixels a point stays as it is."""
_SHORTEST_SHEET_PT = 500.0
"""The longer side of a real sheet is at least this: A5."""
_LONGEST_SHEET_PT = 1224.0
"""The longer side of a real sheet is at most this: A3. A picture that claims another size does not know its own."""


@dataclass(frozen=True, slots=True, eq=False)
class PagePicture:
    """Page `number` (from 1) of a file, as it lies there, in colour, `density` pixels per point."""

    number: int
    pixels: Pixels
    density: float


class PictureError(Exception):
    """A picture that cannot be read; the problem says which and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def to_reading_size(number: int, pixels: Pixels, density: float) -> PagePicture:
    """The picture of page `number`, made smaller when it is denser than reading needs.

    `density` is what the file claims, in pixels per point; that of the result is its own.
    """
    side = max(pixels.shape[:2])
    if _SHORTEST_SHEET_PT <= side / density <= _LONGEST_SHEET_PT:
        wanted = _BEST_PX_A_PT / density
    else:
        wanted = LONGEST_SIDE_PX / side
    if wanted * _DENSE_RATIO >= 1:
        return PagePicture(number, pixels, density)
    small = cv2.resize(pixels, None, fx=wanted, fy=wanted, interpolation=cv2.INTER_AREA)
    return PagePicture(number, as_pixels(small), density * small.shape[1] / pixels.shape[1])


def damaged_picture(number: int) -> Problem:
    """What is said of a picture on page `number` that cannot be decoded to its end."""
    message = f"第{number}页图片已损坏或不完整，无法读取。请重新扫描或导出后提交。"
    return Problem("picture-damaged", message, "error", number)
