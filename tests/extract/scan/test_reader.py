"""A picture of a form into its grid and lines, with a recogniser that counts characters."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from extract.ocr.engine import Picture as Line
from extract.ocr.engine import Quadrilateral
from extract.pdf.reader import read_pdf
from extract.scan.page_picture import PagePicture
from extract.scan.pixels.ink import Pixels
from extract.scan.reader import read_pdf_picture, read_picture, read_pictures
from models.document import TextLine
from models.grid import Grid
from tests.drawn import canvas_at
from tests.scans import DENSITY, XS, YS, CountingEngine, blank_page, form, typed


def title(strip: Line) -> list[Quadrilateral]:
    """The one line above the table of `form`, loosely."""
    rows, columns = np.nonzero(strip[:, :, 0] < 128)
    left, right = float(columns.min() - 4), float(columns.max() + 4)
    top, bottom = float(rows.min() - 4), float(rows.max() + 4)
    return [((left, top), (right, top), (right, bottom), (left, bottom))]


def read(page: Pixels, number: int = 1) -> tuple[list[TextLine], list[Grid], list[str]]:
    content = read_picture(PagePicture(number, page, DENSITY), CountingEngine(title))
    pieces, problems = content.pieces, content.problems
    lines = [piece for piece in pieces if isinstance(piece, TextLine)]
    return lines, [p for p in pieces if isinstance(p, Grid)], [problem.code for problem in problems]


def test_every_cell_is_read_and_the_blank_one_is_blank() -> None:
    _, (grid,), problems = read(form())
    assert (grid.rows, grid.columns, grid.spans, grid.reader, problems) == (5, 3, "ruled", "picture", [])
    *filled, last = grid.cells
    assert {(cell.text, cell.state, cell.confidence) for cell in filled} == {("字" * 5, "read", 1.0)}
    assert (last.text, last.state, last.confidence, last.posteriors) == ("", "blank", None, None)


def test_places_are_points_of_the_page_as_handed_in() -> None:
    page = form()
    _, (grid,), _ = read(page)
    _, (turned,), _ = read(np.ascontiguousarray(cv2.rotate(page, cv2.ROTATE_180)))
    box, other = grid.cells[0].place.box, turned.cells[0].place.box
    assert box is not None and other is not None
    left, top = (XS[0] + 20) / DENSITY, (YS[0] + 20) / DENSITY
    assert (box.x0, box.top) == pytest.approx((left, top), abs=1)
    assert (other.x1, other.bottom) == pytest.approx((900 / DENSITY - left, 700 / DENSITY - top), abs=1)


def test_text_above_the_table_is_a_line() -> None:
    (line,), _, _ = read(form())
    assert (line.text, line.confidence, line.reader) == ("字" * 9, 1.0, "picture")
    assert line.place.box is not None and line.place.box.x0 == pytest.approx(300 / DENSITY, abs=1)


def test_lines_of_a_cell_are_joined_and_its_evidence_too() -> None:
    page = form()
    page[380:430, 70:240] = 250
    typed(page, 80, 380, 5)
    typed(page, 80, 410, 3)
    _, (grid,), _ = read(page)
    cell = grid.cells[9]
    assert cell.text == "字" * 8 and cell.posteriors is not None
    assert cell.posteriors.frames == 2 * 5 + 1 + 1 + 2 * 3 + 1


def test_a_table_on_a_later_page_may_continue_the_one_before() -> None:
    assert [read(form(), number)[1][0].breaks for number in (1, 2)] == [frozenset(), frozenset({0})]


def test_a_blank_page_is_said_and_one_without_a_table_too() -> None:
    lonely = blank_page()
    typed(lonely, 100, 300, 9)
    assert read(blank_page()) == ([], [], ["page-blank"])
    assert read(lonely)[2] == ["page-no-table"]


def test_a_damaged_picture_file_is_a_problem_of_the_document(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    document = read_pictures(tmp_path / "a.png", "image/png", CountingEngine(), 9)
    assert (document.pieces, [p.code for p in document.problems]) == ((), ["picture-damaged"])


def test_pictures_among_the_pages_of_a_pdf_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = canvas_at(path, (900 / DENSITY, 700 / DENSITY))
    picture = ImageReader(Image.fromarray(np.ascontiguousarray(form()[:, :, ::-1])))
    canvas.drawImage(picture, 0, 0, 900 / DENSITY, 700 / DENSITY)
    canvas.showPage()
    canvas.drawString(20, 100, "typed on a page of its own, not a picture")
    canvas.save()
    document = read_pdf(path, scan=lambda number, _: read_pdf_picture(path, number, CountingEngine(title)))
    assert [(type(p).__name__, p.reader) for p in document.pieces] == [
        ("TextLine", "picture"),
        ("Grid", "picture"),
        ("TextLine", "text-layer"),
    ]
    assert document.problems == ()
