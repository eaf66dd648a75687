"""Pieces of ruling into whole lines, lines into the frames of tables: pure geometry, in points.

Every function knows one axis; the other is had by transposing. A table is what hangs together by crossings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_ONE_LINE_PT = 0.3
"""Pieces no further apart than this lie on one line: dashes, dots, a border drawn cell by cell."""
_ONE_BORDER_PT = 3.0
"""Parallel lines no further apart than this are one border: double lines, neighbours that each draw their own."""
_GAP_PT = 3.0
"""Pieces of one line are joined over a gap no larger than this."""
_DASH_PT = 20.0
"""A piece no longer than this may be a dash."""
_DASH_GAP_PT = 6.0
"""Between two pieces of which one may be a dash the gap may be this large."""
_SHORTEST_PT = 4.0
"""A joined line shorter than this is a dot or a corner."""
_REACH_PT = 3.0
"""A line that ends this near another meets it."""
_OPEN_PT = 4.0
"""Lines that run further than this beyond the last one across them show an open side."""
_MOST_PAIRS = 1_000_000
"""So many pairs take some tens of megabytes."""
_WHOLE_SIDE_SHARE = 0.85
"""An outer line that is drawn on this share of its way is taken as drawn on all of it."""


class Line(NamedTuple):
    """A ruling line of one axis: where it lies, and from where to where it runs."""

    at: float
    start: float
    end: float


class Frame(NamedTuple):
    """The lines of one table: horizontal and vertical."""

    across: list[Line]
    down: list[Line]


def pieces_to_lines(pieces: Iterable[Line]) -> list[Line]:
    """Pieces of one axis joined into lines, lines that are one border snapped to their common place."""
    joined = [line for line in _joined(pieces, _ONE_LINE_PT) if line.end - line.start >= _SHORTEST_PT]
    return list(_joined(joined, _ONE_BORDER_PT))


def _joined(lines: Iterable[Line], tolerance: float) -> Iterator[Line]:
    for group in _near(sorted(lines), tolerance):
        weight = sum(line.end - line.start for line in group)
        at = sum(line.at * (line.end - line.start) for line in group) / weight if weight else group[0].at
        runs = iter(sorted((line.start, line.end) for line in group))
        start, end = next(runs)
        for next_start, next_end in runs:
            dashes = end - start <= _DASH_PT or next_end - next_start <= _DASH_PT
            if next_start - end <= (_DASH_GAP_PT if dashes else _GAP_PT):
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
            if (
                a.start - _REACH_PT <= d.at <= a.end + _REACH_PT
                and d.start - _REACH_PT <= a.at <= d.end + _REACH_PT
            ):
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
            alike = abs(line.start - top) <= _OPEN_PT and abs(line.end - bottom) <= _OPEN_PT
            # a hole may have cut it off the line that it goes on
            goes_on = (
                any(d.at == line.at for d in frame.down) and top < line.start < line.end <= bottom + _OPEN_PT
            )
            if alike or goes_on:
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
    across, down = _with_whole_sides(across, top, bottom), _with_whole_sides(down, left, right)
    more_across = _closing(across, down, (left, top, right, bottom))
    more_down = _closing(down, across, (top, left, bottom, right))
    return Frame(
        list(_joined([*across, *more_across], _ONE_BORDER_PT)),
        list(_joined([*down, *more_down], _ONE_BORDER_PT)),
    )


def _with_whole_sides(lines: Sequence[Line], first: float, last: float) -> list[Line]:
    """The lines of one axis, those at the frame's sides `first` and `last` without gaps where little of them is missing:
    a punched hole or a seal broke them. Between the sides a gap may be a cell's.
    """
    whole = []
    for at in {line.at for line in lines if min(abs(line.at - first), abs(line.at - last)) <= _OPEN_PT}:
        pieces = [line for line in lines if line.at == at]
        start, end = min(line.start for line in pieces), max(line.end for line in pieces)
        if len(pieces) > 1 and sum(line.end - line.start for line in pieces) >= _WHOLE_SIDE_SHARE * (
            end - start
        ):
            whole.append(Line(at, start, end))
    return sorted([*lines, *whole])


def _closing(
    along: Sequence[Line], ends: Sequence[Line], extent: tuple[float, float, float, float]
) -> list[Line]:
    """The first and the last line along this axis, between the outermost lines whose ends get so far."""
    left, top, right, bottom = extent
    if not ends:
        return []
    first = left if ends[0].at - left > _OPEN_PT else None
    last = right if right - ends[-1].at > _OPEN_PT else None
    closing = []
    for edge, reaching, outer in (
        (top, [e.at for e in ends if e.start - top <= _OPEN_PT], along[0].at if along else top),
        (bottom, [e.at for e in ends if bottom - e.end <= _OPEN_PT], along[-1].at if along else bottom),
    ):
        at = outer if abs(outer - edge) <= _OPEN_PT else edge
        start = reaching[0] if first is None else first
        closing.append(Line(at, start, reaching[-1] if last is None else last))
    return closing


def intervals_to_pairs(firsts: Numbers, counts: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Of intervals, each from a first number on and so many long, the pairs of an interval and a number within it.

    Two arrays of equal length, the intervals by their places, some millions of pairs at a time at most.
    """
    blocks = counts.cumsum() // _MOST_PAIRS
    for block in np.unique(blocks[counts > 0]).tolist():
        part = np.flatnonzero((blocks == block) & (counts > 0))
        long = counts[part]
        offsets = np.arange(int(long.sum())) - np.repeat(long.cumsum() - long, long)
        yield np.repeat(part, long), np.repeat(firsts[part], long) + offsets
