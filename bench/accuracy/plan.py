"""Which forms are made and read: kinds of files, layouts and damages, in a development and a test half."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from bench.forge.departments import Half
from bench.forge.layouts import LAYOUTS
from bench.forge.scans import DAMAGES

Kind = Literal["text", "file", "pdf", "scan"]
KINDS: dict[str, Kind] = {
    "ocr": "text",
    "docx": "file",
    "xlsx": "file",
    "doc": "file",
    "xls": "file",
    "html": "file",
    "ofd": "file",
    "mineru": "file",
    "paddleocr": "file",
    "docling": "file",
    "azure": "file",
    "chrome": "pdf",
    "writer": "pdf",
    "scan": "scan",
}
HALVES: tuple[Half, ...] = ("dev", "test")
FIRST_SEED: dict[Half, int] = {"dev": 3001, "test": 7001}
"""Forms of the test half are for measuring; what goes wrong is looked into on those of the other half."""
SEEDS_A_LAYOUT = 100
LEVELS = ("ocr", "worse")


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """One form to be made and read; `damage` is of a scan or of OCR text."""

    half: Half
    format: str
    damage: str
    layout: str
    seed: int

    @property
    def kind(self) -> Kind:
        return KINDS[self.format]

    @property
    def name(self) -> str:
        """The name `bench.forge` gives the form."""
        damaged = self.damage if self.damage != self.format else ""
        return "-".join(filter(None, (f"{self.seed:04}", self.layout, self.format, damaged)))

    @property
    def printed(self) -> Case:
        """The print that a scan is made from; it shares its declaration."""
        return Case(self.half, "writer", "", self.layout, self.seed)


@dataclass(frozen=True, slots=True)
class Size:
    """How many forms of each sort; a scan costs fifty times as much as any other form."""

    files: int  # declarations per layout and half, each in every kind of file
    texts: int  # the same as damaged OCR text, at every level
    scans: dict[Half, int]  # forms per damage
    every: dict[Half, int]  # of the damages only every so many-th


SMALL = Size(files=2, texts=3, scans={"dev": 1, "test": 1}, every={"dev": 2, "test": 1})
FULL = Size(files=4, texts=8, scans={"dev": 3, "test": 6}, every={"dev": 1, "test": 1})


def cases(size: Size) -> list[Case]:
    """All forms of a run, in a fixed order."""
    return [case for half in HALVES for case in (*_files(size, half), *_scans(size, half))]


def _files(size: Size, half: Half) -> Iterator[Case]:
    for layout, number in product(LAYOUTS, range(max(size.files, size.texts))):
        seed = _seed(half, layout, number)
        if number < size.files:
            for format_ in (name for name, kind in KINDS.items() if kind in ("file", "pdf")):
                yield Case(half, format_, "", layout, seed)
        if number < size.texts:
            for level in LEVELS:
                yield Case(half, "ocr", level, layout, seed)


def _scans(size: Size, half: Half) -> Iterator[Case]:
    """The damages of a half, the layouts taken in turn: the n-th form of a damage is of the n-th layout from its own."""
    layouts = list(LAYOUTS)
    for place, damage in enumerate(list(DAMAGES)[:: size.every[half]]):
        for number in range(size.scans[half]):
            layout = layouts[(place + number) % len(layouts)]
            # a declaration that the plan prints anyway, so that the scan's true boxes are known
            yield Case(half, "scan", damage, layout, _seed(half, layout, (place + number) % size.files))


def _seed(half: Half, layout: str, number: int) -> int:
    """The `number`-th declaration of a layout; no two layouts share one."""
    return FIRST_SEED[half] + SEEDS_A_LAYOUT * list(LAYOUTS).index(layout) + number
