"""A page whose type is much smaller or larger than that of forms, made as large as these: limits are lengths on forms."""

from __future__ import annotations

from dataclasses import replace

from extract.pdf.drawing.annotations import AnnotationMark
from extract.pdf.prints import SMALLEST_TYPE_PT, Print
from models.page import Char, Page, Rule

_LARGEST_TYPE_PT = 40.0
"""The text of a form is at most this large."""
_USUAL_TYPE_PT = 9.0
"""The text of a form usually has this size; lengths of ruling and spacing are measured on such forms."""


def reading_scale(page: Page) -> float:
    """By how many times a page is to be made larger so that its text has a usual size; 1 for a usual page."""
    sizes = sorted(char.size for char in page.chars if char.text != " ")
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    return 1.0 if not usual or SMALLEST_TYPE_PT <= usual <= _LARGEST_TYPE_PT else _USUAL_TYPE_PT / usual


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
        strays=tuple(box.scaled(scale) for box in seen.strays),
        crossed=tuple(box.scaled(scale) for box in seen.crossed),
        doubted=tuple(box.scaled(scale) for box in seen.doubted),
    )


def _scaled_mark(mark: AnnotationMark, scale: float) -> AnnotationMark:
    left, top, right, bottom = mark.box
    return replace(mark, box=(left * scale, top * scale, right * scale, bottom * scale))


def _scaled_char(char: Char, scale: float) -> Char:
    return Char(char.text, char.box.scaled(scale), char.size * scale, char.run, char.turn)
