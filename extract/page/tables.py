"""A page's characters into its tables and the lines of text around them."""

from __future__ import annotations

from bisect import bisect_right

from extract.page.lattice import Lattice, rules_to_lattices
from extract.page.paragraphs import lines_to_starts
from extract.page.text_lines import (
    chars_to_lines,
    chars_to_text_line,
    lines_to_text,
    split_line,
    text_to_state,
)
from extract.page.underlines import without_underlines
from models.document import Piece
from models.geometry import union
from models.grid import Cell, Grid, Place
from models.page import Char, Page

_PAGE_BORDER_SHARE = 0.88
"""A single box larger than this share of the page in both directions is a border of the paper."""


def page_to_pieces(page: Page) -> tuple[Piece, ...]:
    """A page's ruled tables and the lines of text outside them, from top to bottom.

    A character belongs to the innermost table and the cell in which its middle lies.
    """
    lattices = [
        lattice for lattice in rules_to_lattices(without_underlines(page)) if not _borders_page(lattice, page)
    ]
    innermost = sorted(lattices, key=lambda lattice: lattice.box.width * lattice.box.height)
    finders = [(lattice.box, _CellFinder(lattice)) for lattice in innermost]
    outside: list[Char] = []
    for char in page.chars:
        x, y = char.box.centre
        if not any(box.contains(x, y) and finder.take(char, x, y) for box, finder in finders):
            outside.append(char)
    placed: list[tuple[float, float, Piece]] = []
    for _, finder in finders:
        lattice = finder.lattice
        continues = page.number > 1 and lattice is lattices[0]
        placed.append((lattice.ys[0], lattice.xs[0], finder.grid(page, frozenset({0} if continues else ()))))
    for line in chars_to_lines(outside):
        for piece in split_line(line):
            placed.append((line[0].box.top, piece[0].box.x0, chars_to_text_line(piece, page)))
    return tuple(piece for _, _, piece in sorted(placed, key=lambda found: found[:2]))


def _borders_page(lattice: Lattice, page: Page) -> bool:
    box = lattice.box
    return (
        len(lattice.spans) == 1 and min(box.width / page.width, box.height / page.height) > _PAGE_BORDER_SHARE
    )


class _CellFinder:
    """Collects the characters of one lattice's cells."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self.taken: list[list[Char]] = [[] for _ in lattice.spans]
        self.owner = {
            (row, column): index
            for index, span in enumerate(lattice.spans)
            for row in range(span.row, span.row_end)
            for column in range(span.column, span.column_end)
        }

    def take(self, char: Char, x: float, y: float) -> bool:
        """Put a character into the cell at a point of the page; whether there is one."""
        place = bisect_right(self.lattice.ys, y) - 1, bisect_right(self.lattice.xs, x) - 1
        index = self.owner.get(place)
        if index is not None:
            self.taken[index].append(char)
        return index is not None

    def grid(self, page: Page, breaks: frozenset[int]) -> Grid:
        """The table with the text of its cells."""
        lattice = self.lattice
        cells = []
        for span, chars in zip(lattice.spans, self.taken, strict=True):
            lines = chars_to_lines(chars)
            text = lines_to_text(lines, lines_to_starts(lines, lattice.span_to_box(span)))
            box = union(char.box for char in chars if char.text != " ") or lattice.span_to_box(span)
            cells.append(
                Cell(
                    row=span.row,
                    column=span.column,
                    text=text,
                    place=Place(page.number, box),
                    row_span=span.row_end - span.row,
                    column_span=span.column_end - span.column,
                    state=text_to_state(text),
                )
            )
        return Grid(
            cells=tuple(cells),
            rows=len(lattice.ys) - 1,
            columns=len(lattice.xs) - 1,
            spans="ruled",
            breaks=breaks,
            edges=((page.number, lattice.xs),),
            reader=page.reader,
        )
