"""What a page's content draws, in the order in which it is drawn: glyphs, shapes and pictures.

pdfminer's interpreter knows the operators; this one also knows what decides whether a person sees their work: clips,
layers, transparency, text rendering modes and marked content (ISO 32000-1, 8.4, 8.11, 9.3.6, 11, 14.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, stream_value
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, mult_matrix

from extract.pdf.drawing.content import OPERATORS, content_to_operations
from extract.pdf.drawing.layers import is_layer_off
from extract.pdf.drawing.limits import PDF_LIMITS, demand
from extract.pdf.drawing.nouns import Clip, Drawing, Inks, Matrix, Point, first_colour
from extract.pdf.drawing.plain_operators import PlainOperators
from extract.pdf.drawing.recorder import Recorder
from extract.pdf.drawing.streams import BoundedStream, Fonts
from extract.pdf.drawing.text_objects import TEXT_OPERATORS, TextObjects

_WATERMARKS = frozenset(("Watermark", "Background"))
"""Kinds of artifacts (ISO 32000-1, 14.8.2.2.2) that belong to no table."""


class Interpreter(PlainOperators):
    """Follows the operators of content, and of the forms that it draws."""

    device: Recorder

    def __init__(self, fonts: Fonts, device: Recorder, layers_off: frozenset[int] = frozenset()) -> None:
        super().__init__(fonts, device)
        self.layers_off = layers_off

    def dup(self) -> Interpreter:
        return Interpreter(self.rsrcmgr, self.device, self.layers_off)  # type: ignore[arg-type]

    def init_resources(self, resources: dict[object, object]) -> None:
        super().init_resources(resources)
        for name, spec in dict_value(dict_value(resources).get("ColorSpace", {})).items():
            parts = resolve1(spec)
            kind = literal_name(resolve1(parts[0])) if isinstance(parts, list) and len(parts) > 1 else ""
            if kind in ("Separation", "DeviceN"):
                inks = resolve1(parts[1])
                self.csmap[name] = Inks(
                    kind, [literal_name(i) for i in (inks if kind == "DeviceN" else [inks])]
                )

    def init_state(self, ctm: Matrix) -> None:
        super().init_state(ctm)
        self._saved: list[tuple[Clip, float, float, bool]] = []

    def execute(self, streams: Sequence[object]) -> None:
        """Follow the content of `streams`, which are one: a token ends where a stream does."""
        device, damage = self.device, self.device.drawing.damage
        parts: list[bytes] = []
        self.stream_ids.clear()
        for stream in map(stream_value, streams):
            if stream.objid is None or stream.objid in self.parent_stream_ids:
                continue
            self.stream_ids.add(stream.objid)
            parts.append(stream.get_data())
            demand(sum(map(len, parts)), PDF_LIMITS.page_bytes, "内容解压后的字节数")
            if isinstance(stream, BoundedStream) and stream.broken:
                damage.streams.append(str(stream.objid))
        drawing, texts, data = device.drawing, TextObjects(), b"\n".join(parts)
        if device.depth <= 1:  # what forms on a form hold is counted with it
            work = device.inner_work.of_content(data, self.resources)
            demand(int(work), PDF_LIMITS.inner_work, "图案、底纹和字形内的绘图量")
        for name, operands, numbers in content_to_operations(data, damage):
            drawing.operations += 1
            if drawing.operations > PDF_LIMITS.operations:
                demand(drawing.operations, PDF_LIMITS.operations, "绘图指令数")
            method, count = _METHODS[name]
            given = len(operands)
            if given != count or not (
                numbers or name in _OTHER_OPERANDS or _NUMBERS.issuperset(map(type, operands))
            ):
                # what stood between is lost, unless it is a colour
                damage.tokens += name not in _FREE or given < count
                if given < count:
                    continue
            if name in TEXT_OPERATORS:
                texts.follow(name)
            self.argstack = operands
            method(self, *(operands if given == count else operands[given - count :]))
        damage.tokens += texts.faults

    def do_q(self) -> None:
        super().do_q()
        device = self.device
        self._saved.append((device.clip, device.fill_alpha, device.stroke_alpha, device.blended))

    def do_Tj(self, s: Any) -> None:  # noqa: N802
        self.do_TJ([s])

    def do_Q(self) -> None:  # noqa: N802
        super().do_Q()
        if self._saved:
            device = self.device
            device.clip, device.fill_alpha, device.stroke_alpha, device.blended = self._saved.pop()

    def do_W(self) -> None:  # noqa: N802
        points = [apply_matrix_pt(self.ctm, step[-2:]) for step in self.curpath if len(step) > 2]
        if points:
            self.device.clip = self.device.clip.within(_points_to_clip(points))

    do_W_a = do_W  # noqa: N815

    def do_F(self) -> None:  # noqa: N802
        self.do_f()

    def do_CS(self, name: Any) -> None:  # noqa: N802
        super().do_CS(name)
        self.graphicstate.scolor = first_colour(self.graphicstate.scs)

    def do_cs(self, name: Any) -> None:
        super().do_cs(name)
        self.graphicstate.ncolor = first_colour(self.graphicstate.ncs)

    def do_sh(self, name: object) -> None:
        self.device.shade()

    def do_gs(self, name: Any) -> None:
        states = dict_value(dict_value(self.resources).get("ExtGState", {}))
        state = dict_value(states.get(literal_name(name), {}))
        for key, attribute in (("ca", "fill_alpha"), ("CA", "stroke_alpha")):
            alpha = resolve1(state.get(key))
            if isinstance(alpha, (int, float)):
                setattr(self.device, attribute, min(1.0, max(0.0, float(alpha))))
        mode = resolve1(state.get("BM"))
        if mode is not None:
            first = resolve1(mode[0]) if isinstance(mode, list) and mode else mode
            self.device.blended = literal_name(first) not in ("Normal", "Compatible")

    def do_Tf(self, fontid: Any, fontsize: Any) -> None:  # noqa: N802
        font = self.fontmap.get(fontid.name) if type(fontid) is PSLiteral else None
        if font is not None and type(fontsize) is float:
            self.textstate.font, self.textstate.fontsize = font, fontsize
            return
        if literal_name(fontid) not in self.fontmap:
            self.device.drawing.damage.tokens += 1
        super().do_Tf(fontid, fontsize)

    def do_TJ(self, seq: Any) -> None:  # noqa: N802
        if self.textstate.font is None or not isinstance(seq, list):
            self.device.drawing.damage.tokens += 1
            return
        # glyphs take their colour from the state at once, so that it need not be copied
        self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def do_BMC(self, tag: Any) -> None:  # noqa: N802
        self.device.mark(False, False)

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        name = literal_name(tag)
        if isinstance(props, PSLiteral):
            known = dict_value(dict_value(self.resources).get("Properties", {}))
            named = known.get(literal_name(props))
            if name == "OC":
                self.device.mark(is_layer_off(named, self.layers_off), False)
                return
            props = resolve1(named)
        if isinstance(props, dict) and "ActualText" in props:
            self.device.drawing.reworded = True
        kind = resolve1(props.get("Subtype")) if name == "Artifact" and isinstance(props, dict) else None
        self.device.mark(False, isinstance(kind, PSLiteral) and literal_name(kind) in _WATERMARKS)

    def do_EI(self, obj: Any) -> None:  # noqa: N802
        if isinstance(obj, PDFStream):
            self.device.render_image("inline", obj)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        found = self.xobjmap.get(literal_name(xobjid_arg))
        drawn = resolve1(found)
        if isinstance(drawn, PDFStream):
            self.device.mark(is_layer_off(drawn.get("OC"), self.layers_off), False)
            if literal_name(resolve1(drawn.get("Subtype"))) == "Form":
                self.draw_form(drawn)
            else:
                self.device.render_image("", drawn)
            self.device.end_tag()
        else:
            self.device.drawing.damage.tokens += 1

    def draw_form(self, form: PDFStream, placed: Matrix | None = None) -> None:
        """Draw a form, moved by `placed` (an annotation's appearance): clipped to its box, blended as a group."""
        device = self.device
        device.drawing.form_calls += 1
        demand(device.drawing.form_calls, PDF_LIMITS.form_calls, "重复绘制的表单数")
        demand(device.depth, PDF_LIMITS.form_depth, "表单嵌套层数")
        outside = device.clip, device.fill_alpha, device.stroke_alpha, device.group_alpha
        marks = len(device.marks)
        matrix = mult_matrix(form_matrix(form), mult_matrix(placed, self.ctm) if placed else self.ctm)
        box = [number for number in map(resolve1, list_value(form.get("BBox", []))) if _is_number(number)]
        if len(box) == 4:
            x0, y0, x1, y1 = apply_matrix_rect(matrix, (box[0], box[1], box[2], box[3]))
            device.clip = device.clip.within(Clip(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        if "Group" in form:
            device.group_alpha *= device.fill_alpha
            device.fill_alpha = device.stroke_alpha = 1.0
        own = resolve1(form.get("Resources"))
        device.depth += 1
        self.subinterp().render_contents(own if isinstance(own, dict) else self.resources, [form], ctm=matrix)
        device.depth -= 1
        device.clip, device.fill_alpha, device.stroke_alpha, device.group_alpha = outside
        del device.marks[marks:]
        device.set_ctm(self.ctm)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float))


def form_matrix(form: PDFStream) -> Matrix:
    """The matrix of a form; none, or a broken one, moves nothing."""
    numbers = [n for n in map(resolve1, list_value(form.get("Matrix", []))) if _is_number(n)]
    return (*numbers,) if len(numbers) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _points_to_clip(points: Sequence[Point]) -> Clip:
    """The box around a clipping path: a clip that is no rectangle counts as the box around it."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Clip(min(xs), min(ys), max(xs), max(ys))


_METHODS = {
    name: (method, method.__code__.co_argcount - 1)
    for name in sorted(OPERATORS - {"BI", "ID", "d0", "d1"})
    for method in (
        getattr(Interpreter, "do_" + name.replace("*", "_a").replace('"', "_w").replace("'", "_q")),
    )
}
"""The method for each operator, and how many operands it takes."""


_FREE = frozenset(("SC", "SCN", "sc", "scn", "BX", "EX"))
"""Operators that take as many operands as a colour has parts, or that readers need not know."""
_OTHER_OPERANDS = frozenset(
    ["BDC", "BMC", "CS", "DP", "Do", "EI", "MP", "TJ", "Tf", "Tj", "cs", "d", "gs", "ri", "sh", "'", '"']
)
"""Operators of which an operand is no number."""
_NUMBERS = frozenset((int, float))


def _pass_over(interpreter: Interpreter) -> None:
    """Operators of glyphs that are drawn by content of their own."""


_METHODS |= {"d0": (_pass_over, 0), "d1": (_pass_over, 0)}


def content_to_drawing(
    source: PDFPage, fonts: Fonts, ctm: Matrix, layers_off: frozenset[int]
) -> tuple[Drawing, Interpreter]:
    """What a page's content draws, `ctm` leading to points from the top left corner, and who drew it.

    Raises `TooMuchError` beyond the limits, and whatever pdfminer raises for broken content.
    """
    drawing = Drawing()
    demand(len(source.contents), PDF_LIMITS.content_streams, "内容流的数目")
    interpreter = Interpreter(fonts, Recorder(fonts, drawing), layers_off)
    interpreter.device.set_ctm(ctm)
    interpreter.render_contents(source.resources, source.contents, ctm=ctm)
    return drawing, interpreter
