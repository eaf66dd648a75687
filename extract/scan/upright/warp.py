"""Where each place of an upright page stood in the picture it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels
from models.geometry import Box

Points = NDArray[np.float32]
"""n × 2 places in pixels, each its distance from the left and from the top; the centre of the first pixel is (0, 0)."""

_STEP_PX = 16
"""A warp is sampled at this distance in pixels both ways: between two samples it is as good as straight."""
_STRIP_STEPS = 16
"""A page is taken in strips so many steps high: the places of all its pixels at once would take 31 MB."""
_POINTS_A_ROW = 1024
"""Points are looked up in rows of this length: OpenCV's pictures are no higher and no wider than 32,766."""


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """Where each pixel of a page of `width` × `height` pixels stood in the picture it came from, its source.

    `samples` (rows × columns × 2) are the source places of a grid of the page's places, `_STEP_PX` apart. The first
    one lies half a step outside the page, as `cv2.resize` wants it. `is_straight`: the page is its source, unmoved.
    """

    width: int
    height: int
    samples: Points
    is_straight: bool = False

    def to_source(self, points: Points) -> Points:
        """The places in the source of `points` on the page (both n × 2)."""
        places = ((points - _first()) / _STEP_PX).astype(np.float32)
        wide = min(len(places), _POINTS_A_ROW)
        columns, rows = cv2.split(np.resize(places, (-(-len(places) // wide), wide, 2)))
        found = cv2.remap(self.samples, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(found, np.float32).reshape(-1, 2)[: len(places)]

    def box_in_source(self, box: Box) -> Box:
        """The smallest upright box in the source around what `box` holds on the page, both in pixels."""
        xs, ys = (box.x0, (box.x0 + box.x1) / 2, box.x1), (box.top, (box.top + box.bottom) / 2, box.bottom)
        there = self.to_source(np.array([(x, y) for x in xs for y in ys], np.float32))
        (x0, top), (x1, bottom) = there.min(axis=0), there.max(axis=0)
        return Box(float(x0), float(top), float(x1), float(bottom))

    def take_page(self, source: Pixels) -> Pixels:
        """The page, taken from the pixels of `source` (grey or colour); beyond its edges the edge is repeated."""
        if self.is_straight:
            return source
        page = np.empty((self.height, self.width, *source.shape[2:]), np.uint8)
        for first in range(0, self.height, _STRIP_STEPS * _STEP_PX):
            strip = page[first : first + _STRIP_STEPS * _STEP_PX]
            # both ordinates of a place stand in one array, so the second one is empty
            cv2.remap(
                source,
                self._places(first, len(strip)),
                np.empty(0),
                cv2.INTER_CUBIC,
                strip,
                cv2.BORDER_REPLICATE,
            )
        return page

    def _places(self, first: int, high: int) -> NDArray[np.float32]:
        """Where each pixel of `high` rows of the page, from row `first` on, stood in the source."""
        rows = self.samples[first // _STEP_PX : (first + high) // _STEP_PX + 3]
        size = (rows.shape[1] * _STEP_PX, rows.shape[0] * _STEP_PX)
        every = cv2.resize(rows, size, interpolation=cv2.INTER_LINEAR)
        return every[_STEP_PX : _STEP_PX + high, _STEP_PX : _STEP_PX + self.width].astype(
            np.float32, copy=False
        )


def unwarped(width: int, height: int) -> Warp:
    """The warp of a page that is its source."""
    return Warp(width, height, page_samples(width, height), True)


def page_samples(width: int, height: int) -> Points:
    """The places on a page of this size at which a warp is sampled."""
    columns, rows = np.arange(width // _STEP_PX + 3), np.arange(height // _STEP_PX + 3)
    grid = np.stack(np.meshgrid(columns, rows), axis=-1)
    return (grid * _STEP_PX + _first()).astype(np.float32)


def rewarped(warp: Warp, width: int, height: int, place: Callable[[Points], Points]) -> Warp:
    """The warp of a new page (`width` × `height` pixels); `place` says where each of its places lies on the page of `warp`."""
    samples = page_samples(width, height)
    there = place(samples.reshape(-1, 2))
    return Warp(width, height, warp.to_source(there).reshape(samples.shape))


def scaled_warp(warp: Warp, scale: float, width: int, height: int) -> Warp:
    """The same warp between a page and a source that are both `scale` times as large."""
    samples = page_samples(width, height).reshape(-1, 2)
    centred = (samples + 0.5) / scale - 0.5
    there = (warp.to_source(centred.astype(np.float32)) + 0.5) * scale - 0.5
    shape = page_samples(width, height).shape
    return Warp(width, height, there.astype(np.float32).reshape(shape), warp.is_straight)


def _first() -> float:
    """Where the first sample lies: `cv2.resize` puts sample j at (j + ½) · _STEP_PX − ½, here less one step."""
    return (_STEP_PX - 1) / 2 - _STEP_PX
