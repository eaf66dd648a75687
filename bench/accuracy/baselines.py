"""Two readers that do no thinking, so that a number means something."""

from __future__ import annotations

from bench.compared import Json
from bench.peers.plain import reading_to_data
from bench.peers.reading import Cell, Reading, Table, rows_to_table
from models.document import Document, TextLine
from models.grid import Grid

NULL: Json = {"forms": []}
"""Reads nothing: what it gets right is what the form leaves blank."""


def copied_as_is(document: Document) -> Json:
    """Cells copied into fields as they stand below their headings: no catalogue, no repair, no finding."""
    tables = tuple(grid_to_table(piece) for piece in document.pieces if isinstance(piece, Grid))
    lines = tuple(piece.text for piece in document.pieces if isinstance(piece, TextLine))
    return {"forms": [{"form": "department-overall", "data": reading_to_data(Reading(tables, lines))}]}


def grid_to_table(grid: Grid) -> Table:
    """Our grid as the plain mapping takes it; bare rows of text have no columns of their own."""
    if grid.spans == "none":
        rows: list[list[str]] = [[] for _ in range(grid.rows)]
        for cell in grid.cells:
            rows[cell.row].append(cell.text)
        return rows_to_table(rows, "padded")
    edges = grid.edges[0][1] if len(grid.edges) == 1 else ()
    on_paper = len(edges) > grid.columns

    def edge(column: int) -> float:
        return edges[column] if on_paper else float(column)

    cells = (
        Cell(c.row, c.row_span, edge(c.column), edge(c.column + c.column_span), c.text) for c in grid.cells
    )
    return Table(tuple(cells), "paper" if on_paper else "columns")
