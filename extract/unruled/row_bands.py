"""Lines of text in known columns into rows: where nothing is ruled, spacing, wrapping and centring tell.

Between two lines of a block runs a corridor when no text of its columns stands across it. A row is a run of
strips between corridors; the cheapest division of the block into rows wins, and a division nearly as cheap
makes its corridor doubtful. Columns whose cells are merged over rows (labels) are divided afterwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from extract.page.paragraphs import first_word
from extract.page.text_lines import item_number
from extract.unruled.cell_runs import STEADY, Run, Type
from extract.unruled.cheapest_cuts import IMPOSSIBLE, MARGIN, divide

ROW, BLANK, MORE_BLANK, GROUP, NO_LABEL = 0.5, 1.0, 0.4, 0.3, 3.0
"""Prices of a row, of its first empty cells and of further ones, of a merged cell, and of one without text."""
LOOSE, LOOSEST = 60.0, 8.0
"""Price of lines of one cell further apart than lines are wrapped, per type size, and at most."""
SHORT, NEXT_ITEM, FIRST_ITEM = 3.0, 0.2, 3.0
"""Price of a break inside a cell: where the line had room left, before the next item, before an item 1."""
WRAPPED = 1.5
"""Price of parting two rows where a full line goes on below it."""
UNCENTRED, MOST_UNCENTRED = 6.0, 4.0
"""Price of a cell off its row's middle (or top), per line, and at most."""
OVERLAP = 0.15
"""Lines that overlap by less than this share of the type size stand one below the other."""
LONGEST = 40
"""No row has more strips."""
MOST_LABELS = 3
"""No more columns than that are merged over rows."""
SENTENCE_ENDS = "。；;！!？?"


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


def runs_to_bands(
    runs: Sequence[Run], columns: int, setting: Type, walls: Sequence[float], cut: tuple[bool, bool]
) -> Bands:
    """The rows of a block of `columns` columns.

    `walls` are heights at which a rule parts two rows; `cut` says whether the block begins or ends at a page's
    end, where a merged cell may go on. The first columns may be merged over rows: as many as cost least.
    """
    options = [
        _Block(runs, columns, labels, setting, walls, cut, top).bands()
        for labels in range(min(MOST_LABELS + 1, max(1, columns - 1)))
        for top in (False, True)
    ]
    best = min(options, key=lambda bands: bands.price)
    rivals = [bands for bands in options if bands.price < best.price + MARGIN]
    shared = set(pairwise(best.ys)).intersection(*(pairwise(bands.ys) for bands in rivals))
    disputed = {row for row, band in enumerate(pairwise(best.ys)) if band not in shared}
    return best._replace(doubtful=best.doubtful | disputed)


class _Block:
    """One hypothesis about a block: how many label columns it has, and whether cells hang from the top."""

    def __init__(
        self,
        runs: Sequence[Run],
        columns: int,
        labels: int,
        setting: Type,
        walls: Sequence[float],
        cut: tuple[bool, bool],
        top: bool,
    ) -> None:
        self.size, self.pitch = setting
        self.labels, self.cut, self.top, self.walls = labels, cut, top, walls
        ordered = sorted(runs, key=lambda run: run.middle)
        whole = [run for run in ordered if run.column_end - run.column == 1]
        self.widths = {
            c: max((run.width for run in whole if run.column == c and not run.stacked), default=0.0)
            for c in range(columns)
        }
        self.widest = max((run.width for run in ordered if run.column_end - run.column > 1), default=0.0)
        listed = [self._column([run for run in whole if run.column == c]) for c in range(columns)]
        self.label_columns, self.data = listed[:labels], listed[labels:]
        self.wide = self._column([run for run in ordered if run.column_end - run.column > 1])
        body = [run for run in ordered if run.column_end > labels] or ordered
        self.corridors = self._corridors(body)
        self.starts = [run.middle for run in body]
        self.extent = min(run.top for run in ordered), max(run.bottom for run in ordered)

    def _corridors(self, body: Sequence[Run]) -> list[float]:
        """Heights at which no text stands across, the block's own edges included."""
        spans = sorted((run.top, run.bottom) for run in body)
        ys = [spans[0][0]]
        deepest = spans[0][1]
        for top, bottom in spans[1:]:
            if top >= deepest - OVERLAP * self.size:
                wall = next(
                    (y for y in self.walls if deepest - self.size / 2 <= y <= top + self.size / 2), None
                )
                ys.append((deepest + top) / 2 if wall is None else wall)
            deepest = max(deepest, bottom)
        return [*ys, deepest]

    def _column(self, runs: Sequence[Run]) -> _Column:
        breaks = accumulate((self._break_price(u, v) for u, v in pairwise(runs)), initial=0.0)
        return _Column(tuple(runs), tuple(run.middle for run in runs), tuple(breaks))

    def bands(self) -> Bands:
        walled = [any(abs(y - wall) < 1 for wall in self.walls) for y in self.corridors]
        self.walled = list(accumulate(walled))
        parting = [0.0, *(self._parting_price(y) for y in self.corridors[1:-1]), 0.0]
        edges, doubtful, price = divide(self._row_price, parting, LONGEST)
        ys = [self.corridors[edge] for edge in edges]
        ys[0], ys[-1] = self.extent
        merges: list[Merge] = []
        parents = [(0, len(ys) - 1)]
        for column in range(self.labels):
            groups: list[Merge] = []
            for first, last in parents:
                found, more = self._merges(column, ys, first, last)
                groups += found
                price += more
            merges += groups
            parents = [(merge.row, merge.row_end) for merge in groups]
        return Bands(tuple(ys), doubtful, tuple(merges), self.labels, price)

    def _row_price(self, first: int, last: int) -> float:
        if self.walled[last - 1] > self.walled[first]:
            return IMPOSSIBLE
        top, bottom = self.corridors[first], self.corridors[last]
        price, blank = ROW, 0
        heights: list[float] = []
        wide = self.wide.between(top, bottom)
        for n, column in enumerate((*self.data, self.wide), start=self.labels):
            start, end = bisect_left(column.middles, top), bisect_left(column.middles, bottom)
            if start == end:
                blank += column is not self.wide and not any(r.column <= n < r.column_end for r in wide)
            else:
                price += column.breaks[end - 1] - column.breaks[start]
                heights.append(self._height(column.runs[start:end]))
        price += BLANK * min(blank, 2) + MORE_BLANK * max(0, blank - 2)
        return price + self._off_centre(heights)

    def _height(self, cell: Sequence[Run]) -> float:
        """Where a cell stands by its row's alignment: its first line, or its middle."""
        return cell[0].middle if self.top else (cell[0].middle + cell[-1].middle) / 2

    def _off_centre(self, heights: Sequence[float]) -> float:
        if not heights:
            return 0.0
        usual = min(heights) if self.top else sorted(heights)[len(heights) // 2]
        return sum(self._centre_price(abs(height - usual), 0.15) for height in heights)

    def _centre_price(self, off: float, free: float) -> float:
        return min(MOST_UNCENTRED, UNCENTRED * max(0.0, off / self.pitch - free))

    def _break_price(self, upper: Run, lower: Run) -> float:
        """What it costs that two lines are of one cell."""
        if upper.stacked or lower.stacked:
            return LOOSEST
        excess = (lower.middle - upper.middle - self.pitch) / self.size
        price = min(LOOSEST, LOOSE * max(0.0, excess - STEADY))
        item = item_number(lower.text)
        if item:
            return price + (FIRST_ITEM if item == 1 else NEXT_ITEM)
        if upper.text[-1] in SENTENCE_ENDS:
            return price + NEXT_ITEM
        return price + SHORT * min(1.0, max(0.0, self._room(upper, lower) / self.size))

    def _room(self, upper: Run, lower: Run) -> float:
        """How much of the line above stays free even with the first word of the line below put there."""
        word = first_word(lower.chars)
        usual = self.widths[upper.column] if upper.column_end - upper.column == 1 else self.widest
        return usual - upper.width - word - 0.5 * self.size

    def _parting_price(self, y: float) -> float:
        """What it costs that a row ends here although a full line goes on below."""
        price = 0.0
        for column in (*self.data, self.wide):
            below = bisect_left(column.middles, y)
            if 0 < below < len(column.runs) and not item_number(column.runs[below].text):
                u, v = column.runs[below - 1], column.runs[below]
                near = v.middle - u.middle - self.pitch < STEADY * self.size
                if near and self._room(u, v) <= 0 and u.text[-1] not in SENTENCE_ENDS:
                    price += WRAPPED
        return min(price, 2 * WRAPPED)

    def _merges(self, column: int, ys: Sequence[float], first: int, last: int) -> tuple[list[Merge], float]:
        """The merged cells of a label column within the rows `[first, last)`."""
        labels = self.label_columns[column]

        def price(one: int, other: int) -> float:
            row, row_end = first + one, first + other
            top, bottom = ys[row], ys[row_end]
            at_end = (row == 0 and self.cut[0]) or (row_end == len(ys) - 1 and self.cut[1])
            start, end = bisect_left(labels.middles, top), bisect_left(labels.middles, bottom)
            if start == end:
                return GROUP + (0.5 if at_end else NO_LABEL)
            cell = labels.runs[start:end]
            if self.top:
                off = abs(cell[0].middle - min((y for y in self.starts if y >= top), default=top))
            else:
                off = abs(self._height(cell) - (top + bottom) / 2)
            off_price = self._centre_price(off, 0.35)
            breaks = labels.breaks[end - 1] - labels.breaks[start]
            return GROUP + breaks + (min(1.0, off_price) if at_end else off_price)

        cuts = [0.0] + [
            LOOSEST * sum(run.top + self.size / 3 < y < run.bottom - self.size / 3 for run in labels.runs)
            for y in ys[first + 1 : last]
        ]
        edges, doubtful, cost = divide(price, [*cuts, 0.0], last - first)
        return [
            Merge(column, first + a, first + b, n in doubtful) for n, (a, b) in enumerate(pairwise(edges))
        ], cost


class _Column(NamedTuple):
    """The lines of one column, their heights, and what the breaks between them cost, summed up."""

    runs: tuple[Run, ...]
    middles: tuple[float, ...]
    breaks: tuple[float, ...]

    def between(self, top: float, bottom: float) -> tuple[Run, ...]:
        return self.runs[bisect_left(self.middles, top) : bisect_left(self.middles, bottom)]
