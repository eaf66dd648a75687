"""A page's picture into its pieces: upright, without seals, its ruling lines a grid, each cell read line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from extract.ocr.engine import Engine, Reading
from extract.page.furniture import without_furniture
from extract.page.hidden_text import HiddenText
from extract.page.lattice import Lattice, Span
from extract.page.text_lines import lines_to_text
from extract.scan.around_tables import lines_outside
from extract.scan.free_memory import give_back
from extract.scan.lines.cell_lines import Band, band_to_char, band_to_picture, cell_to_bands
from extract.scan.lines.faint_lines import faint_line
from extract.scan.lines.line_ends import with_faint_ends, without_strays
from extract.scan.lines.lost_floors import lost_floors
from extract.scan.page_picture import PagePicture, PictureError
from extract.scan.pdf_pictures import pdf_page_to_picture
from extract.scan.pictures import file_to_pictures
from extract.scan.scanned_page import READER, ScannedPage, picture_to_scanned_page
from models.document import Document, PageContent, Piece, Problem, Seal
from models.geometry import Box, union
from models.grid import Cell, Grid
from models.posteriors import join

_WRITTEN_OVER_CONFIDENCE = 0.85
"""Print over which a pen ran is no surer than this: it may have been struck out. What the catalogue or a twin says, too, stands."""

_FAINT_CONFIDENCE = 0.5
"""What is too faint to be ink is taken for what it is likelier than not to say."""


def read_picture(picture: PagePicture, engine: Engine, hidden: HiddenText | None = None) -> PageContent:
    """What stands on one page; `hidden` is the text beneath the picture: each cell is given what it says there."""
    page = picture_to_scanned_page(picture, engine)
    number = picture.number
    if page is None:
        return PageContent(problems=(Problem("page-blank", f"第{number}页是空白页。", "info", number),))
    problems = []
    if not page.lattices:
        problems.append(Problem("page-no-table", f"第{number}页没有找到表格框线。", "warning", number))
    placed: list[tuple[float, float, Piece]] = []
    for index, lattice in enumerate(page.lattices):
        grid = _lattice_to_grid(lattice, page, engine, hidden, continues=number > 1 and not index)
        placed.append((lattice.ys[0], lattice.xs[0], grid))
    for box, line in lines_outside(page, engine):
        placed.append((box.top / page.density, box.x0 / page.density, line))
    pieces = tuple(piece for _, _, piece in sorted(placed, key=lambda found: found[:2]))
    seals = (Seal(page.place(s.box), s.text, s.confidence, s.posteriors) for s in page.seals)
    return PageContent(pieces, tuple(problems), tuple(seals))


def read_pictures(path: Path, media_type: str, engine: Engine, max_pages: int) -> Document:
    """The pieces of a PNG, JPEG, TIFF or HEIC file, at most `max_pages` pages of it.

    What is wrong with the file is a problem; raises `OSError` when it cannot be opened.
    """
    pieces: list[Piece] = []
    problems: list[Problem] = []
    seals: list[Seal] = []
    number = 0
    for picture in file_to_pictures(path, max_pages):
        if isinstance(picture, Problem):
            problems.append(picture)
            number = max(number, picture.page or 0)
            continue
        number, content = picture.number, read_picture(picture, engine)
        pieces += content.pieces
        problems += content.problems
        seals += content.seals
        give_back()
    return Document(without_furniture(pieces), media_type, number, tuple(problems), tuple(seals))


def read_pdf_picture(
    path: Path, number: int, engine: Engine, hidden: HiddenText | None = None
) -> PageContent:
    """What stands on page `number` of the PDF file at `path`, read as a picture with `hidden` text beneath it."""
    try:
        picture = pdf_page_to_picture(path, number)
    except PictureError as error:
        return PageContent(problems=(error.problem,))
    content = read_picture(picture, engine, hidden)
    give_back()
    return content


def _lattice_to_grid(
    lattice: Lattice, page: ScannedPage, engine: Engine, hidden: HiddenText | None, *, continues: bool
) -> Grid:
    cells = []
    for span in sorted(part for whole in lattice.spans for part in _parted(whole, lattice, page)):
        box = lattice.span_to_box(span).scaled(page.density)
        bands = [_cleared(band, box, page) for band in cell_to_bands(page.ink, box, page.height)]
        readings = engine.read([band_to_picture(page.pixels, band, page.height) for band in bands])
        if not bands:
            bands, readings = _read_faint(box, page, engine)
        text = lines_to_text(
            [[band_to_char(b, r.text)] for b, r in zip(bands, readings, strict=True) if r.text]
        )
        cells.append(
            Cell(
                row=span.row,
                column=span.column,
                text=text,
                place=page.place(union(band.box for band in bands) or box),
                row_span=span.row_end - span.row,
                column_span=span.column_end - span.column,
                state="read" if text else "unread" if bands else "blank",
                confidence=_sureness(readings, bands, page),
                posteriors=join([r.posteriors for r in readings]) if bands else None,
                second=hidden.within(page.corners(box)) if hidden else None,
            )
        )
    return Grid(
        cells=tuple(cells),
        rows=len(lattice.ys) - 1,
        columns=len(lattice.xs) - 1,
        spans="ruled",
        breaks=frozenset({0} if continues else ()),
        edges=((page.number, lattice.xs),),
        reader=READER,
    )


def _parted(span: Span, lattice: Lattice, page: ScannedPage) -> list[Span]:
    """The cell `span`, or the cells that ran together in it."""
    if span.row_end - span.row == 1:
        return [span]
    bands = cell_to_bands(page.ink, lattice.span_to_box(span).scaled(page.density), page.height)
    ys = [y * page.density for y in lattice.ys[span.row : span.row_end + 1]]
    edges = (span.row, *(span.row + n for n in lost_floors(bands, ys, page.height)), span.row_end)
    return [span._replace(row=top, row_end=bottom) for top, bottom in pairwise(edges)]


def _read_faint(box: Box, page: ScannedPage, engine: Engine) -> tuple[list[Band], list[Reading]]:
    """The line of the cell `box` that is too faint to be ink, and what it says; nothing where it says nothing.

    What cannot be read with some confidence is left unread: that something stands there is said, and no guess.
    """
    band = faint_line(page.pixels, box, page.height)
    if band is None:
        return [], []
    (reading,) = engine.read([band_to_picture(page.pixels, band, page.height)])
    if not reading.text:
        return [], []
    return [band], [reading if reading.confidence >= _FAINT_CONFIDENCE else replace(reading, text="")]


def _sureness(readings: Sequence[Reading], bands: Sequence[Band], page: ScannedPage) -> float | None:
    """The least of the lines' probabilities; print that a pen ran over is never sure."""
    if not readings:
        return None
    least = min(reading.confidence for reading in readings)
    is_struck = any(page.is_written_over(band.box) for band in bands)
    return min(least, _WRITTEN_OVER_CONFIDENCE) if is_struck else least


def _cleared(band: Band, box: Box, page: ScannedPage) -> Band:
    """A line of the cell `box` without specks and with its faint ends."""
    trimmed = without_strays(band, page.pixels, page.ink, page.height)
    return with_faint_ends(trimmed, page.pixels, box, page.height)
