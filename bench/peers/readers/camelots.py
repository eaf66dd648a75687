"""camelot's lattice: cells between its lines, joined where there is no line between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
from camelot.io import read_pdf

from bench.peers.reading import Cell, Reading, Table


def read(path: Path, engine: str) -> Reading:
    """`engine` is `vector` (drawn lines) or `combined` (also rendered pixels, camelot's default)."""
    found = read_pdf(str(path), pages="all", flavor="lattice", engine=engine, suppress_stdout=True)
    return Reading(tuple(Table(tuple(_cells(table)), edges="paper") for table in found), _lines(path))


def _cells(table: Any) -> Iterator[Cell]:
    cells = table.cells
    taken: set[tuple[int, int]] = set()
    for row, across in enumerate(cells):
        for column, cell in enumerate(across):
            if (row, column) in taken:
                continue
            last = column
            while last + 1 < len(across) and not across[last].right and (row, last + 1) not in taken:
                last += 1
            foot = row
            while foot + 1 < len(cells) and not cells[foot][column].bottom:
                foot += 1
            inside = [(r, c) for r in range(row, foot + 1) for c in range(column, last + 1)]
            taken.update(inside)
            text = "\n".join(text for r, c in inside if (text := cells[r][c].text.strip()))
            yield Cell(row, foot - row + 1, cell.x1, across[last].x2, text)


def _lines(path: Path) -> tuple[str, ...]:
    """camelot reads tables only: the lines of the first page come from pdfplumber."""
    with pdfplumber.open(path) as document:
        return tuple((document.pages[0].extract_text() or "").splitlines())
