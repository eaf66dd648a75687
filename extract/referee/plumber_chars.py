"""The characters of a page as pdfplumber reads them: what stands in the referee's cells, read apart from our own reader.

Our reader interprets a page's drawing itself; a character that it lost or moved is seen only by a reader that does not.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from extract.pdf.glyphs import glyph_to_text
from models.geometry import Box
from models.page import Char, Page

_ABOVE_BASELINE_SIZES = 0.35
"""The middle of a character lies this share of its size above the baseline; boxes made of a font's descent lie anywhere."""
_SAME_PT = 1.0
"""Two pages of the same size differ by no more than this."""


def pdf_to_plumber_chars(path: Path, page: Page) -> tuple[Char, ...] | None:
    """The upright characters of `page` of the PDF file at `path`, in points from its top left corner.

    `None` where pdfplumber sees a page of another size or turned otherwise, or cannot read it: nothing can be compared.
    """
    try:
        with import_module("pdfplumber").open(str(path), pages=[page.number]) as pdf:
            seen = pdf.pages[0]
            if seen.rotation or seen.bbox[:2] != (0, 0):
                return None
            if abs(seen.width - page.width) > _SAME_PT or abs(seen.height - page.height) > _SAME_PT:
                return None
            # a character that is printed twice to look bold is one
            chars = [_to_char(char, page.height) for char in seen.dedupe_chars().chars if char["upright"]]
    except (
        Exception
    ):  # broken content makes it raise whatever it likes; our own reader has said what is broken
        return None
    return tuple(replace(char, run=n) for n, char in enumerate(chars, 1))


def _to_char(char: dict[str, Any], height: float) -> Char:
    middle = height - char["matrix"][5] - _ABOVE_BASELINE_SIZES * char["size"]
    half = char["size"] / 2
    box = Box(char["x0"], middle - half, char["x1"], middle + half)
    return Char(glyph_to_text(char["text"], char["fontname"]), box, char["size"])
