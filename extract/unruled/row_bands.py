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
from extract.unruled.cell_runs import STEADY_PITCH_SIZES, Bands, CellRun, Merge, RunColumn, Typesetting
from extract.unruled.cheapest_cuts import CUT_MARGIN_NATS, IMPOSSIBLE_NATS, cheapest_cuts
from extract.unruled.column_rivers import drawn_apart
from extract.unruled.drawing_order import CorridorOrder

_ROW_NATS = 0.5
"""The price of a row."""
_BLANK_NATS = 1.0
"""The price of each of a row's first two empty cells."""
_MORE_BLANK_NATS = 0.4
"""The price of each further empty cell of a row."""
_MERGE_NATS = 0.3
"""The price of a merged cell."""
_NO_LABEL_NATS = 3.0
"""A merged cell without text costs this much more."""
_CUT_LABEL_NATS = 0.5
"""A merged cell without text costs only this much more at a page's end, where its text may stand on the next page."""
_LOOSE_NATS = 60.0
"""Lines of one cell further apart than lines are wrapped cost this much per type size."""
_MOST_LOOSE_NATS = 8.0
"""Lines of one cell cost at most this much, however far apart they are."""
_SHORT_NATS = 3.0
"""The price of a break inside a cell where the line had room left for what follows."""
_NEXT_ITEM_NATS = 0.2
"""The price of a break inside a cell before the next item of a list."""
_FIRST_ITEM_NATS = 3.0
"""The price of a break inside a cell before an item 1."""
_NUMBERS_NATS = 6.0
"""The price of a break inside a cell between two lines that are a number each, or before a row's dots."""
_WRAPPED_NATS = 1.5
"""The price of parting two rows where a full line goes on below it."""
_WRAPPED_DRAWN_NATS = 6.0
"""Where the order of drawing is known and does not contradict, a full line that goes on is surely of one row."""
_UNCENTRED_DRAWN_NATS = 0.75
"""Where the order of drawing is known, a cell off its row's middle costs at most this much: headings of several rows are."""
_UNCENTRED_NATS = 6.0
"""The price of a cell off its row's middle (or top), per line."""
_AGAINST_ORDER_NATS = 25.0
"""The price of a row's end that the order of drawing contradicts, or of one missing where the drawing goes back."""
_MOST_UNCENTRED_NATS = 4.0
"""A cell off its row's middle costs at most this much."""
_FREE_CELL_LINES = 0.15
"""A cell may be off its row's middle by this share of a line without cost."""
_FREE_LABEL_LINES = 0.35
"""A merged cell's text may be off its middle by this share of a line without cost."""
_OVERLAP_SIZES = 0.15
"""Lines that overlap by less than this share of the type size stand one below the other."""
_LONGEST_ROW = 40
"""No row has more strips."""
_MOST_LABEL_COLUMNS = 3
"""No more columns than this are merged over rows."""
_SENTENCE_ENDS = "。；;！!？?"


def runs_to_bands(
    runs: Sequence[CellRun],
    columns: int,
    setting: Typesetting,
    walls: Sequence[float],
    cut: tuple[bool, bool],
) -> Bands:
    """The rows of a block of `columns` columns.

    `walls` are heights at which a rule parts two rows; `cut` says whether the block begins or ends at a page's
    end, where a merged cell may go on. The first columns may be merged over rows: as many as cost least.
    """
    ordered = all(run.drawn for run in runs)
    lines = tuple(sorted(runs, key=lambda run: run.middle))
    block = _BlockOfRuns(lines, columns, setting, tuple(walls), cut, ordered)
    options = [
        _RowHypothesis(block, labels, top).bands()
        for labels in range(min(_MOST_LABEL_COLUMNS + 1, max(1, columns - 1)))
        for top in (False, True)
    ]
    best = min(options, key=lambda bands: bands.price)
    rivals = [bands for bands in options if bands.price < best.price + CUT_MARGIN_NATS]
    shared = set(pairwise(best.ys)).intersection(*(pairwise(bands.ys) for bands in rivals))
    disputed = {row for row, band in enumerate(pairwise(best.ys)) if band not in shared}
    return best._replace(doubtful=best.doubtful | disputed)


class _BlockOfRuns(NamedTuple):
    """What every hypothesis about a block starts from: its runs from top to bottom, and what stands around them.

    `ordered`: they were drawn row by row.
    """

    runs: tuple[CellRun, ...]
    columns: int
    setting: Typesetting
    walls: tuple[float, ...]
    cut: tuple[bool, bool]
    ordered: bool


class _RowHypothesis:
    """One hypothesis about a block: how many label columns it has, and whether cells hang from the top of their row."""

    def __init__(self, block: _BlockOfRuns, labels: int, top: bool) -> None:
        self.size, self.pitch = block.setting
        self.labels, self.top = labels, top
        self.walls, self.cut, self.ordered = block.walls, block.cut, block.ordered
        whole = [run for run in block.runs if run.column_end - run.column == 1]
        over_columns = [run for run in block.runs if run.column_end - run.column > 1]
        self.widths = {
            c: max((run.width for run in whole if run.column == c and not run.stacked), default=0.0)
            for c in range(block.columns)
        }
        self.widest = max((run.width for run in over_columns), default=0.0)
        listed = [self._column([run for run in whole if run.column == c]) for c in range(block.columns)]
        self.label_columns, self.data = listed[:labels], listed[labels:]
        self.wide = self._column(over_columns)
        body = [run for run in block.runs if run.column_end > labels] or list(block.runs)
        self.corridors = self._corridors(body)
        self.walls_above = list(
            accumulate(any(abs(y - wall) < 1 for wall in self.walls) for y in self.corridors)
        )
        self.starts = [run.middle for run in body]
        self.order = CorridorOrder(body, self.corridors) if self.ordered else None
        self.extent = min(run.top for run in block.runs), max(run.bottom for run in block.runs)

    def _corridors(self, body: Sequence[CellRun]) -> list[float]:
        """Heights at which no text stands across, the block's own edges included."""
        spans = sorted((run.top, run.bottom) for run in body)
        ys = [spans[0][0]]
        deepest = spans[0][1]
        for top, bottom in spans[1:]:
            if top >= deepest - _OVERLAP_SIZES * self.size:
                wall = next(
                    (y for y in self.walls if deepest - self.size / 2 <= y <= top + self.size / 2), None
                )
                ys.append((deepest + top) / 2 if wall is None else wall)
            deepest = max(deepest, bottom)
        return [*ys, deepest]

    def _column(self, runs: Sequence[CellRun]) -> RunColumn:
        breaks = accumulate((self._break_price(u, v) for u, v in pairwise(runs)), initial=0.0)
        return RunColumn(tuple(runs), tuple(run.middle for run in runs), tuple(breaks))

    def bands(self) -> Bands:
        """The cheapest rows under this hypothesis, with their price."""
        parting = [self._parting_price(n) for n in range(len(self.corridors))]
        edges, doubtful, price = cheapest_cuts(self._row_price, parting, _LONGEST_ROW)
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
        joined = {row for row, (top, bottom) in enumerate(pairwise(ys)) if self._may_be_two(top, bottom)}
        return Bands(tuple(ys), doubtful | joined, tuple(merges), self.labels, price)

    def _may_be_two(self, top: float, bottom: float) -> bool:
        """Whether all of a row goes on at one height."""
        held: dict[int, list[CellRun]] = {}
        for column in (*self.label_columns, *self.data, self.wide):
            for run in column.between(top, bottom):
                held.setdefault(run.column, []).append(run)
        cells = list(held.values())
        if len(cells) < 2 or len({len(cell) for cell in cells}) > 1 or len(cells[0]) < 2:
            return False
        return all(
            abs(run.middle - first.middle) < _OVERLAP_SIZES * self.size
            for first, *others in zip(*cells, strict=True)
            for run in others
        )

    def _row_price(self, first: int, last: int) -> float:
        if self.walls_above[last - 1] > self.walls_above[first]:
            return IMPOSSIBLE_NATS
        top, bottom = self.corridors[first], self.corridors[last]
        price, blank = _ROW_NATS, 0
        if self.order:
            price += _AGAINST_ORDER_NATS * (self.order.parts[last - 1] - self.order.parts[first])
        heights: list[float] = []
        wide = self.wide.between(top, bottom)
        for n, column in enumerate((*self.data, self.wide), start=self.labels):
            start, end = bisect_left(column.middles, top), bisect_left(column.middles, bottom)
            if start == end:
                blank += column is not self.wide and not any(r.column <= n < r.column_end for r in wide)
            else:
                price += column.breaks[end - 1] - column.breaks[start]
                heights.append(self._height(column.runs[start:end]))
        price += _BLANK_NATS * min(blank, 2) + _MORE_BLANK_NATS * max(0, blank - 2)
        return price + self._off_centre(heights)

    def _height(self, cell: Sequence[CellRun]) -> float:
        """Where a cell stands by its row's alignment: its first line, or its middle."""
        return cell[0].middle if self.top else (cell[0].middle + cell[-1].middle) / 2

    def _off_centre(self, heights: Sequence[float]) -> float:
        if not heights:
            return 0.0
        usual = min(heights) if self.top else sorted(heights)[len(heights) // 2]
        most = _UNCENTRED_DRAWN_NATS if self.order else _MOST_UNCENTRED_NATS
        return sum(min(most, self._centre_price(abs(height - usual), _FREE_CELL_LINES)) for height in heights)

    def _centre_price(self, off: float, free: float) -> float:
        return min(_MOST_UNCENTRED_NATS, _UNCENTRED_NATS * max(0.0, off / self.pitch - free))

    def _break_price(self, upper: CellRun, lower: CellRun) -> float:
        """What it costs that two lines are of one cell."""
        if upper.stacked or lower.stacked:
            return _MOST_LOOSE_NATS
        if self.ordered and drawn_apart(upper.chars[-1].run, lower.chars[0].run):
            return _AGAINST_ORDER_NATS * (
                (upper.column, upper.column_end) == (lower.column, lower.column_end)
            )
        excess = (lower.middle - upper.middle - self.pitch) / self.size
        price = min(_MOST_LOOSE_NATS, _LOOSE_NATS * max(0.0, excess - STEADY_PITCH_SIZES))
        if (upper.is_number and lower.is_number) or lower.is_filler:
            return price + _NUMBERS_NATS
        item = item_number(lower.text)
        if item:
            return price + (_FIRST_ITEM_NATS if item == 1 else _NEXT_ITEM_NATS)
        if upper.text[-1] in _SENTENCE_ENDS:
            return price + _NEXT_ITEM_NATS
        return price + _SHORT_NATS * min(1.0, max(0.0, self._room(upper, lower) / self.size))

    def _room(self, upper: CellRun, lower: CellRun) -> float:
        """How much of the line above stays free even with the first word of the line below put there."""
        word = first_word(lower.chars)
        usual = self.widths[upper.column] if upper.column_end - upper.column == 1 else self.widest
        return usual - upper.width - word - 0.5 * self.size

    def _parting_price(self, corridor: int) -> float:
        """What it costs that a row ends here although a full line goes on below, or the row was not drawn to its end."""
        if corridor in (0, len(self.corridors) - 1):
            return 0.0
        if self.order and self.order.joins[corridor]:
            return _AGAINST_ORDER_NATS
        y = self.corridors[corridor]
        price = 0.0
        for column in (*self.data, self.wide):
            below = bisect_left(column.middles, y)
            if 0 < below < len(column.runs) and not item_number(column.runs[below].text):
                u, v = column.runs[below - 1], column.runs[below]
                near = v.middle - u.middle - self.pitch < STEADY_PITCH_SIZES * self.size
                if near and self._room(u, v) <= 0 and u.text[-1] not in _SENTENCE_ENDS:
                    price += _WRAPPED_DRAWN_NATS if self.order else _WRAPPED_NATS
        return min(price, _WRAPPED_DRAWN_NATS if self.order else 2 * _WRAPPED_NATS)

    def _merges(self, column: int, ys: Sequence[float], first: int, last: int) -> tuple[list[Merge], float]:
        """The merged cells of a label column within the rows `[first, last)`, and their price."""
        runs = self.label_columns[column].runs
        cuts = [
            _MOST_LOOSE_NATS * sum(run.top + self.size / 3 < y < run.bottom - self.size / 3 for run in runs)
            for y in ys[first + 1 : last]
        ]
        edges, doubtful, cost = cheapest_cuts(
            lambda one, other: self._merge_price(column, ys, first + one, first + other),
            [0.0, *cuts, 0.0],
            last - first,
        )
        return [
            Merge(column, first + a, first + b, n in doubtful) for n, (a, b) in enumerate(pairwise(edges))
        ], cost

    def _merge_price(self, column: int, ys: Sequence[float], row: int, row_end: int) -> float:
        """What a cell of a label column over the rows `[row, row_end)` costs."""
        labels = self.label_columns[column]
        top, bottom = ys[row], ys[row_end]
        at_end = (row == 0 and self.cut[0]) or (row_end == len(ys) - 1 and self.cut[1])
        start, end = bisect_left(labels.middles, top), bisect_left(labels.middles, bottom)
        if start == end:
            return _MERGE_NATS + (_CUT_LABEL_NATS if at_end else _NO_LABEL_NATS)
        cell = labels.runs[start:end]
        if self.top:
            off = abs(cell[0].middle - min((y for y in self.starts if y >= top), default=top))
        else:
            off = abs(self._height(cell) - (top + bottom) / 2)
        off_price = self._centre_price(off, _FREE_LABEL_LINES)
        breaks = labels.breaks[end - 1] - labels.breaks[start]
        if self.order and self.order.row_of(cell[0].drawn) != bisect_left(self.corridors, top):
            breaks += _AGAINST_ORDER_NATS
        return _MERGE_NATS + breaks + (min(1.0, off_price) if at_end else off_price)
