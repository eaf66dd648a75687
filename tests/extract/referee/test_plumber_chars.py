"""The characters that pdfplumber reads, where a second reader of them can be asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.pdf.reader import pages
from extract.referee.plumber_chars import pdf_to_plumber_chars
from models.page import Page
from tests.drawn import canvas_at


@pytest.fixture
def drawn(tmp_path: Path) -> tuple[Path, Page]:
    """A page that says 41 at 60 points from its left edge, with the baseline 120 points above its foot."""
    canvas = canvas_at(tmp_path / "a.pdf", (400, 300))
    canvas.drawString(60, 120, "41")
    canvas.save()
    (page,) = pages(tmp_path / "a.pdf")
    return tmp_path / "a.pdf", page


def test_characters_stand_on_their_baseline(drawn: tuple[Path, Page]) -> None:
    chars = pdf_to_plumber_chars(*drawn)
    assert chars is not None
    assert [char.text for char in chars] == ["4", "1"]
    assert chars[0].box.x0 == pytest.approx(60, abs=0.5)
    assert chars[0].box.top < 180 < chars[0].box.bottom


def test_a_page_of_another_size_is_not_compared(drawn: tuple[Path, Page]) -> None:
    path, page = drawn
    assert pdf_to_plumber_chars(path, replace(page, width=500.0)) is None


def test_a_page_that_pdfplumber_cannot_read_is_not_compared(drawn: tuple[Path, Page]) -> None:
    path, page = drawn
    assert pdf_to_plumber_chars(path, replace(page, number=9)) is None
