"""A page's picture into its pieces: upright, without seals, its ruling lines a grid, each cell read line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from extract.celllines import (
    Band,
    band_to_picture,
    cell_to_bands,
    usual_height,
    without_blots,
    without_rules,
    without_specks,
)
from extract.darkseal import without_dark_seals
from extract.grid import Lattice, rules_to_lattices
from extract.haze import without_haze
from extract.hidden import HiddenText
from extract.ink import Pixels, grey_to_ink, lit_evenly, to_grey
from extract.ocr.engine import Engine, Reading
from extract.paper import without_desk
from extract.pictures import Picture, PictureError, file_to_pictures, pdf_page_to_picture
from extract.pixelrules import ink_to_rules
from extract.seal import without_seals
from extract.sealtext import Stamp, read_seals
from extract.strays import with_faint_ends, without_strays
from extract.textlines import chars_to_lines, line_to_text, lines_to_text, split_line
from extract.upright import to_upright
from extract.warp import Points, Warp
from models.geometry import Box, union
from models.grid import Cell, Document, Grid, PageContent, Piece, Place, Problem, Seal, TextLine
from models.page import Char
from models.posteriors import join

READER = "scan"
NARROWEST = 8
"""A table is at least so many characters wide; a large character of a title is not."""
EDGE = 5
"""Pixels by which a table's outer lines may stand out."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """An upright page ready to be read: its picture and ink without seals and ruling lines, and its tables.

    `density` pixels are a point; `lattices` are in points of the upright page, `warp` leads back to the
    picture as it was handed in. `height` is that of a usual line, in pixels.
    """

    number: int
    pixels: Pixels
    ink: Pixels
    density: float
    lattices: tuple[Lattice, ...]
    height: float
    warp: Warp
    seals: tuple[Stamp, ...]

    def place(self, box: Box) -> Place:
        """Where `box`, in pixels of the upright page, stands on the page as handed in."""
        return Place(self.number, _scaled(self.warp.box(box), 1 / self.density))

    def corners(self, box: Box) -> Points:
        """The corners of `box`, in pixels of the upright page, in points of the page as handed in, clockwise."""
        xs, ys = (box.x0, box.x1, box.x1, box.x0), (box.top, box.top, box.bottom, box.bottom)
        return self.warp.of(np.array(list(zip(xs, ys, strict=True)), np.float32)) / np.float32(self.density)


def read_picture(picture: Picture, engine: Engine, hidden: HiddenText | None = None) -> PageContent:
    """What stands on one page; `hidden` is the text beneath the picture: each cell is given what it says there."""
    sheet = picture_to_sheet(picture, engine)
    number = picture.number
    if sheet is None:
        return PageContent(problems=(Problem("page-blank", f"第{number}页是空白页。", "info", number),))
    problems = []
    if not sheet.lattices:
        problems.append(Problem("page-no-table", f"第{number}页没有找到表格框线。", "warning", number))
    placed: list[tuple[float, float, Piece]] = []
    for index, lattice in enumerate(sheet.lattices):
        grid = _lattice_to_grid(lattice, sheet, engine, hidden, continues=number > 1 and not index)
        placed.append((lattice.ys[0], lattice.xs[0], grid))
    for box, line in _outside(sheet, engine):
        placed.append((box.top / sheet.density, box.x0 / sheet.density, line))
    pieces = tuple(piece for _, _, piece in sorted(placed, key=lambda found: found[:2]))
    seals = (Seal(sheet.place(s.box), s.text, s.confidence, s.posteriors) for s in sheet.seals)
    return PageContent(pieces, tuple(problems), tuple(seals))


def read_pictures(path: Path, media_type: str, engine: Engine, max_pages: int) -> Document:
    """The pieces of a PNG, JPEG, TIFF or HEIC file, at most `max_pages` pages of it.

    What is wrong with the file is a problem; raises `OSError` when it cannot be opened.
    """
    pieces: list[Piece] = []
    problems: list[Problem] = []
    seals: list[Seal] = []
    number = 0
    try:
        for picture in file_to_pictures(path, max_pages):
            number, content = picture.number, read_picture(picture, engine)
            pieces += content.pieces
            problems += content.problems
            seals += content.seals
    except PictureError as error:
        problems.append(error.problem)
    return Document(tuple(pieces), media_type, number, tuple(problems), tuple(seals))


def read_pdf_picture(
    path: Path, number: int, engine: Engine, hidden: HiddenText | None = None
) -> PageContent:
    """What stands on page `number` of the PDF file at `path`, read as a picture with `hidden` text beneath it."""
    try:
        picture = pdf_page_to_picture(path, number)
    except PictureError as error:
        return PageContent(problems=(error.problem,))
    return read_picture(picture, engine, hidden)


def picture_to_sheet(picture: Picture, engine: Engine) -> Sheet | None:
    """Everything about a page but its text; `None` when it is blank. The engine tells its head from its foot."""
    sheet = without_desk(picture.pixels)
    upright = to_upright(sheet, lambda lines: _certainty(engine.read(lines)))
    if upright is None:
        return None
    sealed = without_dark_seals(without_seals(upright.pixels))
    ink = grey_to_ink(to_grey(sealed.pixels))
    ruled = ink_to_rules(ink, picture.density, upright.height)
    lattices = _tables(rules_to_lattices(ruled.rules), upright.height / picture.density)
    ruled_mask = _within(lattices, ruled.mask, picture.density)
    pixels, text = without_rules(lit_evenly(sealed.pixels), ink, ruled_mask)
    pixels, text = without_blots(pixels, text, upright.height)
    pixels = without_haze(pixels, ink, text, picture.density)
    boxes = [
        _scaled(lattice.span_to_box(span), picture.density) for lattice in lattices for span in lattice.spans
    ]
    text = without_specks(text, upright.height)
    height = usual_height(text, boxes)
    seals = read_seals(upright.pixels, sealed.boxes, engine)
    return Sheet(picture.number, pixels, text, picture.density, lattices, height, upright.warp, seals)


def _certainty(readings: Sequence[Reading]) -> float:
    """The mean probability of a character in the better half of some lines; 0 without any."""
    chars = sorted((r.confidence ** (1 / len(r.text)) if r.text else 0.0 for r in readings), reverse=True)
    return float(np.mean(chars[: (len(chars) + 1) // 2])) if chars else 0.0


def _tables(lattices: Sequence[Lattice], height: float) -> tuple[Lattice, ...]:
    """The lattices that are tables: in no other (that is a pen's or a seal's work), and larger than characters.

    `height` is that of a character in points.
    """
    large = [table for table in lattices if table.box.width >= NARROWEST * height]
    return tuple(
        inner
        for inner in large
        if not any(outer is not inner and outer.box.encloses(inner.box) for outer in large)
    )


def _within(lattices: Sequence[Lattice], mask: Pixels, density: float) -> Pixels:
    """What of `mask` lies in a table."""
    kept = np.zeros_like(mask)
    for lattice in lattices:
        box = _scaled(lattice.box, density)
        rows, columns = (
            slice(max(0, int(box.top) - EDGE), int(box.bottom) + EDGE),
            slice(max(0, int(box.x0) - EDGE), int(box.x1) + EDGE),
        )
        kept[rows, columns] = mask[rows, columns]
    return kept


def _lattice_to_grid(
    lattice: Lattice, sheet: Sheet, engine: Engine, hidden: HiddenText | None, *, continues: bool
) -> Grid:
    cells = []
    for span in lattice.spans:
        box = _scaled(lattice.span_to_box(span), sheet.density)
        bands = [_cleared(band, box, sheet) for band in cell_to_bands(sheet.ink, box, sheet.height)]
        readings = engine.read([band_to_picture(sheet.pixels, band, sheet.height) for band in bands])
        text = lines_to_text([[_band_to_char(b, r)] for b, r in zip(bands, readings, strict=True) if r.text])
        cells.append(
            Cell(
                row=span.row,
                column=span.column,
                text=text,
                place=sheet.place(union(band.box for band in bands) or box),
                row_span=span.row_end - span.row,
                column_span=span.column_end - span.column,
                state="read" if text else "unread" if bands else "blank",
                confidence=min((r.confidence for r in readings), default=None),
                posteriors=join([r.posteriors for r in readings]) if bands else None,
                second=hidden.within(sheet.corners(box)) if hidden else None,
            )
        )
    return Grid(
        cells=tuple(cells),
        rows=len(lattice.ys) - 1,
        columns=len(lattice.xs) - 1,
        spans="ruled",
        breaks=frozenset({0} if continues else ()),
        edges=((sheet.number, lattice.xs),),
        reader=READER,
    )


def _cleared(band: Band, box: Box, sheet: Sheet) -> Band:
    """A line of the cell `box` without specks and with its faint ends."""
    trimmed = without_strays(band, sheet.pixels, sheet.ink, sheet.height)
    return with_faint_ends(trimmed, sheet.pixels, box, sheet.height)


def _band_to_char(band: Band, reading: Reading) -> Char:
    """A whole line as one character: the recogniser says what blanks are in it."""
    return Char(reading.text, band.box, band.bottom - band.top)


def _outside(sheet: Sheet, engine: Engine) -> Iterator[tuple[Box, TextLine]]:
    """The lines of text above, between and below the tables."""
    stamped = [stamp.box for stamp in sheet.seals]
    for strip in _strips(sheet):
        top, bottom = int(strip.top), int(strip.bottom)
        if not _has_text(sheet.ink[top:bottom], sheet.height):
            continue
        found: dict[int, tuple[Box, Reading]] = {}
        chars = []
        for corners in engine.detect(np.ascontiguousarray(sheet.pixels[top:bottom])):
            xs, ys = [x for x, _ in corners], [y + top for _, y in corners]
            area = Box(min(xs), max(min(ys), top), max(xs), min(max(ys), bottom))
            if any(box.encloses(area) for box in stamped):
                continue  # the seal's own number or what is left of its ring
            for band in cell_to_bands(sheet.ink, area, area.height):
                (reading,) = engine.read([band_to_picture(sheet.pixels, band, sheet.height)])
                if reading.text:
                    char = _band_to_char(band, reading)
                    chars.append(char)
                    found[id(char)] = band.box, reading
        for line in chars_to_lines(chars):
            for piece in split_line(line):
                box = union(char.box for char in piece)
                assert box is not None
                confidence = min(found[id(char)][1].confidence for char in piece)
                yield box, TextLine(line_to_text(piece), sheet.place(box), READER, confidence=confidence)


def _strips(sheet: Sheet) -> Iterator[Box]:
    """What the tables leave of the page, from edge to edge."""
    high, wide = sheet.ink.shape
    tables = sorted((t.box.top * sheet.density, t.box.bottom * sheet.density) for t in sheet.lattices)
    top = 0.0
    for start, end in (*tables, (float(high), float(high))):
        if start - top > sheet.height / 2:
            yield Box(0, top, wide, start)
        top = max(top, end)


def _has_text(ink: Pixels, height: float) -> bool:
    """Whether there is more ink than dirt."""
    solid = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return cv2.countNonZero(solid) > height * height / 8


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)
