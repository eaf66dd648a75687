"""Pages as pdfium draws them: form fields included, and no picture of what cannot be drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.pdf.sight import rendering as rendering_module
from extract.pdf.sight.rendering import _GREY_DENSITY, Grey, rendering
from tests.drawn import canvas_at

SIZE = (300.0, 200.0)


def saved(path: Path, *drawn: str) -> Path:
    """A page of 300 × 200 points with what is asked for: a `line` of text, a `field` with a value."""
    canvas: Canvas = canvas_at(path, SIZE)
    if "line" in drawn:
        canvas.drawString(20, 180, "printed")
    if "field" in drawn:
        canvas.acroForm.textfield(name="a", value="3102.15", x=100, y=100, width=80, height=20, borderWidth=0)
    canvas.showPage()
    canvas.save()
    return path


def drawn(path: Path, number: int = 1) -> Grey | None:
    with rendering(path) as renderer:
        return renderer.grey(number)


def ink(grey: Grey | None, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether there is ink in a box, in points from the top left corner."""
    assert grey is not None
    left, top, right, bottom = (side * _GREY_DENSITY for side in (left, top, right, bottom))
    return bool((grey[int(top) : int(bottom), int(left) : int(right)] < 128).any())


def test_a_page_is_drawn_upright_and_as_large_as_its_density_says(tmp_path: Path) -> None:
    grey = drawn(saved(tmp_path / "a.pdf", "line"))
    assert grey is not None and grey.dtype == np.uint8
    assert grey.shape == pytest.approx((SIZE[1] * _GREY_DENSITY, SIZE[0] * _GREY_DENSITY), abs=1)
    assert ink(grey, 20, 5, 80, 25) and not ink(grey, 20, 100, 280, 190)


def test_the_value_of_a_form_field_is_drawn(tmp_path: Path) -> None:
    assert ink(drawn(saved(tmp_path / "a.pdf", "field")), 100, 80, 180, 100)


def test_a_huge_page_is_drawn_less_dense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering_module, "_MOST_PIXELS", 15_000)
    grey = drawn(saved(tmp_path / "a.pdf", "line"))
    assert grey is not None and 14_000 <= grey.size <= 16_000


def test_what_cannot_be_drawn_has_no_picture(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert drawn(tmp_path / "broken.pdf") is None
    assert drawn(saved(tmp_path / "a.pdf", "line"), number=2) is None


def test_pictures_are_counted_on_a_page_that_has_some_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "a.pdf", "line")
    monkeypatch.setattr(rendering_module, "pictured_pixels", lambda _: 10**12)
    with rendering(path) as renderer:
        assert renderer.grey(1) is None
        assert renderer.grey(1, pictured=False) is not None
