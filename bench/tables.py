"""Hard ruled tables, drawn: random spans under ten kinds of border, the same on every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.page.lattice import Span

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
EXTENT = 60.0, 80.0, 540.0, 700.0
TABLES = 30
Cells = set[tuple[int, int, int, int, str]]
Segment = tuple[float, float, float, float]
Pen = Callable[[Canvas, list[Segment], "Table"], None]


class Table:
    """A table to be drawn: its spans, the text of each, its row and column edges from the top left corner."""

    def __init__(self, chance: random.Random, rows: int, columns: int) -> None:
        self.spans = random_spans(chance, rows, columns)
        self.ys = edges(chance, EXTENT[1], EXTENT[3], 1 + max(span.row_end for span in self.spans))
        self.xs = edges(chance, EXTENT[0], EXTENT[2], 1 + max(span.column_end for span in self.spans))
        self.texts = [
            "" if chance.random() < 0.1 else f"指标{n}值{n * 7}.5%"[: self.room(span)]
            for n, span in enumerate(self.spans)
        ]

    def room(self, span: Span) -> int:
        """How many characters a cell holds."""
        x0, top, x1, bottom = self.box(span)
        return int((x1 - x0 - 6) // 8) * int((bottom - top - 6) // 9)

    def box(self, span: Span) -> Segment:
        return self.xs[span.column], self.ys[span.row], self.xs[span.column_end], self.ys[span.row_end]

    def cells(self) -> Cells:
        return {
            (s.row, s.column, s.row_end - s.row, s.column_end - s.column, text)
            for s, text in zip(self.spans, self.texts, strict=True)
        }

    def segments(self) -> list[Segment]:
        """The sides of every cell, each once."""
        sides: set[Segment] = set()
        for x0, top, x1, bottom in map(self.box, self.spans):
            sides |= {
                (x0, top, x1, top),
                (x0, bottom, x1, bottom),
                (x0, top, x0, bottom),
                (x1, top, x1, bottom),
            }
        return sorted(sides)


def random_spans(chance: random.Random, rows: int, columns: int) -> list[Span]:
    """Spans that tile a lattice of at most `rows` × `columns`, every lattice line a side of some cell."""
    taken: set[tuple[int, int]] = set()
    spans: list[Span] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            high, wide = (chance.choice((1, 1, 1, 2, 3)) for _ in range(2))
            right = column + 1
            while right < min(column + wide, columns) and (row, right) not in taken:
                right += 1
            span = Span(row, column, min(row + high, rows), right)
            taken |= {(r, c) for r in range(row, span.row_end) for c in range(column, right)}
            spans.append(span)
    ys = sorted({edge for s in spans for edge in (s.row, s.row_end)})
    xs = sorted({edge for s in spans for edge in (s.column, s.column_end)})
    return [
        Span(ys.index(s.row), xs.index(s.column), ys.index(s.row_end), xs.index(s.column_end)) for s in spans
    ]


def edges(chance: random.Random, first: float, last: float, count: int) -> list[float]:
    """`count` edges from `first` to `last`, no two nearer than half their mean distance."""
    step = (last - first) / (count - 1)
    inner = [first + step * (n + chance.uniform(-0.25, 0.25)) for n in range(1, count - 1)]
    return [first, *inner, last]


def lines(canvas: Canvas, segments: list[Segment], table: Table) -> None:
    for x0, top, x1, bottom in segments:
        canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)


def slivers(canvas: Canvas, segments: list[Segment], table: Table) -> None:
    for x0, top, x1, bottom in segments:
        canvas.rect(x0 - 0.4, HEIGHT - bottom - 0.4, x1 - x0 + 0.8, bottom - top + 0.8, stroke=0, fill=1)


def _pieces(segments: list[Segment], on: float, off: float) -> Iterator[Segment]:
    for x0, top, x1, bottom in segments:
        length = x1 - x0 + bottom - top
        ways = ((x1 - x0) / length, (bottom - top) / length)
        at = 0.0
        while at < length:
            end = min(at + on, length)
            yield x0 + ways[0] * at, top + ways[1] * at, x0 + ways[0] * end, top + ways[1] * end
            at += on + off


def dashes(canvas: Canvas, segments: list[Segment], table: Table) -> None:
    lines(canvas, list(_pieces(segments, 6, 4)), table)


def dots(canvas: Canvas, segments: list[Segment], table: Table) -> None:
    slivers(canvas, list(_pieces(segments, 0.01, 2.2)), table)


def doubled(canvas: Canvas, segments: list[Segment], table: Table) -> None:
    """Every cell its own border, a little inside."""
    for x0, top, x1, bottom in map(table.box, table.spans):
        canvas.rect(x0 + 1.1, HEIGHT - bottom + 1.1, x1 - x0 - 2.2, bottom - top - 2.2)


def double(canvas: Canvas, segments: list[Segment], table: Table) -> None:
    for x0, top, x1, bottom in segments:
        dx, dy = (1.2, 0.0) if x0 == x1 else (0.0, 1.2)
        lines(
            canvas,
            [(x0 - dx, top - dy, x1 - dx, bottom - dy), (x0 + dx, top + dy, x1 + dx, bottom + dy)],
            table,
        )


def gaps(canvas: Canvas, segments: list[Segment], table: Table) -> None:
    for x0, top, x1, bottom in segments:
        dx, dy = (0.0, 1.3) if x0 == x1 else (1.3, 0.0)
        lines(canvas, [(x0 + dx, top + dy, x1 - dx, bottom - dy)], table)


def unclosed(canvas: Canvas, segments: list[Segment], table: Table) -> None:
    """Without the outer lines at the top, at the bottom and on the right."""
    outer = {("y", table.ys[0]), ("y", table.ys[-1]), ("x", table.xs[-1])}
    kept = [s for s in segments if (("y", s[1]) if s[1] == s[3] else ("x", s[0])) not in outer]
    lines(canvas, kept, table)


def nested(canvas: Canvas, segments: list[Segment], table: Table) -> None:
    """A frame around the page, a tick box in every third cell."""
    canvas.rect(20, 20, WIDTH - 40, HEIGHT - 40)
    for x0, top, _, _ in list(map(table.box, table.spans))[::3]:
        canvas.rect(x0 + 8, HEIGHT - top - 16, 7, 7)
    lines(canvas, segments, table)


def shaded(canvas: Canvas, segments: list[Segment], table: Table) -> None:
    """Filled cells under mitred borders, a white sheet under everything, underlined words."""
    canvas.setFillGray(1)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.setFillGray(0.85)
    for x0, top, x1, bottom in map(table.box, table.spans[::2]):
        canvas.rect(x0 + 2, HEIGHT - bottom + 2, x1 - x0 - 4, bottom - top - 4, stroke=0, fill=1)
        canvas.line(x0 + 6, HEIGHT - top - 17, x0 + 30, HEIGHT - top - 17)
    canvas.setFillGray(0)
    slivers(canvas, segments, table)


PENS: tuple[Pen, ...] = (lines, slivers, dashes, dots, doubled, double, gaps, unclosed, nested, shaded)


def draw(canvas: Canvas, table: Table, pen: Pen) -> None:
    """One page with `table` ruled by `pen`, its texts set line by line where the cell is narrow."""
    canvas.setLineWidth(0.6)
    pen(canvas, table.segments(), table)
    canvas.setFont(FONT, 8)
    for span, text in zip(table.spans, table.texts, strict=True):
        x0, top, x1, _ = table.box(span)
        fitting = max(1, int((x1 - x0 - 6) // 8))
        for number, start in enumerate(range(0, len(text), fitting)):
            canvas.drawString(x0 + 4, HEIGHT - top - 12 - 9 * number, text[start : start + fitting])
    canvas.showPage()


def make(path: Path) -> list[tuple[Table, Pen]]:
    """The tables, drawn into the PDF file `path`, one a page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    drawn = []
    for number in range(TABLES):
        chance = random.Random(number)
        table, pen = Table(chance, chance.randint(4, 14), chance.randint(3, 9)), PENS[number % len(PENS)]
        draw(canvas, table, pen)
        drawn.append((table, pen))
    canvas.save()
    return drawn
