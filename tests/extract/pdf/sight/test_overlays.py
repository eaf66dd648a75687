"""Watermarks and stamps belong to no cell; coloured and large words of the form itself do."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.drawn import codes
from tests.extract.pdf.forms import Drawing, cells, form, text_at

VALUE = text_at(260, 675, "3102.15")


def pale(canvas: Canvas) -> None:
    canvas.setFillGray(0.85)
    canvas.setFont("Helvetica-Bold", 40)
    canvas.drawString(60, 665, "SAMPLE 2025")


def stamped(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.9, 0, 0)
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(240, 672, "RECEIVED")


def tiled(canvas: Canvas) -> None:
    canvas.setFillGray(0.8)
    canvas.setFont("Helvetica", 9)
    for y in (630, 675, 760):
        for x in (70, 255, 380):
            canvas.drawString(x, y, "oa-4711")


def pale_words(canvas: Canvas) -> None:
    canvas.setFillGray(0.85)
    canvas.setFont("Helvetica-Bold", 40)
    canvas.drawString(235, 660, "WW WW")


def test_the_blank_between_the_words_of_a_watermark_joins_no_lines(tmp_path: Path) -> None:
    lines = [text_at(255, y, text) for y, text in ((685, "above above above"), (668, "below below below"))]
    document = form(tmp_path / "a.pdf", *lines, pale_words)
    assert cells(document)[1] == "above above above\nbelow below below"


@pytest.mark.parametrize("draw", [pale, stamped, tiled])
def test_what_lies_over_other_words_is_no_part_of_them(draw: Drawing, tmp_path: Path) -> None:
    document = form(tmp_path / "a.pdf", VALUE, draw)
    assert cells(document) == ["Total", "3102.15", "", ""]
    assert codes(document) == ["page-watermark"]


def red(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.9, 0, 0)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(260, 635, "28")


def large(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 24)
    canvas.drawString(260, 632, "28")


@pytest.mark.parametrize("draw", [red, large])
def test_a_coloured_or_large_value_that_lies_over_nothing_is_read(draw: Drawing, tmp_path: Path) -> None:
    document = form(tmp_path / "a.pdf", VALUE, draw)
    assert cells(document) == ["Total", "3102.15", "", "28"]
    assert document.problems == ()


def test_what_is_too_small_to_be_read_is_not_read(tmp_path: Path) -> None:
    document = form(tmp_path / "a.pdf", VALUE, text_at(300, 675, "9999999", size=0.6))
    assert cells(document) == ["Total", "3102.15", "", ""]
    assert codes(document) == ["page-hidden-text"]
