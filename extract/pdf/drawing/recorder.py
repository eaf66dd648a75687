"""Keeps what pdfminer's interpreter says is drawn, and how, in the order in which it is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

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
from extract.pdf.unfolding.inner_work import InnerWork

_BLANK = 32
"""The code that spacing between words is added to."""
_Show = tuple[FontLook, Rgb | None, Paint, Matrix]
"""What the glyphs of one operator have in common: their font, colour and paint, and where their line lies."""


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
        self.inner_work = InnerWork()
        self._paints: dict[tuple[object, ...], Paint] = {}
        self._looks: dict[PDFFont, FontLook] = {}

    def paint(self, alpha: float) -> Paint:
        """The state in which something is painted now; as long as it stays, it is one object."""
        alpha *= self.group_alpha
        # a paint keeps its clip, so that no other one has its id
        now = (id(self.clip), alpha, self.marks[-1], self.blended, self.annotation)
        known = self._paints.get(now)
        if known is None:
            known = self._paints[now] = Paint(
                self.clip, alpha, *self.marks[-1], self.blended, self.annotation
            )
        return known

    def mark(self, layer_off: bool, watermark: bool) -> None:
        """Begin marked content, or a form on a layer."""
        outer_off, outer_watermark = self.marks[-1]
        self.marks.append((outer_off or layer_off, outer_watermark or watermark))
        demand(len(self.marks), PDF_LIMITS.mark_depth, "标记内容的嵌套层数")

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
        starts = [0]
        if "m" in letters[1:]:
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
        colour = (
            to_rgb(graphicstate.scolor, graphicstate.scs) if outlined else to_rgb(graphicstate.ncolor, ncs)
        )
        paint = self.paint(self.stroke_alpha if outlined else self.fill_alpha)
        show = self._look(font), colour, paint, mult_matrix(textstate.matrix, self.ctm)
        x, y = textstate.linematrix
        scale = textstate.scaling * 0.01
        for part in seq:
            if isinstance(part, bytes):
                x, y = self._show(show, part, (x, y), textstate)
            elif isinstance(part, (int, float)):
                if show[0].vertical:
                    y -= part * (0.001 * textstate.fontsize)
                else:
                    x -= part * (0.001 * textstate.fontsize * scale)
            else:
                self.drawing.damage.tokens += 1
        self.run += 1
        textstate.linematrix = x, y

    def _look(self, font: PDFFont) -> FontLook:
        """What is known of a font, asked once a page: what its codes draw may be known better after a page."""
        look = self._looks.get(font)
        if look is None:
            look = FontLook(font, font in self.fonts.embedded, self.fonts.uses_of(font))
            self._looks[font] = look
        return look

    def _show(self, show: _Show, text: bytes, at: Point, textstate: PDFTextState) -> Point:
        """Draw a string; the place on the line, in text space, where the next one begins."""
        (look, colour, paint, (a, b, c, d, e, f)), (x, y) = show, at
        size, scale, rise, mode = (
            textstate.fontsize,
            textstate.scaling * 0.01,
            textstate.rise,
            textstate.render,
        )
        vertical, run, font, embedded = look.vertical, self.run, look.font, look.embedded
        charspace = textstate.charspace * (1.0 if vertical else scale)
        wordspace = textstate.wordspace * scale if look.spaced else 0.0
        foot = look.descent * size + rise
        head, drawing, items, ask = foot + size, self.drawing, self.drawing.items, look.glyph
        for cid in font.decode(text):
            said, width = ask(cid)
            if vertical:
                advance = width * size
                local = look.box_below(cid, advance, size, rise)
            else:
                advance = width * size * scale
                local = (0.0, foot, advance, head)
            if said:
                matrix = (a, b, c, d, a * x + c * y + e, b * x + d * y + f)
                order = len(items)
                items.append(
                    DrawnGlyph(said, font, embedded, matrix, local, advance, run, mode, colour, paint, order)
                )
            drawing.characters += len(said) or 1  # a map may make thousands of one
            further = advance + charspace
            if cid == _BLANK:
                further += wordspace
            if vertical:
                y += further
            else:
                x += further
        demand(drawing.characters, PDF_LIMITS.characters, "字符数")
        return x, y


def _scale(matrix: Matrix) -> float:
    """By how many times a matrix makes lengths larger, in the mean of both directions."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))
