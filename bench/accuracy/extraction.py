"""The extractor alone: its grids beside the tables that were written or drawn, by TEDS and GriTS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.accuracy.fields import Json
from bench.accuracy.grits import grits
from bench.accuracy.plan import FIRST_SEED, SEEDS_A_LAYOUT, Case
from bench.accuracy.teds import teds
from bench.forge.layouts import LAYOUTS
from bench.forge.typeset import typeset
from bench.tables import Cells, make
from models.grid import Cell, Document, Grid, Place

Read = Callable[[Path, int], list[list[Cells]]]


@dataclass(frozen=True, slots=True)
class Alike:
    """Mean likeness of tables to the true ones, 0…1."""

    tables: int
    teds: float
    content: float
    topology: float


def mean(scores: Sequence[tuple[float, float, float]]) -> Alike | None:
    if not scores:
        return None
    sums = [sum(score[n] for score in scores) / len(scores) for n in range(3)]
    return Alike(len(scores), *sums)


def score(true: Sequence[Cell], found: Sequence[Cell]) -> tuple[float, float, float]:
    """TEDS, GriTS of content and of topology; a table that was not found has nought."""
    return (teds(true, found), *grits(true, found)) if found else (0.0, 0.0, 0.0)


def form_tables(case: Case, truth: Json, document: Document) -> Alike | None:
    """The whole tables of an office file or web page, for the first test declaration of each layout: they are long."""
    if case.half != "test" or (case.seed - FIRST_SEED[case.half]) % SEEDS_A_LAYOUT:
        return None
    true = [table.cells for table in typeset(truth, LAYOUTS[case.layout], case.seed).tables]
    found = [piece.cells for piece in document.pieces if isinstance(piece, Grid)]
    found += [()] * (len(true) - len(found))
    return mean(
        [
            score([Cell(c.row, c.column, c.text, Place(), c.row_span, c.column_span) for c in cells], grid)
            for cells, grid in zip(true, found, strict=False)
        ]
    )


def scan_tables(scanned: Document, printed: Document) -> Alike | None:
    """A scan's tables beside those of the print it was made from, page by page, as the PDF reader has them."""
    true, found = page_tables(printed), page_tables(scanned)
    scores = []
    for number, tables in true.items():
        here = found.get(number, [])
        here += [()] * (len(tables) - len(here))
        scores += [score(table, grid) for table, grid in zip(tables, here, strict=False)]
    return mean(scores)


def page_tables(document: Document) -> dict[int, list[Sequence[Cell]]]:
    """The cells of the tables of each page."""
    tables: dict[int, list[Sequence[Cell]]] = {}
    for piece in document.pieces:
        if isinstance(piece, Grid) and piece.edges:
            tables.setdefault(piece.edges[0][0], []).append(piece.cells)
    return tables


def drawn_tables(readers: Mapping[str, Read]) -> dict[str, Alike]:
    """Every reader on the thirty hard tables of `bench.tables`, a page each; of several finds the best counts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hard.pdf"
        drawn = make(path)
        found = {name: read(path, len(drawn)) for name, read in readers.items()}
    true = [to_cells(table.cells()) for table, _ in drawn]
    scores = {name: mean(list(_best(true, pages))) for name, pages in found.items()}
    return {name: alike for name, alike in scores.items() if alike}


def to_cells(cells: Cells) -> list[Cell]:
    return [Cell(row, column, text, Place(), high, wide) for row, column, high, wide, text in sorted(cells)]


def _best(
    true: Sequence[Sequence[Cell]], pages: Sequence[list[Cells]]
) -> Iterator[tuple[float, float, float]]:
    for table, finds in zip(true, pages, strict=True):
        yield max((score(table, to_cells(found)) for found in finds), default=(0.0, 0.0, 0.0))
