"""Lines of words into blocks of columns: a column edge is a river of white that runs through many lines.

A form is several tables one below the other, each with columns of its own. Which lines share their columns is
decided for the whole page at once: as few blocks as possible, as few words as possible that stand wide apart
and yet in one column, as few words as possible across an edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.page import Char

_GLUE_SIZES = 0.3
"""Characters no further apart than this share of the type size are one word."""
_NARROWEST_RIVER_SIZES = 0.35
"""A river is at least this many type sizes wide."""
_NARROWEST_DRAWN_SIZES = 0.12
"""Where the order of drawing is known, so that cells that touch are told apart, a river may be as narrow as this."""
_SET_APART_SIZES = 0.12
"""Chinese characters that were drawn one after the other stand no further apart within a cell."""
_FIRST_IDEOGRAPH = "\u4e00"
"""Chinese characters of running text begin here."""
_WIDE_SIZES = 0.8
"""Words further apart than this many type sizes are two cells."""
_CROSSED_SHARE = 0.12
"""This share of a block's lines may cross an edge: headings and cells over several columns."""
_FAR_SIZES = 3.0
"""Words further apart than this many type sizes are far apart."""
_FAR_APART_NATS = 2.0
"""Words far apart in one column cost this much beside what words wide apart cost."""
_NEW_BLOCK_NATS = 1.0
"""The price of a block."""
_WIDE_APART_NATS = 1.5
"""The price of two words wide apart in one column."""
_CROSSING_NATS = 1.0
"""The price of a line across a column edge."""
_STRADDLED_NATS = 6.0
"""The price of a block that begins beside a line of the block above."""
_TOUCHING_SEAM_NATS = 0.5
"""The price of a block's end between two lines that touch; it falls with the white between them."""
_LONG_SIZES = 10.0
"""A word longer than this many type sizes is no heading over columns."""
_LONG_CROSSING_NATS = 3.0
"""A long word across a column edge costs this much beside what any line across it costs."""
_PARTED_NATS = 0.15
"""A river is worth this much at a line of several words that goes on beyond it: blocks end where more columns are kept."""

_MOST_LINES = 200
"""On a page with more lines (a form's has a hundred) blocks are looked for in parts of it: the work grows with the square."""
_PART_LINES = 60
"""Such a page is looked at in parts of this many lines."""
_MOST_CHARACTERS = 12_000
"""So is one with more characters: a form's page has 3,000, and a page of type that nobody can read took a minute."""
_PART_CHARACTERS = 1_000
"""A part of such a page has no more characters, unless a single line has."""

_Line = Sequence[Char]
_Counts = NDArray[np.int32]


class Block(NamedTuple):
    """Lines `[first, last)` that share their columns; `edges` are the abscissas between the columns."""

    first: int
    last: int
    edges: tuple[tuple[float, float], ...]


def line_to_words(line: _Line, glue: float = _GLUE_SIZES) -> list[list[Char]]:
    """The words of a line: runs of characters without a gap, and drawn without one. Blanks belong to no word."""
    words: list[list[Char]] = []
    last = 0
    for char in line:
        apart, last = drawn_apart(last, char.run), char.run
        if char.text.isspace():
            continue
        apart = apart or (bool(words) and _set_apart(words[-1][-1], char))
        if words and not apart and char.box.x0 - words[-1][-1].box.x1 <= glue * char.size:
            words[-1].append(char)
        else:
            words.append([char])
    return words


def _set_apart(one: Char, other: Char) -> bool:
    """Whether two Chinese characters of two runs stand as no typesetter sets those of one cell."""
    two_runs = bool(one.run) and other.run != one.run
    gap = other.box.x0 - one.box.x1
    return two_runs and gap > _SET_APART_SIZES * other.size and min(one.text, other.text) >= _FIRST_IDEOGRAPH


def drawn_apart(run: int, next_: int) -> bool:
    """Whether between two runs something else was drawn."""
    return bool(run and next_) and not 0 <= next_ - run <= 1


def lines_to_blocks(
    lines: Sequence[_Line], walls: Sequence[float] | None = None, stacks: Sequence[_Line] = ()
) -> tuple[Block, ...]:
    """The blocks of a page's lines from top to bottom; every line belongs to exactly one.

    `walls`: the heights of the rules from side to side of a table whose rows are ruled, where alone a block ends.
    `stacks`: words written downwards, which no end of a block cuts.
    """
    if not lines:
        return ()
    crowded = len(lines) > 1 and sum(map(len, lines)) > _MOST_CHARACTERS
    if crowded or len(lines) > _MOST_LINES:
        return tuple(_blocks_of_parts(lines, walls, stacks, _PART_CHARACTERS if crowded else None))
    prices = _Prices(lines)
    held = _held(lines, walls, stacks)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(lines) + 1):
        options = (  # of equal ones the longest block above
            (
                best[first][0]
                + prices.block(first, last)[0]
                + prices.seams[first]
                + _STRADDLED_NATS * held[first],
                -first,
            )
            for first in range(last)
        )
        price, first = min(options)
        best.append((price, -first))
    cuts = [len(lines)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    cuts.reverse()
    return tuple(Block(a, b, prices.block(a, b)[1]) for a, b in pairwise(cuts))


def _blocks_of_parts(
    lines: Sequence[_Line], walls: Sequence[float] | None, stacks: Sequence[_Line], most: int | None
) -> Iterator[Block]:
    """The blocks of so many lines that not all ways to part them can be compared: of each part for itself, which has at
    `most` so many characters.
    """
    first = 0
    while first < len(lines):
        lengths = accumulate(map(len, lines[first : first + _PART_LINES]))
        last = first + max(1, sum(most is None or length <= most for length in lengths))
        for block in lines_to_blocks(lines[first:last], walls, stacks):
            yield Block(block.first + first, block.last + first, block.edges)
        first = last


def _held(lines: Sequence[_Line], walls: Sequence[float] | None, stacks: Sequence[_Line]) -> list[int]:
    """How firmly a line belongs with the one before it: in a stack, without a wall between them, or by what was drawn."""
    firsts = [min(char.run for char in line) for line in lines]
    below = list(accumulate(reversed(firsts), min))[::-1]
    above = accumulate((max(char.run for char in line) for line in lines), max)
    drawn = [2 * (last > first) for last, first in zip(above, below[1:], strict=False)]
    middles = [sum(char.box.centre[1] for char in line) / len(line) for line in lines]
    held = [0]
    for (upper, lower), order in zip(pairwise(middles), drawn, strict=True):
        walled = walls is None or any(upper < wall < lower for wall in walls)
        stacked = any(s[0].box.top < lower and upper < s[-1].box.bottom for s in stacks)
        held.append(order + (not walled or stacked))
    return held


class _Prices:
    """What a run of lines costs as one block. Abscissas are counted in whole points."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        words = [line_to_words(line) for line in lines]
        self.size = float(np.median([char.size for line in lines for char in line]))
        ordered = all(char.run for line in lines for char in line)
        self.least = (_NARROWEST_DRAWN_SIZES if ordered else _NARROWEST_RIVER_SIZES) * self.size
        right = max((w[-1].box.x1 for line in words for w in line), default=0.0)
        covered = np.zeros((len(lines), int(right) + 2), np.int32)
        long = np.zeros_like(covered)
        gaps: list[tuple[int, int, int]] = []
        for n, line in enumerate(words):
            for word in line:
                start, end = word[0].box.x0, word[-1].box.x1
                covered[n, round(start) : round(end)] = 1
                if end - start > _LONG_SIZES * self.size:
                    long[n, round(start) : round(end)] = 1
            for one, other in pairwise(line):
                wide = other[0].box.x0 - one[-1].box.x1 >= _WIDE_SIZES * self.size
                if wide or drawn_apart(one[-1].run, other[0].run):
                    gaps.append((n, round(one[-1].box.x1), round(other[0].box.x0)))
        if ordered:
            gaps = sorted(gaps + list(_steps_to_the_right(words)))
        self.reaches = np.array([line[-1][-1].box.x1 if len(line) > 1 else 0.0 for line in words])
        bottoms = np.maximum.accumulate([max(c.box.bottom for c in line) for line in lines])
        tops = [min(c.box.top for c in line) for line in lines]
        spaces = [1.0] + [(top - bottom) / self.size for top, bottom in zip(tops[1:], bottoms, strict=False)]
        self.seams = [
            _STRADDLED_NATS * (s < -0.1) + _TOUCHING_SEAM_NATS * (1.0 - min(1.0, max(0.0, s))) for s in spaces
        ]
        self.ends = [(line[0][0].box.x0, line[-1][-1].box.x1) if line else (right, 0.0) for line in words]
        self.above = np.concatenate([np.zeros((1, covered.shape[1]), np.int32), covered.cumsum(axis=0)])
        self.long = np.concatenate([np.zeros((1, covered.shape[1]), np.int32), long.cumsum(axis=0)])
        self.gaps = np.array(gaps or [(0, 0, 0)], np.int32)
        self.first_gap = (
            np.searchsorted(self.gaps[:, 0], range(len(lines) + 1)) if gaps else [0] * (len(lines) + 1)
        )

    def block(self, first: int, last: int) -> tuple[float, tuple[tuple[float, float], ...]]:
        """The price of lines `[first, last)` as one block, and the rivers between its columns."""
        crossings: _Counts = self.above[last] - self.above[first]
        most = max(1, int(_CROSSED_SHARE * (last - first))) if last - first >= 4 else 0
        left = int(min(start for start, _ in self.ends[first:last])) + 1
        right = int(max(end for _, end in self.ends[first:last]))
        dry = self.gaps[self.first_gap[first] : self.first_gap[last]]
        rivers: list[tuple[int, int]] = []
        price = _NEW_BLOCK_NATS
        for start, end, across in self._rivers(crossings, left, right, most):
            joined = (dry[:, 1] < end) & (start < dry[:, 2])
            if across:
                long = int((self.long[last] - self.long[first])[start:end].max())
                toll = _CROSSING_NATS * across + _LONG_CROSSING_NATS * long
                if toll >= self._apart(dry[joined]):
                    continue
                price += toll
            rivers.append((start, end))
            dry = dry[~joined]
        reaches = self.reaches[first:last]
        parted = sum(int((reaches > end).sum()) for _, end in rivers)
        price += self._apart(dry) - _PARTED_NATS * parted
        return price, tuple((float(start), float(end)) for start, end in sorted(rivers))

    def _apart(self, gaps: _Counts) -> float:
        """The price of gaps between words that stand in one column."""
        return _WIDE_APART_NATS * len(gaps) + _FAR_APART_NATS * int(
            (gaps[:, 2] - gaps[:, 1] >= _FAR_SIZES * self.size).sum()
        )

    def _rivers(self, crossings: _Counts, left: int, right: int, most: int) -> Iterator[tuple[int, int, int]]:
        """From where to where each river reaches, and how many lines cross it: none, or few in an open stretch."""
        least = self.least
        clear = [run for run in _runs(crossings[left:right] == 0) if run[1] - run[0] >= least]
        banks = [0, *(edge for run in clear for edge in run), right - left]
        for start, end in clear:
            if start > 0 and end < right - left:
                yield start + left, end + left, 0
        for bank, other in zip(banks[::2], banks[1::2], strict=True) if most else ():
            for start, end in _runs(crossings[left + bank : left + other] <= most):
                if end - start >= least and start > 0 and end < other - bank:
                    few = crossings[left + bank + start : left + bank + end]
                    yield start + left + bank, end + left + bank, int(few.max())


def _steps_to_the_right(words: Sequence[Sequence[_Line]]) -> Iterator[tuple[int, int, int]]:
    """Where a word was drawn right of the one before it, but not on its line: they are two cells of a row.

    The lower one's line, and between which abscissas the cells are parted.
    """
    drawn = sorted(
        ((word[0].run, n, word) for n, line in enumerate(words) for word in line), key=lambda found: found[0]
    )
    for (_, n, one), (_, m, other) in pairwise(drawn):
        if n != m and other[0].box.x0 >= one[-1].box.x1:
            yield max(n, m), round(one[-1].box.x1), round(other[0].box.x0)


def _runs(free: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where runs of `True` begin and end."""
    turns = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
    return list(zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True))
