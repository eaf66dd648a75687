"""Which glyphs and lines of a page a person sees: the ledger of ink.

Two witnesses: the order of drawing (what lies over a glyph, in which colour, under which clip, on which layer), and
the page as pdfium draws it. What either of them calls unseen is not read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from extract.pdf.drawing.nouns import DrawnGlyph, Image, Rgb, Shape
from extract.pdf.sight.glyph_boxes import Flags, Floats, GlyphBoxes
from extract.pdf.sight.rendering import Grey

Unseen = Literal["", "layer", "mode", "transparent", "clipped", "covered", "colour", "no-ink", "tiny"]

_INVISIBLE_MODES = frozenset((3, 7))
"""Text rendering modes that paint nothing (ISO 32000-1, table 106)."""
_FAINTEST_ALPHA = 0.05
"""What is less opaque is not seen."""
_OPAQUE_ALPHA = 0.9
"""What is at least this opaque hides what lies beneath."""
LEAST_CONTRAST = 0.08
"""A glyph that differs from what it stands on by less in every channel (of 1) is not seen."""
_CORE_SHARE = 0.25
"""A glyph is covered when what lies over it reaches this share of its box beyond its middle on all sides."""
_THINNEST_COVER_PT = 2.0
"""A filled shape thinner than this hides no glyph."""
_ROUNDED_PT = 0.01
"""Corners of covers are rounded to this."""
_MOST_PAIRS = 1_000_000
"""So many pairs of a glyph and a cover are looked at at once."""
_INK_LEVEL = 246
"""On white paper a darker pixel (of 255) is ink."""
_LOOKED_AT = 6
"""So many columns and rows of pixels of a box are looked at first; with one of ten dots in it, a box has ink in them."""
_INK_STEP = 20
"""On other ground pixels that differ by this many levels within a glyph's box are ink."""
_EDGE_SHARE = 0.2
"""Every letter and digit has ink further than this share of its height from the upper and lower edge of its box."""
_DRAWN_SHARE = 0.5
"""A font that the file lacks and of which less than this share of the glyphs has ink cannot be drawn here."""
_RUN_SHARE = 0.7
"""A sign that has little ink is unseen when this share of the glyphs drawn with it is."""
WHITE: Rgb = (1.0, 1.0, 1.0)
_Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """Something that hides what was drawn before it: its box, its corners where it is no upright rectangle, its colour
    (`None`: unknown), and its place in the order of drawing.
    """

    box: tuple[float, float, float, float]
    corners: tuple[tuple[float, float], ...]
    colour: Rgb | None
    order: int

    def holds(self, points: Floats) -> Flags:
        """Which of the points (n × 2) it lies over."""
        x, y = points[:, 0], points[:, 1]
        x0, top, x1, bottom = self.box
        inside = (x >= x0) & (x <= x1) & (y >= top) & (y <= bottom)
        if self.corners and inside.any():
            inside &= _in_polygon(x, y, self.corners)
        return inside


def _in_polygon(x: Floats, y: Floats, corners: Sequence[tuple[float, float]]) -> Flags:
    """By counting the sides to the right of each point."""
    odd = np.zeros(len(x), bool)
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if ay != by:
            odd ^= ((ay > y) != (by > y)) & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return odd


def drawn_to_covers(shapes: Sequence[Shape], images: Sequence[Image]) -> list[Cover]:
    """What hides something, in the order of drawing: opaque fills and pictures, as far as their clips let them show."""
    covers = [
        _points_to_cover(shape.points, shape.paint.clip, shape.fill_colour, shape.order)
        for shape in shapes
        if shape.fill
        and not _is_thin(shape.box)
        and shape.paint.alpha >= _OPAQUE_ALPHA
        and not shape.paint.layer_off
        and not shape.paint.blended
    ]
    covers += [cover for shape in shapes for cover in _wide_strokes(shape)]
    covers += [
        _points_to_cover(image.corners, image.paint.clip, None, image.order)
        for image in images
        if image.opaque
        and image.paint.alpha >= _OPAQUE_ALPHA
        and not image.paint.layer_off
        and not image.paint.blended
    ]
    return sorted((cover for cover in covers if cover is not None), key=lambda cover: cover.order)


def _wide_strokes(shape: Shape) -> Iterator[Cover | None]:
    """What a stroke hides that is as wide as a line of text is high."""
    opaque = shape.paint.alpha >= _OPAQUE_ALPHA and not shape.paint.layer_off and not shape.paint.blended
    if not (shape.stroke and opaque and shape.line_width >= _THINNEST_COVER_PT):
        return
    for (ax, ay), (bx, by) in pairwise(shape.points):
        length = math.hypot(bx - ax, by - ay)
        if length:
            across = shape.line_width / 2 / length
            dx, dy = (by - ay) * across, (ax - bx) * across
            corners = ((ax + dx, ay + dy), (bx + dx, by + dy), (bx - dx, by - dy), (ax - dx, ay - dy))
            yield _points_to_cover(corners, shape.paint.clip, shape.stroke_colour, shape.order)


def _is_thin(box: tuple[float, float, float, float]) -> bool:
    """Whether a shape hides nothing however its corners are rounded."""
    return min(box[2] - box[0], box[3] - box[1]) < _THINNEST_COVER_PT - 2 * _ROUNDED_PT


def _points_to_cover(
    points: Sequence[tuple[float, float]],
    clip: tuple[float, float, float, float],
    colour: Rgb | None,
    order: int,
) -> Cover | None:
    xs, ys = {round(x, 2) for x, _ in points}, {round(y, 2) for _, y in points}
    box = max(min(xs), clip[0]), max(min(ys), clip[1]), min(max(xs), clip[2]), min(max(ys), clip[3])
    if min(box[2] - box[0], box[3] - box[1]) < _THINNEST_COVER_PT:
        return None
    upright = len(xs) == 2 and len(ys) == 2
    return Cover(box, () if upright else tuple(points), colour, order)


def unseen_glyphs(
    glyphs: Sequence[DrawnGlyph],
    placed: GlyphBoxes,
    covers: Sequence[Cover],
    grey: Grey | None,
    points_wide: float,
) -> list[Unseen]:
    """For each glyph why nobody sees it, `""` for those that are seen and for blanks.

    `grey` is the page as drawn, `points_wide` the page's width.
    """
    orders = np.array([glyph.order for glyph in glyphs])
    over, ground = _layers(orders, placed, covers)
    found = _by_drawing(glyphs, over, ground, placed.centres)
    if grey is not None:
        density = grey.shape[1] / points_wide
        inked = _inked(_cores(glyphs, placed), [colour == WHITE for colour in ground], grey, density)
        _add_inkless(glyphs, inked, found)
    return found


def _layers(orders: Floats, placed: GlyphBoxes, covers: Sequence[Cover]) -> tuple[Flags, list[Rgb | None]]:
    """Which glyphs something was drawn over, and on which colour each stands (`None`: unknown)."""
    count = len(orders)
    over, beneath = np.zeros(count, bool), np.full(count, -1)
    reach = (placed.boxes[:, 2:] - placed.boxes[:, :2]) * _CORE_SHARE
    centres = placed.centres
    inner = np.concatenate([centres - reach, centres + reach], axis=1)
    step = max(1, _MOST_PAIRS // max(1, count))
    for first in range(0, len(covers), step):
        part = covers[first : first + step]
        for n, glyph in _pairs(part, centres):
            cover, order = part[n], orders[glyph]
            beneath[glyph[order > cover.order]] = first + n
            later = glyph[order < cover.order]
            if len(later):
                core = cover.holds(inner[later, :2]) & cover.holds(inner[later, 2:])
                over[later[core]] = True
    return over, [WHITE if number < 0 else covers[number].colour for number in beneath.tolist()]


def _pairs(covers: Sequence[Cover], centres: Floats) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Each cover that holds the middles of glyphs, by its number, and the numbers of these glyphs."""
    x, y = centres[:, 0], centres[:, 1]
    boxes = np.array([cover.box for cover in covers])[:, :, None]
    inside = (x >= boxes[:, 0]) & (x <= boxes[:, 2]) & (y >= boxes[:, 1]) & (y <= boxes[:, 3])
    for n in np.flatnonzero(inside.any(axis=1)).tolist():
        glyphs = np.flatnonzero(inside[n])
        held = glyphs[covers[n].holds(centres[glyphs])] if covers[n].corners else glyphs
        if len(held):
            yield n, held


def _by_drawing(
    glyphs: Sequence[DrawnGlyph], over: Flags, ground: Sequence[Rgb | None], centres: Floats
) -> list[Unseen]:
    """What the order of drawing says of each glyph: the first of the reasons that holds."""
    if not glyphs:
        return []
    paints = {id(glyph.paint): glyph.paint for glyph in glyphs}
    place = {key: n for n, key in enumerate(paints)}
    which = np.array([place[id(glyph.paint)] for glyph in glyphs])
    clips = np.array([paint.clip for paint in paints.values()])[which]
    x, y = centres.T
    pale = (
        bool(glyph.colour and beneath and not stands_out(glyph.colour, beneath))
        for glyph, beneath in zip(glyphs, ground, strict=True)
    )
    reasons: dict[Unseen, Flags] = {
        "layer": np.array([paint.layer_off for paint in paints.values()])[which],
        "mode": np.array([glyph.mode in _INVISIBLE_MODES for glyph in glyphs]),
        "transparent": np.array([paint.alpha < _FAINTEST_ALPHA for paint in paints.values()])[which],
        "clipped": ~((clips[:, 0] <= x) & (x <= clips[:, 2]) & (clips[:, 1] <= y) & (y <= clips[:, 3])),
        "covered": over,
        "colour": np.fromiter(pale, bool, len(glyphs)),
    }
    found: list[Unseen] = [""] * len(glyphs)
    for reason, holds in reasons.items():
        for n in np.flatnonzero(holds).tolist():
            if not found[n] and glyphs[n].text != " ":
                found[n] = reason
    return found


@lru_cache(maxsize=256)
def stands_out(colour: Rgb, ground: Rgb) -> bool:
    """Whether a person sees a colour on another one."""
    return max(abs(a - b) for a, b in zip(colour, ground, strict=True)) >= LEAST_CONTRAST


def _cores(glyphs: Sequence[DrawnGlyph], placed: GlyphBoxes) -> Floats:
    """Where glyphs have ink for certain: of letters and digits not at the head and foot, where a rule may run."""
    letters = np.array([glyph.text.isalnum() for glyph in glyphs], bool)
    inset = (placed.boxes[:, 3] - placed.boxes[:, 1]) * _EDGE_SHARE * letters
    cores: Floats = placed.boxes + inset[:, None] * np.array([0, 1, 0, -1])
    return cores


def _inked(boxes: Floats, on_paper: Sequence[bool], grey: Grey, density: float) -> Flags:
    """Which boxes have ink in them on the page as drawn."""
    high, wide = grey.shape
    pixels = np.stack(
        [
            np.floor(boxes[:, 0] * density).clip(0, wide - 1),
            np.floor(boxes[:, 1] * density).clip(0, high - 1),
            np.ceil(boxes[:, 2] * density).clip(1, wide),
            np.ceil(boxes[:, 3] * density).clip(1, high),
        ],
        axis=1,
    ).astype(np.int64)
    left, top = pixels[:, 0], pixels[:, 1]
    right, bottom = np.maximum(pixels[:, 2], left + 1), np.maximum(pixels[:, 3], top + 1)
    inked = _inked_in_places(grey, left, top, right, bottom)
    for n in np.flatnonzero(~inked).tolist():
        inked[n] = bool((grey[top[n] : bottom[n], left[n] : right[n]] < _INK_LEVEL).any())
    for n in np.flatnonzero(~np.array(on_paper, bool)).tolist():
        part = grey[top[n] : bottom[n], left[n] : right[n]]
        inked[n] = int(part.max()) - int(part.min()) >= _INK_STEP
    return inked


def _inked_in_places(grey: Grey, left: _Whole, top: _Whole, right: _Whole, bottom: _Whole) -> Flags:
    """In which boxes, given in pixels, one of a few pixels spread over each is ink: nearly all are, and need no more."""
    steps = np.arange(_LOOKED_AT)
    columns = left[:, None] + (right - left)[:, None] * steps // _LOOKED_AT
    rows = top[:, None] + (bottom - top)[:, None] * steps // _LOOKED_AT
    return np.asarray((grey[rows[:, :, None], columns[:, None, :]] < _INK_LEVEL).any(axis=(1, 2)))


def _add_inkless(glyphs: Sequence[DrawnGlyph], inked: Flags, found: list[Unseen]) -> None:
    """Adds what the page as drawn says of glyphs that the order of drawing calls seen."""
    # pdfium sets some form fields anew, in another place than their appearance has it
    seen = [n for n, g in enumerate(glyphs) if not found[n] and g.text != " " and not g.paint.annotation]
    bare = [n for n, has_ink in zip(seen, inked[seen].tolist(), strict=True) if not has_ink]
    if not bare:
        return
    fonts: dict[int, list[int]] = {}
    runs: dict[int, list[int]] = {}
    for n in seen:
        fonts.setdefault(id(glyphs[n].font), []).append(n)
        runs.setdefault(glyphs[n].run, []).append(n)
    undrawable = {font for font, members in fonts.items() if np.mean(inked[members]) < _DRAWN_SHARE} - {
        id(glyph.font) for glyph in glyphs if glyph.embedded
    }
    for n in bare:
        glyph = glyphs[n]
        if id(glyph.font) in undrawable and not _is_always_drawn(glyph):
            continue
        if glyph.text.isalnum() or np.mean(~inked[runs[glyph.run]]) >= _RUN_SHARE:
            found[n] = "no-ink"


def _is_always_drawn(glyph: DrawnGlyph) -> bool:
    """Whether viewers have a letter of their own where the file lacks the font: those of one byte they always have."""
    return glyph.text.isascii() and glyph.text.isalnum() and not glyph.font.is_multibyte()
