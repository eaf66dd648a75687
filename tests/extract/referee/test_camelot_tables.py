"""What camelot sees on a drawn page."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from extract.pdf.reader import pages
from extract.referee import camelot_tables
from extract.referee.camelot_tables import RefereeError, pdf_to_referee_cells
from tests.drawn import canvas_at

pytest.importorskip("camelot")


def drawn(path: Path) -> Path:
    """Two rows; the first one's two cells are one."""
    canvas = canvas_at(path, (400, 300))
    canvas.grid([50, 350], [100, 150, 200])
    canvas.line(200, 100, 200, 150)
    for x, y, text in ((60, 170, "Budget"), (60, 120, "1932"), (210, 120, "41")):
        canvas.drawString(x, y, text)
    canvas.save()
    return path


def test_cells_stand_where_they_were_drawn_and_spans_are_joined(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf")
    (page,) = pages(path)
    cells = pdf_to_referee_cells(path, page, page.chars, "lattice")
    assert [(cell.row, cell.column, cell.column_span, cell.text) for cell in cells] == [
        (0, 0, 2, "Budget"),
        (1, 0, 1, "1932"),
        (1, 1, 1, "41"),
    ]
    assert (cells[1].box.x0, cells[1].box.top) == pytest.approx((50, 150), abs=1)


def test_a_page_that_camelot_cannot_read_is_an_error_of_the_referee(tmp_path: Path) -> None:
    (page,) = pages(drawn(tmp_path / "a.pdf"))
    with pytest.raises(RefereeError):
        pdf_to_referee_cells(tmp_path / "a.pdf", replace(page, number=9), page.chars, "lattice")


def test_without_camelot_the_referee_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (page,) = pages(drawn(tmp_path / "a.pdf"))
    monkeypatch.setattr(camelot_tables, "is_available", lambda: False)
    with pytest.raises(RefereeError, match="not installed"):
        pdf_to_referee_cells(tmp_path / "a.pdf", page, page.chars, "lattice")


def test_camelot_is_loaded_without_what_would_write_into_the_users_home(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "matplotlib", raising=False)
    monkeypatch.setattr(camelot_tables, "import_module", lambda name: sys.modules["matplotlib"])
    assert camelot_tables._camelot() is None
    assert "matplotlib" not in sys.modules
