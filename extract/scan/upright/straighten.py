"""Ruling lines that run slanted or curved over a picture tell how to bend the page straight: pure geometry.

Every function knows one axis, lines that should be horizontal; the other is had by transposing.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels, as_pixels
from extract.scan.pixels.pieces import ink_to_pieces, turned_over
from extract.scan.upright.warp import Points, Warp, rewarped

_Floats = NDArray[np.float64]

_BIN_PX = 16
"""A line's height is measured at this distance in pixels (at about 100 dpi)."""
_RUN_PX = 25
"""A line has unbroken ink of this length somewhere."""
_LONGEST_GAP_PX = 9
"""The gaps of a line are at most this wide."""
_SHORTEST_PX = 60
"""A line is at least this long."""
_THICKEST_PX = 8.0
"""What is thicker than this in the mean is no line."""
_FEWEST_LINES = 3
"""With fewer lines than this, or fewer measured heights than its square, nothing is known about the page's shape."""
_FIT_ROUNDS = 5
"""The shape is fitted this many times, each time with less weight on heights that lie off it; a move is undone so, too."""
_DOUBT_PX = 1.0
"""A measured height this far from the fitted shape counts half."""
_RIDGE = 1e-3
"""The shape's factors are kept small with this weight, relative to the number of heights (ridge regression)."""
_REACH_BINS = 4.0
"""What the smooth shape leaves unexplained is taken from lines within about this distance."""
_KNOWN = 1e-2
"""Where less weight of measured heights than this is near, the local rest fades to nothing."""
_LEAST_MOVE_PX = 0.6
"""A page none of whose places moves further than this is straight already."""


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """By how much each place must move down for the lines to be level: a smooth shape plus a local rest.

    `shape` are the factors of `_terms` in pixels; `rest` (rows × columns) has one value for every `_BIN_PX` pixels.
    """

    width: int
    height: int
    shape: _Floats
    rest: Points

    def at(self, x: _Floats, y: _Floats) -> _Floats:
        """By how many pixels each of the places `x`, `y` moves down."""
        columns, rows = ((c / _BIN_PX - 0.5).astype(np.float32).reshape(-1, 1) for c in (x, y))
        rest = cv2.remap(self.rest, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        smooth = _terms(x, y, self.width, self.height) @ self.shape
        return np.asarray(smooth - np.asarray(rest, np.float64).ravel(), np.float64)


def straightened(warp: Warp, ink: Pixels) -> tuple[Warp, float]:
    """The warp of the page with straight lines, and the largest move in pixels; `ink` is that of the page of `warp`."""
    high, wide = ink.shape
    down = ink_to_bend(ink)
    right = ink_to_bend(turned_over(ink))

    def place(points: Points) -> Points:
        """The place that moves onto each of `points`: the move undone, by fixed-point iteration."""
        x0, y0 = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
        x, y = x0, y0
        for _ in range(_FIT_ROUNDS):
            x, y = x0 - right.at(y, x) if right else x0, y0 - down.at(x, y) if down else y0
        return np.stack([x, y], axis=1).astype(np.float32)

    corners = np.array([(x, y) for x in np.linspace(0, wide, 9) for y in np.linspace(0, high, 9)], np.float32)
    move = float(np.abs(place(corners) - corners).max())
    return (rewarped(warp, wide, high, place), move) if move > _LEAST_MOVE_PX else (warp, move)


def ink_to_bend(ink: Pixels) -> Bend | None:
    """The bend that levels the long horizontal lines of `ink`; `None` when there are too few."""
    high, wide = ink.shape
    line, x, y = ink_to_heights(ink)
    if len(line) < _FEWEST_LINES * _FEWEST_LINES or len(np.unique(line)) < _FEWEST_LINES:
        return None
    terms = _terms(x, y, wide, high)
    weights: _Floats = np.ones(len(line))
    shape: _Floats = np.zeros(terms.shape[1])
    for _ in range(_FIT_ROUNDS):
        centred, heights = _centred(terms, line, weights), _centred(y[:, None], line, weights)[:, 0]
        by = centred * weights[:, None]
        ridge = _RIDGE * len(line) * np.eye(len(shape))
        shape = np.asarray(np.linalg.solve(by.T @ centred + ridge, -(by.T @ heights)), np.float64)
        left = heights + centred @ shape
        weights = 1 / (1 + (left / _DOUBT_PX) ** 2)
    return Bend(wide, high, shape, _local_rest(x, y, left, weights, wide, high))


def ink_to_heights(ink: Pixels) -> tuple[NDArray[np.intp], _Floats, _Floats]:
    """Where the long lines of `ink` run: for every line and bin the line's number, and the mean place from left and top."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, _RUN_PX), np.uint8))
    runs = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, _LONGEST_GAP_PX), np.uint8))
    pieces = ink_to_pieces(as_pixels(runs))
    length, area = pieces.stats[:, cv2.CC_STAT_WIDTH], pieces.stats[:, cv2.CC_STAT_AREA]
    kept = (length >= _SHORTEST_PX) & (area <= _THICKEST_PX * length)
    kept[0] = False
    rows, columns = np.nonzero(as_pixels(runs) & ink)
    line = pieces.labels[rows, columns]
    inside = kept[line]
    rows, columns, line = rows[inside], columns[inside], line[inside]
    key = line.astype(np.intp) * (ink.shape[1] // _BIN_PX + 1) + columns // _BIN_PX
    keys, index, count = np.unique(key, return_inverse=True, return_counts=True)
    x, y = (np.bincount(index, values) / np.maximum(count, 1) for values in (columns, rows))
    full = count >= _BIN_PX // 2
    return keys[full] // (ink.shape[1] // _BIN_PX + 1), x[full], y[full]


def _terms(x: _Floats, y: _Floats, wide: int, high: int) -> _Floats:
    """Slant, curves, and how both change down the page: what a sheet before a camera does to a level line."""
    u, v = 2 * x / wide - 1, 2 * y / high - 1
    return np.stack([u, u * u, u**3, u * v, u * u * v, u * v * v], axis=1)


def _centred(values: _Floats, line: NDArray[np.intp], weights: _Floats) -> _Floats:
    """`values` less their weighted mean on each line: which height a line should have is not known."""
    _, index = np.unique(line, return_inverse=True)
    total = np.bincount(index, weights)
    means = [np.bincount(index, column * weights) / total for column in values.T]
    return values - np.stack(means, axis=1)[index]


def _local_rest(x: _Floats, y: _Floats, left: _Floats, weights: _Floats, wide: int, high: int) -> Points:
    """What the smooth shape leaves of the heights (`left`), smoothed between lines: one value for every `_BIN_PX` pixels."""
    shape = (high // _BIN_PX + 1, wide // _BIN_PX + 1)
    cell = (y.astype(int) // _BIN_PX) * shape[1] + x.astype(int) // _BIN_PX
    size = shape[0] * shape[1]
    fields = (np.bincount(cell, w, size).reshape(shape) for w in (left * weights, weights))
    rest, known = (cv2.GaussianBlur(field.astype(np.float32), (0, 0), _REACH_BINS) for field in fields)
    return np.asarray(rest / (known + _KNOWN), np.float32)
