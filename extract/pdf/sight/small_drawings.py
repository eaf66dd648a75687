"""Small curves and pictures of a page, which may show characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.page.tables import FilledCell, PageTables
from extract.pdf.drawing.nouns import Point, Shape
from models.geometry import Box

_CURVES = frozenset("cvy")
"""The letters of operators that draw curves."""
_HIGHEST_TEXT_PT = 40.0
"""What is higher is no character and no picture of a line of text."""
_LETTER_WIDTHS = 1.5
"""A curve that is no wider than this many heights of a character may draw one."""
_DRAWN_OVER_SHARE = 0.4
"""A character is drawn over where it shares so much of the smaller of both boxes with a curve."""
_FEWEST_DRAWN_OVER = 2
"""A curve over one character alone may be a mark."""


def curves(shapes: Iterable[Shape]) -> Iterator[Sequence[Point]]:
    """The points of the filled curves of the page itself that show."""
    for shape in shapes:
        seen = (
            shape.fill and not shape.paint.layer_off and shape.paint.alpha > 0 and not shape.paint.annotation
        )
        if seen and not _CURVES.isdisjoint(shape.path):
            yield shape.points


def small_boxes(drawn: Iterable[Sequence[Point]]) -> Iterator[Box]:
    """The boxes, in points, around what is no higher than characters are."""
    for points in drawn:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        if 0.0 < box.height <= _HIGHEST_TEXT_PT:
            yield box


def overdrawn_cells(tables: PageTables, outlined: Sequence[Box]) -> list[FilledCell]:
    """The cells in which small curves were drawn over characters: a picture of both shows neither for certain."""
    found = []
    for cell in tables.cells if outlined else ():
        near = [box for box in outlined if cell.box.contains(*box.centre)]
        chars = [char.box for char in cell.chars if char.text.strip()]
        if near and sum(any(_lies_over(box, char) for box in near) for char in chars) >= _FEWEST_DRAWN_OVER:
            found.append(cell)
    return found


def _lies_over(curve: Box, char: Box) -> bool:
    wide = min(curve.x1, char.x1) - max(curve.x0, char.x0)
    high = min(curve.bottom, char.bottom) - max(curve.top, char.top)
    letter = curve.width <= _LETTER_WIDTHS * char.height
    return letter and wide > 0 < high and wide * high >= _DRAWN_OVER_SHARE * smaller_area(curve, char)


def smaller_area(one: Box, other: Box) -> float:
    """The area of the smaller of two boxes, in square points."""
    return min(one.width * one.height, other.width * other.height)
