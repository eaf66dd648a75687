"""Tables whose lines the page description lacks: partly ruled, or words aligned in columns.

What is missing is ruled in by inference: columns by rivers of white, rows by rules, spacing and alignment. Then
the page is read like any ruled one; cells whose place is a guess are marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.page.ruling import intervals_to_pairs
from extract.page.tables import PageTables, page_to_tables
from extract.page.text_lines import chars_to_lines, chars_to_stacks
from extract.page.underlines import drawn_across
from extract.unruled.column_rivers import Block, line_to_words, lines_to_blocks
from extract.unruled.drawing_order import with_known_order
from extract.unruled.inferred_table import blocks_to_table
from extract.unruled.page_edges import without_edges
from extract.unruled.table_parts import ROW_RULE_SHARE
from models.geometry import Box
from models.grid import Grid
from models.page import Page, Rule

_LINES_A_RULE = 8
"""A page with at least one rule for this many lines is ruled row by row."""
_WALL_SHARE = 0.95
"""A rule that reaches this share of the widest rule's width goes from side to side of its table."""


def unruled_page_to_tables(page: Page) -> PageTables:
    """The pieces of such a page, and the cells of its tables."""
    inferred = page_to_rules(without_edges(page))
    tables = page_to_tables(replace(page, rules=(*page.rules, *inferred.rules)))
    pieces = (_marked(piece, inferred) if isinstance(piece, Grid) else piece for piece in tables.pieces)
    return replace(tables, pieces=tuple(pieces))


def _marked(grid: Grid, inferred: InferredRules) -> Grid:
    """The grid as an inferred one, its doubtful cells marked."""
    boxed = [n for n, cell in enumerate(grid.cells) if cell.place.box]
    centres = [box.centre for n in boxed if (box := grid.cells[n].place.box)]
    cells = list(grid.cells)
    for n in _held(centres, inferred.doubtful):
        cells[boxed[n]] = replace(cells[boxed[n]], placed=False)
    return replace(grid, cells=tuple(cells), spans="inferred")


def _held(points: Sequence[tuple[float, float]], boxes: Sequence[Box]) -> list[int]:
    """The numbers of the points that lie in one of the boxes: both may be tens of thousands."""
    if not points or not boxes:
        return []
    x, y = np.array(points).T
    edges = np.array(sorted((box.top, box.bottom, box.x0, box.x1) for box in boxes))
    tallest = float((edges[:, 1] - edges[:, 0]).max())
    # a height rounded down must leave no box out
    firsts = np.searchsorted(edges[:, 0], y - tallest - 1.0)
    counts = np.searchsorted(edges[:, 0], y, "right") - firsts
    held: set[int] = set()
    for point, box in intervals_to_pairs(firsts, counts):
        _, bottom, left, right = edges[box].T
        inside = (y[point] <= bottom) & (left <= x[point]) & (x[point] <= right)
        held.update(point[inside].tolist())
    return sorted(held)


@dataclass(frozen=True, slots=True)
class InferredRules:
    """Rules that a page lacks, and the places on it where they are a guess."""

    rules: tuple[Rule, ...]
    doubtful: tuple[Box, ...]


def page_to_rules(page: Page) -> InferredRules:
    """The rules that the page's tables would have if they were ruled."""
    page = with_known_order(page, chars_to_lines(page.chars))
    lines = [line for line in chars_to_lines(page.chars) if any(not c.text.isspace() for c in line)]
    words = [word for line in lines for word in line_to_words(line)]
    stacks = chars_to_stacks(word[0] for word in words if len(word) == 1)
    blocks = lines_to_blocks(lines, _walls(page, len(lines)), stacks)
    parts = _neighbours([block for block in blocks if block.edges])
    found = [blocks_to_table(page, lines, stacks, part) for part in parts]
    tables = [table for table in found if table is not None]
    return InferredRules(
        tuple(rule for table in tables for rule in table.rules()),
        tuple(box for table in tables for box in table.doubtful()),
    )


def _walls(page: Page, lines: int) -> list[float] | None:
    """The heights of the widest rules when the page has one for every few lines, else `None`."""
    across = drawn_across(page)
    widest = max((line.end - line.start for line in across), default=0.0)
    long = [line for line in across if line.end - line.start >= ROW_RULE_SHARE * widest]
    if len(long) * _LINES_A_RULE < lines:
        return None
    return [line.at for line in long if line.end - line.start >= _WALL_SHARE * widest]


def _neighbours(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that follow each other without a line between them are one table."""
    part: list[Block] = []
    for block in blocks:
        if part and block.first != part[-1].last:
            yield part
            part = []
        part.append(block)
    if part:
        yield part
