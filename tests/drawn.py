"""PDF files drawn on the spot."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from bench.tables import FONT, HEIGHT, WIDTH, Table
from models.document import Document
from models.grid import Grid

pdfmetrics.registerFont(UnicodeCIDFont(FONT))

TURNS: dict[int, Callable[[Canvas], None]] = {
    0: lambda canvas: None,
    90: lambda canvas: (canvas.translate(HEIGHT, 0), canvas.rotate(90))[0],
    180: lambda canvas: (canvas.translate(WIDTH, HEIGHT), canvas.rotate(180))[0],
    270: lambda canvas: (canvas.translate(0, WIDTH), canvas.rotate(270))[0],
}
"""How to draw a page whose print runs in another direction, in degrees anticlockwise."""


def canvas_at(path: Path, size: tuple[float, float] = (WIDTH, HEIGHT), **options: object) -> Canvas:
    return Canvas(str(path), pagesize=size, invariant=1, **options)


def grids(document: Document) -> list[Grid]:
    return [piece for piece in document.pieces if isinstance(piece, Grid)]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def small_table(seed: int = 3) -> Table:
    return Table(random.Random(seed), 6, 5)


def objects_to_pdf(objects: list[bytes]) -> bytes:
    data, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, body in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    head = b"xref\n0 %d\n" % (len(objects) + 1)
    tail = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + head + table + tail
