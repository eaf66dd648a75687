"""img2table: its tables, read from the text layer or by a recogniser it drives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from img2table.document import PDF, Image
from img2table.ocr import RapidOCR, TesseractOCR
from rapidocr import LangRec

from bench.peers.readers.tesseract import LANGUAGE
from bench.peers.reading import Reading, Table, boxes_to_table

TOLERANCE = 6.0
Reader = Callable[[Path], Reading]


def by_text_layer() -> Reader:
    return lambda path: _read(path, None)


def by_tesseract() -> Reader:
    recogniser = TesseractOCR(lang=LANGUAGE, psm=11)
    return lambda path: _read(path, recogniser)


def by_rapidocr() -> Reader:
    params = {"Rec.lang_type": LangRec.CH, "Global.log_level": "error", "Global.use_cls": False}
    recogniser = RapidOCR(params)
    return lambda path: _read(path, recogniser)


def _read(path: Path, recogniser: Any) -> Reading:
    scanned = recogniser is not None
    if path.suffix.lower() == ".pdf":
        found = PDF(str(path), pdf_text_extraction=not scanned).extract_tables(
            recogniser, min_confidence=0 if scanned else 50
        )
        tables = [table for page in found.values() for table in page]
    else:
        tables = Image(str(path)).extract_tables(recogniser, min_confidence=0)
    titles = [str(table.title) for table in tables if table.title]
    lines = [] if scanned else list(_text_lines(path))
    return Reading(tuple(_table(table) for table in tables), (*titles, *lines))


def _table(table: Any) -> Table:
    """A merged cell stands at every place it covers, with one box."""
    cells = {
        (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2): cell.value or ""
        for row in table.content.values()
        for cell in row
    }
    return boxes_to_table([(*map(float, box), text) for box, text in cells.items()], TOLERANCE)


def _text_lines(path: Path) -> Iterator[str]:
    """img2table reads tables only: the lines of the first page come from pypdfium2."""
    document = pypdfium2.PdfDocument(path)
    try:
        yield from document[0].get_textpage().get_text_bounded().splitlines()
    finally:
        document.close()
