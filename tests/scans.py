"""Pictures of pages drawn on the spot, and recognisers that know what was drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.ocr.engine import Picture, Quadrilateral, Reading
from extract.page.lattice import Lattice
from extract.scan.pixels.ink import Pixels
from tests.engines import certain

DENSITY = 200 / 72
CHAR = 24
"""Pixels: the height of what `typed` draws."""


def blank_page(width: int = 900, height: int = 700) -> Pixels:
    return np.full((height, width, 3), 250, np.uint8)


def typed(page: Pixels, x: int, top: int, count: int) -> None:
    """A line of `count` characters that look like an L under a dot: they have a head and a foot."""
    for n in range(count):
        left = x + n * 28
        cv2.rectangle(page, (left + 10, top), (left + 13, top + 3), (20, 20, 20), -1)
        cv2.rectangle(page, (left, top + 4), (left + 2, top + CHAR - 1), (20, 20, 20), -1)
        cv2.rectangle(page, (left, top + CHAR - 4), (left + 20, top + CHAR - 1), (20, 20, 20), -1)


def ruled(page: Pixels, xs: Sequence[int], ys: Sequence[int]) -> None:
    """A table with every line drawn."""
    for x in xs:
        cv2.line(page, (x, ys[0]), (x, ys[-1]), (0, 0, 0), 2)
    for y in ys:
        cv2.line(page, (xs[0], y), (xs[-1], y), (0, 0, 0), 2)


XS, YS = (60, 250, 520, 840), (120, 190, 260, 370, 440, 560)


def form(lined: bool = True) -> Pixels:
    """A title, and a table of 5 × 3 cells with a line of text in each but the last, which is blank."""
    page = blank_page()
    typed(page, 300, 50, 9)
    if lined:
        ruled(page, XS, YS)
    for row, y in enumerate(YS[:-1]):
        for column, x in enumerate(XS[:-1]):
            if (row, column) != (4, 2):
                typed(page, x + 20, y + 20, 5)
    return page


def stands_upright(line: Picture) -> bool:
    """Whether the feet of the characters, which are their darkest part, are below."""
    rows = (line[:, :, 0] < 128).sum(axis=1)
    half = len(rows) // 2
    return bool(rows[-half:].sum() > rows[:half].sum())


@dataclass(frozen=True)
class CountingEngine:
    """Reads how many characters of `typed` a picture shows, if they stand upright; finds `boxes` where told."""

    boxes: Callable[[Picture], list[Quadrilateral]] = lambda picture: []
    name: str = "counting"
    version: str = "1"

    def read(self, lines: Sequence[Picture]) -> list[Reading]:
        return [
            certain("字" * feet(line)) if stands_upright(line) else replace(certain("?"), confidence=0.1)
            for line in lines
        ]

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        return self.boxes(picture)


def feet(line: Picture) -> int:
    """The number of feet in the lowest rows of ink."""
    dark = line[:, :, 0] < 128
    lowest = int(np.flatnonzero(dark.any(axis=1)).max())
    run = dark[lowest - 1].astype(np.int8)
    return int((np.diff(run, prepend=0) == 1).sum())


def spans(lattices: Sequence[Lattice]) -> list[int]:
    return [len(lattice.spans) for lattice in lattices]
