"""Keeps what pdfminer's interpreter says is drawn, and how, in the order in which it is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import apply_matrix_pt, mult_matrix

from extract.pdf.drawing.limits import PDF_LIMITS, demand
from extract.pdf.drawing.nouns import (
    EVERYTHING,
    Drawing,
    DrawnGlyph,
    Image,
    Matrix,
    Paint,
    Point,
    Rgb,
    Shape,
    to_rgb,
)
from extract.pdf.drawing.streams import Fonts
from extract.pdf.glyphs import glyph_to_text

_USUAL_DESCENT = -0.2
"""The descent of a font that claims an impossible one, in type sizes."""
_DEEPEST_DESCENT = -0.5
"""No font for text reaches further below its line, in type sizes."""


class Recorder(PDFTextDevice):
    """Keeps everything that is drawn, and how."""

    def __init__(self, fonts: Fonts, drawing: Drawing) -> None:
        super().__init__(fonts)
        self.drawing = drawing
        self.fonts = fonts
        self.clip = EVERYTHING
        self.fill_alpha = self.stroke_alpha = self.group_alpha = 1.0
        self.blended = False
        self.marks: list[tuple[bool, bool]] = [(False, False)]
        self.annotation = ""
        self.run = 0
        self.depth = 0
        self._paints: dict[Paint, Paint] = {}

    def paint(self, alpha: float) -> Paint:
        """The state in which something is painted now; equal ones are one object."""
        layer_off, watermark = self.marks[-1]
        now = Paint(self.clip, alpha * self.group_alpha, layer_off, watermark, self.blended, self.annotation)
        return self._paints.setdefault(now, now)

    def mark(self, layer_off: bool, watermark: bool) -> None:
        """Begin marked content, or a form on a layer."""
        outer_off, outer_watermark = self.marks[-1]
        self.marks.append((outer_off or layer_off, outer_watermark or watermark))

    def end_tag(self) -> None:
        if len(self.marks) > 1:
            self.marks.pop()

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[Any],
    ) -> None:
        letters = "".join(step[0] for step in path)
        starts = [place for place, letter in enumerate(letters) if letter == "m"]
        if not starts or starts[0]:
            return
        paint = self.paint(min(self.stroke_alpha if stroke else 1.0, self.fill_alpha if fill else 1.0))
        stroked = to_rgb(graphicstate.scolor, graphicstate.scs) if stroke else None
        filled = to_rgb(graphicstate.ncolor, graphicstate.ncs) if fill else None
        assert self.ctm is not None
        width = graphicstate.linewidth * _scale(self.ctm)
        for start, end in zip(starts, [*starts[1:], len(path)], strict=True):
            steps = path[start:end]
            points = [apply_matrix_pt(self.ctm, s[-2:] if s[0] != "h" else steps[0][-2:]) for s in steps]
            self.drawing.items.append(
                Shape(
                    letters[start:end],
                    points,
                    stroke,
                    fill,
                    stroked,
                    filled,
                    width,
                    paint,
                    len(self.drawing.items),
                )
            )

    def render_image(self, name: str, stream: PDFStream) -> None:
        assert self.ctm is not None
        corners = [apply_matrix_pt(self.ctm, corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1))]
        opaque = not any(key in stream for key in ("SMask", "Mask", "ImageMask", "IM"))
        self._draw_image(corners, opaque and stream.get("SMaskInData", 0) == 0, shading=False)

    def shade(self) -> None:
        """A shading fills what the clip lets show; which colours it has is not looked at."""
        c = self.clip
        self._draw_image(
            [(c.x0, c.top), (c.x1, c.top), (c.x1, c.bottom), (c.x0, c.bottom)], True, shading=True
        )

    def _draw_image(self, corners: list[Point], opaque: bool, *, shading: bool) -> None:
        paint = self.paint(self.fill_alpha)
        self.drawing.items.append(Image(corners, opaque, paint, len(self.drawing.items), shading))

    def render_string(
        self, textstate: PDFTextState, seq: Iterable[Any], ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        font, size = textstate.font, textstate.fontsize
        assert font is not None and self.ctm is not None
        outlined = textstate.render % 4 == 1
        colour = (
            to_rgb(graphicstate.scolor, graphicstate.scs) if outlined else to_rgb(graphicstate.ncolor, ncs)
        )
        show = _Show(
            font,
            size,
            textstate.scaling * 0.01,
            textstate.rise,
            textstate.render,
            colour,
            self.paint(self.stroke_alpha if outlined else self.fill_alpha),
            self.run,
            font in self.fonts.embedded,
        )
        self.run += 1
        matrix = mult_matrix(textstate.matrix, self.ctm)
        textstate.linematrix = self._show(show, seq, matrix, textstate)

    def _show(self, show: _Show, seq: Iterable[Any], matrix: Matrix, textstate: PDFTextState) -> Point:
        """Draw the strings of `seq`; the place on the line, in text space, where the next one begins."""
        x, y = textstate.linematrix
        font, scale = show.font, show.scaling
        vertical = font.is_vertical()
        charspace = textstate.charspace * (1.0 if vertical else scale)
        wordspace = 0.0 if font.is_multibyte() else textstate.wordspace * scale
        step = 0.001 * show.size * (1.0 if vertical else scale)
        items, before = self.drawing.items, self.drawing.characters
        a, b, c, d, e, f = matrix
        for part in seq:
            if isinstance(part, bytes):
                for cid in font.decode(part):
                    glyph = _glyph(show, cid, (a, b, c, d, a * x + c * y + e, b * x + d * y + f), len(items))
                    if glyph.text:
                        items.append(glyph)
                    self.drawing.characters += 1
                    further = glyph.advance + charspace + (wordspace if cid == 32 else 0.0)
                    x, y = (x, y + further) if vertical else (x + further, y)
            elif isinstance(part, (int, float)):
                x, y = (x, y - part * step) if vertical else (x - part * step, y)
            else:
                self.drawing.damage.tokens += 1
        if self.drawing.characters != before:
            demand(self.drawing.characters, PDF_LIMITS.characters, "字符数")
        return x, y


def _scale(matrix: Matrix) -> float:
    """By how many times a matrix makes lengths larger, in the mean of both directions."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


class _Show(NamedTuple):
    """What the glyphs of one operator have in common."""

    font: PDFFont
    size: float
    scaling: float
    rise: float
    mode: int
    colour: Rgb | None
    paint: Paint
    run: int
    embedded: bool


def _glyph(show: _Show, cid: int, matrix: Matrix, order: int) -> DrawnGlyph:
    font, size = show.font, show.size
    try:
        raw = font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        raw = f"(cid:{cid})"
    width = font.char_width(cid)
    if font.is_vertical():
        advance = width * size
        across, above = font.char_disp(cid)  # type: ignore[misc]
        left = size * 0.5 if across is None else across * size * 0.001
        top = (1000 - above) * size * 0.001 + show.rise
        local = (-left, top + advance, -left + size, top)
    else:
        advance = width * size * show.scaling
        descent = font.get_descent()
        if not _DEEPEST_DESCENT <= descent <= 0.0:
            descent = _USUAL_DESCENT
        foot = descent * size + show.rise
        local = (0.0, foot, advance, foot + size)
    text = glyph_to_text(raw, font.fontname if isinstance(font.fontname, str) else "")
    return DrawnGlyph(
        text,
        font,
        show.embedded,
        matrix,
        local,
        advance,
        show.run,
        show.mode,
        show.colour,
        show.paint,
        order,
    )
