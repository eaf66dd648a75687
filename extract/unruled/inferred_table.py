"""The rules that a table would have if it were ruled: its frame, its columns, its rows, as far as they are not drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.unruled.cell_runs import CellRun
from extract.unruled.column_rivers import Block, line_to_words
from extract.unruled.table_parts import TablePart, TableText, blocks_to_text, text_to_parts
from models.geometry import Box
from models.page import Char, Page, Rule

_FEWEST_LINES = 2
"""A table without drawn rules has at least this many lines of several words."""
_UNMARKED_ROWS_SHARE = 0.25
"""Rules mark every row when no more than this share of rows more would be found without them."""
_FLUSH_PT = 1.0
"""Lines of one cell begin at abscissas that differ by no more than this."""
_NEXT_LINE_SIZES = 1.8
"""Lines of one cell are no further apart than this many type sizes: line and a half, and a little."""
_LOWERED_SIZES = 0.3
"""A line is off its row's middle by more than this share of the type size."""


@dataclass(frozen=True, slots=True)
class InferredTable:
    """A table of blocks one below the other. `ruled`: drawn rules mark every row, so that none is inferred."""

    text: TableText
    parts: tuple[TablePart, ...]
    ruled: bool

    def rules(self) -> Iterator[Rule]:
        """The rules that are not drawn: the frame, the columns, and the rows unless they are ruled."""
        box = self.text.box
        seams = self._seams()
        for x in (box.x0, box.x1):
            yield Rule("vertical", x, seams[0], seams[-1])
        for y in seams if not self.ruled else (seams[0], seams[-1]):
            yield Rule("horizontal", y, box.x0, box.x1)
        for part, top, bottom in zip(self.parts, seams, seams[1:], strict=False):
            if self.ruled:
                inner = [line.at for line in self.text.across if top < line.at < bottom]
                yield from _column_rules(part, [top, *inner, bottom])
                continue
            headings = list(self._heading_rules(part))
            cuts = [top, *part.bands.ys[1:-1], *(rule.at for rule in headings), bottom]
            yield from self._row_rules(part)
            yield from headings
            yield from _column_rules(part, sorted(cuts))

    def doubtful(self) -> Iterator[Box]:
        """Where rows, or the rows that a merged cell covers, are a guess."""
        if self.ruled:
            return
        for part in self.parts:
            ys, xs = part.bands.ys, self._xs(part)
            for row in part.bands.doubtful:
                labels = 1 + max((m.column for m in part.bands.merges), default=-1)
                yield Box(xs[labels], ys[row], self.text.box.x1, ys[row + 1])
            for merge in part.bands.merges:
                if merge.doubtful:
                    yield Box(xs[merge.column], ys[merge.row], xs[merge.column + 1], ys[merge.row_end])
        for upper, lower in pairwise(self.parts):
            for above, below in self._going_on(upper, lower):
                ys = upper.bands.ys
                yield Box(above.left - 1.0, ys[-2], above.chars[-1].box.x1 + 1.0, ys[-1])
                yield Box(
                    below.left - 1.0, lower.bands.ys[0], below.chars[-1].box.x1 + 1.0, lower.bands.ys[1]
                )

    def _going_on(self, upper: TablePart, lower: TablePart) -> Iterator[tuple[CellRun, CellRun]]:
        """Lines of a part that stand below one of the part above as if both were of one cell."""
        for below in (run for run in lower.runs if run.top < lower.bands.ys[1] and not run.stacked):
            near = [run for run in upper.runs if abs(run.left - below.left) <= _FLUSH_PT and not run.stacked]
            above = max(near, key=lambda run: run.middle, default=None)
            if above and below.middle - above.middle <= _NEXT_LINE_SIZES * self.text.size:
                yield above, below

    def _xs(self, part: TablePart) -> tuple[float, ...]:
        """The abscissas between which the columns of a part lie."""
        return (self.text.box.x0, *part.edges, self.text.box.x1)

    def _seams(self) -> list[float]:
        """The table's upper edge, the heights between its parts, and its lower edge."""
        bands = [part.bands.ys for part in self.parts]
        first, last = bands[0][0] - 1.0, bands[-1][-1] + 1.0
        inner = [self._seam(upper[-1], lower[0]) for upper, lower in pairwise(bands)]
        if self.ruled:
            across = self.text.across
            # above the first page's table stand its title and its date
            first = across[0].at if self.text.page.number == 1 else min(first, across[0].at)
            last = max(last, across[-1].at)
        return [first, *inner, last]

    def _seam(self, above: float, below: float) -> float:
        """The rule between two parts, or the middle between them."""
        middle, half = (above + below) / 2, self.text.size / 2
        near = [line.at for line in self.text.across if above - half <= line.at <= below + half]
        return min(near, key=lambda y: abs(y - middle), default=middle)

    def _row_rules(self, part: TablePart) -> Iterator[Rule]:
        xs = self._xs(part)
        for row, y in enumerate(part.bands.ys[1:-1], start=1):
            merged = [m.column for m in part.bands.merges if m.row < row < m.row_end]
            yield Rule("horizontal", y, xs[max(merged, default=-1) + 1], xs[-1])

    def _heading_rules(self, part: TablePart) -> Iterator[Rule]:
        """Within rows, below a cell that stands above several columns of its row."""
        xs = self._xs(part)
        for top, bottom in pairwise(part.bands.ys):
            row = [run for run in part.runs if top <= run.middle < bottom]
            if not all(run.drawn for run in part.runs):
                yield from self._lowered(row, part.bands.labels, xs)
            for wide in (run for run in row if run.column_end - run.column > 1):
                tops = [run.top for run in row if _stands_below(run, wide)]
                if tops:
                    y = (wide.bottom + min(tops)) / 2
                    yield Rule("horizontal", y, xs[wide.column], xs[wide.column_end])

    def _lowered(self, row: Sequence[CellRun], labels: int, xs: Sequence[float]) -> Iterator[Rule]:
        """Above a lone line off its row's middle: it stands under a cell over several columns, its neighbour too."""
        cells = {c: [run for run in row if run.column == c] for c in range(labels, len(xs) - 1)}
        cells = {c: cell for c, cell in cells.items() if cell}
        if len(cells) < 3:
            return
        free = _LOWERED_SIZES * self.text.size
        heights = sorted((cell[0].middle + cell[-1].middle) / 2 for cell in cells.values())
        usual = heights[len(heights) // 2]
        lone = [c[0].middle for c in cells.values() if len(c) == 1 and c[0].middle - usual > free]
        for y in dict.fromkeys(lone):
            under = [c for c, cell in cells.items() if abs(cell[-1].middle - y) < free]
            above = [run for c in under for run in cells[c] if y - run.middle > free]
            if above and under[-1] - under[0] == len(under) - 1:
                at = (max(run.bottom for run in above) + min(cells[c][-1].top for c in under)) / 2
                yield Rule("horizontal", at, xs[under[0]], xs[under[-1] + 1])


def blocks_to_table(
    page: Page, lines: Sequence[Sequence[Char]], stacks: Sequence[Sequence[Char]], blocks: Sequence[Block]
) -> InferredTable | None:
    """The table of `blocks`, which follow each other on `page`; `None` when they are text with a few gaps.

    `lines` are the page's lines, `stacks` its words written downwards.
    """
    text = blocks_to_text(page, lines, stacks, blocks)
    apart = sum(len(line_to_words(line)) > 1 for line in lines[blocks[0].first : blocks[-1].last])
    if apart < _FEWEST_LINES and not text.across:
        return None
    parts = text_to_parts(text, blocks)
    rows = sum(len(part.bands.ys) - 1 for part in parts)
    ruled = rows <= (1 + _UNMARKED_ROWS_SHARE) * max(0, len(text.row_rules) - 1)
    return InferredTable(text, parts, ruled)


def _stands_below(run: CellRun, wide: CellRun) -> bool:
    inside = run.column >= wide.column and run.column_end <= wide.column_end
    return inside and run.middle > wide.middle


def _column_rules(part: TablePart, heights: Sequence[float]) -> Iterator[Rule]:
    """The rules between columns, broken where a cell stands across them."""
    for top, bottom in pairwise(heights):
        across = [run for run in part.runs if top <= run.middle < bottom and run.column_end - run.column > 1]
        for column, x in enumerate(part.edges):
            if not any(run.column <= column < run.column_end - 1 for run in across):
                yield Rule("vertical", x, top, bottom)
