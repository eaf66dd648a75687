"""The extractor alone: its grids beside the tables that were written or drawn, by TEDS and GriTS."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.accuracy.grits import grits
from bench.accuracy.plan import FIRST_SEED, SEEDS_A_LAYOUT, Case
from bench.accuracy.teds import teds
from bench.compared import Json
from bench.forge.layouts import LAYOUTS
from bench.forge.typeset import typeset
from bench.tables import Cells, make
from models.document import Document
from models.grid import Cell, Grid, Place

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


def best(true: Sequence[Cell], found: Sequence[Sequence[Cell]]) -> tuple[float, float, float]:
    """The score of the find that is most like the table."""
    return max((score(true, cells) for cells in found), default=(0.0, 0.0, 0.0))


def form_tables(case: Case, truth: Json, document: Document) -> Alike | None:
    """The whole tables of an office file or web page, for the first test declaration of each layout: they are long."""
    if case.half != "test" or (case.seed - FIRST_SEED[case.half]) % SEEDS_A_LAYOUT:
        return None
    sheet = typeset(truth, LAYOUTS[case.layout], case.seed)
    true = [
        [Cell(c.row, c.column, c.text, Place(), c.row_span, c.column_span) for c in table.cells]
        for table in sheet.tables
    ]
    found = [piece.cells for piece in document.pieces if isinstance(piece, Grid)]
    return mean([best(table, found) for table in true])


def scan_tables(scanned: Document, printed: Document) -> Alike | None:
    """A scan's tables beside those of the print it was made from, page by page, as the PDF reader has them."""
    true, found = page_tables(printed), page_tables(scanned)
    return mean([best(table, found.get(page, ())) for page, tables in true.items() for table in tables])


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
    likenesses = {
        name: mean(
            [best(table, list(map(to_cells, finds))) for table, finds in zip(true, pages, strict=True)]
        )
        for name, pages in found.items()
    }
    return {name: alike for name, alike in likenesses.items() if alike}


def to_cells(cells: Cells) -> list[Cell]:
    return [Cell(row, column, text, Place(), high, wide) for row, column, high, wide, text in sorted(cells)]
