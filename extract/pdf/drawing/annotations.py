"""What lies on a page beside its own content: form fields and annotations (ISO 32000-1, 12.5 and 12.7).

Viewers draw them over the page from a form of their own, their appearance; where there is none, a field's value and a
note's text are set here as a viewer would set them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, decode_text, mult_matrix

from extract.pdf.drawing.interpreter import Interpreter, form_matrix
from extract.pdf.drawing.layers import is_layer_off
from extract.pdf.drawing.limits import PDF_LIMITS, demand
from extract.pdf.drawing.nouns import DrawnGlyph, Matrix, Shape

FIELD = "Widget"
"""The kind of annotation that is a form field."""
_HIDDEN, _NO_VIEW = 2, 32
"""Flags of annotations that viewers do not show."""
_HARMLESS = frozenset(("Link", "Popup", "Text", "FileAttachment", "Sound", "Movie"))
"""Kinds that change nothing of what stands on the page."""
_REDACTION = "Redact"
"""What somebody marked to be taken out and did not take out: told although viewers may show nothing of it."""
_DRAWN_BY_VIEWERS = frozenset(("Caret", "Circle", "Ink", "Line", "Polygon", "PolyLine", "Square", "Stamp"))
"""Kinds that viewers draw in their own ways where the file holds no appearance: told, for nobody knows what is seen."""
_PASSWORD = 1 << 13
"""The flag of a text field whose value viewers show as asterisks."""
_MARKING = frozenset(("Highlight", "Underline", "Squiggly"))
"""Kinds that only mark words, unless their appearance says more."""
_SIZE = re.compile(rb"([\d.]+)\s+Tf")
_USUAL_SIZE_PT = 9.0
"""The type size of a note that does not say which."""
_HEIGHT_SHARE = 0.7
"""A field that leaves its type size to the viewer is set in type of this share of its height."""
_PADDING_PT = 2.0
"""Space between a field's border and its text."""
_LEADING = 1.2
"""The distance of lines, in type sizes."""

_Dictionary = Mapping[str, Any]
_Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class AnnotationMark:
    """An annotation that a person sees: its kind, its box on the page (left, top, right, bottom in points), what it
    says, and whether its appearance says something else than its value.
    """

    kind: str
    box: _Rectangle
    text: str
    differs: bool = False


def draw_annotations(source: PDFPage, interpreter: Interpreter, ctm: Matrix) -> list[AnnotationMark]:
    """Draws the annotations of a page over what `interpreter` has drawn of it; those that change what is seen."""
    found = [one for one in map(resolve1, list_value(source.annots or [])) if isinstance(one, dict)]
    demand(len(found), PDF_LIMITS.form_calls, "批注和表单域的数目")
    renews = bool(resolve1(dict_value(source.doc.catalog.get("AcroForm", {})).get("NeedAppearances")))
    marks = []
    for one in found:
        kind = _name(one.get("Subtype"))
        flags = resolve1(one.get("F")) or 0
        rectangle = _numbers(one.get("Rect"), 4)
        if rectangle is not None:
            interpreter.device.drawing.annotated.append(_placed(rectangle, ctm))
        hidden = isinstance(flags, int) and flags & (_HIDDEN | _NO_VIEW)
        if (
            hidden
            or kind in _HARMLESS
            or rectangle is None
            or is_layer_off(one.get("OC"), interpreter.layers_off)
        ):
            continue
        # a signature's words stand over the table as a stamp's do
        signed = kind == FIELD and _name(_inherited(one, "FT")) == "Sig"
        interpreter.device.annotation = "Stamp" if signed else kind
        mark = _draw(one, kind, rectangle, interpreter, ctm, renews=renews)
        interpreter.device.annotation = ""
        if mark is not None:
            marks.append(mark)
    return marks


def _draw(
    one: _Dictionary, kind: str, rectangle: _Rectangle, interpreter: Interpreter, ctm: Matrix, *, renews: bool
) -> AnnotationMark | None:
    items = interpreter.device.drawing.items
    before = len(items)
    said = _value(one) if kind == FIELD else _text(one.get("Contents"))
    appearance = _appearance(one)
    if appearance is not None:
        placed = _placing(appearance, rectangle)
        if placed is not None:
            interpreter.graphicstate = interpreter.graphicstate.copy()
            interpreter.draw_form(appearance, placed)
    shown = "".join(item.text for item in items[before:] if isinstance(item, DrawnGlyph))
    fresh = appearance is None and renews  # every viewer sets such a field from its value
    differs = kind in (FIELD, "FreeText") and bool(said) and _bare(shown) != _bare(said) and not fresh
    differs = differs or (bool(said) and _is_secret(one))
    if appearance is None or (differs and kind == FIELD and (renews or not shown)):
        del items[before:]
        if kind == "StrikeOut":
            _strike(one, rectangle, interpreter, ctm)
        elif kind in (FIELD, "FreeText") and said:
            _set(said, rectangle, _type_size(one, rectangle), interpreter, ctm)
    drawn = (
        any(isinstance(item, DrawnGlyph) for item in items[before:]) if kind in _MARKING else items[before:]
    )
    if not drawn and kind != _REDACTION and (appearance is not None or kind not in _DRAWN_BY_VIEWERS):
        return None
    return AnnotationMark(kind, _placed(rectangle, ctm), said, differs)


def _placed(rectangle: _Rectangle, ctm: Matrix) -> _Rectangle:
    """Where a rectangle of the file lies on the page."""
    left, top, right, bottom = apply_matrix_rect(ctm, rectangle)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def _appearance(one: _Dictionary) -> PDFStream | None:
    """The form that viewers draw for an annotation: its normal appearance, in its present state."""
    normal = resolve1(dict_value(one.get("AP", {})).get("N"))
    if isinstance(normal, dict):
        normal = resolve1(normal.get(_name(one.get("AS"))))
    return normal if isinstance(normal, PDFStream) else None


def _placing(form: PDFStream, rectangle: _Rectangle) -> Matrix | None:
    """What moves a form's box into an annotation's rectangle (ISO 32000-1, 12.5.5)."""
    box = _numbers(form.get("BBox"), 4)
    if box is None:
        return None
    x0, y0, x1, y1 = apply_matrix_rect(form_matrix(form), box)
    left, right = sorted((rectangle[0], rectangle[2]))
    foot, head = sorted((rectangle[1], rectangle[3]))
    if x1 <= x0 or y1 <= y0:
        return None
    wide, high = (right - left) / (x1 - x0), (head - foot) / (y1 - y0)
    return (wide, 0.0, 0.0, high, left - x0 * wide, foot - y0 * high)


def _value(field: _Dictionary) -> str:
    """A text field's or a choice's value; `""` for buttons and signatures, whose appearance says what they say."""
    if _name(_inherited(field, "FT")) not in ("Tx", "Ch"):
        return ""
    value = resolve1(_inherited(field, "V"))
    if isinstance(value, list):
        return " ".join(map(_text, value))
    return _text(value)


def _is_secret(field: _Dictionary) -> bool:
    flags = _inherited(field, "Ff")
    return _name(_inherited(field, "FT")) == "Tx" and isinstance(flags, int) and bool(flags & _PASSWORD)


def _inherited(field: _Dictionary, key: str) -> object:
    """An attribute of a field or of the nearest field above it that has it."""
    for _ in range(PDF_LIMITS.form_depth):
        if key in field:
            return resolve1(field[key])
        parent = resolve1(field.get("Parent"))
        if not isinstance(parent, dict):
            return None
        field = parent
    return None


def _type_size(one: _Dictionary, rectangle: _Rectangle) -> float:
    style = resolve1(_inherited(one, "DA"))
    found = _SIZE.search(style) if isinstance(style, bytes) else None
    size = float(found[1]) if found and found[1].strip(b".") else 0.0
    high = abs(rectangle[3] - rectangle[1])
    return size or min(_USUAL_SIZE_PT, _HEIGHT_SHARE * high) or _USUAL_SIZE_PT


def _set(text: str, rectangle: _Rectangle, size: float, interpreter: Interpreter, ctm: Matrix) -> None:
    """Sets text into a rectangle: one line in its middle, several from the top."""
    device = interpreter.device
    left, right = sorted((rectangle[0], rectangle[2]))
    foot, head = sorted((rectangle[1], rectangle[3]))
    lines = list(_wrapped(text, max(size, right - left - 2 * _PADDING_PT), size))
    font = device.fonts.usual_font
    paint = device.paint(1.0)
    high = size * _LEADING
    y = (head + foot) / 2 - 0.3 * size if len(lines) == 1 else head - _PADDING_PT - size
    for line in lines:
        x = left + _PADDING_PT
        for char in line:
            wide = _char_width(char, size)
            matrix = mult_matrix((1.0, 0.0, 0.0, 1.0, x, y), ctm)
            local = (0.0, -0.2 * size, wide, 0.8 * size)
            order = len(device.drawing.items)
            glyph = DrawnGlyph(
                char, font, False, matrix, local, wide, device.run, 0, (0.0,) * 3, paint, order
            )
            device.drawing.items.append(glyph)
            x += wide
        device.run += 1
        y -= high


def _wrapped(text: str, room: float, size: float) -> Iterator[str]:
    for paragraph in text.splitlines():
        line, wide = "", 0.0
        for char in paragraph:
            further = _char_width(char, size)
            if line and wide + further > room:
                yield line
                line, wide = "", 0.0
            line, wide = line + char, wide + further
        if line:
            yield line


def _char_width(char: str, size: float) -> float:
    return size if unicodedata.east_asian_width(char) in "WF" else size / 2


def _strike(one: _Dictionary, rectangle: _Rectangle, interpreter: Interpreter, ctm: Matrix) -> None:
    """Draws the lines of a strike-out that has no appearance: one through the middle of each of its quadrilaterals."""
    numbers = [n for n in map(resolve1, list_value(one.get("QuadPoints", []))) if isinstance(n, (int, float))]
    quads: Sequence[Sequence[float]] = [numbers[n : n + 8] for n in range(0, len(numbers) - 7, 8)]
    quads = quads or [[*rectangle[:2], *rectangle[2:], *rectangle[:2], *rectangle[2:]]]
    drawing = interpreter.device.drawing
    for quad in quads:
        y = (min(quad[1::2]) + max(quad[1::2])) / 2
        points = [apply_matrix_pt(ctm, (x, y)) for x in (min(quad[::2]), max(quad[::2]))]
        paint = interpreter.device.paint(1.0)
        red = (1.0, 0.0, 0.0)
        drawing.items.append(Shape("ml", points, True, False, red, None, 1.0, paint, len(drawing.items)))


def _numbers(value: object, count: int) -> Any:
    numbers = [n for n in map(resolve1, list_value(value or [])) if isinstance(n, (int, float))]
    return tuple(map(float, numbers)) if len(numbers) == count else None


def _name(value: object) -> str:
    found = resolve1(value)
    return literal_name(found) if isinstance(found, PSLiteral) else ""


def _text(value: object) -> str:
    found = resolve1(value)
    return decode_text(found) if isinstance(found, bytes) else ""


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
