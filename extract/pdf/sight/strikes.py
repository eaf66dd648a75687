"""Which glyphs a drawn stroke runs through: a value that was crossed out by hand, whichever way the pen went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from extract.page.ruling import intervals_to_pairs
from extract.pdf.drawing.nouns import Image, Shape, is_closed
from extract.pdf.sight.glyph_boxes import Floats, GlyphBoxes
from extract.pdf.sight.visibility import WHITE, stands_out

_CORE_SHARE = 0.2
"""A stroke that stays within this share of a glyph's height from its upper or lower edge passes it by."""
_STEEPEST_RATIO = 4.0
"""A stroke that rises more than this many times as far as it goes across is a wall."""
_SHORTEST_PT = 3.0
"""A shorter stroke crosses nothing out, unless it is part of a longer path."""
_FLATTEST_FRAME_PT = 4.0
"""A closed path that is flatter is a line drawn to and fro."""
_THIN_FILL_PT = 2.0
"""A filled box no higher than this is a stroke."""
_CROSSED_SHARE = 0.6
"""A glyph is crossed when strokes cover this share of its width within its core."""
_CORNER_PT = 1.5
"""A stroke that ends no further from a wall's end meets it there."""
_FAINTEST_ALPHA = 0.05
"""A stroke that is less opaque is not seen."""
_FLAT_SLOPE = 1e-6
"""A stroke that rises no more than this is level."""
_MOST_STROKES = 20_000
"""A page with more strokes is a drawing: they are not followed."""


def crossed_glyphs(shapes: Iterable[Shape], placed: GlyphBoxes, seen: Sequence[int]) -> list[int]:
    """The numbers of the glyphs, of those that are `seen`, that strokes run through; `placed` as the shapes are."""
    drawn = list(shapes)
    strokes = np.array(list(_strokes(drawn)), float).reshape(-1, 4)
    if not len(strokes) or len(strokes) > _MOST_STROKES or not seen:
        return []
    numbers = np.array(seen)
    boxes = placed.boxes[numbers]
    corners = np.array(list(_wall_ends(drawn)), float).reshape(-1, 2)
    order = np.argsort(boxes[:, 1], kind="stable")
    tops, highest = boxes[order, 1], float((boxes[:, 3] - boxes[:, 1]).max())
    firsts = np.searchsorted(tops, strokes[:, [1, 3]].min(axis=1) - highest)
    counts = np.searchsorted(tops, strokes[:, [1, 3]].max(axis=1), "right") - firsts
    covered = np.zeros(len(boxes))
    for stroke, place in intervals_to_pairs(firsts, counts):
        glyph = order[place]
        share = _shares_crossed(strokes[stroke], boxes[glyph])
        borders = [n for n in np.unique(stroke[share > 0.0]).tolist() if _is_border(corners, strokes[n])]
        share[np.isin(stroke, borders)] = 0.0
        covered += np.bincount(glyph, share, len(boxes))
    return [int(n) for n in numbers[covered >= _CROSSED_SHARE]]


def image_to_stroke(image: Image) -> Shape:
    """A picture or a shading as the filled box that it is for whoever strikes words out with it."""
    path = "mlllh"
    points = [*image.corners, image.corners[0]]
    return Shape(path, points, False, True, None, None, 0.0, image.paint, image.order)


def _shares_crossed(strokes: Floats, boxes: Floats) -> Floats:
    """Which share of each box's width the stroke beside it (from left to right) covers within the box's core."""
    x0, y0, x1, y1 = strokes.T
    core = (boxes[:, 3] - boxes[:, 1]) * _CORE_SHARE
    top, bottom = boxes[:, 1] + core, boxes[:, 3] - core
    start, end = np.maximum(boxes[:, 0], x0), np.minimum(boxes[:, 2], x1)
    slope = (y1 - y0) / (x1 - x0)
    flat = np.abs(slope) < _FLAT_SLOPE
    level = (top <= y0) & (y0 <= bottom)
    steep = np.where(flat, 1.0, slope)
    first, last = x0 + (top - y0) / steep, x0 + (bottom - y0) / steep
    start = np.where(flat, start, np.maximum(start, np.minimum(first, last)))
    end = np.where(flat, np.where(level, end, start), np.minimum(end, np.maximum(first, last)))
    share: Floats = (end - start).clip(0.0) / np.maximum(boxes[:, 2] - boxes[:, 0], 1e-6)
    return share


def _is_border(corners: Floats, stroke: Floats) -> bool:
    x0, y0, x1, y1 = stroke.tolist()
    return _near(corners, x0, y0) and _near(corners, x1, y1)


def _near(corners: Floats, x: float, y: float) -> bool:
    """Whether a stroke ends at a corner: one between two corners is a border, over which text may have run."""
    return bool((np.abs(corners - (x, y)).max(axis=1) <= _CORNER_PT).any())


def _wall_ends(shapes: Iterable[Shape]) -> Iterator[tuple[float, float]]:
    """Where walls begin and end."""
    for shape in shapes:
        x0, top, x1, bottom = shape.box
        if x1 - x0 <= _THIN_FILL_PT and bottom - top >= _SHORTEST_PT:
            middle = (x0 + x1) / 2
            yield from ((middle, top), (middle, bottom))


def _strokes(shapes: Iterable[Shape]) -> Iterator[tuple[float, float, float, float]]:
    """The strokes that show and are no walls, each from left to right."""
    for shape in shapes:
        if shape.paint.layer_off or shape.paint.alpha < _FAINTEST_ALPHA:
            continue
        colour = shape.stroke_colour if shape.stroke else shape.fill_colour
        if colour is not None and not stands_out(colour, WHITE):
            continue
        x0, top, x1, bottom = shape.box
        wide, high = x1 - x0, bottom - top
        if wide < _SHORTEST_PT or (high > _FLATTEST_FRAME_PT and is_closed(shape)):
            continue  # a frame or a ring around words strikes none
        if shape.stroke:
            for (ax, ay), (bx, by) in pairwise(shape.points):
                if abs(by - ay) < _STEEPEST_RATIO * abs(bx - ax):
                    yield (ax, ay, bx, by) if ax < bx else (bx, by, ax, ay)
        elif shape.fill and high <= _THIN_FILL_PT:
            middle = (bottom + top) / 2
            yield x0, middle, x1, middle
