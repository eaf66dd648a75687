"""Rows of a ruled table between which a floor is missing: several columns go on at one height without need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.page.paragraphs import first_word
from extract.page.tables import FilledCell, PageTables
from models.geometry import Box
from models.page import Char, Rule

_FEWEST_CELLS = 4
"""Rows are joined when this many of their cells go on at one height, each after a line with room left."""
_FEWEST_WITH_NUMBERS = 2
"""With numbers one above another in one of them, this many cells suffice."""
_FEWEST_LINES = 2
"""Fewer lines do not go on."""
_ROOM_SIZES = 2.0
"""A line that leaves room for this many more characters beside the next word was not broken by its cell's width."""
_SAME_HEIGHT_SIZES = 0.3
"""Lines stand at one height when they differ by less than this share of the type size."""
_SAME_EDGE_PT = 1.0
"""Cells are of one row when their upper and lower edges differ by less than this."""


@dataclass(frozen=True, slots=True)
class JoinedRow:
    """A row that holds several: its box, and the floors that it lacks, cell by cell."""

    box: Box
    floors: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class _Break:
    """Where a cell goes on after a line that had room left: the height between the two lines, and that of the lower."""

    cell: FilledCell
    at: float
    height: float
    size: float


def joined_rows(tables: PageTables) -> Iterator[JoinedRow]:
    """The rows of a page's ruled tables that hold several."""
    for row in _rows(tables.cells):
        breaks = sorted((one for cell in row for one in _breaks(cell)), key=lambda one: one.height)
        floors: list[Rule] = []
        for group in _at_one_height(breaks):
            enough = _FEWEST_WITH_NUMBERS if any(one.cell.text.stacked for one in group) else _FEWEST_CELLS
            if len({id(one.cell) for one in group}) >= enough:
                at = sum(one.at for one in group) / len(group)
                floors += [Rule("horizontal", at, one.cell.box.x0, one.cell.box.x1) for one in group]
        if floors:
            boxes = [cell.box for cell in row]
            whole = Box(min(b.x0 for b in boxes), boxes[0].top, max(b.x1 for b in boxes), boxes[0].bottom)
            yield JoinedRow(whole, tuple(floors))


def _rows(cells: Sequence[FilledCell]) -> Iterator[list[FilledCell]]:
    """Cells that share their upper and lower edge."""
    rows: list[list[FilledCell]] = []
    for cell in sorted(cells, key=lambda cell: (cell.box.top, cell.box.bottom)):
        last = rows[-1][0].box if rows else None
        same = (
            last is not None
            and abs(last.top - cell.box.top) <= _SAME_EDGE_PT
            and abs(last.bottom - cell.box.bottom) <= _SAME_EDGE_PT
        )
        if same:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    yield from rows


def _breaks(cell: FilledCell) -> Iterator[_Break]:
    if len({char.box.top for char in cell.chars}) < _FEWEST_LINES:
        return
    lines = [printed for line in cell.lines if (printed := [char for char in line if char.text != " "])]
    for upper, lower in pairwise(lines):
        room = cell.box.width - (upper[-1].box.x1 - upper[0].box.x0)
        size = lower[0].size
        if room >= first_word(lower) + _ROOM_SIZES * size:
            foot, head = max(_bottoms(upper)), min(char.box.top for char in lower)
            yield _Break(cell, (foot + head) / 2, head, size)


def _bottoms(line: Sequence[Char]) -> list[float]:
    return [char.box.bottom for char in line]


def _at_one_height(breaks: Sequence[_Break]) -> Iterator[list[_Break]]:
    group: list[_Break] = []
    for one in breaks:
        if group and one.height - group[0].height > _SAME_HEIGHT_SIZES * one.size:
            yield group
            group = []
        group.append(one)
    if group:
        yield group
