"""Single cells of a PDF page read as pictures: where a file's own text cannot be believed, what is drawn decides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from pypdfium2 import raw

from extract.files.claimed_pixels import MOST_DECODED_PX, pictured_pixels
from extract.ocr.engine import Engine
from extract.page.text_lines import lines_to_text
from extract.scan.lines.cell_lines import band_to_char, band_to_picture, cell_to_bands, usual_height
from extract.scan.pixels.ink import Pixels, grey_to_ink, to_grey
from models.cell_reading import UNREAD_CELL, CellReading
from models.geometry import Box
from models.posteriors import join

_PX_A_PT = 200 / 72
"""The recogniser reads best what has this many pixels a point."""
_INSET_PT = 1.2
"""A cell's picture begins this far inside its borders, where its ruling lines are."""


def read_pdf_cells(
    path: Path, number: int, turn: int, boxes: Sequence[Box], engine: Engine
) -> list[CellReading]:
    """What the cells `boxes` of page `number` (from 1) of the PDF file at `path` show, form fields and notes included.

    `boxes` are in points of the page after `turn` quarter turns clockwise. A page that cannot be drawn shows nothing.
    """
    pixels = _page_to_pixels(path, number, turn)
    if pixels is None:
        return [UNREAD_CELL for _ in boxes]
    inner = [Box(b.x0 + _INSET_PT, b.top + _INSET_PT, b.x1 - _INSET_PT, b.bottom - _INSET_PT) for b in boxes]
    return boxes_to_readings(pixels, [box.scaled(_PX_A_PT) for box in inner], engine)


def boxes_to_readings(pixels: Pixels, boxes: Sequence[Box], engine: Engine) -> list[CellReading]:
    """What stands in `boxes`, in pixels of a colour picture that has no skew."""
    ink = grey_to_ink(to_grey(pixels))
    height = usual_height(ink, boxes)
    return [_read(pixels, ink, box, height, engine) for box in boxes]


def _read(pixels: Pixels, ink: Pixels, box: Box, height: float, engine: Engine) -> CellReading:
    bands = cell_to_bands(ink, box, height)
    if not bands:
        return UNREAD_CELL
    readings = engine.read([band_to_picture(pixels, band, height) for band in bands])
    text = lines_to_text(
        [[band_to_char(band, one.text)] for band, one in zip(bands, readings, strict=True) if one.text]
    )
    return CellReading(
        text, min(one.confidence for one in readings), join([one.posteriors for one in readings])
    )


def _page_to_pixels(path: Path, number: int, turn: int) -> Pixels | None:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None
    try:
        if document.get_formtype() == raw.FORMTYPE_ACRO_FORM:
            document.init_forms()
        page = document[number - 1]
        if pictured_pixels(page) > MOST_DECODED_PX:
            return None
        raster = page.render(scale=_PX_A_PT).to_numpy()
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()
    return np.ascontiguousarray(np.rot90(raster[:, :, :3], -turn))
