"""Pictures with a text layer beneath them: both readings of every cell are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from extract.page.hidden_text import HiddenText
from extract.pdf.hidden_layer import pieces_to_problem, print_to_hidden
from extract.pdf.prints import Print
from extract.pdf.reader import read_pdf
from extract.scan.reader import read_pdf_picture
from models.document import Document, PageContent
from models.geometry import Box
from models.grid import Cell, Grid, Place
from models.page import Char, Page
from tests.drawn import FONT, canvas_at, codes, grids
from tests.scans import DENSITY, XS, YS, CountingEngine, form

WIDE, HIGH = 900 / DENSITY, 700 / DENSITY


def scanned(path: Path, text: str, shift: int = 0) -> Document:
    """`form` as a page with `text` hidden beneath the text of every cell, moved down by `shift` pixels."""
    canvas = canvas_at(path, (WIDE, HIGH))
    canvas.drawImage(ImageReader(Image.fromarray(np.ascontiguousarray(form()[:, :, ::-1]))), 0, 0, WIDE, HIGH)
    hidden = canvas.beginText()
    hidden.setTextRenderMode(3)
    hidden.setFont(FONT, 8)
    for y in YS[:-1]:
        for x in XS[:-1]:
            hidden.setTextOrigin((x + 20) / DENSITY, HIGH - (y + shift + 44) / DENSITY)
            hidden.textOut(text)
    canvas.drawText(hidden)
    canvas.save()
    return read_pdf(path, scan=lambda number, text: read_pdf_picture(path, number, CountingEngine(), text))


def test_a_page_with_a_hidden_layer_is_read_from_its_picture_and_every_cell_has_both_texts(
    tmp_path: Path,
) -> None:
    document = scanned(tmp_path / "a.pdf", "字字字字字")
    (grid,) = grids(document)
    *filled, last = grid.cells
    assert grid.reader == "picture"
    assert {(cell.text, cell.second) for cell in filled} == {("字" * 5, "字" * 5)}
    assert (last.text, last.second) == ("", "字" * 5)
    assert codes(document) == ["page-pictured"]


def test_a_layer_that_says_something_else_is_said(tmp_path: Path) -> None:
    document = scanned(tmp_path / "a.pdf", "部门预算编制")
    assert codes(document) == ["hidden-text-differs"]
    assert {cell.text for grid in grids(document) for cell in grid.cells} == {"字" * 5, ""}


def test_a_picture_without_a_table_is_read_from_its_text_layer(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = canvas_at(path, (WIDE, HIGH))
    paper = Image.new("RGB", (900, 700), "white")
    canvas.drawImage(ImageReader(paper), 0, 0, WIDE, HIGH)
    canvas.setFont(FONT, 6)
    canvas.drawString(40, 200, "部门整体绩效目标申报表填报说明，请各部门按照要求如实填写并按时报送财政部门")
    canvas.save()
    document = read_pdf(path, scan=lambda number, text: PageContent())
    assert [(piece.reader, isinstance(piece, Grid)) for piece in document.pieces] == [("hidden-layer", False)]


@pytest.mark.parametrize("turn", range(4))
def test_words_of_a_turned_page_stand_where_they_were_on_it(turn: int) -> None:
    page = Page(1, 200.0, 100.0, (Char("字", Box(10, 20, 20, 30), 10),), ())
    centre = {0: (15, 25), 1: (25, 185), 2: (185, 75), 3: (75, 15)}[turn]
    hidden = print_to_hidden(Print(page, turn, 0.0, 0))
    assert tuple(hidden.centres[0].tolist()) == centre


def test_the_corners_of_a_slanted_cell_part_its_words_from_the_next_cell_s() -> None:
    one = Char("甲", Box(10, 10, 20, 20), 10)
    two = replace(one, text="乙", box=Box(10, 40, 20, 50))
    hidden = HiddenText((one, two), np.array([(15, 15), (15, 45)], np.float32))
    slanted = np.array([(0, 0), (100, 10), (90, 40), (-10, 30)], np.float32)
    assert hidden.within(slanted) == "甲"
    assert hidden.within(slanted + np.array([0, 60], np.float32)) is None


@pytest.mark.parametrize(("agreeing", "code"), [(2, "page-pictured"), (1, "hidden-text-differs")])
def test_a_layer_is_another_paper_s_when_it_agrees_with_less_than_half_of_the_cells(
    agreeing: int, code: str
) -> None:
    texts = ("甲", "乙", "丙", "丁")
    seen = [text if n < agreeing else "戊" for n, text in enumerate(texts)]
    cells = [
        Cell(0, n, text, Place(1, Box(0, 0, 1, 1)), second=second)
        for n, (text, second) in enumerate(zip(texts, seen, strict=True))
    ]
    problem = pieces_to_problem([Grid(tuple(cells), 1, 4, "ruled")], 1)
    assert problem.code == code
    assert f"4格有字，其中{agreeing}格" in problem.message
