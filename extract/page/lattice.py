"""Ruling lines into cells with exact spans: pure geometry, in points.

Between a table's outermost lines stands a lattice of elementary boxes; where no rule parts two of them they
are one cell. So a span is never guessed from coordinates: it is the lattice boxes a cell covers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.page.ruling import Frame, Line, close_frame, lines_to_frames, pieces_to_lines
from models.geometry import Box
from models.page import Rule

_RULED_SHARE = 0.6
"""A lattice edge is ruled when rules cover this share of its length."""
_MOST_CROSSINGS = 4_000_000
"""A page with more possible crossings is a drawing, not a form: its lines are not followed."""


class Span(NamedTuple):
    """A cell's place in the lattice: rows `[row, row_end)`, columns `[column, column_end)`."""

    row: int
    column: int
    row_end: int
    column_end: int


class Lattice(NamedTuple):
    """A table's row edges and column edges in points, and its cells in row-major order."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    spans: tuple[Span, ...]

    @property
    def box(self) -> Box:
        """Around the table's outer lines, in points."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def span_to_box(self, span: Span) -> Box:
        """Where a cell of this table stands, in points."""
        return Box(self.xs[span.column], self.ys[span.row], self.xs[span.column_end], self.ys[span.row_end])


def rules_to_lattices(rules: Iterable[Rule]) -> tuple[Lattice, ...]:
    """The tables that `rules` draw, from top to bottom; a table inside a cell of another is one of its own.

    A box of one cell inside a cell (a tick box, a framed word) is part of that cell, and a frame of one cell
    around tables is no table.
    """
    kept = list(rules)
    across = pieces_to_lines(Line(r.at, r.start, r.end) for r in kept if r.axis == "horizontal")
    down = pieces_to_lines(Line(r.at, r.start, r.end) for r in kept if r.axis == "vertical")
    if len(across) * len(down) > _MOST_CROSSINGS:
        return ()
    found = [frame_to_lattice(close_frame(frame)) for frame in lines_to_frames(across, down)]
    tables = _without_frames([table for table in found if table is not None])
    return tuple(sorted(tables, key=lambda table: (table.ys[0], table.xs[0])))


def frame_to_lattice(frame: Frame) -> Lattice | None:
    """The lattice between a frame's lines; `None` when nothing is enclosed."""
    ys, xs = sorted({line.at for line in frame.across}), sorted({line.at for line in frame.down})
    if len(ys) < 2 or len(xs) < 2:
        return None
    floors, walls = _ruled(frame.across, ys, xs), _ruled(frame.down, xs, ys)
    regions = _regions(len(ys) - 1, len(xs) - 1, floors, walls)
    spans = [span for region in regions for span in region_to_spans(region)]
    if not spans:
        return None
    rows = sorted({edge for span in spans for edge in (span.row, span.row_end)})
    columns = sorted({edge for span in spans for edge in (span.column, span.column_end)})
    row, column = {old: new for new, old in enumerate(rows)}, {old: new for new, old in enumerate(columns)}
    kept = sorted(Span(row[s.row], column[s.column], row[s.row_end], column[s.column_end]) for s in spans)
    return Lattice(tuple(ys[r] for r in rows), tuple(xs[c] for c in columns), tuple(kept))


def _ruled(lines: Sequence[Line], ats: Sequence[float], cuts: Sequence[float]) -> set[tuple[int, int]]:
    """`(which line, which piece between two cuts)` for every lattice edge that is ruled."""
    place = {at: index for index, at in enumerate(ats)}
    covered: dict[tuple[int, int], float] = {}
    for at, start, end in lines:
        for piece in range(max(0, bisect_right(cuts, start) - 1), len(cuts) - 1):
            if cuts[piece] >= end:
                break
            key = place[at], piece
            share = (min(end, cuts[piece + 1]) - max(start, cuts[piece])) / (cuts[piece + 1] - cuts[piece])
            covered[key] = covered.get(key, 0.0) + share
    return {key for key, share in covered.items() if share >= _RULED_SHARE}


def _regions(
    rows: int, columns: int, floors: set[tuple[int, int]], walls: set[tuple[int, int]]
) -> Iterator[set[tuple[int, int]]]:
    """The elementary boxes `(row, column)` of each enclosed region, filled from box to box."""
    taken: set[tuple[int, int]] = set()
    for first in ((r, c) for r in range(rows) for c in range(columns)):
        if first in taken:
            continue
        region, todo = {first}, [first]
        while todo:
            r, c = todo.pop()
            ways = []
            if (r, c) not in floors:
                ways.append((r - 1, c))
            if (r + 1, c) not in floors:
                ways.append((r + 1, c))
            if (c, r) not in walls:
                ways.append((r, c - 1))
            if (c + 1, r) not in walls:
                ways.append((r, c + 1))
            todo += [
                way for way in ways if way not in region and 0 <= way[0] < rows and 0 <= way[1] < columns
            ]
            region.update(ways)
        taken |= region
        if all(0 <= r < rows and 0 <= c < columns for r, c in region):
            yield region


def region_to_spans(region: set[tuple[int, int]]) -> list[Span]:
    """A region as rectangles: one when it is one, else its runs of columns, each as deep as it repeats."""
    if len(region) == 1:
        ((row, column),) = region
        return [Span(row, column, row + 1, column + 1)]
    first, last = min(r for r, _ in region), max(r for r, _ in region)
    left, right = min(c for _, c in region), max(c for _, c in region)
    if len(region) == (last - first + 1) * (right - left + 1):
        return [Span(first, left, last + 1, right + 1)]
    spans: list[Span] = []
    open_runs: dict[tuple[int, int], int] = {}
    for row in range(first, last + 2):
        columns = sorted(c for r, c in region if r == row)
        starts = [c for c in columns if c - 1 not in columns]
        runs = list(zip(starts, [c + 1 for c in columns if c + 1 not in columns], strict=True))
        for run in [run for run in open_runs if run not in runs]:
            spans.append(Span(open_runs.pop(run), run[0], row, run[1]))
        for run in runs:
            open_runs.setdefault(run, row)
    return spans


def _without_frames(tables: list[Lattice]) -> list[Lattice]:
    dropped: set[int] = set()
    for i, outer in enumerate(tables):
        for j, inner in enumerate(tables):
            if i == j or not outer.box.encloses(inner.box):
                continue
            if len(outer.spans) == 1:
                dropped.add(i)
            elif len(inner.spans) == 1:
                dropped.add(j)
    return [table for index, table in enumerate(tables) if index not in dropped]
