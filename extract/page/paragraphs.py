"""Where a cell's text was broken by its writer and not by the width of its column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from models.geometry import Box
from models.page import Char

_DOWNWARDS_CHARS = 2
"""A text whose lines have no more characters than this is written downwards."""
_SPARE_SIZES = 1.0
"""A line was ended by its writer if it leaves this many type sizes free beside what could have stood there."""
_OPENING = "（(“‘《〈【["
_CLOSING = "）)”’》〉】]，。、；：？！,.;:?!%％‰℃…—"
"""Typesetters leave no opening mark at a line's end and no closing one at its beginning."""


def lines_to_starts(lines: Sequence[Sequence[Char]], cell: Box) -> frozenset[int]:
    """The lines (numbers from 0) of a cell that begin a paragraph: what they begin with had room in the line above.

    Characters as a text layer gives them, lines from top to bottom; blanks at their ends do not count. Text may
    come as near to the cell's right side as it comes to its left side.
    """
    if len(lines) < 2:
        return frozenset()
    printed = [[char for char in line if not char.text.isspace()] for line in lines]
    if max(map(len, printed), default=0) <= _DOWNWARDS_CHARS:
        return frozenset()
    left = min((line[0].box.x0 for line in printed if line), default=cell.x0)
    ends = [line[-1].box.x1 for line in printed if line]
    right = max([cell.x1 - max(0.0, left - cell.x0), *ends])
    return frozenset(
        number
        for number, (upper, lower) in enumerate(pairwise(printed), start=1)
        if upper and lower and right - upper[-1].box.x1 > first_word(lower) + _SPARE_SIZES * upper[-1].size
    )


def first_word(line: Sequence[Char]) -> float:
    """The width in points of what no typesetter parts at the beginning of a line."""
    word = list(_unparted(line))
    return word[-1].box.x1 - word[0].box.x0


def _unparted(line: Sequence[Char]) -> Iterator[Char]:
    last = ""
    for char in line:
        latin = last.isascii() and char.text.isascii()
        if last and last not in _OPENING and char.text not in _CLOSING and not latin:
            return
        yield char
        last = char.text
