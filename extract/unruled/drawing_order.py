"""The order in which a page was drawn, as a witness of its cells.

Who prints a table draws cell after cell, row after row, and a merged cell with the first row that it covers. So what
was drawn later than something below it is of the same row, and where the drawing goes back to the left a row begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from extract.unruled.cell_runs import CellRun
from extract.unruled.column_rivers import line_to_words
from models.page import Char, Page

_TOUCHING_SIZES = 0.3
"""Characters no further apart than this share of the type size touch."""
_MOST_BACKWARD_SHARE = 0.02
"""A page of which more touching characters were drawn before their left neighbours was drawn font by font or otherwise."""
_FEWEST_TO_THE_RIGHT_SHARE = 0.12
"""Of the steps from word to word at least this share goes to the right in a table drawn by rows; by columns, hardly one."""
_FEWEST_UPWARDS = 3
"""Of a table drawn line by line no step goes up to the right; fewer than this are chance."""
_UP_SIZES = 0.3
"""A step goes up when it does so by more than this share of the type size."""


def with_known_order(page: Page, lines: Sequence[Sequence[Char]]) -> Page:
    """The page with the order of its characters only if that is the order of cells; `lines` are its lines.

    Runs are numbered anew without those that are nothing but blanks: what follows each other differs by no more than one.
    """
    if not (_is_drawn_to_the_right(lines) and _is_drawn_by_rows(lines)):
        return replace(page, chars=tuple(replace(char, run=0) for char in page.chars))
    printed = sorted({char.run for char in page.chars if not char.text.isspace()})
    chars = tuple(replace(char, run=max(1, bisect_right(printed, char.run))) for char in page.chars)
    return replace(page, chars=chars)


def _is_drawn_to_the_right(lines: Sequence[Sequence[Char]]) -> bool:
    """Whether each character is known to be drawn after the one that it touches on its left side."""
    touching = backward = 0
    for line in lines:
        for one, other in pairwise(line):
            if other.box.x0 - one.box.x1 <= _TOUCHING_SIZES * one.size:
                touching += 1
                backward += other.run < one.run or not other.run
    return backward <= _MOST_BACKWARD_SHARE * touching


def _is_drawn_by_rows(lines: Sequence[Sequence[Char]]) -> bool:
    """Whether cell after cell was drawn and row after row, not line by line or column by column."""
    words = sorted((word for line in lines for word in line_to_words(line)), key=lambda word: word[0].run)
    steps = list(pairwise((word[0], word[-1]) for word in words))
    right = [(one, other[0]) for (_, one), other in steps if other[0].box.x0 >= one.box.x1]
    upwards = sum(one.box.top - other.box.top > _UP_SIZES * one.size for one, other in right)
    return len(right) >= _FEWEST_TO_THE_RIGHT_SHARE * len(steps) and upwards >= _FEWEST_UPWARDS


class CorridorOrder:
    """What the order of drawing says about each corridor of a block.

    `joins`: rows on both sides of it are one, for something above was drawn after something below; `parts`: how many
    corridors, up to this one, have the drawing go back to the left below them.
    """

    def __init__(self, body: Sequence[CellRun], corridors: Sequence[float]) -> None:
        lines = sorted(body, key=lambda run: run.middle)
        middles = [run.middle for run in lines]
        self.joins, self.parts = [False] * len(corridors), [0] * len(corridors)
        latest = list(accumulate(lines, _later))
        earliest = list(accumulate(reversed(lines), _earlier))[::-1]
        for n in range(1, len(corridors) - 1):
            below = bisect_left(middles, corridors[n])
            above, next_ = latest[below - 1], earliest[below]
            self.joins[n] = above.drawn > next_.drawn
            self.parts[n] = self.parts[n - 1] + (not self.joins[n] and next_.column < above.column)
        self.parts[-1:] = self.parts[-2:-1] or [0]
        self._firsts = [earliest[bisect_left(middles, y)].drawn for y in corridors[:-1]]

    def row_of(self, drawn: int) -> int:
        """The corridor below which the first thing stands that was drawn after this."""
        return bisect_left(self._firsts, drawn)


def _later(one: CellRun, other: CellRun) -> CellRun:
    return one if one.drawn >= other.drawn else other


def _earlier(one: CellRun, other: CellRun) -> CellRun:
    return one if one.drawn <= other.drawn else other
