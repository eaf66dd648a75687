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
from extract.scan.pictures import Picture
from extract.scan.pixels.ink import Pixels
from extract.scan.reader import read_pdf_picture, read_picture, read_pictures
from extract.scan.upright.desk import without_desk
from models.document import TextLine
from models.grid import Grid
from tests.drawn import canvas_at
from tests.scans import DENSITY, XS, YS, CountingEngine, blank_page, form, typed


def title(strip: Line) -> list[Quadrilateral]:
    """The one line above the table of `form`, loosely."""
    return [((290.0, 40.0), (560.0, 40.0), (560.0, 84.0), (290.0, 84.0))] if strip.shape[0] < 200 else []


def read(page: Pixels, number: int = 1) -> tuple[list[TextLine], list[Grid], list[str]]:
    content = read_picture(Picture(number, page, DENSITY), CountingEngine(title))
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


def test_the_desk_around_a_sheet_is_taken_away_and_shade_on_a_sheet_is_not() -> None:
    sheet = form()
    desk = np.full((1000, 1300, 3), 90, np.uint8)
    desk[150:850, 200:1100] = sheet
    cleared = without_desk(desk)
    assert int(cleared[:130].min()) > 200 and np.array_equal(
        cleared[200:800, 250:1050], sheet[50:650, 50:850]
    )
    shaded = (sheet * np.linspace(1, 0.5, 900)[:, None]).astype(np.uint8)
    assert without_desk(shaded) is shaded and without_desk(sheet) is sheet


def test_a_finger_that_holds_the_sheet_does_not_hide_the_desk() -> None:
    picture = np.full((1000, 1300, 3), 60, np.uint8)
    picture[150:850, 200:1100] = form()
    cv2.ellipse(picture, (190, 500), (70, 45), 20, 0, 360, (120, 150, 210), cv2.FILLED)
    cleared = without_desk(picture)
    assert int(cleared[:130].min()) > 200 and int(cleared[870:].min()) > 200


def test_the_desk_in_the_hollow_side_of_a_curved_sheet_goes_too() -> None:
    picture = np.full((1000, 1300, 3), 40, np.uint8)
    picture[150:850, 200:1100] = form()
    cv2.ellipse(picture, (1115, 500), (35, 300), 0, 0, 360, (40, 40, 40), cv2.FILLED)
    assert int(without_desk(picture)[250:750, 1060:].min()) > 180


def test_beyond_a_sheet_in_the_shade_its_own_shade_goes_on() -> None:
    light = np.linspace(1, 0.4, 900)[None, :, None]
    picture = np.full((1000, 1300, 3), 30, np.uint8)
    picture[150:850, 200:1100] = form() * light
    cleared = without_desk(picture)
    assert abs(int(cleared[500, 1115, 0]) - 0.4 * 250) < 20


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
