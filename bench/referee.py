"""How good the referee is: `python -m bench.referee PDF…` plants faults in our grids of right pages and counts those it sees.

Prints the share of planted faults that are caught, by kind, how many of those that change a form's data are mended by
taking the referee's tables, how often a faulty reading would have been taken for a right one, and the share of fields of
right pages that are disputed.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.page.furniture import without_page_number
from extract.pdf.reader import pages, read_pdf
from extract.referee.camelot_tables import Flavour, RefereeCell, RefereeError, pdf_to_referee_cells
from extract.referee.compare import find_disputes
from extract.referee.plumber_chars import pdf_to_plumber_chars
from extract.referee.rival_tables import cells_to_rival
from models.document import Document, Piece, piece_page
from models.geometry import Box
from models.grid import Cell, Grid
from models.submission import Submission
from shenbao.pipeline import document_to_submission, file_to_source
from shenbao.rivals import is_clearly_better, with_rival

Cells = list[Cell]
FAULTS = 200
SEED = 20251127
FEWEST_CELLS = 20


def line_dropped(cells: Cells, at: random.Random) -> Cells:
    """Two rows that became one: the texts of a cell and of the one below it are joined."""
    below = [(a, b) for a in cells for b in cells if _is_below(a, b) and a.text.strip() and b.text.strip()]
    upper, lower = at.choice(below)
    joined = replace(upper, text=f"{upper.text}\n{lower.text}", row_span=upper.row_span + lower.row_span)
    return [joined if cell is upper else cell for cell in cells if cell is not lower]


def column_split(cells: Cells, at: random.Random) -> Cells:
    """A wall that is none: a cell's text is cut in two, each with its part of the place."""
    cell = at.choice([cell for cell in cells if len(cell.text.strip()) > 3 and cell.place.box])
    box, half = cell.place.box, len(cell.text) // 2
    assert box is not None
    middle = (box.x0 + box.x1) / 2
    left = replace(
        cell, text=cell.text[:half], place=replace(cell.place, box=Box(box.x0, box.top, middle, box.bottom))
    )
    right = replace(
        cell,
        text=cell.text[half:],
        column=cell.column + 1,
        place=replace(cell.place, box=Box(middle, box.top, box.x1, box.bottom)),
    )
    return [new for old in cells for new in ([left, right] if old is cell else [old])]


def cell_shifted(cells: Cells, at: random.Random) -> Cells:
    """A cell that stands one row or one column further than it does on paper."""
    cell = at.choice([cell for cell in cells if cell.text.strip()])
    moved = replace(cell, row=cell.row + 1) if at.random() < 0.5 else replace(cell, column=cell.column + 1)
    return [moved if old is cell else old for old in cells]


def text_cut(cells: Cells, at: random.Random) -> Cells:
    """A text whose end, or a character of it, is lost."""
    cell = at.choice([cell for cell in cells if len(cell.text.strip()) > 1])
    n = at.randrange(len(cell.text))
    cut = replace(cell, text=cell.text[:n] if at.random() < 0.5 and n else cell.text[:n] + cell.text[n + 1 :])
    return [cut if old is cell else old for old in cells]


KINDS: tuple[Callable[[Cells, random.Random], Cells], ...] = (
    line_dropped,
    column_split,
    cell_shifted,
    text_cut,
)


def _is_below(upper: Cell, lower: Cell) -> bool:
    same = (upper.column, upper.column_span) == (lower.column, lower.column_span)
    return same and upper.row + upper.row_span == lower.row


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of a file with text of its own: the whole document as we read it, and the referee's cells of the page."""

    path: Path
    document: Document
    page: int
    theirs: list[RefereeCell]

    def grids(self) -> list[Grid]:
        return [p for p in self.document.pieces if isinstance(p, Grid) and piece_page(p) == self.page]

    def tables(self) -> list[Cells]:
        return [list(grid.cells) for grid in self.grids()]

    def decoded(self, pieces: Sequence[Piece]) -> Submission:
        document = replace(self.document, pieces=tuple(pieces))
        return document_to_submission(document, file_to_source(self.path, self.path.name, document))


def read_pages(path: Path) -> Iterator[ReadPage]:
    """The pages of a file that have tables."""
    document = read_pdf(path)
    for page in map(without_page_number, pages(path)):
        grids = [p for p in document.pieces if isinstance(p, Grid) and piece_page(p) == page.number]
        flavour: Flavour = "lattice" if all(grid.spans == "ruled" for grid in grids) else "network"
        if grids:
            try:
                chars = pdf_to_plumber_chars(path, page) or page.chars
                cells = pdf_to_referee_cells(path, page, chars, flavour)
            except RefereeError as error:
                print(f"{path.name}, page {page.number}: {error}")
            else:
                yield ReadPage(path, document, page.number, cells)


def plant(read: ReadPage, fault: Callable[[Cells, random.Random], Cells], at: random.Random) -> list[Piece]:
    """The pieces of a page's document with a fault in its largest table."""
    grid = max(read.grids(), key=lambda grid: len(grid.cells))
    cells = sorted(fault(list(grid.cells), at), key=lambda cell: (cell.row, cell.column))
    columns = max(grid.columns, *(cell.column + cell.column_span for cell in cells))
    rows = max(grid.rows, *(cell.row + cell.row_span for cell in cells))
    ((page, xs),) = grid.edges
    edges = ((page, (*xs, *(xs[-1] + n for n in range(1, columns - grid.columns + 1)))),)
    faulty = replace(grid, cells=tuple(cells), rows=rows, columns=columns, edges=edges)
    return [faulty if piece is grid else piece for piece in read.document.pieces]


def judge(read: ReadPage, pieces: Sequence[Piece]) -> Iterator[str]:
    """What becomes of a planted fault: whether it is seen, matters, is mended, and would have been taken itself."""
    here = [piece for piece in pieces if piece_page(piece) == read.page]
    if find_disputes([piece.cells for piece in here if isinstance(piece, Grid)], read.theirs):
        yield "caught"
    right, faulty = read.decoded(read.document.pieces), read.decoded(pieces)
    if [form.data for form in faulty.forms] == [form.data for form in right.forms]:
        return
    yield "data changed"
    if is_clearly_better(faulty, right, ()):
        yield "fault preferred to right"
    rival = cells_to_rival(here, read.theirs, read.page)
    theirs = read.decoded(with_rival(pieces, rival)) if rival else faulty
    if is_clearly_better(theirs, faulty, ()):
        mended = [form.data for form in theirs.forms] == [form.data for form in right.forms]
        yield "mended" if mended else "taken though wrong"


def main(paths: list[Path]) -> None:
    """Measure on the PDF files at `paths`, whose pages are read right."""
    read = [page for path in paths for page in read_pages(path)]
    fields = sum(bool(cell.text.strip()) for page in read for cells in page.tables() for cell in cells)
    disputes = {n: find_disputes(page.tables(), page.theirs) for n, page in enumerate(read)}
    disputed = Counter(dispute.difference for found in disputes.values() for dispute in found)
    print(f"right: {sum(disputed.values())} of {fields} fields disputed {dict(disputed)}")
    at = random.Random(SEED)
    clean = [
        page
        for n, page in enumerate(read)
        if not disputes[n] and max(len(cells) for cells in page.tables()) > FEWEST_CELLS
    ]
    fates: Counter[str] = Counter()
    for n in range(FAULTS):
        page, fault = at.choice(clean), KINDS[n % len(KINDS)]
        told = [
            f"{kind} {fate}"
            for fate in judge(page, plant(page, fault, at))
            for kind in ("all", fault.__name__)
        ]
        fates.update(told)
    print(f"planted: {FAULTS}, " + ", ".join(f"{fate} {count}" for fate, count in sorted(fates.items())))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
