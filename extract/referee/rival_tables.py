"""What stands on a page with the referee's tables in place of ours: another reading, to be weighed against the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.page.text_lines import text_to_state
from extract.referee.camelot_tables import RefereeCell
from extract.referee.compare import bare_text, cell_around
from models.document import Piece, Rival
from models.grid import Cell, Grid, Place

REFEREE = "camelot"
"""The reader of the cells of such tables."""


def cells_to_rival(pieces: Sequence[Piece], theirs: Sequence[RefereeCell], page: int) -> Rival | None:
    """The `pieces` of a page with the referee's tables in place of our grids.

    `None` where a text of our grids stands in none of them: it would be lost. What both read alike keeps our text and place.
    """
    ours: dict[int, list[Cell]] = {}
    for cell in (cell for piece in pieces if isinstance(piece, Grid) for cell in piece.cells):
        if cell.text.strip():
            holder = cell_around(theirs, cell.place.box) if cell.place.box else None
            if holder is None:
                return None
            ours.setdefault(holder, []).append(cell)
    breaks = next((piece.breaks & {0} for piece in pieces if isinstance(piece, Grid)), frozenset())
    placed: list[tuple[float, float, Piece]] = []
    for table in sorted({theirs[n].table for n in ours}):
        cells = [(cell, ours.get(n, [])) for n, cell in enumerate(theirs) if cell.table == table]
        top, left = min(cell.box.top for cell, _ in cells), min(cell.box.x0 for cell, _ in cells)
        placed.append((top, left, _to_grid(cells, page, breaks if not placed else frozenset())))
    for piece in pieces:
        box = None if isinstance(piece, Grid) else piece.place.box
        if box is not None and cell_around(theirs, box) is None:
            placed.append((box.top, box.x0, piece))
    return Rival(page, tuple(piece for _, _, piece in sorted(placed, key=lambda one: one[:2])))


def _to_grid(cells: Sequence[tuple[RefereeCell, Sequence[Cell]]], page: int, breaks: frozenset[int]) -> Grid:
    """A table of the referee, each cell with those of ours that stand in it; edges at which no cell ends are left out."""
    ys = sorted({y for cell, _ in cells for y in (cell.row, cell.row + cell.row_span)})
    xs = {cell.column: cell.box.x0 for cell, _ in cells}
    xs.update({cell.column + cell.column_span: cell.box.x1 for cell, _ in cells})
    rows, columns = ({edge: n for n, edge in enumerate(edges)} for edges in (ys, sorted(xs)))
    placed = [
        _to_cell(theirs, ours, page, rows, columns)
        for theirs, ours in sorted(cells, key=lambda one: (one[0].row, one[0].column))
    ]
    edges = ((page, tuple(xs[edge] for edge in sorted(xs))),)
    return Grid(tuple(placed), len(rows) - 1, len(columns) - 1, "ruled", breaks, edges, REFEREE)


def _to_cell(
    theirs: RefereeCell,
    ours: Sequence[Cell],
    page: int,
    rows: Mapping[int, int],
    columns: Mapping[int, int],
) -> Cell:
    text, place = theirs.text, Place(page, theirs.ink or theirs.box)
    if len(ours) == 1 and bare_text(ours[0].text) == bare_text(theirs.text):
        text, place = ours[0].text, ours[0].place
    row, column = rows[theirs.row], columns[theirs.column]
    deep = rows[theirs.row + theirs.row_span] - row
    wide = columns[theirs.column + theirs.column_span] - column
    return Cell(row, column, text, place, deep, wide, text_to_state(text))
