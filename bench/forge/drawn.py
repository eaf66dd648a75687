"""A sheet → pages of placed words and lines in millimetres, as a print driver draws them; no layout engine is needed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from bench.forge.sheet import Align, Sheet, SheetCell, Table

MM_A_PT = 25.4 / 72
_A4_MM = (210.0, 297.0)
_MARGIN_MM = 13.0
_NARROW = 0.5
"""Letters and digits are this share of the type size wide."""
_LINE_STARTS_NOT = "，。、；：！？）”》%％,.;:!?)"
"""Characters that no line begins with."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text: where its base line begins, its type size, and how far each character's successor stands."""

    x: float
    y: float
    size: float
    text: str
    steps: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line from one point to another, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class DrawnPage:
    """A page of `width` × `height` mm, what stands on it and what is ruled."""

    width: float
    height: float
    words: list[Words] = field(default_factory=list)
    strokes: dict[Stroke, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell laid out: its left edge and width, and its lines of text."""

    cell: SheetCell
    x: float
    width: float
    lines: tuple[str, ...]


def sheet_to_pages(sheet: Sheet) -> list[DrawnPage]:
    """The pages of a sheet, its tables cut between rows; cells that go on have their frame on every page.

    Raises `ValueError` for a row that is higher than a page.
    """
    wide, high = _A4_MM[::-1] if sheet.type.landscape else _A4_MM
    setter = _Setter(sheet, wide, high)
    setter.head()
    for table in sheet.tables:
        setter.table(table)
    for number, page in enumerate(setter.pages, start=1):
        foot = sheet.type.page_number.format(page=number, pages=len(setter.pages))
        if foot:
            page.words.append(_line(foot, (_MARGIN_MM, wide - 2 * _MARGIN_MM), high - 7, 3.0, "center"))
    return setter.pages


class _Setter:
    """Sets one sheet: `y` is how far the current page is filled."""

    def __init__(self, sheet: Sheet, wide: float, high: float) -> None:
        self.sheet, self.wide, self.high = sheet, wide, high
        self.size = sheet.type.size * MM_A_PT
        self.leading = self.size * sheet.type.line_height
        self.padding = max(sheet.type.padding * MM_A_PT, 0.4)
        self.pages = [DrawnPage(wide, high)]
        self.y = _MARGIN_MM
        unit = (wide - 2 * _MARGIN_MM) / sheet.units
        self._done: dict[int, int] = {}
        self.edges = [_MARGIN_MM + unit * at for at in accumulate(sheet.widths, initial=0)]

    def head(self) -> None:
        """The lines above the tables."""
        sheet, across = self.sheet, (_MARGIN_MM, self.wide - 2 * _MARGIN_MM)
        title = sheet.type.title_size * MM_A_PT
        page = self.pages[0]
        rows: list[tuple[str, float, Align, bool]] = [
            (sheet.attachment, self.size, "left", True),
            (sheet.title, title, "center", True),
            (sheet.day, self.size, "left", False),
            (sheet.money_unit, self.size, "right", True),
        ]
        for text, size, align, ends in rows:
            if text:
                page.words.append(_line(text, across, self.y + size, size, align))
            self.y += size * 1.5 if ends else 0.0

    def table(self, table: Table) -> None:
        """A table, its first rows again on every page where they are headers."""
        placed = [self._placed(cell) for cell in table.cells]
        heights = self._heights(table, placed)
        top, begin = self.y, 0
        while begin < table.rows:
            end, y = begin, top
            if top > _MARGIN_MM and y + heights[begin] > self.high - _MARGIN_MM and not begin:
                self.pages.append(DrawnPage(self.wide, self.high))
                top = y = _MARGIN_MM
            while end < table.rows and (y + heights[end] <= self.high - _MARGIN_MM or end == begin):
                y += heights[end]
                end += 1
            if y > self.high - _MARGIN_MM:
                raise ValueError("a row is higher than a page")
            self._draw(placed, heights, begin, end, top)
            self.y = y
            if end < table.rows:
                self.pages.append(DrawnPage(self.wide, self.high))
                top = self._again(table, placed, heights)
            begin = end
        self.y += 2.0

    def _again(self, table: Table, placed: Sequence[_Placed], heights: Sequence[float]) -> float:
        """Draws the header rows on a new page; gives where the next row begins."""
        if table.header_rows:
            self._draw(placed, heights, 0, table.header_rows, _MARGIN_MM)
        return _MARGIN_MM + sum(heights[: table.header_rows])

    def _placed(self, cell: SheetCell) -> _Placed:
        x, end = self.edges[cell.column], self.edges[cell.column + cell.column_span]
        room = end - x - 2 * self.padding
        lines = [line for part in cell.text.split("\n") for line in _wrapped(part, room, self.size)]
        return _Placed(cell, x, end - x, tuple(lines) if cell.text else ())

    def _heights(self, table: Table, placed: Sequence[_Placed]) -> list[float]:
        """How high each row is: for its own cells, and the last row of a merged cell for what that lacks."""
        heights = [self.leading + 2 * self.padding] * table.rows
        for one in sorted(placed, key=lambda one: one.cell.row_span):
            first, end = one.cell.row, one.cell.row + one.cell.row_span
            lacks = len(one.lines) * self.leading + 2 * self.padding - sum(heights[first:end])
            heights[end - 1] += max(0.0, lacks)
        return heights

    def _draw(
        self, placed: Sequence[_Placed], heights: Sequence[float], begin: int, end: int, top: float
    ) -> None:
        """The part of a table between two rows, its first one at `top`."""
        ys = list(accumulate(heights[begin:end], initial=top))
        for one in placed:
            first, last = one.cell.row, one.cell.row + one.cell.row_span
            if last <= begin or first >= end:
                continue
            y0, y1 = ys[max(first, begin) - begin], ys[min(last, end) - begin]
            self._frame(one.x, y0, one.x + one.width, y1)
            lines = one.lines
            if last > end or first < begin:  # what fits on this page, the rest on the next one
                done = self._done.get(id(one), 0)
                room = int((y1 - y0 - 2 * self.padding) / self.leading + 0.01)
                lines = one.lines[done:] if last <= end else one.lines[done : done + room]
                self._done[id(one)] = done + len(lines)
            self._text(one, lines, y0, y1)

    def _frame(self, x0: float, y0: float, x1: float, y1: float) -> None:
        sides = (
            Stroke(x0, y0, x1, y0),
            Stroke(x0, y1, x1, y1),
            Stroke(x0, y0, x0, y1),
            Stroke(x1, y0, x1, y1),
        )
        self.pages[-1].strokes.update(dict.fromkeys(_rounded(side) for side in sides))

    def _text(self, one: _Placed, lines: Sequence[str], y0: float, y1: float) -> None:
        y = y0 + (y1 - y0 - len(lines) * self.leading) / 2
        across = (one.x + self.padding, one.width - 2 * self.padding)
        for line in lines:
            base = y + (self.leading + self.size) / 2 - 0.12 * self.size
            if line:
                self.pages[-1].words.append(_line(line, across, base, self.size, one.cell.align))
            y += self.leading


def _rounded(stroke: Stroke) -> Stroke:
    return Stroke(*(round(at, 3) for at in (stroke.x0, stroke.y0, stroke.x1, stroke.y1)))


def _line(text: str, across: tuple[float, float], base: float, size: float, align: Align) -> Words:
    x, room = across
    steps = tuple(_width(char) * size for char in text)
    slack = {"left": 0.0, "center": (room - sum(steps)) / 2, "right": room - sum(steps)}[align]
    return Words(round(x + max(0.0, slack), 3), round(base, 3), round(size, 3), text, steps)


def _width(char: str) -> float:
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else _NARROW


def _wrapped(text: str, room: float, size: float) -> Iterator[str]:
    """The lines of a paragraph; closing punctuation takes the character before it along to the next line."""
    line, filled = "", 0.0
    for char in text:
        width = _width(char) * size
        if line and filled + width > room:
            kept = line[:-1] if char in _LINE_STARTS_NOT and len(line) > 1 else line
            yield kept
            line = line[len(kept) :]
            filled = sum(_width(one) * size for one in line)
        line += char
        filled += width
    yield line
