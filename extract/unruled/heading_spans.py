"""Headings over several columns whose words are too short to say so: the order of drawing tells what stands under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.unruled.cell_runs import CellRun

_BESIDE_SIZES = 0.3
"""A neighbour reaches beside what was drawn after it by more than this share of the type size."""

_DrawnCell = list[CellRun]
_DrawnRow = list[_DrawnCell]


def with_heading_spans(runs: Sequence[CellRun], columns: int, size: float) -> tuple[CellRun, ...]:
    """The lines of a block that was drawn row by row, headings widened over all columns that were drawn under them.

    `columns` is how many the block has. A row stands under a heading when the heading's neighbours reach down beside it.
    """
    wide: dict[int, CellRun] = {}
    rows = list(_rows(runs))
    for upper, lower in reversed(list(pairwise(rows))):
        spans = [_span(cell, wide) for cell in lower]
        for left, cell, right in zip([None, *upper[:-1]], upper, [*upper[1:], None], strict=True):
            start = _span(left, wide)[1] if left else 0
            end = right[0].column if right else columns
            under = sorted(span for span in spans if start <= span[0] and span[1] <= end)
            top = min(run.top for one in lower for run in one) + _BESIDE_SIZES * size
            beside = any(_bottom(one) > top for one in (left, right) if one)
            below = _bottom(cell) <= top
            if beside and below and len(under) > 1 and _is_filled(under):
                first, last = under[0][0], under[-1][1]
                for run in cell:
                    if first <= run.column and run.column_end <= last:
                        wide[id(run)] = replace(run, column=first, column_end=last)
    return tuple(wide.get(id(run), run) for run in runs)


def _is_filled(spans: Sequence[tuple[int, int]]) -> bool:
    """Whether spans stand side by side without a gap."""
    return all(one[1] == other[0] for one, other in pairwise(spans))


def _span(cell: _DrawnCell, wide: Mapping[int, CellRun]) -> tuple[int, int]:
    """The columns of a cell, widened where it was."""
    runs = [wide.get(id(run), run) for run in cell]
    return min(run.column for run in runs), max(run.column_end for run in runs)


def _bottom(cell: _DrawnCell) -> float:
    return max(run.bottom for run in cell)


def _rows(runs: Sequence[CellRun]) -> Iterator[_DrawnRow]:
    """The cells in the order of drawing; where it goes back to the left a row begins."""
    row: _DrawnRow = []
    for run in sorted(runs, key=lambda run: run.drawn):
        last = row[-1][-1] if row else None
        if (
            last
            and run.column < last.column_end
            and run.column_end > last.column
            and run.middle > last.middle
        ):
            row[-1].append(run)
            continue
        if last and run.column < last.column_end:
            yield row
            row = []
        row.append([run])
    if row:
        yield row
