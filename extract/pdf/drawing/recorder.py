"""Keeps what pdfminer's interpreter says is drawn, and how, in the order in which it is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFTextState
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import apply_matrix_pt, mult_matrix

from extract.pdf.drawing.font_look import FontLook
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
        self._paints: dict[tuple[object, ...], Paint] = {}
        self._looks: dict[PDFFont, FontLook] = {}

    def paint(self, alpha: float) -> Paint:
        """The state in which something is painted now; equal ones are one object."""
        alpha *= self.group_alpha
        now = (self.clip, alpha, *self.marks[-1], self.blended, self.annotation)
        known = self._paints.get(now)
        if known is None:
            known = self._paints[now] = Paint(*now)
        return known

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
        letters = "".join([step[0] for step in path])
        if letters[:1] != "m":
            return
        starts = [place for place, letter in enumerate(letters) if letter == "m"]
        paint = self.paint(min(self.stroke_alpha if stroke else 1.0, self.fill_alpha if fill else 1.0))
        stroked = to_rgb(graphicstate.scolor, graphicstate.scs) if stroke else None
        filled = to_rgb(graphicstate.ncolor, graphicstate.ncs) if fill else None
        assert self.ctm is not None
        a, b, c, d, e, f = self.ctm
        width = graphicstate.linewidth * _scale(self.ctm)
        for start, end in zip(starts, [*starts[1:], len(path)], strict=True):
            steps = path[start:end]
            ends = [step if len(step) > 2 else steps[0] for step in steps]
            points = [(a * s[-2] + c * s[-1] + e, b * s[-2] + d * s[-1] + f) for s in ends]
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
        font = textstate.font
        assert font is not None and self.ctm is not None
        outlined = textstate.render % 4 == 1
        show = _Show(
            self._look(font),
            textstate.fontsize,
            textstate.scaling * 0.01,
            textstate.rise,
            textstate.render,
            to_rgb(graphicstate.scolor, graphicstate.scs) if outlined else to_rgb(graphicstate.ncolor, ncs),
            self.paint(self.stroke_alpha if outlined else self.fill_alpha),
            self.run,
        )
        self.run += 1
        matrix = mult_matrix(textstate.matrix, self.ctm)
        textstate.linematrix = self._show(show, seq, matrix, textstate)

    def _look(self, font: PDFFont) -> FontLook:
        """What is known of a font, asked once a page: what its codes draw may be known better after a page."""
        look = self._looks.get(font)
        if look is None:
            look = FontLook(font, font in self.fonts.embedded, self.fonts.uses_of(font))
            self._looks[font] = look
        return look

    def _show(self, show: _Show, seq: Iterable[Any], matrix: Matrix, textstate: PDFTextState) -> Point:
        """Draw the strings of `seq`; the place on the line, in text space, where the next one begins."""
        x, y = textstate.linematrix
        look, size, scale = show.look, show.size, show.scaling
        vertical = look.vertical
        charspace = textstate.charspace * (1.0 if vertical else scale)
        wordspace = textstate.wordspace * scale if look.spaced else 0.0
        step = 0.001 * size * (1.0 if vertical else scale)
        for part in seq:
            if isinstance(part, bytes):
                for cid in look.font.decode(part):
                    advance = self._glyph(show, cid, matrix, (x, y))
                    further = advance + charspace + (wordspace if cid == 32 else 0.0)
                    x, y = (x, y + further) if vertical else (x + further, y)
            elif isinstance(part, (int, float)):
                x, y = (x, y - part * step) if vertical else (x - part * step, y)
            else:
                self.drawing.damage.tokens += 1
        return x, y

    def _glyph(self, show: _Show, cid: int, matrix: Matrix, at: Point) -> float:
        """Draw a glyph at a place of the line; how far it moves on."""
        drawing, look, size = self.drawing, show.look, show.size
        drawing.characters += 1
        if drawing.characters > PDF_LIMITS.characters:
            demand(drawing.characters, PDF_LIMITS.characters, "字符数")
        text, width = look.glyph(cid)
        if look.vertical:
            advance = width * size
            local = look.box_below(cid, advance, size, show.rise)
        else:
            advance = width * size * show.scaling
            foot = look.descent * size + show.rise
            local = (0.0, foot, advance, foot + size)
        if text:
            (a, b, c, d, e, f), (x, y) = matrix, at
            placed = (a, b, c, d, a * x + c * y + e, b * x + d * y + f)
            items, own = drawing.items, (show.run, show.mode, show.colour, show.paint)
            items.append(DrawnGlyph(text, look.font, look.embedded, placed, local, advance, *own, len(items)))
        return advance


def _scale(matrix: Matrix) -> float:
    """By how many times a matrix makes lengths larger, in the mean of both directions."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


class _Show(NamedTuple):
    """What the glyphs of one operator have in common."""

    look: FontLook
    size: float
    scaling: float
    rise: float
    mode: int
    colour: Rgb | None
    paint: Paint
    run: int
