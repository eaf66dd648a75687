"""The rules that a table would have if it were ruled: its frame, its columns, its rows, as far as they are not drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.page.underlines import drawn_across
from extract.unruled.cell_runs import Run, Type, line_to_runs, runs_to_type
from extract.unruled.column_rivers import Block, line_to_words
from extract.unruled.row_bands import Bands, runs_to_bands
from models.geometry import Box
from models.page import Char, Page, Rule

FEWEST_LINES = 2
"""A table has at least that many lines of several words."""
LONG = 0.25
"""A horizontal rule over this share of the table's width parts rows."""
SPLIT = 0.25
"""Rules mark every row when no more than this share of rows more would be found without them."""
AROUND = 2.0
"""Within so many type sizes around it a river or a frame is drawn to the end of a rule."""
NEAR = 3.0
"""A rule so many points above or below the text belongs to it."""
FEW = 2
"""No more words than that stand across a column edge."""
LOWERED = 0.3
"""A line is off its row's middle by more than this share of the type size."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A block with its column edges, its lines cut into cells, and its rows."""

    edges: tuple[float, ...]
    runs: tuple[Run, ...]
    bands: Bands


class Table:
    """A table of blocks one below the other, and the rules that it would have."""

    def __init__(
        self,
        page: Page,
        lines: Sequence[Sequence[Char]],
        stacks: Sequence[Sequence[Char]],
        blocks: Sequence[Block],
    ) -> None:
        self.page, self.stacks = page, stacks
        inked = [
            [c for c in line if not c.text.isspace()] for line in lines[blocks[0].first : blocks[-1].last]
        ]
        chars = [c for line in inked for c in line]
        self.size = sorted(c.size for c in chars)[len(chars) // 2]
        self.box = self._frame(chars)
        self.across = [
            line for line in drawn_across(page) if self.box.top - NEAR <= line.at <= self.box.bottom + NEAR
        ]
        self.lines = inked
        cut = [self._cut(block, lines) for block in blocks]
        setting = runs_to_type([runs for _, runs in cut])
        walls = [line.at for line in self.across if line.end - line.start >= LONG * self.box.width]
        self.parts = [
            _Part(edges, runs, self._bands(edges, runs, setting, walls, n, len(cut)))
            for n, (edges, runs) in enumerate(cut)
        ]
        rows = sum(len(part.bands.ys) - 1 for part in self.parts)
        self.ruled = rows <= (1 + SPLIT) * max(0, len(walls) - 1)

    @property
    def stands(self) -> bool:
        """Whether enough words stand apart, or rules are drawn; else it is text with a few gaps."""
        apart = sum(len(line_to_words(line)) > 1 for line in self.lines)
        return apart >= FEWEST_LINES or bool(self.across)

    def _frame(self, chars: Sequence[Char]) -> Box:
        """Around the text, out to the ends of rules."""
        left, right = min(c.box.x0 for c in chars), max(c.box.x1 for c in chars)
        top, bottom = min(c.box.top for c in chars), max(c.box.bottom for c in chars)
        ends = [x for r in self.page.rules for x in ((r.start, r.end) if r.axis == "horizontal" else (r.at,))]
        room = AROUND * self.size
        left = min([x for x in ends if left - 3 * room <= x <= left], default=left - 1.0)
        right = max([x for x in ends if right <= x <= right + 3 * room], default=right + 1.0)
        return Box(left, top, right, bottom)

    def _cut(
        self, block: Block, lines: Sequence[Sequence[Char]]
    ) -> tuple[tuple[float, ...], tuple[Run, ...]]:
        """The block's column edges and its lines cut at them, words that stand across an edge left whole."""
        edges = self._edges(
            block, [word for line in lines[block.first : block.last] for word in line_to_words(line)]
        )
        stacked = {id(char) for stack in self.stacks for char in stack}
        runs: list[Run] = []
        for line in lines[block.first : block.last]:
            runs += line_to_runs([char for char in line if id(char) not in stacked], edges)
        own = {id(char) for line in lines[block.first : block.last] for char in line}
        for stack in self.stacks:
            middle = stack[len(stack) // 2]
            if id(middle) in own:
                column = bisect_left(edges, middle.box.centre[0])
                runs.append(Run(column, column + 1, tuple(stack), stacked=True))
        return edges, tuple(runs)

    def _edges(self, block: Block, words: Sequence[Sequence[Char]]) -> tuple[float, ...]:
        """Where in its rivers the columns part: at a vertical rule, where a rule begins or ends, else in the middle.

        A heading may narrow a river, so an end of a rule counts for the nearest one where few words cross it.
        """
        edges = [(start + end) / 2 for start, end in block.edges]
        walls = [(x, 0) for rule in self.page.rules if rule.axis == "vertical" for x in (rule.at,)]
        top, bottom = words[0][0].box.top - self.size, words[-1][0].box.bottom + self.size
        ends = [(x, 1) for line in self.across if top <= line.at <= bottom for x in (line.start, line.end)]
        best: dict[int, tuple[int, int, float]] = {}
        found: dict[int, float] = {}
        for x, kind in (*walls, *ends):
            off, river = min((max(a - x, x - b, 0.0), n) for n, (a, b) in enumerate(block.edges))
            crossed = sum(word[0].box.x0 + 1.0 < x < word[-1].box.x1 - 1.0 for word in words)
            if off <= AROUND * self.size and crossed <= FEW:
                best[river] = min(best.get(river, (FEW + 1, 0, 0.0)), (crossed, kind, abs(x - edges[river])))
                if best[river] == (crossed, kind, abs(x - edges[river])):
                    found[river] = x
        return tuple(found.get(n, edge) for n, edge in enumerate(edges))

    def _bands(
        self,
        edges: tuple[float, ...],
        runs: tuple[Run, ...],
        setting: Type,
        walls: Sequence[float],
        n: int,
        parts: int,
    ) -> Bands:
        return runs_to_bands(runs, len(edges) + 1, setting, walls, (n == 0, n == parts - 1))

    def rules(self) -> Iterator[Rule]:
        """The rules that are not drawn: the frame, the columns, and the rows unless they are ruled."""
        tops = [part.bands.ys[0] for part in self.parts] + [self.parts[-1].bands.ys[-1]]
        bottoms = [part.bands.ys[-1] for part in self.parts]
        seams = [
            tops[0] - 1.0,
            *(self._wall(a, b) for a, b in zip(bottoms, tops[1:-1], strict=False)),
            bottoms[-1] + 1.0,
        ]
        if self.ruled:
            if self.page.number == 1:
                seams[0] = self.across[0].at
            else:
                seams[0] = min(seams[0], self.across[0].at)
            seams[-1] = max(seams[-1], self.across[-1].at)
        for x in (self.box.x0, self.box.x1):
            yield Rule("vertical", x, seams[0], seams[-1])
        for y in seams if not self.ruled else (seams[0], seams[-1]):
            yield Rule("horizontal", y, self.box.x0, self.box.x1)
        for part, top, bottom in zip(self.parts, seams, seams[1:], strict=False):
            inner = part.bands.ys[1:-1]
            ys = [line.at for line in self.across if top < line.at < bottom] if self.ruled else inner
            rows = [top, *ys, bottom]
            if not self.ruled:
                yield from self._row_rules(part)
            yield from self._column_rules(part, rows)

    def _wall(self, above: float, below: float) -> float:
        """The rule between two blocks, or the middle between them."""
        middle = (above + below) / 2
        near = [line.at for line in self.across if above - self.size / 2 <= line.at <= below + self.size / 2]
        return min(near, key=lambda y: abs(y - middle), default=middle)

    def _row_rules(self, part: _Part) -> Iterator[Rule]:
        xs = (self.box.x0, *part.edges, self.box.x1)
        for row, y in enumerate(part.bands.ys[1:-1], start=1):
            merged = [m.column for m in part.bands.merges if m.row < row < m.row_end]
            yield Rule("horizontal", y, xs[max(merged, default=-1) + 1], self.box.x1)
        for top, bottom in pairwise(part.bands.ys):
            yield from self._heading_rules(part, top, bottom)

    def _heading_rules(self, part: _Part, top: float, bottom: float) -> Iterator[Rule]:
        """Within a row, below a cell that stands above several columns of it."""
        xs = (self.box.x0, *part.edges, self.box.x1)
        row = [run for run in part.runs if top <= run.middle < bottom]
        yield from self._lowered(row, part.bands.labels, xs)
        for wide in (run for run in row if run.column_end - run.column > 1):
            beneath = [
                run
                for run in row
                if run.column >= wide.column
                and run.column_end <= wide.column_end
                and run.middle > wide.middle
            ]
            if beneath:
                y = (wide.bottom + min(run.top for run in beneath)) / 2
                yield Rule("horizontal", y, xs[wide.column], xs[wide.column_end])

    def _lowered(self, row: Sequence[Run], labels: int, xs: Sequence[float]) -> Iterator[Rule]:
        """Above a lone line off its row's middle: it stands under a cell over several columns, its neighbour too."""
        cells = {c: [run for run in row if run.column == c] for c in range(labels, len(xs) - 1)}
        cells = {c: cell for c, cell in cells.items() if cell}
        if len(cells) < 3:
            return
        heights = sorted((cell[0].middle + cell[-1].middle) / 2 for cell in cells.values())
        lone = [
            cell[0].middle
            for cell in cells.values()
            if len(cell) == 1 and cell[0].middle - heights[len(heights) // 2] > LOWERED * self.size
        ]
        for y in dict.fromkeys(lone):
            under = [c for c, cell in cells.items() if abs(cell[-1].middle - y) < LOWERED * self.size]
            above = [run for c in under for run in cells[c] if y - run.middle > LOWERED * self.size]
            if above and under[-1] - under[0] == len(under) - 1:
                at = (max(run.bottom for run in above) + min(cells[c][-1].top for c in under)) / 2
                yield Rule("horizontal", at, xs[under[0]], xs[under[-1] + 1])

    def _column_rules(self, part: _Part, rows: Sequence[float]) -> Iterator[Rule]:
        cuts = (
            [*rows, *(r.at for a, b in pairwise(rows) for r in self._heading_rules(part, a, b))]
            if not self.ruled
            else rows
        )
        for top, bottom in pairwise(sorted(cuts)):
            across = [
                run for run in part.runs if top <= run.middle < bottom and run.column_end - run.column > 1
            ]
            for column, x in enumerate(part.edges):
                if not any(run.column <= column < run.column_end - 1 for run in across):
                    yield Rule("vertical", x, top, bottom)

    def doubtful(self) -> Iterator[Box]:
        """Where rows, or the rows that a merged cell covers, are a guess."""
        if self.ruled:
            return
        for part in self.parts:
            ys, xs = part.bands.ys, (self.box.x0, *part.edges, self.box.x1)
            for row in part.bands.doubtful:
                labels = 1 + max((m.column for m in part.bands.merges), default=-1)
                yield Box(xs[labels], ys[row], self.box.x1, ys[row + 1])
            for merge in part.bands.merges:
                if merge.doubtful:
                    yield Box(xs[merge.column], ys[merge.row], xs[merge.column + 1], ys[merge.row_end])
