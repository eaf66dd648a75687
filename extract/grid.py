"""Ruling lines into crossings, crossings into cells with exact spans: pure geometry, in points.

Every function on lines knows one axis; the other is had by transposing. A table is what hangs together
by crossings. Between its outermost lines stands a lattice of elementary boxes; where no rule parts two
of them they are one cell. So a span is never guessed from coordinates: it is the lattice boxes a cell covers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from models.geometry import Box
from models.page import Rule

SAME = 0.3
"""Pieces no further apart than this lie on one line: dashes, dots, a border drawn cell by cell."""
SNAP = 3.0
"""Parallel lines no further apart are one border: double lines, neighbours that each draw their own."""
GAP = 3.0
"""Pieces of one line with no larger gap are joined."""
DASH, DASH_GAP = 20.0, 6.0
"""Between two pieces no longer than a dash the gap may be this large."""
SHORTEST = 4.0
"""A joined line shorter than this is a dot or a corner."""
REACH = 3.0
"""A line that ends this near another meets it."""
OPEN = 4.0
"""Lines that run further than this beyond the last one across them show an open side."""
COVERED = 0.6
"""A lattice edge is ruled when this share of it is."""
MOST_CROSSINGS = 4_000_000
"""A page with more possible crossings is a drawing, not a form: its lines are not followed."""


class Line(NamedTuple):
    """A ruling line of one axis: where it lies, and from where to where it runs."""

    at: float
    start: float
    end: float


class Frame(NamedTuple):
    """The lines of one table: horizontal and vertical."""

    across: list[Line]
    down: list[Line]


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
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def span_to_box(self, span: Span) -> Box:
        return Box(self.xs[span.column], self.ys[span.row], self.xs[span.column_end], self.ys[span.row_end])


def rules_to_lattices(rules: Iterable[Rule]) -> tuple[Lattice, ...]:
    """The tables that `rules` draw, from top to bottom; a table inside a cell of another is one of its own.

    A box of one cell inside a cell (a tick box, a framed word) is part of that cell, and a frame of one cell
    around tables is no table.
    """
    kept = list(rules)
    across = pieces_to_lines(Line(r.at, r.start, r.end) for r in kept if r.axis == "horizontal")
    down = pieces_to_lines(Line(r.at, r.start, r.end) for r in kept if r.axis == "vertical")
    if len(across) * len(down) > MOST_CROSSINGS:
        return ()
    found = [frame_to_lattice(close_frame(frame)) for frame in lines_to_frames(across, down)]
    tables = _without_frames([table for table in found if table is not None])
    return tuple(sorted(tables, key=lambda table: (table.ys[0], table.xs[0])))


def pieces_to_lines(pieces: Iterable[Line]) -> list[Line]:
    """Pieces of one axis joined into lines, lines that are one border snapped to their common place."""
    joined = [line for line in _joined(pieces, SAME) if line.end - line.start >= SHORTEST]
    return list(_joined(joined, SNAP))


def _joined(lines: Iterable[Line], tolerance: float) -> Iterator[Line]:
    for group in _near(sorted(lines), tolerance):
        weight = sum(line.end - line.start for line in group)
        at = sum(line.at * (line.end - line.start) for line in group) / weight if weight else group[0].at
        runs = iter(sorted((line.start, line.end) for line in group))
        start, end = next(runs)
        for next_start, next_end in runs:
            dashes = end - start <= DASH or next_end - next_start <= DASH
            if next_start - end <= (DASH_GAP if dashes else GAP):
                end = max(end, next_end)
            else:
                yield Line(at, start, end)
                start, end = next_start, next_end
        yield Line(at, start, end)


def _near(lines: Sequence[Line], tolerance: float) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and (line.at - group[-1].at > tolerance or line.at - group[0].at > 2 * tolerance):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def lines_to_frames(across: Sequence[Line], down: Sequence[Line]) -> list[Frame]:
    """Lines that hang together by crossings.

    A vertical that nothing crosses belongs to the frame of its own height: on a page that one tall cell
    fills, its border stands alone. Such verticals without any horizontal are a row that fills the page.
    """
    owner = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for i, a in enumerate(across):
        for j, d in enumerate(down, len(across)):
            if a.start - REACH <= d.at <= a.end + REACH and d.start - REACH <= a.at <= d.end + REACH:
                owner[root(j)] = root(i)
    frames: dict[int, Frame] = {}
    for index, line in enumerate((*across, *down)):
        frame = frames.setdefault(root(index), Frame([], []))
        (frame.across if index < len(across) else frame.down).append(line)
    crossed = [frame for frame in frames.values() if frame.across and frame.down]
    alone = [frame for frame in frames.values() if not frame.across]
    return _with_lone_verticals(crossed, [line for frame in alone for line in frame.down])


def _with_lone_verticals(frames: list[Frame], alone: list[Line]) -> list[Frame]:
    for line in alone:
        for frame in frames:
            top, bottom = min(d.start for d in frame.down), max(d.end for d in frame.down)
            if abs(line.start - top) <= OPEN and abs(line.end - bottom) <= OPEN:
                frame.down.append(line)
                frame.down.sort()
                break
        else:
            frames.append(Frame([], [line]))
    return [frame for frame in frames if len(frame.down) > 1 or frame.across]


def close_frame(frame: Frame) -> Frame:
    """The frame with every side closed to which its lines run: a page break leaves outer lines out."""
    across, down = frame
    left = min((line.start for line in across), default=down[0].at)
    right = max((line.end for line in across), default=down[-1].at)
    top = min(line.start for line in down)
    bottom = max(line.end for line in down)
    more_across = _closing(across, down, (left, top, right, bottom))
    more_down = _closing(down, across, (top, left, bottom, right))
    return Frame(list(_joined([*across, *more_across], SNAP)), list(_joined([*down, *more_down], SNAP)))


def _closing(
    along: Sequence[Line], ends: Sequence[Line], extent: tuple[float, float, float, float]
) -> list[Line]:
    """The first and the last line along this axis, between the outermost lines whose ends get so far."""
    left, top, right, bottom = extent
    if not ends:
        return []
    first = left if ends[0].at - left > OPEN else None
    last = right if right - ends[-1].at > OPEN else None
    closing = []
    for edge, reaching, outer in (
        (top, [e.at for e in ends if e.start - top <= OPEN], along[0].at if along else top),
        (bottom, [e.at for e in ends if bottom - e.end <= OPEN], along[-1].at if along else bottom),
    ):
        at = outer if abs(outer - edge) <= OPEN else edge
        start = reaching[0] if first is None else first
        closing.append(Line(at, start, reaching[-1] if last is None else last))
    return closing


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
    return {key for key, share in covered.items() if share >= COVERED}


def _regions(
    rows: int, columns: int, floors: set[tuple[int, int]], walls: set[tuple[int, int]]
) -> Iterator[set[tuple[int, int]]]:
    """The elementary boxes `(row, column)` of each enclosed region, filled from box to box."""
    left = {(r, c) for r in range(rows) for c in range(columns)}
    while left:
        todo = [left.pop()]
        region = set(todo)
        inside = True
        while todo:
            r, c = todo.pop()
            ways = (
                ((r - 1, c), (r, c) in floors),
                ((r + 1, c), (r + 1, c) in floors),
                ((r, c - 1), (c, r) in walls),
                ((r, c + 1), (c + 1, r) in walls),
            )
            reached = {way for way, parted in ways if not parted} - region
            inside = inside and reached <= left
            todo += reached & left
            region |= reached & left
            left -= reached
        if inside:
            yield region


def region_to_spans(region: set[tuple[int, int]]) -> list[Span]:
    """A region as rectangles: one when it is one, else its runs of columns, each as deep as it repeats."""
    spans: list[Span] = []
    open_runs: dict[tuple[int, int], int] = {}
    last = max(r for r, _ in region)
    for row in range(min(r for r, _ in region), last + 2):
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
            if i == j or not _inside(inner.box, outer.box):
                continue
            if len(outer.spans) == 1:
                dropped.add(i)
            elif len(inner.spans) == 1:
                dropped.add(j)
    return [table for index, table in enumerate(tables) if index not in dropped]


def _inside(inner: Box, outer: Box) -> bool:
    return outer.contains(inner.x0, inner.top) and outer.contains(inner.x1, inner.bottom)
