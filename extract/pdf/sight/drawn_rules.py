"""The ruling lines that a page's shapes draw, as far as a person sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from extract.pdf.drawing.nouns import Clip, Point, Rgb, Shape, is_closed
from extract.pdf.sight.glyph_boxes import Floats, rotation_matrix
from extract.pdf.sight.visibility import WHITE, Cover, stands_out
from models.page import Rule

_SLIVER_PT = 4.0
"""A filled shape no thicker than this is a line."""
_FLAT_PT = 0.5
"""A stroke that drifts no further than this from its axis is straight."""
_BESIDE_CLIP_PT = 1.0
"""A line no further outside a clip than this still shows half of its width."""
_BESIDE_COVER_PT = 0.75
"""A line no further inside a cover than this shows half of its width beside it."""
_FAINTEST_ALPHA = 0.05
"""A line that is less opaque is not seen."""
_COLOURFUL = 0.4
"""A stroke whose channels differ by more than this (of 1) may be a stamp's: tables are ruled in black or grey."""
_LEAST_STAMP_PT = 15.0
"""A stamp's frame is higher than a line of text."""
_HIGHEST_STAMP_PT = 140.0
"""The frame of a stamp is at most this high: five centimetres."""
_WIDEST_STAMP_PT = 220.0
"""The frame of a stamp is at most this wide."""
_SQUARE_PT = 0.01
"""Corners of a rectangle are off by no more."""

_STRAIGHT_SHARE = 0.6
"""A curve is a rectangle with rounded corners when it runs along its box on this share of the way around it."""


def shapes_to_rules(shapes: Iterable[Shape], covers: Sequence[Cover], skew: float = 0.0) -> list[Rule]:
    """The lines of `shapes` that show, the page turned upright by `skew` degrees anticlockwise about its corner."""
    rules: list[Rule] = []
    covered = _Covered.by(covers)
    for shape in shapes:
        if shape.paint.layer_off or shape.paint.alpha < _FAINTEST_ALPHA or _frames_stamp(shape):
            continue
        if skew:
            rules += _straightened(shape, covered, skew)
            continue
        for rule, colour in _shape_to_rules(shape.path, shape.points, shape.box, shape):
            clipped = _clipped(rule, shape.paint.clip)
            if clipped is not None and _differs(_middle(clipped), colour, covered, shape.order):
                rules += _uncovered(clipped, covered, shape.order)
    return rules


class _Covered(NamedTuple):
    """What hides something, and the boxes (n × 4) of all of it, so that one place is looked for at once."""

    covers: Sequence[Cover]
    boxes: Floats

    @classmethod
    def by(cls, covers: Sequence[Cover]) -> _Covered:
        """The covers of a page, in the order of drawing."""
        boxes = np.array([cover.box for cover in covers], float).reshape(-1, 4)
        return cls(covers, boxes)

    def around(self, x0: float, top: float, x1: float, bottom: float) -> Iterator[Cover]:
        """Those whose boxes reach into a box, in the order of drawing."""
        if not self.covers:
            return iter(())
        b = self.boxes
        near = (b[:, 0] <= x1) & (b[:, 2] >= x0) & (b[:, 1] <= bottom) & (b[:, 3] >= top)
        return (self.covers[n] for n in np.flatnonzero(near).tolist())


def _frames_stamp(shape: Shape) -> bool:
    """Whether a shape is the coloured frame of a stamp that was put over the table."""
    colour = shape.stroke_colour
    if not shape.stroke or colour is None or max(colour) - min(colour) < _COLOURFUL or not is_closed(shape):
        return False
    x0, top, x1, bottom = shape.box
    wide, high = x1 - x0, bottom - top
    return _LEAST_STAMP_PT <= high <= _HIGHEST_STAMP_PT and high <= wide <= _WIDEST_STAMP_PT


def _straightened(shape: Shape, covered: _Covered, skew: float) -> list[Rule]:
    """The rules of a shape as they lie on the upright page, when the middle of one of its strokes shows."""
    clip, points = shape.paint.clip, np.array(shape.points)
    colour = shape.stroke_colour if shape.stroke else shape.fill_colour
    middles = (points[:-1] + points[1:]) / 2 if len(points) > 1 else points
    shows = any(
        clip.x0 - _BESIDE_CLIP_PT <= x <= clip.x1 + _BESIDE_CLIP_PT
        and clip.top - _BESIDE_CLIP_PT <= y <= clip.bottom + _BESIDE_CLIP_PT
        and _differs((x, y), colour, covered, shape.order)
        and not any(
            cover.order > shape.order and cover.holds(np.array([[x, y]]))[0]
            for cover in covered.around(x, y, x, y)
        )
        for x, y in middles.tolist()
    )
    if not shows:
        return []
    turned = [(float(x), float(y)) for x, y in points @ rotation_matrix(skew)]
    box = (*map(min, zip(*turned, strict=True)), *map(max, zip(*turned, strict=True)))
    return [rule for rule, _ in _shape_to_rules(shape.path, turned, box, shape)]


def _shape_to_rules(
    path: str, points: Sequence[Point], around: tuple[float, ...], shape: Shape
) -> Iterator[tuple[Rule, Rgb | None]]:
    """The ruling lines that a drawn path shows: itself when it is thin, else its straight strokes; and their colour."""
    if not (shape.stroke or shape.fill):
        return
    colour = shape.stroke_colour if shape.stroke else shape.fill_colour
    closed = points[:-1] if path[-2:] == "lh" and len(path) > 3 and points[-2] == points[0] else points
    x0, y0, x1, y1 = around
    if min(x1 - x0, y1 - y0) <= _SLIVER_PT:
        if path in ("ml", "mlh") and max(x1 - x0, y1 - y0) <= _SLIVER_PT:
            # a stroke wider than it is long lies across its own direction
            half = shape.line_width / 2
            wide, high = (half, 0.0) if x1 - x0 < y1 - y0 else (0.0, half)
            x0, y0, x1, y1 = x0 - wide, y0 - high, x1 + wide, y1 + high
        for rule in _thin_box_to_rules(x0, y0, x1, y1):
            yield rule, colour
    elif shape.stroke:
        corners = _rectangle(path, points)
        for (px, py), (qx, qy) in pairwise(corners or closed):
            if min(abs(px - qx), abs(py - qy)) <= _FLAT_PT:
                box = min(px, qx), min(py, qy), max(px, qx), max(py, qy)
                for rule in _thin_box_to_rules(*box):
                    yield rule, colour


def _rectangle(path: str, points: Sequence[Point]) -> list[Point] | None:
    """The corners of a rectangle, the first one again at the end; `None` for any other path."""
    if path not in ("mlllh", "mllll"):
        return _rounded(points) if "c" in path and path[-1:] == "h" else None
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), last = points
    flat_first = max(abs(y0 - y1), abs(x1 - x2), abs(y2 - y3), abs(x3 - x0)) <= _SQUARE_PT
    steep_first = max(abs(x0 - x1), abs(y1 - y2), abs(x2 - x3), abs(y3 - y0)) <= _SQUARE_PT
    closed = max(abs(last[0] - x0), abs(last[1] - y0)) <= _SQUARE_PT
    if not closed or not (flat_first or steep_first):
        return None
    return [(x0, y0), (x2, y0), (x2, y2), (x0, y2), (x0, y0)]


def _rounded(points: Sequence[Point]) -> list[Point] | None:
    """The corners of a rectangle whose corners are rounded, as if they were not; `None` for any other curve."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    along = 0.0
    for (px, py), (qx, qy) in pairwise(points):
        beside = min(abs(px - x0), abs(px - x1)) <= _SQUARE_PT and abs(px - qx) <= _SQUARE_PT
        above = min(abs(py - y0), abs(py - y1)) <= _SQUARE_PT and abs(py - qy) <= _SQUARE_PT
        along += abs(px - qx) + abs(py - qy) if beside or above else 0.0
    if along < _STRAIGHT_SHARE * 2 * (x1 - x0 + y1 - y0):
        return None
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]


def _thin_box_to_rules(x0: float, top: float, x1: float, bottom: float) -> Iterator[Rule]:
    """A thin box as a rule along its longer side; a dot may be part of a line of either axis."""
    wide, high = x1 - x0, bottom - top
    if wide >= high or high <= _SLIVER_PT:
        yield Rule("horizontal", (top + bottom) / 2, x0, x1)
    if high >= wide or wide <= _SLIVER_PT >= high:
        yield Rule("vertical", (x0 + x1) / 2, top, bottom)


def _clipped(rule: Rule, clip: Clip) -> Rule | None:
    """The part of a rule that shows in a box; `None` when it lies outside."""
    low, high, start, end = clip.x0, clip.x1, clip.top, clip.bottom
    if rule.axis == "horizontal":
        low, high, start, end = start, end, low, high
    inside = low - _BESIDE_CLIP_PT <= rule.at <= high + _BESIDE_CLIP_PT
    if inside and start <= rule.start <= rule.end <= end:
        return rule
    start, end = max(rule.start, start), min(rule.end, end)
    return Rule(rule.axis, rule.at, start, end) if inside and start <= end else None


def _middle(rule: Rule) -> Point:
    middle = (rule.start + rule.end) / 2
    return (middle, rule.at) if rule.axis == "horizontal" else (rule.at, middle)


def _differs(point: Point, colour: Rgb | None, covered: _Covered, order: int) -> bool:
    """Whether a line's colour shows on what lies beneath its middle. A colour that we cannot mix is taken to show."""
    if colour is None:
        return True
    ground: Rgb | None = WHITE
    for cover in covered.around(*point, *point):
        if cover.order < order and (not cover.corners or cover.holds(np.array([point]))[0]):
            ground = cover.colour
    if ground is None:
        return not min(colour) >= 0.99
    return stands_out(colour, ground)


def _uncovered(rule: Rule, covered: _Covered, order: int) -> list[Rule]:
    """What is left of a rule beside what was drawn over it."""
    if not covered.covers:
        return [rule]
    parts = [(rule.start, rule.end)]
    box = (rule.start, rule.at, rule.end, rule.at)
    if rule.axis == "vertical":
        box = (rule.at, rule.start, rule.at, rule.end)
    for cover in covered.around(*box):
        if cover.order <= order or cover.corners:
            continue
        x0, top, x1, bottom = cover.box
        low, high, start, end = (x0, x1, top, bottom) if rule.axis == "vertical" else (top, bottom, x0, x1)
        if low + _BESIDE_COVER_PT < rule.at < high - _BESIDE_COVER_PT:
            parts = [part for one in parts for part in _without(one, (start, end))]
    return [Rule(rule.axis, rule.at, start, end) for start, end in parts]


def _without(part: tuple[float, float], hole: tuple[float, float]) -> list[tuple[float, float]]:
    if hole[0] >= part[1] or hole[1] <= part[0]:
        return [part]
    return [(a, b) for a, b in ((part[0], hole[0]), (hole[1], part[1])) if a < b]
