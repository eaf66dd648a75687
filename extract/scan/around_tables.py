"""What stands on a page above, between and below its tables: found by the recogniser's detection."""

from __future__ import annotations

import re
from collections.abc import Iterator

import cv2
import numpy as np

from extract.ocr.engine import Engine, Reading
from extract.page.text_lines import chars_to_lines, line_to_text, split_line
from extract.scan.lines.cell_lines import band_to_char, band_to_picture, cell_to_bands
from extract.scan.pixels.ink import Pixels
from extract.scan.scanned_page import READER, ScannedPage
from models.document import TextLine
from models.geometry import Box, union

_PRINTED_CHARS = 3
"""A line within a seal is print with at least this many Chinese characters; with fewer it is the seal's number, or what
is left of its ring."""
_LEAST_INK_SQUARE_HEIGHTS = 1 / 8
"""A strip with solid ink on no more than this area holds dirt only."""
_PAPER_AROUND_HEIGHTS = 2.0
"""Lines are looked for where there is ink and this far around it: detection takes as long for paper as for print."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def lines_outside(page: ScannedPage, engine: Engine) -> Iterator[tuple[Box, TextLine]]:
    """The lines of text above, between and below the tables."""
    stamped = [stamp.box for stamp in page.seals]
    for strip in _strips(page):
        part = _printed_part(page.ink, strip, page.height)
        if part is None:
            continue
        left, top, right, bottom = (int(side) for side in (part.x0, part.top, part.x1, part.bottom))
        found: dict[int, tuple[Box, Reading]] = {}
        chars = []
        for corners in engine.detect(np.ascontiguousarray(page.pixels[top:bottom, left:right])):
            xs, ys = [x + left for x, _ in corners], [y + top for _, y in corners]
            area = Box(min(xs), max(min(ys), top), max(xs), min(max(ys), bottom))
            in_seal = any(box.encloses(area) for box in stamped)
            for band in cell_to_bands(page.ink, area, area.height):
                (reading,) = engine.read([band_to_picture(page.pixels, band, page.height)])
                if reading.text and not (in_seal and len(_CHINESE.findall(reading.text)) < _PRINTED_CHARS):
                    char = band_to_char(band, reading.text)
                    chars.append(char)
                    found[id(char)] = band.box, reading
        for line in chars_to_lines(chars):
            for piece in split_line(line):
                box = union(char.box for char in piece)
                assert box is not None
                confidence = min(found[id(char)][1].confidence for char in piece)
                yield box, TextLine(line_to_text(piece), page.place(box), READER, confidence=confidence)


def _strips(page: ScannedPage) -> Iterator[Box]:
    """What the tables leave of the page, from edge to edge."""
    high, wide = page.ink.shape
    tables = sorted((t.box.top * page.density, t.box.bottom * page.density) for t in page.lattices)
    top = 0.0
    for start, end in (*tables, (float(high), float(high))):
        if start - top > page.height / 2:
            yield Box(0, top, wide, start)
        top = max(top, end)


def _printed_part(ink: Pixels, strip: Box, height: float) -> Box | None:
    """The part of a strip from edge to edge in which there is ink, with some paper around it; `None` with dirt only."""
    top, bottom = int(strip.top), int(strip.bottom)
    solid = cv2.morphologyEx(ink[top:bottom], cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    if cv2.countNonZero(solid) <= _LEAST_INK_SQUARE_HEIGHTS * height * height:
        return None
    x, y, wide, high = cv2.boundingRect(solid)
    paper = _PAPER_AROUND_HEIGHTS * height
    return Box(
        max(0.0, x - paper),
        max(strip.top, top + y - paper),
        min(float(ink.shape[1]), x + wide + paper),
        min(strip.bottom, top + y + high + paper),
    )
