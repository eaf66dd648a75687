"""How many pixels the pictures on a page of a PDF claim to have: counted before anybody decodes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import c_uint
from typing import Any

import pypdfium2
from pypdfium2 import raw

_FORM_DEPTH = 5
"""Forms within forms in which pictures are looked for; writers of PDF go four deep."""
MOST_DECODED_PX = 200_000_000
"""A page with pictures of more pixels is not drawn: pdfium decodes them whole, and a file of a kilobyte may claim 10¹⁰.
An A4 page at 1,200 dpi has 140 million."""


def pictured_pixels(page: pypdfium2.PdfPage) -> int:
    """How many pixels the pictures on a page claim to have, one that is drawn twice counted twice, forms included.

    Raises `PdfiumError` for a page that pdfium cannot read.
    """
    return sum(_pixels(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, _FORM_DEPTH))


def _pixels(
    parent: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], depth: int
) -> Iterator[int]:
    """The pixels of each picture in a page or a form; thousands of other things on it are passed over quickly."""
    objects = count(parent)
    if objects < 0:
        raise pypdfium2.PdfiumError("what a page draws cannot be counted")
    for number in range(objects):
        drawn = get(parent, number)
        if not drawn:
            raise pypdfium2.PdfiumError("something that a page draws cannot be had")
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            yield _picture_pixels(drawn)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth > 1:
            yield from _pixels(drawn, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth - 1)


def _picture_pixels(picture: Any) -> int:
    wide, high = c_uint(), c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(picture, wide, high):
        raise pypdfium2.PdfiumError("the size of a picture cannot be had")
    return wide.value * high.value
