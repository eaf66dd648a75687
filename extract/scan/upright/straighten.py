"""Ruling lines that run slanted or curved over a picture tell how to bend the page straight: pure geometry.

Every function knows one axis, lines that should be horizontal; the other is had by transposing.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels, as_pixels
from extract.scan.upright.warp import Points, Warp, bent

Floats = NDArray[np.float64]

BIN = 16
"""A line's height is measured once every so many pixels (at about 100 dpi)."""
RUN, LONGEST_GAP, SHORTEST = 25, 9, 60
"""Pixels of unbroken ink that a line has somewhere, of its gaps, and of its whole length."""
THICKEST = 8.0
FEWEST = 3
"""With fewer lines or less than this many bins nothing is known about the page's shape."""
ROUNDS = 5
DOUBT = 1.0
"""A measured height this far (pixels) from the fitted shape counts half."""
REACH = 4.0
"""What the smooth shape leaves unexplained is taken from lines within about this many bins."""
WORTH = 0.6
"""A page none of whose places moves further than this (pixels) is straight already."""


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """By how much each place must move down for the lines to be level: a smooth shape plus a local rest.

    `shape` are the factors of `_terms` (pixels), `rest` is sampled once every `BIN` pixels.
    """

    width: int
    height: int
    shape: Floats
    rest: Points

    def at(self, x: Floats, y: Floats) -> Floats:
        """Pixels down, for each of the places `x`, `y`."""
        columns, rows = ((c / BIN - 0.5).astype(np.float32).reshape(-1, 1) for c in (x, y))
        rest = cv2.remap(self.rest, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        smooth = _terms(x, y, self.width, self.height) @ self.shape
        return np.asarray(smooth - np.asarray(rest, np.float64).ravel(), np.float64)


def straightened(warp: Warp, ink: Pixels) -> tuple[Warp, float]:
    """The warp of the page whose lines are straight, from the one whose ink is `ink`, and the largest move in pixels."""
    high, wide = ink.shape
    down = ink_to_bend(ink)
    right = ink_to_bend(np.ascontiguousarray(ink.T))

    def place(points: Points) -> Points:
        """Undo the move: which place moves onto each of `points`."""
        x0, y0 = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
        x, y = x0, y0
        for _ in range(ROUNDS):
            x, y = x0 - right.at(y, x) if right else x0, y0 - down.at(x, y) if down else y0
        return np.stack([x, y], axis=1).astype(np.float32)

    corners = np.array([(x, y) for x in np.linspace(0, wide, 9) for y in np.linspace(0, high, 9)], np.float32)
    move = float(np.abs(place(corners) - corners).max())
    return (bent(warp, wide, high, place), move) if move > WORTH else (warp, move)


def ink_to_bend(ink: Pixels) -> Bend | None:
    """The bend that levels the long horizontal lines of `ink`; `None` when there are too few."""
    high, wide = ink.shape
    line, x, y = ink_to_heights(ink)
    if len(line) < FEWEST * FEWEST or len(np.unique(line)) < FEWEST:
        return None
    terms = _terms(x, y, wide, high)
    weights: Floats = np.ones(len(line))
    shape: Floats = np.zeros(terms.shape[1])
    for _ in range(ROUNDS):
        centred, heights = _centred(terms, line, weights), _centred(y[:, None], line, weights)[:, 0]
        by = centred * weights[:, None]
        ridge = 1e-3 * len(line) * np.eye(len(shape))
        shape = np.asarray(np.linalg.solve(by.T @ centred + ridge, -(by.T @ heights)), np.float64)
        left = heights + centred @ shape
        weights = 1 / (1 + (left / DOUBT) ** 2)
    return Bend(wide, high, shape, _rest(x, y, left, weights, wide, high))


def ink_to_heights(ink: Pixels) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Where the long lines of `ink` run: for every line and bin the line's number, abscissa and height."""
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, RUN), np.uint8))
    runs = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, LONGEST_GAP), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    length, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_AREA]
    kept = (length >= SHORTEST) & (area <= THICKEST * length)
    kept[0] = False
    rows, columns = np.nonzero(as_pixels(runs) & ink)
    line = labels[rows, columns]
    inside = kept[line]
    rows, columns, line = rows[inside], columns[inside], line[inside]
    key = line.astype(np.intp) * (ink.shape[1] // BIN + 1) + columns // BIN
    keys, index, count = np.unique(key, return_inverse=True, return_counts=True)
    x, y = (np.bincount(index, values) / np.maximum(count, 1) for values in (columns, rows))
    full = count >= BIN // 2
    return keys[full] // (ink.shape[1] // BIN + 1), x[full], y[full]


def _terms(x: Floats, y: Floats, wide: int, high: int) -> Floats:
    """Slant, curves, and how both change down the page: what a sheet before a camera does to a level line."""
    u, v = 2 * x / wide - 1, 2 * y / high - 1
    return np.stack([u, u * u, u**3, u * v, u * u * v, u * v * v], axis=1)


def _centred(values: Floats, line: NDArray[np.intp], weights: Floats) -> Floats:
    """`values` less their weighted mean on each line: which height a line should have is not known."""
    _, index = np.unique(line, return_inverse=True)
    total = np.bincount(index, weights)
    means = [np.bincount(index, column * weights) / total for column in values.T]
    return values - np.stack(means, axis=1)[index]


def _rest(x: Floats, y: Floats, left: Floats, weights: Floats, wide: int, high: int) -> Points:
    shape = (high // BIN + 1, wide // BIN + 1)
    cell = (y.astype(int) // BIN) * shape[1] + x.astype(int) // BIN
    size = shape[0] * shape[1]
    fields = (np.bincount(cell, w, size).reshape(shape) for w in (left * weights, weights))
    rest, known = (cv2.GaussianBlur(field.astype(np.float32), (0, 0), REACH) for field in fields)
    return np.asarray(rest / (known + 1e-2), np.float32)
