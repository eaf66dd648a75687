"""A value that a pen crossed out is told, whichever way the pen went; what stands around or beneath words is no strike."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.colors import black
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.drawn import codes
from tests.extract.pdf.forms import LEFT, MIDDLE, RIGHT, Drawing, form, text_at

VALUE = text_at(260, 675, "3102.15")


def cross(canvas: Canvas) -> None:
    canvas.line(MIDDLE + 5, 665, RIGHT - 120, 690)
    canvas.line(MIDDLE + 5, 690, RIGHT - 120, 665)


def wave(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(258, 678)
    for n in range(1, 9):
        path.lineTo(258 + 6 * n, 678 + (2.5 if n % 2 else -2.5))
    canvas.drawPath(path)


def curve(canvas: Canvas) -> None:
    canvas.bezier(258, 678, 270, 683, 282, 673, 300, 679)


def through_the_row(canvas: Canvas) -> None:
    canvas.line(LEFT, 678.5, RIGHT, 678.5)


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 2))), 258, 678, 45, 0.9)


def shading(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(258, 678, 45, 0.9)
    canvas.clipPath(path, stroke=0)
    canvas.linearGradient(0, 0, 500, 0, (black, black))


def frame(canvas: Canvas) -> None:
    canvas.rect(258, 671, 45, 6.5)


def ring(canvas: Canvas) -> None:
    canvas.ellipse(255, 677, 310, 690)


def corner_to_corner(canvas: Canvas) -> None:
    canvas.line(MIDDLE, 660, RIGHT, 700)


@pytest.mark.parametrize("strike", [cross, wave, curve, through_the_row, picture, shading])
def test_words_that_a_stroke_runs_through_are_told(strike: Drawing, tmp_path: Path) -> None:
    assert "text-struck" in codes(form(tmp_path / "a.pdf", VALUE, strike))


@pytest.mark.parametrize("drawing", [frame, ring, corner_to_corner])
def test_a_frame_a_ring_or_a_parted_heading_strikes_nothing(drawing: Drawing, tmp_path: Path) -> None:
    assert "text-struck" not in codes(form(tmp_path / "a.pdf", text_at(260, 685, "3102.15"), drawing))


def test_the_letters_of_a_watermark_are_not_struck_by_the_table(tmp_path: Path) -> None:
    def watermark(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.translate(200, 620)
        canvas.rotate(30)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(0, 0, "DRAFT")

    assert codes(form(tmp_path / "a.pdf", VALUE, watermark)) == ["page-watermark"]


def test_a_border_over_which_text_has_run_strikes_nothing(tmp_path: Path) -> None:
    def cut_off(canvas: Canvas) -> None:
        for x in (LEFT, MIDDLE, RIGHT):
            canvas.line(x, 600, x, 560)
        canvas.line(LEFT, 600, RIGHT, 600)
        canvas.line(LEFT, 560, RIGHT, 560)

    document = form(tmp_path / "a.pdf", VALUE, cut_off, text_at(260, 556.5, "3102.15"))
    assert "text-struck" not in codes(document)
