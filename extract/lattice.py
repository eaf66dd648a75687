"""Second reader: tables whose lines camelot sees in the pixels of a page, or in its drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from extract.characters import glyph_to_text
from extract.grid import Lattice, rules_to_lattices
from extract.textlines import text_to_state
from models.geometry import Box
from models.grid import Cell, Grid, Place
from models.page import Page, Rule

READER = "lattice"
LINE_SCALE = 50
"""camelot takes runs of pixels over this part of the page's side for lines: at 15, its default, a wall of
three rows of print (56 points) is lost; at 50 one row (17 points) is kept, and no stroke of a character."""

_WRAP = re.compile(r"(?<![!-~])\n|\n(?![!-~])")
"""A line break with Chinese on either side."""

Engine = Literal["combined", "vector"]


def is_available() -> bool:
    """Whether camelot is installed."""
    return find_spec("camelot") is not None


def page_to_grids(path: Path, page_number: int, engine: Engine = "combined") -> tuple[Grid, ...]:
    """The tables camelot sees on one page of the PDF file at `path`.

    `combined` looks at rendered pixels and drawn lines, `vector` at drawn lines only: where there are some it
    is faster and finds framed and shaded tables that `combined` loses, but it confuses double lines.
    The reading is camelot's own, so it serves as a second opinion. A page without a text layer has none.
    Raises `ImportError` without camelot.
    """
    height = _page_height(path, page_number)
    grids = []
    for table in _camelot_tables(path, page_number, engine):
        cells = [(_cell_to_box(cell, height), cell.text) for row in table.cells for cell in row]
        for lattice in rules_to_lattices(_table_to_rules(table, height)):
            grids.append(_lattice_to_grid(lattice, cells, page_number))
    return tuple(grids)


def page_to_rules(path: Path, page: Page) -> tuple[Rule, ...]:
    """The ruling lines of the tables camelot sees on `page` of the file at `path`."""
    tables = _camelot_tables(path, page.number, "combined")
    return tuple(rule for table in tables for rule in _table_to_rules(table, page.height))


def _camelot_tables(path: Path, page_number: int, engine: Engine) -> list[Any]:
    camelot = import_module("camelot")
    options = {"flavor": "lattice", "engine": engine, "line_scale": LINE_SCALE, "suppress_stdout": True}
    return list(camelot.read_pdf(str(path), pages=str(page_number), **options))


def _page_height(path: Path, page_number: int) -> float:
    document = import_module("pypdfium2").PdfDocument(path)
    try:
        return float(document[page_number - 1].get_height())
    finally:
        document.close()


def _cell_to_box(cell: Any, height: float) -> Box:
    return Box(cell.x1, height - cell.y2, cell.x2, height - cell.y1)


def _table_to_rules(table: Any, height: float) -> Iterator[Rule]:
    for cell in (cell for row in table.cells for cell in row):
        box = _cell_to_box(cell, height)
        if cell.top:
            yield Rule("horizontal", box.top, box.x0, box.x1)
        if cell.bottom:
            yield Rule("horizontal", box.bottom, box.x0, box.x1)
        if cell.left:
            yield Rule("vertical", box.x0, box.top, box.bottom)
        if cell.right:
            yield Rule("vertical", box.x1, box.top, box.bottom)


def _lattice_to_grid(lattice: Lattice, texts: Sequence[tuple[Box, str]], page_number: int) -> Grid:
    cells = []
    for span in lattice.spans:
        box = lattice.span_to_box(span)
        raw = "\n".join(text for place, text in texts if text and box.contains(*place.centre))
        text = glyph_to_text(_WRAP.sub("", raw.strip()), "")
        rows, columns = span.row_end - span.row, span.column_end - span.column
        place = Place(page_number, box)
        cells.append(Cell(span.row, span.column, text, place, rows, columns, text_to_state(text)))
    edges = ((page_number, lattice.xs),)
    return Grid(tuple(cells), len(lattice.ys) - 1, len(lattice.xs) - 1, "ruled", edges=edges, reader=READER)
