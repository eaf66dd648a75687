"""img2table: its tables, read from the text layer or by a recogniser it drives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from img2table.document import PDF, Image
from img2table.ocr import RapidOCR, TesseractOCR
from rapidocr import LangRec

from bench.peers.readers.ruled import words_to_lines
from bench.peers.readers.tesseract import LANGUAGE
from bench.peers.reading import Box, Reading, Table, boxes_to_table

TOLERANCE = 6.0
Reader = Callable[[Path], Reading]


class Remembering:
    """A recogniser that keeps its words: img2table lets go of those outside its tables."""

    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser
        self.words: list[Box] = []

    def of(self, document: Any) -> Any:
        found = self._recogniser.of(document)
        first = found.records.get(0, ()) if found else ()
        self.words = [(word["x1"], word["y1"], word["x2"], word["y2"], word["value"]) for word in first]
        return found


def by_text_layer() -> Reader:
    def read(path: Path) -> Reading:
        found = PDF(str(path)).extract_tables()
        return Reading(
            tuple(_table(table) for page in found.values() for table in page), tuple(_text_lines(path))
        )

    return read


def by_tesseract() -> Reader:
    return _by(TesseractOCR(lang=LANGUAGE, psm=11))


def by_rapidocr() -> Reader:
    params = {"Rec.lang_type": LangRec.CH, "Global.log_level": "error", "Global.use_cls": False}
    return _by(RapidOCR(params))


def _by(recogniser: Any) -> Reader:
    def read(path: Path) -> Reading:
        remembering: Any = Remembering(recogniser)
        if path.suffix.lower() == ".pdf":
            pages = PDF(str(path), pdf_text_extraction=False, detect_rotation=True)
            found = pages.extract_tables(remembering, min_confidence=1)
            tables = [table for page in found.values() for table in page]
        else:
            tables = Image(str(path), detect_rotation=True).extract_tables(remembering, min_confidence=1)
        return Reading(tuple(map(_table, tables)), tuple(words_to_lines(remembering.words)))

    return read


def _table(table: Any) -> Table:
    """A merged cell stands at every place it covers, with one box."""
    boxes: dict[Box, None] = {
        (
            float(cell.bbox.x1),
            float(cell.bbox.y1),
            float(cell.bbox.x2),
            float(cell.bbox.y2),
            cell.value or "",
        ): None
        for row in table.content.values()
        for cell in row
    }
    return boxes_to_table(list(boxes), TOLERANCE)


def _text_lines(path: Path) -> Iterator[str]:
    """img2table gives tables only: the lines of the first page come from pypdfium2."""
    document = pypdfium2.PdfDocument(path)
    try:
        yield from document[0].get_textpage().get_text_bounded().splitlines()
    finally:
        document.close()
