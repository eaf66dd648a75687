"""Lines of text cut into cells at the edges of columns, and how a page is set: type size and line pitch."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extract.unruled.column_rivers import line_to_words
from models.page import Char

STEADY_PITCH_SIZES = 0.1
"""Distances of lines that differ by less than this share of the type size are the same."""
_USUAL_PITCH_SIZES = 1.2
"""The line pitch that a page without a wrapped line is taken to have, in type sizes."""
_NEXT_ROW_SHARE = 0.6
"""Where this share of a row's columns goes on at one height, a row follows and no wrapped line."""
_NUMBER = re.compile(r"[≥≤<>＜＞]?\d[\d,]*(?:\.\d+)?[%％‰]?")
_FILLER = re.compile(r"[.．。…·]{3,}")


@dataclass(frozen=True, slots=True)
class CellRun:
    """One line of one cell: its columns `[column, column_end)`, where it stands, its characters.

    `stacked`: its characters stand one below the other.
    """

    column: int
    column_end: int
    chars: tuple[Char, ...]
    stacked: bool = False

    @property
    def middle(self) -> float:
        """The height of the middle of its usual character: a raised mark does not lift it."""
        if self.stacked:
            return (self.top + self.bottom) / 2
        boxes = sorted(char.box.top + char.box.bottom for char in self.chars)
        return boxes[len(boxes) // 2] / 2

    @property
    def left(self) -> float:
        return self.chars[0].box.x0

    @property
    def width(self) -> float:
        return self.chars[-1].box.x1 - self.chars[0].box.x0

    @property
    def top(self) -> float:
        return min(char.box.top for char in self.chars)

    @property
    def bottom(self) -> float:
        return max(char.box.bottom for char in self.chars)

    @property
    def drawn(self) -> int:
        """Its place in the order of drawing, 0 where that is not known."""
        return self.chars[0].run

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def is_number(self) -> bool:
        return _NUMBER.fullmatch(self.text.strip()) is not None

    @property
    def is_filler(self) -> bool:
        return _FILLER.fullmatch(self.text.strip()) is not None


class Typesetting(NamedTuple):
    """How a page is set: type size, and the distance of two lines of one cell, in points."""

    size: float
    pitch: float


def line_to_runs(line: Sequence[Char], edges: Sequence[float]) -> list[CellRun]:
    """A line cut at the column edges; a word that stands across an edge is one run over both columns."""
    runs: list[CellRun] = []
    for word in line_to_words(line):
        first = bisect_left(edges, word[0].box.x0 + 1.0)
        end = bisect_left(edges, word[-1].box.x1 - 1.0) + 1
        before = runs.pop() if runs and runs[-1].column_end > first else None
        if before is None:
            runs.append(CellRun(first, end, tuple(word)))
        else:
            column, column_end = min(first, before.column), max(end, before.column_end)
            runs.append(CellRun(column, column_end, (*before.chars, *word)))
    return runs


def runs_to_typesetting(blocks: Sequence[Sequence[CellRun]]) -> Typesetting:
    """Typesetting size and line pitch of a page: the usual distance from a line to the next one of its cell.

    Lines of one cell are nearer to each other than lines of two, so it is the least common distance. Where most
    columns go on at once it is a row that follows.
    """
    sizes = sorted(char.size for runs in blocks for run in runs for char in run.chars)
    size = sizes[len(sizes) // 2]
    steps = sorted(step for runs in blocks for step in _steps(runs) if 0.8 * size <= step <= 2.5 * size)
    for n, step in enumerate(steps):
        near = steps[bisect_left(steps, step) : bisect_right(steps, step + STEADY_PITCH_SIZES * size, lo=n)]
        if len(near) >= max(2, len(steps) // 12):
            return Typesetting(size, near[len(near) // 2])
    return Typesetting(size, steps[0] if steps else _USUAL_PITCH_SIZES * size)


def _steps(runs: Sequence[CellRun]) -> Iterator[float]:
    """From every line of a block to the next one of its column, unless most of its row does so."""
    columns: dict[int, list[float]] = {}
    for run in sorted((run for run in runs if not run.stacked), key=lambda run: run.middle):
        columns.setdefault(run.column, []).append(run.middle)
    pairs = [(round(u), round(v), v - u) for column in columns.values() for u, v in pairwise(column)]
    together = Counter((u, v) for u, v, _ in pairs)
    beside = Counter(round(middle) for column in columns.values() for middle in column)
    for u, v, step in pairs:
        if together[u, v] < _NEXT_ROW_SHARE * beside[u] or beside[u] < 3:
            yield step


class Merge(NamedTuple):
    """A merged cell of label column `column` over rows `[row, row_end)`; `doubtful`: its extent is a guess."""

    column: int
    row: int
    row_end: int
    doubtful: bool


class Bands(NamedTuple):
    """A block's rows: their edges from top to bottom, the doubtful rows, and the merged cells."""

    ys: tuple[float, ...]
    doubtful: frozenset[int]
    merges: tuple[Merge, ...]
    labels: int
    price: float


class RunColumn(NamedTuple):
    """The lines of one column, their heights, and what the breaks between them cost, summed up."""

    runs: tuple[CellRun, ...]
    middles: tuple[float, ...]
    breaks: tuple[float, ...]

    def between(self, top: float, bottom: float) -> tuple[CellRun, ...]:
        """The lines whose middles stand between two heights."""
        return self.runs[bisect_left(self.middles, top) : bisect_left(self.middles, bottom)]
