"""PDF files whose embedded font claims other digits than it draws."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from extract.pdf.fonts.known import KnownFonts, UsedFont
from tests.drawn import canvas_at

pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))


def printed(path: Path, text: str, claims: Mapping[str, str] | None = None) -> Path:
    """A page on which `text` is drawn; the file claims another character for those in `claims`."""
    canvas = canvas_at(path, pageCompression=0)
    canvas.setFont("Vera", 12)
    canvas.drawString(100, 400, text)
    canvas.save()
    data = path.read_bytes()
    told = {
        b"%04X" % ord(drawn): claimed.encode("utf-16-be").hex().upper().encode()
        for drawn, claimed in (claims or {}).items()
    }
    lie = re.compile(rb"(<[0-9A-F]{2}> <)(%b)>" % b"|".join(told)) if told else None
    path.write_bytes(lie.sub(lambda found: found[1] + told[found[2]] + b">", data) if lie else data)
    return path


def read_fonts(path: Path) -> tuple[KnownFonts, UsedFont]:
    """The fonts of the file at `path` after its pages were read, and the first of them."""
    fonts = KnownFonts()
    interpreter = PDFPageInterpreter(fonts, PDFPageAggregator(fonts, laparams=None))
    # fonts are looked up in the file when they are drawn: it stays open
    for page in PDFPage.create_pages(PDFDocument(PDFParser(BytesIO(path.read_bytes())))):
        interpreter.process_page(page)
    return fonts, next(font for font in fonts.fonts.values() if "Vera" in str(font.font.fontname))
