"""Where glyphs stand, in which direction, and how far the page is skewed."""

from __future__ import annotations

import math

import pytest
from pdfminer.pdffont import PDFFont

from extract.pdf.drawing.nouns import DrawnGlyph, Matrix, Paint
from extract.pdf.sight.glyph_boxes import boxes_to_skew, glyphs_to_boxes

FONT = PDFFont({}, {})


def glyph(matrix: Matrix, advance: float = 5.0) -> DrawnGlyph:
    """A glyph of type size 10, its baseline at the matrix' origin; y grows downwards."""
    local = (0.0, -2.0, advance, 8.0)
    return DrawnGlyph("3", FONT, False, matrix, local, advance, 0, 0, None, Paint(), 0)


def turned(degrees: float, x: float = 100.0, y: float = 200.0) -> Matrix:
    """Text written `degrees` clockwise on the page."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (cos, sin, sin, -cos, x, y)


def test_an_upright_glyph_stands_on_its_baseline() -> None:
    found = glyphs_to_boxes([glyph(turned(0))])
    assert found.boxes[0].tolist() == [100, 192, 105, 202]
    assert (found.sizes[0], found.angles[0], found.turns[0]) == (10, 0, 0)


@pytest.mark.parametrize(("degrees", "turn"), [(90, 1), (180, 2), (-90, 3), (0.4, 0)])
def test_the_direction_of_writing_is_counted_clockwise(degrees: float, turn: int) -> None:
    found = glyphs_to_boxes([glyph(turned(degrees))])
    assert found.angles[0] == pytest.approx(degrees)
    assert found.turns[0] == turn
    assert found.sizes[0] == pytest.approx(10)


def test_a_negative_size_in_a_mirrored_matrix_is_upright() -> None:
    found = glyphs_to_boxes([glyph((-1, 0, 0, 1, 100, 200), advance=-5.0)])
    assert found.angles[0] == pytest.approx(0)


def test_a_page_is_skewed_when_most_of_its_glyphs_are() -> None:
    def skew(*degrees: float) -> float:
        return boxes_to_skew(glyphs_to_boxes([glyph(turned(one)) for one in degrees]))

    assert skew(0.5, 0.5, 0.5, 90.5, 45) == pytest.approx(0.5)
    assert skew(0, 0, 0, 0.5) == 0
    assert skew(30, 30, 30) == 0
    assert skew() == 0


def test_a_skewed_page_turned_back_has_level_lines() -> None:
    level = [glyph(turned(0.5, 100 + 400 * n, 200 + 400 * n * math.tan(math.radians(0.5)))) for n in (0, 1)]
    boxes = glyphs_to_boxes(level, 0.5).boxes
    assert boxes[0, 3] == pytest.approx(boxes[1, 3])
