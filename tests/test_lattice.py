"""The second reader: lines in pixels."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from bench.grids import grid_to_cells
from bench.tables import HEIGHT, WIDTH, draw, lines
from extract import lattice
from extract.pdf import read_pdf
from tests.drawn import canvas_at, codes, grids, small_table


@pytest.mark.skipif(not lattice.is_available(), reason="camelot is an extra")
@pytest.mark.filterwarnings("ignore")
def test_camelot_agrees_on_drawn_lines(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    draw(canvas, small_table(), lines)
    canvas.save()
    (grid,) = lattice.page_to_grids(tmp_path / "a.pdf", 1)
    assert grid_to_cells(grid) == small_table().cells()


@pytest.mark.skipif(not lattice.is_available(), reason="camelot is an extra")
@pytest.mark.filterwarnings("ignore")
def test_lines_in_a_picture_under_hidden_text_are_found_in_the_pixels(tmp_path: Path) -> None:
    table, scale = small_table(), 2
    picture = Image.new("L", (int(WIDTH) * scale, int(HEIGHT) * scale), 255)
    for side in table.segments():
        ImageDraw.Draw(picture).line([scale * at for at in side], 0, 2)
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    draw(canvas, table, lambda *_: None)
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf")
    assert [grid_to_cells(grid) for grid in grids(document)] == [table.cells()]
    assert codes(document) == ["page-pictured"]
