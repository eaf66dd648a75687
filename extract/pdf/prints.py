"""A page as it was drawn → our page: the characters and lines that a person sees, upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.pdf.drawing.annotations import AnnotationMark, draw_annotations
from extract.pdf.drawing.interpreter import content_to_drawing
from extract.pdf.drawing.limits import TooMuchError
from extract.pdf.drawing.nouns import Drawing, DrawnGlyph, GlyphFont, Image, Point, Shape
from extract.pdf.pages import PdfError, RawPage, file_to_pages, library_call
from extract.pdf.sight.drawn_rules import shapes_to_rules
from extract.pdf.sight.glyph_boxes import GlyphBoxes, boxes_to_skew, glyphs_to_boxes
from extract.pdf.sight.overlays import overlaid_glyphs, tiny_glyphs
from extract.pdf.sight.rendering import Grey, Renderer, rendering
from extract.pdf.sight.visibility import Cover, Unseen, drawn_to_covers, unseen_glyphs
from models.geometry import Box
from models.page import Char, Page, Rule

_SLANTING_PT = 3.0
"""A stroke that rises or falls by this much on its way across is no ruling line."""
_SMALLEST_TYPE_PT = 4.5
"""Text of a page that a person can read on paper is at least this large."""
_LARGEST_TYPE_PT = 40.0
"""The text of a form is at most this large."""
_USUAL_TYPE_PT = 9.0
"""The text of a form usually has this size; lengths of ruling and spacing are measured on such forms."""
_CURVES = frozenset("cvy")
"""The letters of operators that draw curves."""
_HIGHEST_TEXT_PT = 40.0
"""What is higher is no character and no picture of a line of text."""
_RULING = frozenset(("", "StrikeOut", "Line"))
"""Lines of the page itself, and of annotations that strike words out, are looked at; frames of other ones are not."""


@dataclass(frozen=True, slots=True)
class Print:
    """A page, and what else is known of it.

    `turn` is by how many quarter turns clockwise it was turned upright (beyond the file's own page rotation),
    `pictured` the area of its pictures in square points, `outlines` the number of its curves. `unseen` are the
    characters that nobody sees, upright like the page, and why; `overlaid` are those of watermarks and stamps.
    `damaged`: a part of its content was lost. `marks` are its form fields and annotations, `outlined` small filled
    curves, which may be characters, and `pictures` small pictures, which may show some, `slashes` slanting strokes;
    upright like the page.
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
    slashes: tuple[Box, ...] = ()


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
        marks = draw_annotations(raw.source, interpreter, raw.matrix)
    grey = renderer.grey(raw.number)
    return drawing_to_print(drawing, marks, raw.number, raw.size, grey, raw.fonts.broken)


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
    glyphs, placed, skew, unseen, overlaid = _sight(drawing, covers, grey, size)
    seen = [n for n, why in enumerate(unseen) if not why and n not in overlaid]
    turns = placed.turns
    turn = _usual_turn(glyphs, turns, seen)
    rules = shapes_to_rules((s for s in shapes if s.paint.annotation in _RULING), covers, skew)
    chars = _chars(glyphs, placed, turn)
    page = Page(number, wide, high, tuple(chars[n] for n in seen), tuple(rules))
    hidden = [n for n, why in enumerate(unseen) if why]
    return Print(
        _turned(page, turn),
        turn,
        sum(_area(image) for image in images if not image.paint.layer_off and not image.paint.annotation),
        sum(len(shape.points) > 5 for shape in shapes),
        tuple((_turned_char(chars[n], wide, high, turn), unseen[n]) for n in hidden),
        tuple(_turned_char(chars[n], wide, high, turn) for n in sorted(overlaid)),
        bool(drawing.damage) or any(glyph.font in broken for glyph in glyphs),
        tuple(_turned_mark(mark, wide, high, turn) for mark in marks),
        *_turned_boxes(shapes, images, size, turn),
    )


def _turned_boxes(
    shapes: Sequence[Shape], images: Sequence[Image], size: tuple[float, float], turn: int
) -> Iterator[tuple[Box, ...]]:
    """The boxes of outlines, small pictures and slashes as they lie on the page that was turned."""
    yield tuple(_turned_box(box, *size, turn) for box in _small_boxes(_outlines(shapes)))
    yield tuple(_turned_box(box, *size, turn) for box in _small_boxes(image.corners for image in images))
    yield tuple(_turned_box(box, *size, turn) for box in _slashes(shapes))


def _sight(
    drawing: Drawing, covers: Sequence[Cover], grey: Grey | None, size: tuple[float, float]
) -> tuple[list[DrawnGlyph], GlyphBoxes, float, list[Unseen], set[int]]:
    """The glyphs on the paper, where they stand once the page is upright and by how many degrees it was skewed, why each
    is not seen, and which of them lie over others.
    """
    wide, high = size
    glyphs, placed = _on_paper([item for item in drawing.items if isinstance(item, DrawnGlyph)], wide, high)
    unseen = unseen_glyphs(glyphs, placed, covers, grey, wide)
    skew = boxes_to_skew(_of(placed, [n for n, why in enumerate(unseen) if not why]))
    if skew:
        placed = glyphs_to_boxes(glyphs, skew)
    seen = [n for n, why in enumerate(unseen) if not why]
    for n in tiny_glyphs(placed, seen):
        unseen[n] = "tiny"
    overlaid = overlaid_glyphs(glyphs, placed, [n for n in seen if not unseen[n]])
    return glyphs, placed, skew, unseen, overlaid


def _on_paper(glyphs: Sequence[DrawnGlyph], wide: float, high: float) -> tuple[list[DrawnGlyph], GlyphBoxes]:
    """The glyphs whose middle stands on the page, and where."""
    placed = glyphs_to_boxes(glyphs)
    x, y = placed.centres[:, 0], placed.centres[:, 1]
    inside = [int(n) for n in ((x >= 0) & (x <= wide) & (y >= 0) & (y <= high)).nonzero()[0]]
    return [glyphs[n] for n in inside], _of(placed, inside)


def _of(placed: GlyphBoxes, kept: Sequence[int]) -> GlyphBoxes:
    index = list(kept)
    return GlyphBoxes(placed.boxes[index], placed.sizes[index], placed.angles[index])


def _usual_turn(glyphs: Sequence[DrawnGlyph], turns: Iterable[int], seen: Sequence[int]) -> int:
    """By how many quarter turns clockwise the page is to be turned so that most of its text is upright."""
    all_turns = [int(turn) for turn in turns]
    count = Counter(all_turns[n] for n in seen if glyphs[n].text != " ")
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


def _outlines(shapes: Iterable[Shape]) -> Iterator[Sequence[Point]]:
    """The filled curves of the page itself that show."""
    for shape in shapes:
        seen = (
            shape.fill and not shape.paint.layer_off and shape.paint.alpha > 0 and not shape.paint.annotation
        )
        if seen and not _CURVES.isdisjoint(shape.path):
            yield shape.points


def _slashes(shapes: Iterable[Shape]) -> Iterator[Box]:
    """The boxes of strokes that run neither across nor down."""
    for shape in shapes:
        if shape.path == "ml" and shape.stroke and not shape.paint.layer_off:
            (ax, ay), (bx, by) = shape.points
            if min(abs(ax - bx), abs(ay - by)) >= _SLANTING_PT:
                yield Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _small_boxes(drawn: Iterable[Sequence[Point]]) -> Iterator[Box]:
    """The boxes around what is no larger than characters are."""
    for points in drawn:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        if 0.0 < box.height <= _HIGHEST_TEXT_PT:
            yield box


def reading_scale(page: Page) -> float:
    """By how many times a page is to be made larger so that its text has a usual size; 1 for a usual page."""
    sizes = sorted(char.size for char in page.chars if char.text != " ")
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    return 1.0 if not usual or _SMALLEST_TYPE_PT <= usual <= _LARGEST_TYPE_PT else _USUAL_TYPE_PT / usual


def scaled_print(seen: Print, scale: float) -> Print:
    """A page made `scale` times larger, with all that is known of it."""
    page = seen.page
    rules = tuple(Rule(r.axis, r.at * scale, r.start * scale, r.end * scale) for r in page.rules)
    chars = tuple(_scaled_char(char, scale) for char in page.chars)
    return replace(
        seen,
        page=replace(page, width=page.width * scale, height=page.height * scale, chars=chars, rules=rules),
        unseen=tuple((_scaled_char(char, scale), why) for char, why in seen.unseen),
        overlaid=tuple(_scaled_char(char, scale) for char in seen.overlaid),
        marks=tuple(_scaled_mark(mark, scale) for mark in seen.marks),
        outlined=tuple(box.scaled(scale) for box in seen.outlined),
        pictures=tuple(box.scaled(scale) for box in seen.pictures),
        slashes=tuple(box.scaled(scale) for box in seen.slashes),
    )


def _scaled_mark(mark: AnnotationMark, scale: float) -> AnnotationMark:
    left, top, right, bottom = mark.box
    return replace(mark, box=(left * scale, top * scale, right * scale, bottom * scale))


def _scaled_char(char: Char, scale: float) -> Char:
    return Char(char.text, char.box.scaled(scale), char.size * scale, char.run, char.turn)


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
