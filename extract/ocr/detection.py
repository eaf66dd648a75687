"""Where lines of text stand in a picture: PP-OCRv6's detection network and its boxes.

rapidocr has all of this too, but to import it takes a second of start-up and thirty megabytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Picture, Quadrilateral

_MOST_SEEN_PX = 2_000_000
"""Lines are looked for in a picture of at most this many pixels: a page at 200 dpi has twice as many and takes a gigabyte."""
_MOST_AT_ONCE_PX = 1_000_000
"""The network sees at most about this many pixels at once, which take it 130 MB: a larger picture is looked at in strips."""
_BLANK_ROWS_PX = 9
"""Strips are parted where the mean of so many rows is the brightest: between two lines of text."""
_CUT_PARTS = 8
"""The place is looked for within one part of this many of a strip's height, up and down."""
_LONGEST_SIDE_PX = 2000
"""The longer side of the picture in which lines are looked for is at most this."""
_STRIDE_PX = 32
"""The network's input is a multiple of this high and wide."""
_TEXT_PROBABILITY = 0.3
"""A pixel belongs to text when it does so with more than this probability."""
_LINE_PROBABILITY = 0.5
"""The pixels of a line's rectangle belong to text with at least this probability in the mean."""
_GROWTH_RATIO = 1.6
"""The network marks the middle of a line: its rectangle grows by this many times its area over its outline on each
side (Liao et al. 2020, Real-time Scene Text Detection with Differentiable Binarization, section 3.4)."""
_THINNEST_PX = 3
"""A thinner rectangle is nothing."""
_SAME_LINE_PX = 10
"""Boxes whose tops differ by less than this are sorted from left to right."""


def seen_scale(picture: Picture) -> float:
    """How many times smaller a large picture is looked at; 1 for a small one."""
    high, wide = picture.shape[:2]
    smaller: float = min(1.0, math.sqrt(_MOST_SEEN_PX / (high * wide)), _LONGEST_SIDE_PX / max(high, wide))
    return smaller


def picture_to_strips(picture: Picture, scale: float) -> list[slice]:
    """The rows of each part of a picture that the network sees at once at `scale`: cut where the paper is the brightest."""
    high, wide = picture.shape[:2]
    count = math.ceil(high * wide * scale * scale / _MOST_AT_ONCE_PX)
    rows = picture[:, :, 1].mean(axis=1, dtype=np.float32)
    bright = np.asarray(cv2.blur(rows[None], (_BLANK_ROWS_PX, 1))).ravel()
    reach = high // (_CUT_PARTS * count)
    middles = [round(high * n / count) for n in range(1, count)]
    inner = [middle - reach + int(bright[middle - reach : middle + reach + 1].argmax()) for middle in middles]
    return [slice(*ends) for ends in pairwise((0, *inner, high))]


def picture_to_input(picture: Picture, scale: float) -> NDArray[np.float32]:
    """The network's input (1 × 3 × height × width, from −1 to 1), the whole picture, `scale` times as large."""
    high, wide = picture.shape[:2]
    size = [max(_STRIDE_PX, round(side * scale / _STRIDE_PX) * _STRIDE_PX) for side in (wide, high)]
    pixels = cv2.resize(picture, size).transpose(2, 0, 1)
    # in place: of a whole page each copy would take 24 MB
    tensor = np.ascontiguousarray(pixels, np.float32)
    tensor /= 127.5
    tensor -= 1
    return tensor[None]


def map_to_boxes(probabilities: NDArray[np.float32], wide: int, high: int, top: int) -> list[Quadrilateral]:
    """The boxes of lines in a picture of `wide` × `high` pixels from the network's map of it, from the top; the picture's first
    row is row `top` of the whole.
    """
    found = np.array(list(_rectangles(probabilities))).reshape(-1, 4, 2)
    size = np.array([wide, high])
    corners = np.clip(np.round(found / probabilities.shape[::-1] * size), 0, size - 1)
    tall = np.linalg.norm(corners[:, 0] - corners[:, 3], axis=1)
    long = np.linalg.norm(corners[:, 0] - corners[:, 1], axis=1)
    corners = corners[np.minimum(tall, long) > _THINNEST_PX]
    corners = corners[np.argsort(corners[:, 0, 1], kind="stable")]
    line = np.cumsum(np.diff(corners[:, 0, 1], prepend=0) >= _SAME_LINE_PX)
    corners = corners[np.lexsort((corners[:, 0, 0], line))] + (0, top)
    return [_quadrilateral(box) for box in corners]


def _rectangles(probabilities: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """The corners, clockwise from the top left, of each line's rectangle in the map."""
    text = cv2.dilate((probabilities > _TEXT_PROBABILITY).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(text, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        centre, (wide, high), angle = cv2.minAreaRect(outline)
        middle = _corners(centre, wide, high, angle)
        if min(wide, high) >= _THINNEST_PX and _mean(probabilities, middle) >= _LINE_PROBABILITY:
            more = _GROWTH_RATIO * wide * high / (wide + high)
            yield _clockwise(_corners(centre, wide + more, high + more, angle))


def _corners(centre: Sequence[float], wide: float, high: float, angle: float) -> NDArray[np.float32]:
    return np.asarray(cv2.boxPoints((centre, (wide, high), angle)), np.float32)


def _mean(probabilities: NDArray[np.float32], corners: NDArray[np.float32]) -> float:
    """The mean probability within a rectangle."""
    x, y, wide, high = cv2.boundingRect(corners)
    x, y = max(0, x), max(0, y)
    part = probabilities[y : y + high, x : x + wide]
    inside = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(inside, [(corners - (x, y)).astype(np.int32)], 1)
    return float(cv2.mean(part, inside)[0])


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Top left, top right, bottom right, bottom left."""
    left, right = np.split(corners[np.argsort(corners[:, 0], kind="stable")], 2)
    (top_left, bottom_left), (top_right, bottom_right) = (
        side[np.argsort(side[:, 1])] for side in (left, right)
    )
    return np.array([top_left, top_right, bottom_right, bottom_left], np.float32)


def _quadrilateral(corners: NDArray[np.float64]) -> Quadrilateral:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return first, second, third, fourth
