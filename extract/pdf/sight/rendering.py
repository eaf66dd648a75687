"""Pages as pdfium draws them: what a person sees, annotations and form fields included, in grey."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from extract.files.claimed_pixels import MOST_DECODED_PX, pictured_pixels
from extract.pdf.drawing.limits import PDF_LIMITS

_GREY_DENSITY = 1.0
"""Pixels to a point: enough to tell whether a character has ink."""
_MOST_PIXELS = 4_000_000
"""A larger page is drawn less dense; an A4 page has one million."""
_PAGES_A_TIME = 32
"""The file is opened anew after so many pages: pdfium keeps what each of them held, half a megabyte of a scanned one."""

Grey = NDArray[np.uint8]
"""Height × width, 0 black to 255 white."""


class Renderer:
    """Draws the pages of one file. A file or a page that pdfium cannot draw has no picture."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._document = _opened(path) if path else None
        self._page: tuple[int, pypdfium2.PdfPage] | None = None
        self._pages = 0

    def close(self) -> None:
        """Close the file."""
        if self._page is not None:
            self._page[1].close()
            self._page = None
        if self._document is not None:
            self._document.close()
            self._document = None

    def _page_of(self, document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
        """Page `number`, open until another one is asked for: opening it takes as long as drawing it."""
        if self._page is not None and self._page[0] == number:
            return self._page[1]
        if self._page is not None:
            self._page[1].close()
            self._page = None
        self._pages += 1
        if self._pages % _PAGES_A_TIME == 0 and self._path is not None:
            document.close()
            self._document = None
            self._document = document = _opened(self._path)
        self._page = number, document[number - 1]
        return self._page[1]

    def grey(self, number: int, enlarged: float = 1.0, *, pictured: bool = True) -> Grey | None:
        """Page `number` (from 1) upright as viewers show it, `enlarged` where its type is small; `None` when it cannot be
        drawn. On one that is not `pictured` no pictures are counted: thousands of lines are looked at for them.
        """
        if self._document is None:
            return None
        try:
            page = self._page_of(self._document, number)
            if pictured and pictured_pixels(page) > MOST_DECODED_PX:
                return None
            wide, high = page.get_size()
            density = min(_GREY_DENSITY * enlarged, (_MOST_PIXELS / max(1.0, wide * high)) ** 0.5)
            bitmap = page.render(scale=density, grayscale=True)
            grey = bitmap.to_numpy()
        except (pypdfium2.PdfiumError, IndexError):
            return None
        return np.array(grey[:, :, 0] if grey.ndim == 3 else grey)

    def text(self, number: int) -> str | None:
        """What pdfium reads on page `number` (from 1), in no order to rely on; `None` when it cannot be read."""
        if self._document is None:
            return None
        try:
            page = self._page_of(self._document, number)
            found = page.get_textpage()
            characters = found.count_chars()
            text = found.get_text_range(0, characters) if 0 < characters <= PDF_LIMITS.characters else ""
            found.close()
        except (pypdfium2.PdfiumError, IndexError):
            return None
        return str(text)


def mended_file(path: Path) -> bytes | None:
    """The PDF file at `path` as pdfium writes it anew, which looks for the objects of a broken file; `None` when it cannot."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None
    try:
        written = BytesIO()
        document.save(written)
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()
    return written.getvalue()


@contextmanager
def rendering(path: Path) -> Iterator[Renderer]:
    """Draws pages of the PDF file at `path` until the end of the block."""
    try:
        renderer = Renderer(path)
    except pypdfium2.PdfiumError:
        yield Renderer(None)
        return
    try:
        yield renderer
    finally:
        renderer.close()


def _opened(path: Path) -> pypdfium2.PdfDocument:
    document = pypdfium2.PdfDocument(path)
    if document.get_formtype() == raw.FORMTYPE_ACRO_FORM:
        document.init_forms()
    return document
