"""What a font's codes draw, asked of the font once for every code of a page."""

from __future__ import annotations

from collections import Counter

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined

from extract.pdf.glyphs import glyph_to_text

GlyphBox = tuple[float, float, float, float]
"""The box of a glyph in text space, its line at height 0: left, foot, right and head."""
_USUAL_DESCENT = -0.2
"""The descent of a font that claims an impossible one, in type sizes."""
_DEEPEST_DESCENT = -0.5
"""No font for text reaches further below its line, in type sizes."""


class FontLook:
    """A font as a page uses it; `used` counts how often each code is drawn, as the font itself does when it is asked."""

    def __init__(self, font: PDFFont, embedded: bool, used: Counter[int]) -> None:
        self.font = font
        self.embedded = embedded
        self.vertical = font.is_vertical()
        self.spaced = not font.is_multibyte()
        self.name = font.fontname if isinstance(font.fontname, str) else ""
        descent = font.get_descent()
        self.descent = descent if _DEEPEST_DESCENT <= descent <= 0.0 else _USUAL_DESCENT
        self._used = used
        self._glyphs: dict[int, tuple[str, float]] = {}

    def glyph(self, code: int) -> tuple[str, float]:
        """What a code says and how far it moves on, in type sizes."""
        known = self._glyphs.get(code)
        if known is not None:
            self._used[code] += 1
            return known
        found = self._glyphs[code] = (self._text(code), self.font.char_width(code))
        return found

    def box_below(self, code: int, advance: float, size: float, rise: float) -> GlyphBox:
        """The box of a glyph that is written downwards."""
        across, above = self.font.char_disp(code)  # type: ignore[misc]
        left = size * 0.5 if across is None else across * size * 0.001
        top = (1000 - above) * size * 0.001 + rise
        return -left, top + advance, -left + size, top

    def _text(self, code: int) -> str:
        try:
            raw = self.font.to_unichr(code)
        except PDFUnicodeNotDefined:
            raw = f"(cid:{code})"
        return glyph_to_text(raw, self.name)
