"""What a clipping path hides of a drawing is no line on paper."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from bench.tables import FONT
from extract.pdf.reader import read_pdf
from models.document import TextLine
from tests.drawn import canvas_at, grids

LEFT, MIDDLE, RIGHT, TOP, FOOT = 50, 150, 300, 700, 100
"""Columns of a table whose rows go on to the page's edge, and the foot of the part that a browser lets show."""


def draw_table(canvas: Canvas) -> None:
    for x in (LEFT, MIDDLE, RIGHT):
        canvas.line(x, 10, x, TOP)
    for y in (10, 120, TOP):
        canvas.line(LEFT, y, RIGHT, y)
    canvas.drawString(60, 600, "项目名称")
    canvas.drawString(60, FOOT + 8, "末行")


def draw_area(canvas: Canvas) -> None:
    area = canvas.beginPath()
    area.rect(0, FOOT, 500, TOP)
    canvas.clipPath(area, stroke=0, fill=0)


def test_what_is_printed_below_a_table_that_a_page_cuts_is_not_in_its_last_row(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.setFont(FONT, 10)
    canvas.saveState()
    draw_area(canvas)
    draw_table(canvas)
    canvas.restoreState()
    canvas.drawString(60, 40, "http://example.gov.cn/print")
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf")
    (grid,) = grids(document)
    assert [(cell.row, cell.column, cell.text) for cell in grid.cells] == [
        *((0, 0, "项目名称"), (0, 1, "")),
        *((1, 0, "末行"), (1, 1, "")),
    ]
    assert [piece.text for piece in document.pieces if isinstance(piece, TextLine)] == [
        "http://example.gov.cn/print"
    ]


def test_a_clip_of_a_form_ends_with_it(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.setFont(FONT, 10)
    canvas.beginForm("stamp")
    draw_area(canvas)
    canvas.endForm()
    canvas.doForm("stamp")
    draw_table(canvas)
    canvas.save()
    (grid,) = grids(read_pdf(tmp_path / "a.pdf"))
    assert grid.edges[0][1] == (LEFT, MIDDLE, RIGHT)
    assert grid.rows == 2
