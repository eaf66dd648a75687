"""The name around a red seal: the ring unrolled into a line of text and read like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Engine, Reading
from extract.scan.pixels.ink import Pixels, as_pixels
from models.geometry import Box
from models.posteriors import NOTHING, Posteriors

_INNER_RADII = 0.55
"""The name stands outside this share of the seal's radius, beyond the star."""
_OUTER_RADII = 0.93
"""The name stands within this share of the seal's radius, inside the ring."""
_LONGEST_RATIO = 1.35
"""The box of a round seal is at most this many times as long as it is wide."""
_SMALLEST_PX = 60.0
"""A seal whose box is smaller than this one way cannot be read."""
_RAYS = 360
"""A seal's outermost points are taken on this many rays from its centre."""
_BAND_PX = 64
"""The unrolled band of the name is this high."""
_FULL_INK_PERCENT = 99
"""This percentile of redness is full ink."""
_RED_LEVELS = 20
"""What is less red than this (of 255) is paper."""
_PALEST_INK_LEVELS = 40.0
"""Full ink is at least this red (of 255)."""
_SURE = 0.9
"""A name whose characters are read with at least this mean probability is not read the other way round, too."""
_FIT_ROUNDS = 8
"""The circle is fitted this many times, each time with less weight on what lies off it."""
_FIT_DOUBT_RADII = 0.02
"""A point this far off the circle counts half."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A centre and a radius in pixels."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Stamp:
    """A seal: its box in pixels of the page, and what its ring says; no text where it is not round."""

    box: Box
    text: str = ""
    confidence: float = 0.0
    posteriors: Posteriors = NOTHING


def read_seals(page: Pixels, boxes: Sequence[Box], engine: Engine) -> tuple[Stamp, ...]:
    """What the seals in `boxes` (pixels) of a colour picture say; a star inside a seal's ring is no seal of its own."""
    return tuple(
        read_seal(page, box, engine)
        for box in boxes
        if not any(other is not box and other.encloses(box) for other in boxes)
    )


def read_seal(page: Pixels, box: Box, engine: Engine) -> Stamp:
    """What the seal in `box` (pixels) of a colour picture says around its ring."""
    red = _redness(page[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)])
    circle = ink_to_circle(red)
    if circle is None:
        return Stamp(box)
    band = unroll(red, circle)
    start = _widest_gap(band)
    (best,) = engine.read([_to_picture(np.roll(band, -start, axis=1))])
    if _sureness(best) < _SURE:
        (turned,) = engine.read([_to_picture(np.roll(band[::-1, ::-1], start, axis=1))])
        best = max(best, turned, key=_sureness)
    return Stamp(box, best.text, _sureness(best), best.posteriors)


def ink_to_circle(ink: Pixels) -> Circle | None:
    """The circle around the red `ink` (0…255) of a seal, by its outermost points; `None` when it is not round."""
    high, wide = ink.shape
    if min(high, wide) < _SMALLEST_PX or max(high, wide) > _LONGEST_RATIO * min(high, wide):
        return None
    rows, columns = np.nonzero(ink > 127)
    if len(rows) < _RAYS:
        return None
    centre = np.array([(columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2])
    away = np.stack([columns, rows], axis=1) - centre
    distance = np.hypot(*away.T)
    ray = ((np.arctan2(away[:, 1], away[:, 0]) / (2 * np.pi) + 0.5) * _RAYS).astype(int) % _RAYS
    outermost = np.zeros(_RAYS, int)
    order = np.argsort(distance)
    outermost[ray[order]] = order
    points = np.stack([columns, rows], axis=1)[outermost[np.bincount(ray, minlength=_RAYS) > 0]].astype(float)
    return _points_to_circle(points)


def _points_to_circle(points: NDArray[np.float64]) -> Circle | None:
    """The circle on which most of `points` (n × 2) lie: least squares (Kåsa 1976), outliers weighing less each round."""
    weights = np.ones(len(points))
    x = y = radius = 0.0
    for _ in range(_FIT_ROUNDS):
        terms = np.column_stack([points, np.ones(len(points))]) * weights[:, None]
        squares = (points**2).sum(axis=1) * weights
        (a, b, c), *_ = np.linalg.lstsq(terms, squares, rcond=None)
        x, y = a / 2, b / 2
        radius = float(np.sqrt(max(c + x * x + y * y, 1.0)))
        off = np.hypot(points[:, 0] - x, points[:, 1] - y) - radius
        weights = 1 / (1 + (off / (_FIT_DOUBT_RADII * radius)) ** 2)
    return Circle(float(x), float(y), radius)


def unroll(ink: Pixels, circle: Circle) -> Pixels:
    """The band of the name, clockwise from the left, its outer edge on top: `_BAND_PX` rows of grey."""
    width = round(2 * np.pi * (_INNER_RADII + _OUTER_RADII) / 2 / (_OUTER_RADII - _INNER_RADII) * _BAND_PX)
    turns = np.arange(width) / width * 2 * np.pi + np.pi
    reach = (_OUTER_RADII - (_OUTER_RADII - _INNER_RADII) * np.arange(_BAND_PX) / _BAND_PX) * circle.radius
    columns = circle.x + np.outer(reach, np.cos(turns))
    rows = circle.y + np.outer(reach, np.sin(turns))
    band = cv2.remap(
        ink, columns.astype(np.float32), rows.astype(np.float32), cv2.INTER_LINEAR, borderValue=0
    )
    return as_pixels(band)


def _widest_gap(band: Pixels) -> int:
    """The column in the middle of the longest stretch of `band`, which goes round, without ink."""
    filled = np.flatnonzero((band > 127).sum(axis=0) > _BAND_PX // 16)
    if not len(filled):
        return 0
    gaps = np.diff(filled, append=filled[0] + band.shape[1])
    widest = int(gaps.argmax())
    return int((filled[widest] + gaps[widest] // 2) % band.shape[1])


def _redness(pixels: Pixels) -> Pixels:
    """How red each pixel is, from 0 to 255 for the seal's own full ink."""
    blue, green, red = cv2.split(pixels)
    over = cv2.subtract(red, cv2.max(blue, green))
    ink = over[over > _RED_LEVELS]
    full = max(float(np.percentile(ink, _FULL_INK_PERCENT)), _PALEST_INK_LEVELS) if ink.size else 255.0
    return as_pixels(np.clip(over * (255 / full), 0, 255))


def _to_picture(band: Pixels) -> Pixels:
    """Dark on white, as the recogniser is used to."""
    return as_pixels(cv2.cvtColor(cv2.bitwise_not(np.ascontiguousarray(band)), cv2.COLOR_GRAY2BGR))


def _sureness(reading: Reading) -> float:
    """The mean probability of a character (geometric)."""
    return float(reading.confidence ** (1 / len(reading.text))) if reading.text else 0.0
