"""Where each place of an upright page stood in the picture it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels, as_pixels
from models.geometry import Box

STEP = 16
"""Pixels between two samples of a warp: between them it is as good as straight."""

ROW = 1024
"""So many points are looked up side by side."""
Points = NDArray[np.float32]
"""… × 2: abscissa and ordinate in pixels; the centre of the first pixel is (0, 0)."""


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """For a page of `width` × `height` pixels the place in the source of a grid of its places, `STEP` apart.

    The first sample lies half a step outside the page, as `cv2.resize` wants it; `is_straight` says that
    every pixel is the source's own.
    """

    width: int
    height: int
    samples: Points
    is_straight: bool = False

    def of(self, points: Points) -> Points:
        """The source places of `points` on the page (n × 2)."""
        places = ((points - _first()) / STEP).astype(np.float32)
        # OpenCV's pictures are no higher and no wider than 32,766
        columns, rows = cv2.split(np.resize(places, (-(-len(places) // ROW), ROW, 2)))
        found = cv2.remap(self.samples, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(found, np.float32).reshape(-1, 2)[: len(places)]

    def box(self, box: Box) -> Box:
        """The smallest upright box in the source around what `box` holds on the page."""
        xs, ys = (box.x0, (box.x0 + box.x1) / 2, box.x1), (box.top, (box.top + box.bottom) / 2, box.bottom)
        there = self.of(np.array([(x, y) for x in xs for y in ys], np.float32))
        (x0, top), (x1, bottom) = there.min(axis=0), there.max(axis=0)
        return Box(float(x0), float(top), float(x1), float(bottom))

    def page(self, source: Pixels) -> Pixels:
        """The page, taken from the pixels of `source`; beyond its edges the edge is repeated."""
        if self.is_straight:
            return source
        high, wide = self.samples.shape[:2]
        every = cv2.resize(self.samples, (wide * STEP, high * STEP), interpolation=cv2.INTER_LINEAR)
        places = every[STEP : STEP + self.height, STEP : STEP + self.width]
        # both ordinates of a place stand in one array, so the second one is empty
        page = cv2.remap(source, places, np.empty(0), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        return as_pixels(page)


def straight(width: int, height: int) -> Warp:
    """The warp of a page that is its source."""
    return Warp(width, height, page_samples(width, height), True)


def page_samples(width: int, height: int) -> Points:
    """The places on a page of this size at which a warp is sampled."""
    columns, rows = np.arange(width // STEP + 3), np.arange(height // STEP + 3)
    grid = np.stack(np.meshgrid(columns, rows), axis=-1)
    return (grid * STEP + _first()).astype(np.float32)


def bent(warp: Warp, width: int, height: int, place: Callable[[Points], Points]) -> Warp:
    """The warp of a new page (`width` × `height`) each of whose places is taken from `place` on the page of `warp`."""
    samples = page_samples(width, height)
    there = place(samples.reshape(-1, 2))
    return Warp(width, height, warp.of(there).reshape(samples.shape))


def scaled(warp: Warp, scale: float, width: int, height: int) -> Warp:
    """The same warp between a page and a source that are both `scale` times as large."""
    samples = page_samples(width, height).reshape(-1, 2)
    centred = (samples + 0.5) / scale - 0.5
    there = (warp.of(centred.astype(np.float32)) + 0.5) * scale - 0.5
    shape = page_samples(width, height).shape
    return Warp(width, height, there.astype(np.float32).reshape(shape), warp.is_straight)


def _first() -> float:
    """Where the first sample lies: `cv2.resize` puts sample j at (j + ½) · STEP − ½, here less one step."""
    return (STEP - 1) / 2 - STEP
