"""How many pixels the pictures on a page of a PDF claim to have: counted before anybody decodes them."""

from __future__ import annotations

import math

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
    pictures = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=_FORM_DEPTH)
    return sum(math.prod(picture.get_px_size()) for picture in pictures)
