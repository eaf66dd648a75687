"""A page as it was drawn → our page: the characters and lines that a person sees, upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import numpy as np

from extract.pdf.drawing.annotations import AnnotationMark, draw_annotations
from extract.pdf.drawing.interpreter import content_to_drawing
from extract.pdf.drawing.limits import TooMuchError
from extract.pdf.drawing.nouns import Drawing, DrawnGlyph, GlyphFont, Image, Shape
from extract.pdf.pages import PdfError, RawPage, file_to_pages, library_call
from extract.pdf.sight.cut_text import cut_lines
from extract.pdf.sight.drawn_rules import shapes_to_rules
from extract.pdf.sight.glyph_boxes import GlyphBoxes, boxes_to_skew, glyphs_to_boxes
from extract.pdf.sight.overlays import overlaid_glyphs, tiny_glyphs
from extract.pdf.sight.pictured_rules import images_to_rules, is_line
from extract.pdf.sight.rendering import Grey, Renderer, rendering
from extract.pdf.sight.second_text import differing_characters
from extract.pdf.sight.small_drawings import curves, small_boxes
from extract.pdf.sight.stray_ink import stray_ink
from extract.pdf.sight.strikes import crossed_glyphs, image_to_stroke
from extract.pdf.sight.visibility import Cover, Unseen, drawn_to_covers, unseen_glyphs
from models.geometry import Box
from models.page import Char, Page, Rule

SMALLEST_TYPE_PT = 4.5
"""Text of a page that a person can read on paper is at least this large."""
_SAMPLED = 16
"""One of so many things drawn is looked at to know a page's usual type size."""
_FEWEST_BEYOND = 20
"""Fewer characters beyond the paper are a printer's marks."""
_BEYOND_SHARE = 0.05
"""A page is cut off when this share of its characters lies beyond the paper."""
_RULING = frozenset(("", "StrikeOut", "Line"))
"""Lines of the page itself, and of annotations that strike words out, are looked at; frames of other ones are not."""


@dataclass(frozen=True, slots=True)
class Print:
    """A page, and what else is known of it.

    `turn` is by how many quarter turns clockwise it was turned upright (beyond the file's own page rotation),
    `pictured` the area of its pictures in square points, `outlines` the number of its curves. `unseen` are the
    characters that nobody sees, upright like the page, and why; `overlaid` are those of watermarks and stamps.
    `damaged`: a part of its content was lost. `marks` are its form fields and annotations, `outlined` small filled
    curves, which may be characters, `pictures` small pictures, which may show some, `strays` small squares with ink that
    is nothing of all this, and `crossed` the boxes of characters that strokes run through; upright like the page.
    `cut_off`: much of its text lies beyond the paper. `doubted` are the boxes of what pdfium reads otherwise,
    `cut` those of lines behind which more text may have been cut off.
    """

    page: Page
    turn: int
    pictured: float
    outlines: int
    unseen: tuple[tuple[Char, Unseen], ...] = ()
    overlaid: tuple[Char, ...] = ()
    damaged: bool = False
    marks: tuple[AnnotationMark, ...] = ()
    outlined: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    strays: tuple[Box, ...] = ()
    crossed: tuple[Box, ...] = ()
    cut_off: bool = False
    doubted: tuple[Box, ...] = ()
    cut: tuple[Box, ...] = ()


def file_to_prints(path: Path, limit: int) -> Iterator[Print | None]:
    """At most `limit` pages of the PDF file at `path`, `None` for one that cannot be read.

    Raises `PdfError` where the file cannot be read, or not further, and `OSError` when it cannot be opened.
    """
    with rendering(path) as renderer:
        for raw in file_to_pages(path, limit):
            try:
                yield page_to_print(raw, renderer)
            except (PdfError, TooMuchError):
                yield None


def page_to_print(raw: RawPage, renderer: Renderer) -> Print:
    """What stands on a page, upright. Raises `PdfError` when its content is broken, `TooMuchError` when it asks
    for more than our limits.
    """
    with library_call():
        if raw.source is None:
            raise LookupError(raw.number)
        drawing, interpreter = content_to_drawing(raw.source, raw.fonts, raw.matrix, raw.layers_off)
        own = [item for item in drawing.items if isinstance(item, DrawnGlyph)]
        marks = draw_annotations(raw.source, interpreter, raw.matrix)
    pictured = bool(drawing.damage) or any(isinstance(item, Image) for item in drawing.items)
    grey = renderer.grey(raw.number, _enlarged(drawing), pictured=pictured)
    seen = drawing_to_print(drawing, marks, raw.number, raw.size, grey, raw.fonts.broken)
    is_plain = not drawing.reworded and not raw.fonts.are_retold
    return replace(seen, doubted=_doubted(seen, own, renderer.text(raw.number) if is_plain else None))


def _doubted(seen: Print, own: Sequence[DrawnGlyph], other: str | None) -> tuple[Box, ...]:
    """Where what pdfium reads is not what the page's own glyphs say: the whole page where they lack some of it."""
    if other is None:
        return ()
    page = seen.page
    chars, lost = differing_characters((glyph.text for glyph in own), other)
    if lost:
        return (Box(0.0, 0.0, page.width, page.height),)
    return tuple(char.box for char in page.chars if not chars.isdisjoint(normalize("NFKC", char.text)))


def drawing_to_print(
    drawing: Drawing,
    marks: Sequence[AnnotationMark],
    number: int,
    size: tuple[float, float],
    grey: Grey | None,
    broken: Container[GlyphFont] = (),
) -> Print:
    """What a person sees of the drawing of page `number`, upright; `size` is its width and height in points, `grey` the
    page as a viewer draws it, if one did, and `broken` are fonts that could not be read.
    """
    wide, high = size
    shapes = [item for item in drawing.items if isinstance(item, Shape)]
    images = [item for item in drawing.items if isinstance(item, Image)]
    covers = drawn_to_covers(shapes, images)
    sight = _sight(drawing, covers, grey, size)
    glyphs, placed = sight.glyphs, sight.placed
    seen = [n for n, why in enumerate(sight.unseen) if not why and n not in sight.overlaid]
    turn = _usual_turn(glyphs, placed.turns.tolist(), seen)
    rules = shapes_to_rules((s for s in shapes if s.paint.annotation in _RULING), covers, sight.skew)
    rules += images_to_rules(images, grey, wide)
    chars = _chars(glyphs, placed, turn)
    page = Page(number, wide, high, tuple(chars[n] for n in seen), tuple(rules))
    crossed = [chars[n].box for n in seen if n in sight.crossed]
    return Print(
        _turned(page, turn),
        turn,
        sum(_area(image) for image in images if not image.paint.layer_off and not image.paint.annotation),
        sum(len(shape.points) > 5 for shape in shapes),
        tuple((_turned_char(chars[n], wide, high, turn), why) for n, why in enumerate(sight.unseen) if why),
        tuple(_turned_char(chars[n], wide, high, turn) for n in sorted(sight.overlaid)),
        bool(drawing.damage) or any(glyph.font in broken for glyph in glyphs),
        tuple(_turned_mark(mark, wide, high, turn) for mark in marks),
        _turned_boxes(small_boxes(curves(shapes)), size, turn),
        _turned_boxes(small_boxes(image.corners for image in images if not is_line(image)), size, turn),
        _turned_boxes(sight.strays, size, turn),
        _turned_boxes(crossed, size, turn),
        _is_cut_off(drawing, len(glyphs)),
        cut=_turned_boxes(cut_lines(glyphs, placed, seen), size, turn),
    )


def _turned_boxes(boxes: Iterable[Box], size: tuple[float, float], turn: int) -> tuple[Box, ...]:
    return tuple(_turned_box(box, *size, turn) for box in boxes)


def _is_cut_off(drawing: Drawing, on_paper: int) -> bool:
    beyond = sum(isinstance(item, DrawnGlyph) for item in drawing.items) - on_paper
    return beyond >= max(_FEWEST_BEYOND, _BEYOND_SHARE * (beyond + on_paper))


class _Sight(NamedTuple):
    """The glyphs on the paper, where they stand once the page is upright and by how many degrees it was skewed, why each
    is not seen, which of them lie over others and which are struck, and where there is ink that is nothing of all this.
    """

    glyphs: list[DrawnGlyph]
    placed: GlyphBoxes
    skew: float
    unseen: list[Unseen]
    overlaid: set[int]
    crossed: frozenset[int]
    strays: list[Box]


def _sight(drawing: Drawing, covers: Sequence[Cover], grey: Grey | None, size: tuple[float, float]) -> _Sight:
    wide, high = size
    shapes = [item for item in drawing.items if isinstance(item, Shape)]
    glyphs, placed = _on_paper([item for item in drawing.items if isinstance(item, DrawnGlyph)], wide, high)
    unseen = unseen_glyphs(glyphs, placed, covers, grey, wide)
    seen = [n for n, why in enumerate(unseen) if not why]
    images = [item for item in drawing.items if isinstance(item, Image)]
    crossed = crossed_glyphs([*shapes, *map(image_to_stroke, images)], placed, seen)
    strays: list[Box] = []
    if grey is not None:
        density = grey.shape[1] / wide
        strays = stray_ink(grey, density, placed.boxes, shapes, images, drawing.annotated)
    skew = boxes_to_skew(_of(placed, seen))
    if skew:
        placed = glyphs_to_boxes(glyphs, skew)
    for n in tiny_glyphs(placed, seen):
        unseen[n] = "tiny"
    overlaid = overlaid_glyphs(glyphs, placed, [n for n in seen if not unseen[n]])
    return _Sight(glyphs, placed, skew, unseen, overlaid, frozenset(crossed), strays)


def _enlarged(drawing: Drawing) -> float:
    """By how many times a page is to be drawn larger so that its usual type has ink to be seen."""
    some = [item for item in drawing.items[::_SAMPLED] if isinstance(item, DrawnGlyph)]
    usual = float(np.median(glyphs_to_boxes(some).sizes)) if some else 0.0
    return max(1.0, SMALLEST_TYPE_PT / usual) if usual > 0.0 else 1.0


def _on_paper(glyphs: Sequence[DrawnGlyph], wide: float, high: float) -> tuple[list[DrawnGlyph], GlyphBoxes]:
    """The glyphs whose middle stands on the page, and where."""
    placed = glyphs_to_boxes(glyphs)
    x, y = placed.centres[:, 0], placed.centres[:, 1]
    on_paper = (x >= 0) & (x <= wide) & (y >= 0) & (y <= high)
    if on_paper.all():
        return list(glyphs), placed
    inside = np.flatnonzero(on_paper).tolist()
    return [glyphs[n] for n in inside], _of(placed, inside)


def _of(placed: GlyphBoxes, kept: Sequence[int]) -> GlyphBoxes:
    index = list(kept)
    return GlyphBoxes(placed.boxes[index], placed.sizes[index], placed.angles[index])


def _usual_turn(glyphs: Sequence[DrawnGlyph], turns: Sequence[int], seen: Sequence[int]) -> int:
    """By how many quarter turns clockwise the page is to be turned so that most of its text is upright."""
    count = Counter([turns[n] for n in seen if glyphs[n].text != " "])
    return -count.most_common(1)[0][0] % 4 if count else 0


def _chars(glyphs: Sequence[DrawnGlyph], placed: GlyphBoxes, turn: int) -> list[Char]:
    boxes, sizes, turns = placed.boxes.tolist(), placed.sizes.tolist(), ((placed.turns + turn) % 4).tolist()
    return [
        Char(glyph.text, Box(*box), size, glyph.run + 1, own)
        for glyph, box, size, own in zip(glyphs, boxes, sizes, turns, strict=True)
    ]


def _area(image: Image) -> float:
    if image.shading:
        return 0.0
    (ax, ay), (bx, by), _, (dx, dy) = image.corners
    return abs((bx - ax) * (dy - ay) - (by - ay) * (dx - ax))


def _turned(page: Page, turn: int) -> Page:
    for _ in range(turn):
        page = _turned_clockwise(page)
    return page


def _turned_clockwise(page: Page) -> Page:
    high = page.height
    chars = tuple(_turned_char(char, page.width, high, 1) for char in page.chars)
    rules = tuple(
        Rule("vertical", high - r.at, r.start, r.end)
        if r.axis == "horizontal"
        else Rule("horizontal", r.at, high - r.end, high - r.start)
        for r in page.rules
    )
    return Page(page.number, high, page.width, chars, rules, page.reader)


def _turned_mark(mark: AnnotationMark, wide: float, high: float, turn: int) -> AnnotationMark:
    box = _turned_box(Box(*mark.box), wide, high, turn)
    return replace(mark, box=(box.x0, box.top, box.x1, box.bottom))


def _turned_char(char: Char, wide: float, high: float, turn: int) -> Char:
    if not turn:
        return char
    return Char(char.text, _turned_box(char.box, wide, high, turn), char.size, char.run, char.turn)


def _turned_box(box: Box, wide: float, high: float, turn: int) -> Box:
    """Where a box stands when its page, `wide` × `high`, is turned clockwise by quarter turns."""
    for _ in range(turn):
        box = Box(high - box.bottom, box.x0, high - box.top, box.x1)
        wide, high = high, wide
    return box
