"""RapidOCR as it comes: its boxes in rows by height alone, or put into OpenCV's grid."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rapidocr import RapidOCR

from bench.peers.readers.pages import Image, pictures, upright
from bench.peers.readers.ruled import cell_areas, lines_of, words_to_cells
from bench.peers.reading import Box, Cell, Reading, Table

Reader = Callable[[Path], Reading]


def in_rows() -> Reader:
    """Boxes at one height are a row."""
    recognise = _recogniser()

    def read(path: Path) -> Reading:
        pages = [recognise(picture) for picture in map(upright, pictures(path))]
        rows = [[box[4] for box in line] for page in pages for line in lines_of(page)]
        return Reading(tuple(_rows(page) for page in pages), tuple("".join(row) for row in rows))

    return read


def in_grid() -> Reader:
    """Boxes belong to the cell of OpenCV's grid that holds their centre."""
    recognise = _recogniser()

    def read(path: Path) -> Reading:
        tables: list[Table] = []
        lines: list[str] = []
        for picture in map(upright, pictures(path)):
            table, rest = words_to_cells(cell_areas(picture), recognise(picture))
            tables.append(table)
            lines += rest
        return Reading(tuple(tables), tuple(lines))

    return read


def _recogniser() -> Callable[[Image], list[Box]]:
    engine = RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False, "Global.text_score": 0.3})

    def recognise(picture: Image) -> list[Box]:
        found: Any = engine(picture)
        if found.boxes is None:
            return []
        return [
            (*box.min(axis=0).tolist(), *box.max(axis=0).tolist(), text)
            for box, text in zip(found.boxes, found.txts, strict=True)
        ]

    return recognise


def _rows(words: Sequence[Box]) -> Table:
    """Rows of words; each reaches half way to its neighbours."""
    cells = []
    for number, line in enumerate(lines_of(words)):
        middles = [(one[2] + two[0]) / 2 for one, two in itertools.pairwise(line)]
        edges = [line[0][0], *middles, line[-1][2]]
        cells += [Cell(number, 1, edges[n], edges[n + 1], word[4]) for n, word in enumerate(line)]
    return Table(tuple(cells), edges="paper")
