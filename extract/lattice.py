"""Tables whose lines the page description lacks: lines in pixels (camelot), or words aligned in columns."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from extract.glyphs import (
    chars_to_lines,
    chars_to_text_line,
    lines_to_text,
    page_to_pieces,
    split_line,
    text_to_state,
)
from extract.grid import Lattice, rules_to_lattices
from extract.radicals import glyph_to_text
from models.geometry import Box, union
from models.grid import Cell, Grid, Piece, Place
from models.page import Char, Page, Rule

READER = "lattice"
LINE_SCALE = 50
"""camelot takes runs of pixels over this part of the page's side for lines: at 15, its default, a wall of
three rows of print (56 points) is lost; at 50 one row (17 points) is kept, and no stroke of a character."""
WORD_GAP = 1.0
"""A gap of this many type sizes parts two columns."""
FEWEST_COLUMNS, FEWEST_LINES = 3, 3
"""Fewer aligned columns, or fewer lines that fill that many of them, are text and not a table."""

_WRAP = re.compile(r"(?<![!-~])\n|\n(?![!-~])")
"""A line break with Chinese on either side."""

Engine = Literal["combined", "vector"]
Words = list[list[Char]]


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


def unruled_page_to_pieces(page: Page, picture: Path | None) -> tuple[Piece, ...]:
    """The pieces of a page without drawn tables.

    `picture` is its file when the page is a picture under a text layer: then camelot looks for lines in the
    pixels, when it is installed. Without lines, words aligned in columns are a table of inferred spans.
    """
    rules = _pixel_rules(picture, page) if picture is not None and is_available() else ()
    if rules:
        return page_to_pieces(replace(page, rules=rules, reader=READER))
    pieces: list[Piece] = []
    lines = [(line, split_line(line, WORD_GAP)) for line in chars_to_lines(page.chars)]
    lines = [(line, words) for line, words in lines if words]
    index = 0
    while index < len(lines):
        block = _aligned_block([words for _, words in lines[index:]])
        if block:
            pieces.append(_block_to_grid(block, page))
            index += len(block)
        else:
            pieces += (chars_to_text_line(chars, page) for chars in split_line(lines[index][0]))
            index += 1
    return tuple(pieces)


def _pixel_rules(picture: Path, page: Page) -> tuple[Rule, ...]:
    try:
        return page_to_rules(picture, page)
    except Exception as error:  # camelot has a parser of its own, which broken files break in its own ways
        logging.getLogger(__name__).warning("page %d: no lines from pixels: %s", page.number, error)
        return ()


def _aligned_block(lines: Sequence[Words]) -> list[Words]:
    """The longest run of lines from the first on that keeps three columns apart; empty when none does."""
    best: list[Words] = []
    if len(lines[0]) < FEWEST_COLUMNS:
        return best
    block: list[Words] = []
    for words in lines:
        if len(words) == 1 and len(_columns([*block, words])) < len(_columns(block)):
            break
        block.append(words)
        if len(_columns(block)) < FEWEST_COLUMNS:
            break
        if sum(len(line) >= FEWEST_COLUMNS for line in block) >= FEWEST_LINES:
            best = list(block)
    return best


def _columns(lines: Sequence[Words]) -> list[tuple[float, float]]:
    """From where to where the words of `lines` reach, words that overlap in any line taken together."""
    reaches = sorted((words[0].box.x0, words[-1].box.x1) for line in lines for words in line)
    columns = reaches[:1]
    for start, end in reaches[1:]:
        if start < columns[-1][1]:
            columns[-1] = columns[-1][0], max(end, columns[-1][1])
        else:
            columns.append((start, end))
    return columns


def _block_to_grid(block: Sequence[Words], page: Page) -> Grid:
    columns = _columns(block)
    rows: list[list[Words]] = []
    for line in block:
        filled = {_column_of(words, columns): words for words in line}
        if not rows or 0 in filled or len(filled) > len(columns) // 2:
            rows.append([[] for _ in columns])
        for column, words in filled.items():
            rows[-1][column].append(words)
    cells = []
    for number, row in enumerate(rows):
        for column, lines in enumerate(row):
            text = lines_to_text(lines)
            box = union(char.box for line in lines for char in line)
            cells.append(Cell(number, column, text, Place(page.number, box), state=text_to_state(text)))
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    edges = ((page.number, (columns[0][0], *middles, columns[-1][1])),)
    return Grid(tuple(cells), len(rows), len(columns), "inferred", edges=edges, reader=page.reader)


def _column_of(words: Sequence[Char], columns: Sequence[tuple[float, float]]) -> int:
    return next(i for i, (start, end) in enumerate(columns) if start <= words[0].box.x0 <= end)
