"""Ink that nothing explains which was read makes its cell doubtful."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.drawing.nouns import Paint, Shape
from extract.pdf.prints import Print, file_to_prints
from extract.pdf.sight.stray_ink import stray_ink
from tests.drawn import codes
from tests.extract.pdf.forms import Drawing, form, text_at

NO_GLYPHS = np.empty((0, 4))
VALUE = text_at(260, 675, "3102.15")


def page(path: Path, *drawings: Drawing) -> Print:
    form(path, *drawings)
    (seen,) = file_to_prints(path, 1)
    assert seen is not None
    return seen


def handwritten(canvas: Canvas) -> None:
    """A seven, as a pen draws it."""
    path = canvas.beginPath()
    path.moveTo(262, 690)
    path.lineTo(275, 691)
    path.curveTo(272, 685, 268, 676, 267, 670)
    canvas.setLineWidth(1.5)
    canvas.drawPath(path)


def seal(canvas: Canvas) -> None:
    canvas.setStrokeColorRGB(0.8, 0, 0)
    canvas.setLineWidth(2)
    canvas.circle(330, 660, 60)


def test_handwriting_in_a_cell_is_told(tmp_path: Path) -> None:
    assert "text-overprinted" in codes(form(tmp_path / "a.pdf", handwritten))


def test_text_rules_fills_and_seals_explain_their_ink(tmp_path: Path) -> None:
    def dark_fill(canvas: Canvas) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(52, 622, 100, 36, stroke=0, fill=1)

    assert page(tmp_path / "a.pdf", VALUE, dark_fill, seal).strays == ()


def test_ink_is_counted_in_squares_and_specks_are_none() -> None:
    grey = np.full((60, 60), 255, np.uint8)
    grey[12:18, 12:18] = 0
    grey[40, 40] = 0
    (square,) = stray_ink(grey, 2.0, NO_GLYPHS, (), (), ())
    assert (square.x0, square.top, square.x1, square.bottom) == (6.0, 6.0, 9.0, 9.0)


@pytest.mark.parametrize("around", [(5.0, 5.0, 10.0, 10.0), (7.0, 7.0, 9.0, 9.0)])
def test_ink_within_a_box_or_just_beside_it_is_explained(around: tuple[float, ...]) -> None:
    grey = np.full((60, 60), 255, np.uint8)
    grey[13:19, 13:19] = 0
    assert stray_ink(grey, 2.0, NO_GLYPHS, (), (), [around]) == []


def test_a_line_filled_with_a_pattern_is_a_line_and_a_higher_fill_may_be_a_character() -> None:
    grey = np.full((100, 100), 255, np.uint8)
    grey[20:22, 10:60] = 0
    assert stray_ink(grey, 1.0, NO_GLYPHS, [patterned(10, 20, 60, 21.5)], [], []) == []
    grey[20:30, 10:60] = 0
    assert stray_ink(grey, 1.0, NO_GLYPHS, [patterned(10, 20, 60, 30)], [], [])


def patterned(x0: float, top: float, x1: float, bottom: float) -> Shape:
    """A fill whose colour is a pattern."""
    points = [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]
    return Shape(
        "mlllh",
        points,
        stroke=False,
        fill=True,
        stroke_colour=None,
        fill_colour=None,
        line_width=0.0,
        paint=Paint(),
        order=0,
    )


def test_glyphs_of_a_line_explain_the_ink_among_them_and_none_beyond() -> None:
    grey = np.full((60, 200), 255, np.uint8)
    grey[20:30, 20:160] = 0
    line = np.array([[20 + 10 * n, 20, 30 + 10 * n, 30] for n in range(8)], float)
    found = stray_ink(grey, 1.0, line, [], [], [])
    assert min(box.x1 for box in found) > 100
    assert max(box.x0 for box in found) < 160
    assert stray_ink(grey, 1.0, np.vstack([line, np.add(line, (60, 0, 60, 0))]), [], [], []) == []


def test_a_shading_without_a_clip_fills_the_page() -> None:
    grey = np.zeros((48, 48), np.uint8)
    everything = (float("-inf"), float("-inf"), float("inf"), float("inf"))
    assert stray_ink(grey, 2.0, NO_GLYPHS, (), (), [everything]) == []
