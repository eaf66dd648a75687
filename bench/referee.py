"""How good the referee is: `python -m bench.referee PDF…` plants faults in our grids of right pages and counts those it sees.

Prints the share of planted faults that are caught, by kind, and of fields of right pages that are disputed.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from extract.page.furniture import without_page_number
from extract.pdf.reader import pages, read_pdf
from extract.referee.camelot_tables import Flavour, RefereeCell, RefereeError, pdf_to_referee_cells
from extract.referee.compare import find_disputes
from models.geometry import Box
from models.grid import Cell, Grid

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


def both_readings(path: Path) -> Iterator[tuple[list[Cells], list[RefereeCell]]]:
    """The cells of our tables and the referee's cells of each page of a file."""
    grids = [piece for piece in read_pdf(path).pieces if isinstance(piece, Grid)]
    for page in map(without_page_number, pages(path)):
        here = [grid for grid in grids if grid.cells and grid.cells[0].place.page == page.number]
        flavour: Flavour = "lattice" if all(grid.spans == "ruled" for grid in here) else "network"
        if here:
            try:
                yield [list(grid.cells) for grid in here], pdf_to_referee_cells(path, page, flavour)
            except RefereeError as error:
                print(f"{path.name}, page {page.number}: {error}")


def main(paths: list[Path]) -> None:
    """Measure on the PDF files at `paths`, whose pages are read right."""
    readings = [both for path in paths for both in both_readings(path)]
    fields = sum(bool(cell.text.strip()) for tables, _ in readings for cells in tables for cell in cells)
    disputed = Counter(dispute.difference for both in readings for dispute in find_disputes(*both))
    print(f"right: {sum(disputed.values())} of {fields} fields disputed {dict(disputed)}")
    at = random.Random(SEED)
    clean = [both for both in readings if not find_disputes(*both) and len(both[0][0]) > FEWEST_CELLS]
    caught: Counter[str] = Counter()
    for n in range(FAULTS):
        plant = KINDS[n % len(KINDS)]
        (first, *others), theirs = at.choice(clean)
        caught[plant.__name__] += bool(find_disputes([plant(first, at), *others], theirs))
    print(f"planted: {sum(caught.values())} of {FAULTS} caught {dict(caught)}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
