"""Cells and time on 30 hard ruled tables, beside pdfplumber's: `python -m bench.grids [PDF…]`.

The tables are the same on every run. A cell is exact when its place, spans and text (blanks aside) are.
Further PDF files on the command line are timed only.
"""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import pdfplumber

from bench.speed.clock import least_cpus
from bench.tables import PENS, Cells, make
from extract.pdf.reader import read_pdf
from models.grid import Grid


def grid_to_cells(grid: Grid) -> Cells:
    return {(c.row, c.column, c.row_span, c.column_span, "".join(c.text.split())) for c in grid.cells}


def ours(path: Path, pages: int) -> list[list[Cells]]:
    found: list[list[Cells]] = [[] for _ in range(pages)]
    for piece in read_pdf(path).pieces:
        if isinstance(piece, Grid):
            found[piece.edges[0][0] - 1].append(grid_to_cells(piece))
    return found


def plumbers(path: Path, pages: int) -> list[list[Cells]]:
    with pdfplumber.open(path) as pdf:
        return [[_plumbed_cells(table) for table in page.find_tables()] for page in pdf.pages]


def _plumbed_cells(table: Any) -> Cells:
    xs = sorted({x for box in table.cells for x in (box[0], box[2])})
    ys = sorted({y for box in table.cells for y in (box[1], box[3])})
    texts = {
        box: "".join((text or "").split())
        for row, words in zip(table.rows, table.extract(), strict=True)
        for box, text in zip(row.cells, words, strict=True)
        if box
    }
    return {
        (
            ys.index(b[1]),
            xs.index(b[0]),
            ys.index(b[3]) - ys.index(b[1]),
            xs.index(b[2]) - xs.index(b[0]),
            text,
        )
        for b, text in texts.items()
    }


def bare_plumber(path: Path) -> None:
    with path.open("rb") as stream:
        for page in pdfplumber.open(stream).pages:
            for table in page.find_tables():
                table.extract()
            page.close()


def main(further: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hard.pdf"
        drawn = make(path)
        readers = {"ours": ours, "pdfplumber": plumbers}
        found = {name: read(path, len(drawn)) for name, read in readers.items()}
        print("exact cells %       " + "".join(f"{name:>12}" for name in readers))
        for pen in (*PENS, None):
            pages = [n for n, (_, used) in enumerate(drawn) if pen in (used, None)]
            truth = [drawn[n][0].cells() for n in pages]
            shares = [
                sum(
                    max((len(t & c) for c in found[name][n]), default=0)
                    for n, t in zip(pages, truth, strict=True)
                )
                for name in readers
            ]
            total = sum(map(len, truth))
            print(
                f"{pen.__name__ if pen else 'all':<12}{total:>8}"
                + "".join(f"{100 * s / total:>12.1f}" for s in shares)
            )
        for file in (path, *further):
            mine, bare = least_cpus(partial(read_pdf, file), partial(bare_plumber, file))
            print(f"{file.name}: ours {mine:.3f} s, bare pdfplumber {bare:.3f} s, ratio {mine / bare:.2f}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
