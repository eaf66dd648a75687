"""The blocks of an unruled table cut into cells: where exactly its columns part, and which rows its lines make."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extract.page.ruling import Line
from extract.page.underlines import drawn_across
from extract.unruled.cell_runs import Bands, CellRun, line_to_runs, runs_to_typesetting
from extract.unruled.column_rivers import Block, line_to_words
from extract.unruled.heading_spans import with_heading_spans
from extract.unruled.row_bands import runs_to_bands
from models.geometry import Box
from models.page import Char, Page

ROW_RULE_SHARE = 0.25
"""A horizontal rule over this share of its table's width parts rows."""
_AROUND_SIZES = 2.0
"""A river or a frame is drawn to the end of a rule within this many type sizes around it."""
_BESIDE_TEXT_PT = 3.0
"""A rule this far above or below the text belongs to it."""
_MOST_CROSSING_WORDS = 2
"""No more words than this stand across a column edge."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """A block with its column edges, its lines cut into cells, and its rows."""

    edges: tuple[float, ...]
    runs: tuple[CellRun, ...]
    bands: Bands


@dataclass(frozen=True, slots=True)
class TableText:
    """The text of blocks one below the other: its usual type size, its frame, and the rules drawn in it.

    `lines` are the lines of the whole page with their blanks, `stacks` the words written downwards.
    """

    page: Page
    lines: Sequence[Sequence[Char]]
    stacks: Sequence[Sequence[Char]]
    size: float
    box: Box
    across: tuple[Line, ...]

    @property
    def row_rules(self) -> list[float]:
        """The heights of the rules that part rows."""
        return [line.at for line in self.across if line.end - line.start >= ROW_RULE_SHARE * self.box.width]


def blocks_to_text(
    page: Page, lines: Sequence[Sequence[Char]], stacks: Sequence[Sequence[Char]], blocks: Sequence[Block]
) -> TableText:
    """What is common to `blocks`, which follow each other on `page` and are one table."""
    chars = [c for line in lines[blocks[0].first : blocks[-1].last] for c in line if not c.text.isspace()]
    size = sorted(c.size for c in chars)[len(chars) // 2]
    box = _frame(page, chars, size)
    top, bottom = box.top - _BESIDE_TEXT_PT, box.bottom + _BESIDE_TEXT_PT
    across = tuple(line for line in drawn_across(page) if top <= line.at <= bottom)
    return TableText(page, lines, stacks, size, box, across)


def _frame(page: Page, chars: Sequence[Char], size: float) -> Box:
    """Around the text, out to the ends of rules."""
    left, right = min(c.box.x0 for c in chars), max(c.box.x1 for c in chars)
    top, bottom = min(c.box.top for c in chars), max(c.box.bottom for c in chars)
    ends = [x for r in page.rules for x in ((r.start, r.end) if r.axis == "horizontal" else (r.at,))]
    room = 3 * _AROUND_SIZES * size
    left = min([x for x in ends if left - room <= x <= left], default=left - 1.0)
    right = max([x for x in ends if right <= x <= right + room], default=right + 1.0)
    return Box(left, top, right, bottom)


def text_to_parts(text: TableText, blocks: Sequence[Block]) -> tuple[TablePart, ...]:
    """The blocks of a table's text with their cells and rows."""
    cut = [_cut(text, block) for block in blocks]
    setting = runs_to_typesetting([runs for _, runs in cut])
    cut = [
        (
            edges,
            with_heading_spans(runs, len(edges) + 1, setting.size)
            if all(run.drawn for run in runs)
            else runs,
        )
        for edges, runs in cut
    ]
    last = len(cut) - 1
    return tuple(
        TablePart(
            edges, runs, runs_to_bands(runs, len(edges) + 1, setting, text.row_rules, (n == 0, n == last))
        )
        for n, (edges, runs) in enumerate(cut)
    )


def _cut(text: TableText, block: Block) -> tuple[tuple[float, ...], tuple[CellRun, ...]]:
    """A block's column edges and its lines cut at them, words that stand across an edge left whole."""
    lines = text.lines[block.first : block.last]
    edges = _edges(text, block, [word for line in lines for word in line_to_words(line)])
    stacked = {id(char) for stack in text.stacks for char in stack}
    runs: list[CellRun] = []
    for line in lines:
        runs += line_to_runs([char for char in line if id(char) not in stacked], edges)
    own = {id(char) for line in lines for char in line}
    for stack in text.stacks:
        middle = stack[len(stack) // 2]
        if id(middle) in own:
            column = bisect_left(edges, middle.box.centre[0])
            runs.append(CellRun(column, column + 1, tuple(stack), stacked=True))
    return edges, tuple(runs)


def _edges(text: TableText, block: Block, words: Sequence[Sequence[Char]]) -> tuple[float, ...]:
    """Where in its rivers the columns part: at a vertical rule, where a rule begins or ends, else in the middle.

    A heading may narrow a river, so an end of a rule counts for the nearest one where few words cross it.
    """
    middles = [(start + end) / 2 for start, end in block.edges]
    walls = [(rule.at, 0) for rule in text.page.rules if rule.axis == "vertical"]
    top, bottom = words[0][0].box.top - text.size, words[-1][0].box.bottom + text.size
    ends = [(x, 1) for line in text.across if top <= line.at <= bottom for x in (line.start, line.end)]
    best: dict[int, tuple[int, int, float]] = {}
    found: dict[int, float] = {}
    for x, kind in (*walls, *ends):
        off, river = min((max(a - x, x - b, 0.0), n) for n, (a, b) in enumerate(block.edges))
        if off > _AROUND_SIZES * text.size:
            continue
        crossed = sum(word[0].box.x0 + 1.0 < x < word[-1].box.x1 - 1.0 for word in words)
        rank = (crossed, kind, abs(x - middles[river]))
        if crossed <= _MOST_CROSSING_WORDS and rank <= best.get(river, rank):
            best[river], found[river] = rank, x
    return tuple(found.get(n, middle) for n, middle in enumerate(middles))
