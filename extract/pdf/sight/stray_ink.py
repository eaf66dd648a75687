"""The other side of the ledger of ink: where the page as drawn has ink that nothing explains which was read.

A value that stands in a pattern, in a font without characters, in handwriting or in content that we do not follow leaves
ink, but no character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.pdf.drawing.nouns import Image, Point, Shape, is_closed
from extract.pdf.sight.glyph_boxes import Flags, Floats
from extract.pdf.sight.rendering import Grey
from models.geometry import Box

_DARK_LEVEL = 150
"""A pixel (of 255) that is darker is ink; paler ones surround it."""
_TILE_PX = 6
"""Ink is counted in squares of this size, about a digit's."""
_TILE_INK_PX = 3
"""A square with fewer pixels of ink is a speck."""
_BESIDE_PX = 2
"""Ink this near to what explains it is explained."""
_BESIDE_SIZES = 0.2
"""A glyph's ink may reach so far beyond its box, in heights of the box."""
_THINNEST_CHARACTER_PT = 2.0
"""No character is thinner than this."""
_RING_POINTS = 90
"""A ring is followed in so many steps."""
_STRAIGHT_SHARE = 0.02
"""A path that leaves the line between its ends by less than this share of their distance is straight."""


def stray_ink(
    grey: Grey,
    density: float,
    glyph_boxes: Floats,
    shapes: Iterable[Shape],
    images: Iterable[Image],
    others: Iterable[Sequence[float]],
) -> list[Box]:
    """Small squares of the page, in points, with ink in them that is no glyph's, rule's, fill's or picture's.

    `glyph_boxes` (n × 4) and `others` are boxes in points within which all ink is explained.
    """
    dark = grey < _DARK_LEVEL
    boxes = list(others) + list(_explaining(shapes, images))
    reach = (glyph_boxes[:, 3] - glyph_boxes[:, 1])[:, None] * _BESIDE_SIZES * np.array([-1, -1, 1, 1])
    _clear(dark, np.concatenate([glyph_boxes + reach, np.array(boxes, float).reshape(-1, 4)]) * density)
    if int(dark.sum()) < _TILE_INK_PX:
        return []
    high, wide = (side // _TILE_PX for side in dark.shape)
    tiles = (
        dark[: high * _TILE_PX, : wide * _TILE_PX].reshape(high, _TILE_PX, wide, _TILE_PX).sum(axis=(1, 3))
    )
    side = _TILE_PX / density
    return [
        Box(column * side, row * side, (column + 1) * side, (row + 1) * side)
        for row, column in np.argwhere(tiles >= _TILE_INK_PX).tolist()
    ]


def _clear(dark: Flags, boxes: Floats) -> None:
    """Takes the ink in and beside boxes, given in pixels, out of `dark`."""
    # a shading without a clip fills everything
    boxes = boxes.clip(-1.0, max(dark.shape) + 1.0)
    edges = np.empty(boxes.shape, np.int64)
    edges[:, :2] = np.floor(boxes[:, :2]) - _BESIDE_PX
    edges[:, 2:] = np.ceil(boxes[:, 2:]) + _BESIDE_PX
    for left, top, right, bottom in _joined(edges.clip(0, max(dark.shape))).tolist():
        dark[top:bottom, left:right] = False


def _joined(edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same places in fewer boxes: those of a line's glyphs, each of which begins before the one before it ends, in one."""
    last, this = edges[:-1], edges[1:]
    goes_on = (this[:, [1, 3]] == last[:, [1, 3]]).all(axis=1)
    goes_on &= (this[:, 0] >= last[:, 0]) & (this[:, 0] <= last[:, 2])
    starts = np.flatnonzero(np.append(True, ~goes_on))[: len(edges)]
    joined = edges[starts]
    if len(starts):
        joined[:, 2] = np.maximum.reduceat(edges[:, 2], starts)
    return joined


def _explaining(
    shapes: Iterable[Shape], images: Iterable[Image]
) -> Iterator[tuple[float, float, float, float]]:
    for image in images:
        yield _around(image.corners)
    for shape in shapes:
        if shape.paint.layer_off:
            continue
        if shape.fill and (shape.fill_colour is not None or _is_thin(shape)):
            yield shape.box
        if shape.stroke:
            half = shape.line_width / 2
            for one, other in pairwise(_explained_path(shape)):
                for x0, top, x1, bottom in _along(one, other):
                    yield x0 - half, top - half, x1 + half, bottom + half


def _is_thin(shape: Shape) -> bool:
    """Whether a fill is a line: a pattern in it shows no character."""
    x0, top, x1, bottom = _around(shape.points)
    return min(x1 - x0, bottom - top) <= _THINNEST_CHARACTER_PT


def _explained_path(shape: Shape) -> Sequence[Point]:
    """The way of a stroke that is a straight line, a frame or a ring; nothing where a pen may have written."""
    if _is_straight(shape):
        return shape.points
    if not is_closed(shape):
        return ()
    x0, top, x1, bottom = shape.box
    turns = np.linspace(0.0, 2 * np.pi, _RING_POINTS)
    xs = (x0 + x1) / 2 + np.cos(turns) * (x1 - x0) / 2
    ys = (top + bottom) / 2 + np.sin(turns) * (bottom - top) / 2
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def _is_straight(shape: Shape) -> bool:
    """Whether a path is one straight line, or goes across and down only; a pen's does neither."""
    if len(shape.points) < 2 or not set(shape.path) <= set("mlh"):
        return False
    if len(shape.points) == 2:
        return True
    return all(
        min(abs(ax - bx), abs(ay - by)) <= _STRAIGHT_SHARE * max(abs(ax - bx), abs(ay - by))
        for (ax, ay), (bx, by) in pairwise(shape.points)
    )


def _along(one: Point, other: Point) -> Iterator[tuple[float, float, float, float]]:
    """Small boxes along a line; one for a line that goes across or down."""
    (ax, ay), (bx, by) = one, other
    steps = max(1, int(min(abs(ax - bx), abs(ay - by)) / 2))
    for n in range(steps):
        points = [(ax + (bx - ax) * m / steps, ay + (by - ay) * m / steps) for m in (n, n + 1)]
        yield _around(points)


def _around(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
