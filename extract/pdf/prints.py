"""A page as pdfminer laid it out → our page: characters, drawn lines and pictures, upright."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTItem, LTLine, LTRect
from pdfminer.pdfpage import PDFPage

from extract.pdf.clipping import EVERYTHING, Clip, page_to_clipped
from extract.pdf.glyphs import glyph_to_text
from extract.pdf.pages import RawPage, UnreadableError, file_to_pages, library_call
from models.geometry import Box
from models.page import Char, Page, Rule

_SLIVER_PT = 4.0
"""A filled shape no thicker than this (points) is a line."""
_FLAT_PT = 0.5
"""A stroke that drifts no further than this from its axis is straight."""
_BESIDE_CLIP_PT = 1.0
"""A line no further outside a clip than this still shows half of its width."""


@dataclass(frozen=True, slots=True)
class Print:
    """A page, and what else is known of it.

    `turn` is by how many quarter turns clockwise it was turned upright (beyond the file's own page rotation),
    `pictured` the area of its pictures in square points, `outlines` the number of its curves.
    """

    page: Page
    turn: int
    pictured: float
    outlines: int


@dataclass(slots=True)
class _Sheet:
    """What stands on one page, before it is turned upright."""

    chars: list[Char] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    turns: Counter[int] = field(default_factory=Counter)
    pictured: float = 0.0
    outlines: int = 0


def file_to_prints(path: Path, limit: int) -> Iterator[Print | None]:
    """At most `limit` pages of the PDF file at `path`, `None` for one whose content is broken.

    Raises `UnreadableError` where the file cannot be read, or not further, and `OSError` when it cannot be opened.
    """
    for raw in file_to_pages(path, limit):
        try:
            yield page_to_print(raw)
        except UnreadableError:
            yield None


def page_to_print(raw: RawPage) -> Print:
    """What stands on a page, upright. Raises `UnreadableError` when its content is broken."""
    sheet = _Sheet()
    with library_call():
        layout, clips = page_to_clipped(raw.source, raw.number, raw.fonts)
    _gather(layout, sheet, clips, *_visible_corner(raw.source))
    turn = sheet.turns.most_common(1)[0][0] if sheet.turns else 0
    return Print(_sheet_to_page(sheet, raw.source, raw.number, turn), turn, sheet.pictured, sheet.outlines)


def _visible_corner(source: PDFPage) -> tuple[float, float]:
    """The crop box's top left corner, from the bottom left of the upright media box as the layout has it."""
    mx0, my0, mx1, my1 = source.mediabox
    cx0, cy0, cx1, cy1 = source.cropbox
    return {
        90: (cy0 - my0, mx1 - cx0),
        180: (mx1 - cx1, my1 - cy0),
        270: (my1 - cy1, cx1 - mx0),
    }.get(source.rotate, (cx0 - mx0, cy1 - my0))


def _gather(
    container: Iterable[LTItem], sheet: _Sheet, clips: Mapping[int, Clip], left: float, top: float
) -> None:
    """Characters, lines as far as their clips show them, and pictures of a page and of the forms drawn in it."""
    for item in container:
        if isinstance(item, LTChar):
            text = glyph_to_text(item.get_text(), item.fontname)
            if text:
                box = Box(item.x0 - left, top - item.y1, item.x1 - left, top - item.y0)
                sheet.chars.append(Char(text, box, item.size))
                sheet.turns[_matrix_to_turn(item.matrix)] += text != " "
        elif isinstance(item, LTCurve):
            clip = clips.get(id(item), EVERYTHING)
            shown = Box(clip.x0 - left, top - clip.y1, clip.x1 - left, top - clip.y0)
            sheet.rules += filter(None, (_clipped(rule, shown) for rule in _curve_to_rules(item, left, top)))
            sheet.outlines += len(item.pts) > 5
        elif isinstance(item, LTImage):
            sheet.pictured += item.width * item.height
        elif isinstance(item, LTContainer):
            _gather(item, sheet, clips, left, top)


def _matrix_to_turn(matrix: tuple[float, float, float, float, float, float]) -> int:
    """In which direction text runs, in quarter turns anticlockwise from left to right."""
    return round(math.atan2(matrix[1], matrix[0]) / (math.pi / 2)) % 4


def _curve_to_rules(curve: LTCurve, left: float, top: float) -> Iterator[Rule]:
    """The ruling lines that a drawn path shows: itself when it is thin, else its straight strokes."""
    colour = curve.stroking_color if curve.stroke else curve.non_stroking_color
    if not (curve.stroke or curve.fill) or _is_white(colour):
        return
    x0, y0, x1, y1 = curve.bbox
    if min(x1 - x0, y1 - y0) <= _SLIVER_PT:
        if isinstance(curve, LTLine) and max(x1 - x0, y1 - y0) <= _SLIVER_PT:
            # a stroke wider than it is long lies across its own direction
            half = curve.linewidth / 2
            wide, high = (half, 0.0) if x1 - x0 < y1 - y0 else (0.0, half)
            x0, y0, x1, y1 = x0 - wide, y0 - high, x1 + wide, y1 + high
        yield from _thin_box_to_rules(Box(x0 - left, top - y1, x1 - left, top - y0))
    elif curve.stroke:
        points = [*curve.pts, curve.pts[0]] if isinstance(curve, LTRect) else curve.pts
        for (px, py), (qx, qy) in pairwise(points):
            if min(abs(px - qx), abs(py - qy)) <= _FLAT_PT:
                box = Box(min(px, qx) - left, top - max(py, qy), max(px, qx) - left, top - min(py, qy))
                yield from _thin_box_to_rules(box)


def _clipped(rule: Rule, shown: Box) -> Rule | None:
    """The part of a rule that shows in a box; `None` when it lies outside."""
    low, high, start, end = shown.x0, shown.x1, shown.top, shown.bottom
    if rule.axis == "horizontal":
        low, high, start, end = start, end, low, high
    inside = low - _BESIDE_CLIP_PT <= rule.at <= high + _BESIDE_CLIP_PT
    start, end = max(rule.start, start), min(rule.end, end)
    return Rule(rule.axis, rule.at, start, end) if inside and start <= end else None


def _is_white(colour: object) -> bool:
    parts = tuple(colour) if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return False
    return all(part <= 0.01 for part in parts) if len(parts) == 4 else all(part >= 0.99 for part in parts)


def _thin_box_to_rules(box: Box) -> Iterator[Rule]:
    """A thin box as a rule along its longer side; a dot may be part of a line of either axis."""
    x, y = box.centre
    if box.width >= box.height or box.height <= _SLIVER_PT:
        yield Rule("horizontal", y, box.x0, box.x1)
    if box.height >= box.width or box.width <= _SLIVER_PT >= box.height:
        yield Rule("vertical", x, box.top, box.bottom)


def _sheet_to_page(sheet: _Sheet, source: PDFPage, number: int, turn: int) -> Page:
    """The page with its text upright. Text drawn sideways without a page rotation is turned here."""
    x0, y0, x1, y1 = source.cropbox
    width, height = (y1 - y0, x1 - x0) if source.rotate in (90, 270) else (x1 - x0, y1 - y0)
    chars = (c for c in sheet.chars if 0 <= c.box.centre[0] <= width and 0 <= c.box.centre[1] <= height)
    page = Page(number, width, height, tuple(chars), tuple(sheet.rules))
    for _ in range(turn):
        page = _turned_clockwise(page)
    return page


def _turned_clockwise(page: Page) -> Page:
    high = page.height
    chars = (
        Char(c.text, Box(high - c.box.bottom, c.box.x0, high - c.box.top, c.box.x1), c.size)
        for c in page.chars
    )
    rules = (
        Rule("vertical", high - r.at, r.start, r.end)
        if r.axis == "horizontal"
        else Rule("horizontal", r.at, high - r.end, high - r.start)
        for r in page.rules
    )
    return Page(page.number, high, page.width, tuple(chars), tuple(rules), page.reader)
