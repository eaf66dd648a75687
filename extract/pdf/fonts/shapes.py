"""What common characters look like, and how far a drawn glyph is like the character that it claims to be.

The shapes stand in `extract/data/glyph_shapes.csv`; `python -m bench.channel.make_glyphs` makes them.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Shapes = NDArray[np.float32]
"""n × `SIDE`²: each row is a glyph's ink, spread over a coarse grid, of mean 0 and length 1; 0 for no ink."""

SIDE = 12
"""The grid has this many fields on each side."""
LEVELS = 15
"""The table keeps the ink of a field in this many steps."""
_AT_ONCE = 256
"""So many glyphs take some megabytes."""
_ONE_CORE_PRODUCTS = 200_000
"""Of larger products numpy's library makes parts for several cores: waking these took thirty times what the rest took."""
_INK_SHARE = 0.3
"""A pixel is ink when it is darker than white by more than this share of black."""
_THINNEST_SHARE = 0.35
"""A shape narrower than this share of its longer side is not stretched further than that: a dash stays a dash."""


@dataclass(frozen=True, slots=True, eq=False)
class ShapeTable:
    """Known characters and their shapes, some in several faces; a row of `shapes` belongs to `chars` of the same number.

    `rows` are the numbers of the rows of each character.
    """

    chars: tuple[str, ...]
    shapes: Shapes
    rows: Mapping[str, Sequence[int]]

    def likeness(self, drawn: Shapes, claims: Sequence[str]) -> list[float]:
        """How like its claim each of the `drawn` shapes is, from −1 to 1; NaN for a claim that is not in the table."""
        pairs = [(n, row) for n, claim in enumerate(claims) for row in self.rows.get(claim, ())]
        found = np.full(len(claims), math.nan)
        if pairs:
            glyphs, rows = np.array(pairs).T
            np.fmax.at(found, glyphs, np.einsum("ij,ij->i", drawn[glyphs], self.shapes[rows]))
        return [float(like) for like in found]

    def most_alike(self, drawn: Shapes) -> list[tuple[float, str]]:
        """How like each of the `drawn` shapes is the character that it is most alike, and which that is."""
        parts = max(1, drawn.size * len(self.shapes) // _ONE_CORE_PRODUCTS)
        alike = np.concatenate([drawn @ part.T for part in np.array_split(self.shapes, parts)], axis=1)
        best = alike.argmax(axis=1).tolist()
        return [(float(row[n]), self.chars[n]) for row, n in zip(alike, best, strict=True)]


@cache
def shape_table() -> ShapeTable:
    """The table of this package."""
    text = files("extract").joinpath("data", "glyph_shapes.csv").read_text("utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    steps = np.array([[int(step, 16) for step in row[1]] for row in rows], np.float32)
    numbers: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        numbers.setdefault(row[0], []).append(number)
    return ShapeTable(tuple(row[0] for row in rows), _unit(steps), numbers)


def pictures_to_shapes(pictures: NDArray[np.uint8]) -> Shapes:
    """The shapes of glyphs (n × height × width, dark on white)."""
    parts = [
        _inks_to_fields(np.asarray(1 - pictures[first : first + _AT_ONCE] / np.float32(255), np.float32))
        for first in range(0, len(pictures), _AT_ONCE)
    ]
    return _unit(np.concatenate(parts))


def ink_to_fields(ink: Shapes) -> Shapes:
    """The ink (height × width, 0 to 1) of a glyph in the fields of the grid, from 0 to 1, row by row."""
    fields: Shapes = _inks_to_fields(ink[None])[0]
    return fields


def _inks_to_fields(inks: Shapes) -> Shapes:
    """The fields (n × `SIDE`²) of each of several glyphs (n × height × width)."""
    seen = inks > _INK_SHARE
    tops, heights = _extents(np.asarray(seen.any(axis=2)))
    lefts, widths = _extents(np.asarray(seen.any(axis=1)))
    high, wide = inks.shape[1:]
    down, across = [], []
    for top, tall, left, broad in zip(tops, heights, lefts, widths, strict=True):
        least = int(max(tall, broad) * _THINNEST_SHARE)
        down.append(_placed_weights(max(tall, least), tall, top, high))
        across.append(_placed_weights(max(broad, least), broad, left, wide))
    fields = np.array(down) @ inks @ np.array(across).swapaxes(1, 2)
    return np.asarray(np.sqrt(fields), np.float32).reshape(len(inks), -1)


def _extents(inked: NDArray[np.bool_]) -> tuple[list[int], list[int]]:
    """Where the ink of each glyph (n × places) begins, and how many places it takes."""
    first, after = inked.argmax(axis=1), inked.shape[1] - inked[:, ::-1].argmax(axis=1)
    return first.tolist(), np.where(inked.any(axis=1), after - first, 0).tolist()


@lru_cache(maxsize=4096)
def _placed_weights(size: int, inked: int, first: int, places: int) -> Shapes:
    """How much each of so many `places` counts in each field of a shape of `size`, of which the ink takes the middle:
    `inked` places from the `first` on. No other place counts.
    """
    weights = np.zeros((SIDE, places), np.float32)
    if inked:
        beside = (size - inked) // 2
        weights[:, first : first + inked] = _weights(size)[:, beside : beside + inked]
    return weights


@cache
def _weights(size: int) -> Shapes:
    """How much each of `size` pixels counts in each field along one side: less the further it is from the middle."""
    wide = size / SIDE
    middles, places = (np.arange(SIDE) + 0.5) * wide, np.arange(size) + 0.5
    weights = np.clip(1 - abs(places[None] - middles[:, None]) / wide, 1e-6, None)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


def _unit(fields: Shapes) -> Shapes:
    centred = fields - fields.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(lengths, 1e-6), np.float32)
