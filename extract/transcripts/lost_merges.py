"""The merges that a table lost when it was saved as text: the columns are true, blanks stand under every merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BLOCK_COST_CELLS = 10
"""A change of layout must save this many cells: the rows of a form's part with a few blanks stay together."""

_LONGEST_BLOCK_ROWS = 200
"""A longer part of a form is cut into several blocks; the longest, the indicators, has 60 rows."""


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A text and the rows and columns it covers, from 0."""

    row: int
    column: int
    text: str
    row_span: int
    column_span: int


_FEWEST_COUNTED = 20
_COUNTED_SHARE = 0.9
"""A column counts rows when nearly all of at least so many count by one; a form's own lists have a dozen rows."""
_ROW_HEADS = frozenset(("行次", "行号", "序号", "编号"))
"""What such a column is called, if anything."""


def counts_rows(column: Sequence[str]) -> bool:
    """Whether a column of a sheet only numbers its rows, as programs that save tables put one before all others."""
    filled = [text for text in column if text]
    numbers = [int(text) for text in filled if text.isascii() and text.isdigit() and len(text) < 6]
    others = [text for text in filled if not (text.isascii() and text.isdigit())]
    if len(numbers) < max(_FEWEST_COUNTED, _COUNTED_SHARE * len(column) - len(others)):
        return False
    return (
        set(others) <= _ROW_HEADS
        and numbers[0] < 2
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )


def restore_merges(rows: Sequence[Sequence[str]]) -> list[MergedCell]:
    """The cells of a table of equally long rows, in row-major order.

    Rows are parted into blocks of one layout, so that all their texts begin at few columns (the cheapest parting,
    by dynamic programming); a cell reaches to the next of these. It also covers the blanks below it where nothing
    stands left of them: labels do that, values do not.
    """
    width = len(rows[0]) if rows else 0
    starts = [frozenset(c for c, text in enumerate(row) if text) for row in rows]
    lefts = [min(columns, default=-1) for columns in starts]
    cells: list[MergedCell] = []
    taken: set[tuple[int, int]] = set()
    for begin, end in _blocks(starts):
        edges = sorted(frozenset({0}).union(*starts[begin:end]))
        bounds = [*edges, width]
        for r in range(begin, end):
            for edge, bound in zip(edges, bounds[1:], strict=True):
                if (r, edge) in taken:
                    continue
                height = _height(lefts, r, bound) if rows[r][edge] else 1
                cells.append(MergedCell(r, edge, rows[r][edge], height, bound - edge))
                taken.update((r + down, c) for down in range(height) for c in range(edge, bound))
    return cells


def _blocks(starts: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """The rows parted so that the cells of all blocks and their number cost the least."""
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(starts) + 1):
        edges: frozenset[int] = frozenset({0})
        choices = []
        for begin in range(end - 1, max(-1, end - 1 - _LONGEST_BLOCK_ROWS), -1):
            edges |= starts[begin]
            choices.append((best[begin][0] + (end - begin) * len(edges) + _BLOCK_COST_CELLS, begin))
        best.append(min(choices))
    blocks = []
    end = len(starts)
    while end:
        blocks.append((best[end][1], end))
        end = best[end][1]
    return blocks[::-1]


def _height(lefts: Sequence[int], row: int, bound: int) -> int:
    """How many rows a label covers: those below with nothing in it or left of it, and something on its right.

    `lefts` is the first filled column of each row, −1 for a blank one.
    """
    height = 1
    while row + height < len(lefts) and lefts[row + height] >= bound:
        height += 1
    return height
