"""A page's characters into its tables and the lines of text around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from extract.page.cell_text import CellText, chars_to_cell_text, turned_upright
from extract.page.lattice import Lattice, Span, rules_to_lattices
from extract.page.text_lines import chars_to_lines, chars_to_text_line, split_line, text_to_state
from extract.page.underlines import page_to_strokes
from models.document import Piece
from models.geometry import Box, union
from models.grid import Cell, Grid, Place
from models.page import Char, Page

_PAGE_BORDER_SHARE = 0.88
"""A single box larger than this share of the page in both directions is a border of the paper."""
_WORD_GAP_SIZES = 0.3
"""Characters drawn by one operator with a larger gap between them are two words."""
_TOUCHING_SIZES = 0.1
"""Characters drawn by two operators are one word when they stand no further apart."""
_SAME_LINE_SIZES = 0.2
"""Characters of one word stand at one height within this share of the type size."""
_CENTRED_PT = 1.0
"""A word whose middle is this near its cell's stands centred in it."""
_PADDING_SIZES = 1.0
"""A word that ends this near a cell's right side stands at its right side."""


@dataclass(frozen=True)
class FilledCell:
    """A cell of a page as it was read: where it lies, its characters, and what is odd about their text."""

    box: Box
    place: Place
    chars: tuple[Char, ...]
    text: CellText

    @cached_property
    def lines(self) -> Sequence[Sequence[Char]]:
        """The lines of what is written in it from left to right; several ask for them."""
        return chars_to_lines(char for char in self.chars if not char.turn)


@dataclass(frozen=True, slots=True)
class PageTables:
    """A page's pieces in reading order, and the cells of its tables."""

    pieces: tuple[Piece, ...]
    cells: tuple[FilledCell, ...]

    def cell_at(self, x: float, y: float) -> FilledCell | None:
        """The smallest cell around a point of the page."""
        around = (cell for cell in self.cells if cell.box.contains(x, y))
        return min(around, key=lambda cell: cell.box.width * cell.box.height, default=None)


def page_to_tables(page: Page) -> PageTables:
    """A page's ruled tables and the lines of text outside them, from top to bottom.

    A word belongs to the innermost table and the cell in which it stands; one that was drawn across a wall belongs to
    the cell where it begins, unless it is centred in another or ends at another's right side.
    """
    strokes = page_to_strokes(page)
    lattices = [lattice for lattice in rules_to_lattices(strokes.rules) if not _borders_page(lattice, page)]
    innermost = sorted(lattices, key=lambda lattice: lattice.box.width * lattice.box.height)
    finders = [_CellFinder(lattice) for lattice in innermost]
    outside: list[Char] = []
    found = _found(page.chars, finders)
    for word in _words(page.chars):
        outside += _placed(word, finders, found)
    placed: list[tuple[float, float, Piece]] = []
    cells: list[FilledCell] = []
    for finder in finders:
        lattice = finder.lattice
        continues = page.number > 1 and lattice is lattices[0]
        filled = finder.filled(page.number, strokes.struck)
        cells += filled
        grid = _grid(lattice, filled, page, frozenset({0} if continues else ()))
        placed.append((lattice.ys[0], lattice.xs[0], grid))
    for line in _lines_outside(outside):
        for piece in split_line(line):
            placed.append((line[0].box.top, piece[0].box.x0, chars_to_text_line(piece, page)))
    pieces = tuple(piece for _, _, piece in sorted(placed, key=lambda found: found[:2]))
    return PageTables(pieces, tuple(cells))


def _lines_outside(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Lines of text, those that are written in another direction for themselves."""
    for turn in sorted({char.turn for char in chars}):
        original: dict[int, Char] = {}
        upright = [turned_upright(char, turn) for char in chars if char.turn == turn]
        original.update(zip(map(id, upright), (char for char in chars if char.turn == turn), strict=True))
        for line in chars_to_lines(upright):
            yield [original[id(char)] for char in line]


def _borders_page(lattice: Lattice, page: Page) -> bool:
    box = lattice.box
    return (
        len(lattice.spans) == 1 and min(box.width / page.width, box.height / page.height) > _PAGE_BORDER_SHARE
    )


def _words(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters that were drawn one right after the other; each alone where the order of drawing is not known."""
    word: list[Char] = []
    for char in chars:
        if word and not _follows(char, word[-1]):
            yield word
            word = []
        word.append(char)
    if word:
        yield word


def _follows(char: Char, last: Char) -> bool:
    if not char.run or char.turn != last.turn or " " in (char.text, last.text):
        return False
    here, there = (char.box, last.box)
    if char.turn:
        here, there = turned_upright(char, char.turn).box, turned_upright(last, char.turn).box
    near = _WORD_GAP_SIZES if char.run == last.run else _TOUCHING_SIZES
    level = abs(here.bottom - there.bottom) <= _SAME_LINE_SIZES * char.size
    return level and abs(here.x0 - there.x1) <= near * char.size


def _placed(
    word: Sequence[Char], finders: Sequence[_CellFinder], places: Mapping[int, tuple[int, int]]
) -> list[Char]:
    """Puts the characters of a word into their cells, and gives back those that stand in none."""
    found = [places.get(id(char)) for char in word]
    first, last = found[0], found[-1]
    if len(word) > 1 and first != last and first and last and first[0] == last[0]:
        found = [(first[0], finders[first[0]].cell_of_word(word, first[1], last[1]))] * len(word)
    outside = []
    for char, place in zip(word, found, strict=True):
        if place is None:
            outside.append(char)
        else:
            finders[place[0]].taken[place[1]].append(char)
    return outside


def _found(chars: Sequence[Char], finders: Sequence[_CellFinder]) -> dict[int, tuple[int, int]]:
    """Which finder and which of its cells each character stands in, by its `id`; of several the first."""
    if not chars:
        return {}
    boxes = [char.box for char in chars]
    x, y = np.array([(b.x0 + b.x1) / 2 for b in boxes]), np.array([(b.top + b.bottom) / 2 for b in boxes])
    found: dict[int, tuple[int, int]] = {}
    for number in reversed(range(len(finders))):
        for n, cell in enumerate(finders[number].find_all(x, y)):
            if cell >= 0:
                found[id(chars[n])] = number, cell
    return found


class _CellFinder:
    """Collects the characters of one lattice's cells."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self.taken: list[list[Char]] = [[] for _ in lattice.spans]
        self._cells = np.full((len(lattice.ys) + 1, len(lattice.xs) + 1), -1)
        for index, (row, column, row_end, column_end) in enumerate(lattice.spans):
            self._cells[row + 1 : row_end + 1, column + 1 : column_end + 1] = index

    def find(self, x: float, y: float) -> int | None:
        """The number of the cell around a point of the page."""
        if not self.lattice.box.contains(x, y):
            return None
        cell = int(self._cells[bisect_right(self.lattice.ys, y), bisect_right(self.lattice.xs, x)])
        return cell if cell >= 0 else None

    def find_all(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> list[int]:
        """The number of the cell around each of the points, −1 where there is none."""
        ys, xs = np.array(self.lattice.ys), np.array(self.lattice.xs)
        numbers: list[int] = self._cells[ys.searchsorted(y, "right"), xs.searchsorted(x, "right")].tolist()
        return numbers

    def cell_of_word(self, word: Sequence[Char], first: int, last: int) -> int:
        """The cell of a word that begins in one cell and ends in another one; of a turned one that of its middle."""
        start, end = word[0].box.x0, word[-1].box.x1
        heights = [char.box.centre[1] for char in word]
        middle = self.find((start + end) / 2, (heights[0] + heights[-1]) / 2)
        if word[0].turn and middle is not None:
            return middle
        if middle is not None:
            box = self.lattice.span_to_box(self.lattice.spans[middle])
            if abs(box.centre[0] - (start + end) / 2) <= _CENTRED_PT:
                return middle
        begun = self.lattice.span_to_box(self.lattice.spans[first])
        ended = self.lattice.span_to_box(self.lattice.spans[last])
        padding = _PADDING_SIZES * word[0].size
        if ended.x1 - end <= padding < start - begun.x0:
            return last
        return first

    def filled(self, page: int, struck: frozenset[int]) -> list[FilledCell]:
        """The cells in row-major order with what they say."""
        return [
            self._filled(span, chars, page, struck)
            for span, chars in zip(self.lattice.spans, self.taken, strict=True)
        ]

    def _filled(self, span: Span, chars: Sequence[Char], page: int, struck: frozenset[int]) -> FilledCell:
        box = self.lattice.span_to_box(span)
        text = chars_to_cell_text(chars, box, struck)
        around = union([char.box for char in chars if char.text != " "]) or box
        return FilledCell(box, Place(page, around), tuple(chars), text)


def _grid(lattice: Lattice, filled: Sequence[FilledCell], page: Page, breaks: frozenset[int]) -> Grid:
    cells = tuple(
        Cell(
            row=span.row,
            column=span.column,
            text=cell.text.text,
            place=cell.place,
            row_span=span.row_end - span.row,
            column_span=span.column_end - span.column,
            state=text_to_state(cell.text.text),
        )
        for span, cell in zip(lattice.spans, filled, strict=True)
    )
    return Grid(
        cells=cells,
        rows=len(lattice.ys) - 1,
        columns=len(lattice.xs) - 1,
        spans="ruled",
        breaks=breaks,
        edges=((page.number, lattice.xs),),
        reader=page.reader,
    )
