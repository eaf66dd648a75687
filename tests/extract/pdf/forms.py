"""A small ruled table drawn with reportlab, in whose cells something odd is drawn by a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from extract.pdf.reader import read_pdf
from models.document import Document
from tests.drawn import canvas_at, grids

LEFT, MIDDLE, RIGHT = 50, 250, 450
TOP, FLOOR, BOTTOM = 700, 660, 620
"""The walls and floors of a table of two rows and two columns, from the page's lower edge."""

Drawing = Callable[[Canvas], None]


def rule(canvas: Canvas) -> None:
    for x in (LEFT, MIDDLE, RIGHT):
        canvas.line(x, BOTTOM, x, TOP)
    for y in (TOP, FLOOR, BOTTOM):
        canvas.line(LEFT, y, RIGHT, y)


def text_at(x: float, y: float, text: str, size: float = 10) -> Drawing:
    """Draws black text whose baseline begins at a point."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0)
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, text)

    return draw


def form(path: Path, *drawings: Drawing, before: Drawing | None = None) -> Document:
    """The table with `Total` in its first cell, and what `drawings` draw over it (`before` beneath it)."""
    canvas = canvas_at(path)
    if before is not None:
        before(canvas)
    rule(canvas)
    text_at(60, 675, "Total")(canvas)
    for draw in drawings:
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()
    canvas.save()
    return read_pdf(path)


def cells(document: Document) -> list[str]:
    (grid,) = grids(document)
    return [cell.text for cell in grid.cells]
