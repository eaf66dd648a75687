"""How much work the drawing of a page takes that its operators do not show: patterns, glyphs that draw others, shadings.

A renderer repeats a pattern as often as its steps fit, whatever is in it, and cannot be stopped while it does. So this is
counted from what the file says, before anything is drawn: in operators and pixels, each at least a few nanoseconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from extract.pdf.drawing.limits import PDF_LIMITS

_SPACE = rb"(?:\s|%[^\r\n]*+[\r\n])++"
"""What stands between an operator and its operands: a comment counts as a space (ISO 32000-1, 7.2.3)."""
_USES = re.compile(
    rb"/([^\s/<>\[\](){}%]++)"
    + _SPACE
    + rb"(?:(scn|SCN|sh|Do)|[-+.0-9]++"
    + _SPACE
    + rb"(Tf))(?![^\s/<>\[\](){}%])"
)
"""An operator that draws what a resource of this name holds."""
_PAINTING = re.compile(
    rb"(?<![^\s/<>\[\](){}%])(?:/([^\s/<>\[\](){}%]++)\s++gs|([qQ]|[fBb]\*?|[FSs]|Do|T[jJ]|sh))(?![^\s/<>\[\](){}%])"
)
"""What sets a soft mask, keeps or ends it, and what is painted under it."""
_SHELVES = {b"scn": "Pattern", b"SCN": "Pattern", b"sh": "Shading", b"Do": "XObject", b"Tf": "Font"}
_PAGE_PX = 480_000.0
"""Pixels of a page as it is looked at here: A4 at 72 dots an inch."""
_MASK_PX = 2 * _PAGE_PX
"""A soft mask is drawn on a picture of its own and laid upon what it masks."""
_CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
"""A sign of a name, written as its number (ISO 32000-1, 7.3.5)."""
_STATES = "ExtGState"
_TILING = 1
_COMPUTED = 1
_COLOURS = 256
"""Colours that a renderer computes along a line; a shading of the first type is computed for every pixel."""
_PATCH_WORK = 100
"""Pixels for a byte of a mesh: a patch takes thirty bytes and is drawn as a dozen small curves."""
_FURTHEST = 10**9
"""Larger numbers count as this one, chosen: whatever has them is refused, and no product of four overflows."""

_Shelves = Mapping[str, Any]


class InnerWork:
    """Counts for one page; what was counted once is known."""

    def __init__(self) -> None:
        self._known: dict[int | None, float] = {}

    def of_content(self, data: bytes, resources: object, depth: int = 0) -> float:
        """The work behind what this content draws, without its own operators."""
        shelves = _dictionary(resources)
        if not any(shelf in shelves for shelf in (*_SHELVES.values(), _STATES)):
            return 0.0
        uses = Counter((name, place or text) for name, place, text in _USES.findall(data))
        return self._of_masks(data, shelves, depth) + sum(
            self._of_use(shelf, _named(shelves, shelf, name), uses[name, operator], len(data), shelves, depth)
            for name, operator in uses
            for shelf in (_SHELVES[operator],)
        )

    def _of_use(
        self, shelf: str, found: object, times: int, size: int, resources: _Shelves, depth: int
    ) -> float:
        spec = found.attrs if isinstance(found, PDFStream) else _dictionary(found)
        if shelf == "Font":  # each byte of the content may be a glyph
            return size * self._of_glyphs(spec, resources, depth)
        if shelf == "Shading":
            return times * _of_shading(found)
        if shelf == "Pattern" and resolve1(spec.get("PatternType")) != _TILING:
            return times * _of_shading(resolve1(spec.get("Shading")))
        if not isinstance(found, PDFStream):
            return 0.0
        if shelf == "XObject" and _word(spec.get("Subtype")) != "Form":
            wide, high = (_number(spec.get(side)) for side in ("Width", "Height"))
            return (
                times * wide * high if depth else 0.0
            )  # those of the page itself are counted by the renderer
        inner = self._of_stream(found, resources, depth)
        return times * (
            inner + (_tiles(spec) * (1 + min(_box_px(spec), _PAGE_PX)) if shelf == "Pattern" else 0)
        )

    def _of_glyphs(self, spec: _Shelves, resources: _Shelves, depth: int) -> float:
        glyphs = _dictionary(spec.get("CharProcs"))
        owner = _dictionary(spec.get("Resources")) or resources
        drawn = [glyph for glyph in map(resolve1, glyphs.values()) if isinstance(glyph, PDFStream)]
        # a page's own glyphs are drawn once and kept by the renderer
        return max(
            (self._of_stream(glyph, owner, depth) - (0 if depth else len(_data(glyph))) for glyph in drawn),
            default=0.0,
        )

    def _of_masks(self, data: bytes, resources: _Shelves, depth: int) -> float:
        """Whatever is painted under a soft mask draws the mask anew."""
        states = _dictionary(resources.get(_STATES)).items()
        masks = {name: resolve1(_dictionary(state).get("SMask")) for name, state in states}
        if not any(isinstance(mask, dict) for mask in masks.values()):
            return 0.0
        work, now, outer = 0.0, 0.0, list[float]()
        for name, operator in _PAINTING.findall(data):
            if operator == b"q":
                outer.append(now)
            elif operator == b"Q":
                now = outer.pop() if outer else 0.0
            elif operator:
                work += now
            elif (mask := masks.get(_decoded(name))) is not None:
                drawn = resolve1(mask.get("G")) if isinstance(mask, dict) else None
                now = (
                    _MASK_PX + self._of_stream(drawn, resources, depth)
                    if isinstance(drawn, PDFStream)
                    else 0.0
                )
        return work

    def _of_stream(self, stream: PDFStream, outer: _Shelves, depth: int) -> float:
        """A stream's own bytes and the work behind them; one that draws itself is drawn once."""
        if depth > PDF_LIMITS.form_depth:
            return 0.0
        key = stream.objid
        if key is None or key not in self._known:
            self._known[key] = 0.0
            data = _data(stream)
            own = _dictionary(stream.get("Resources")) or outer
            self._known[key] = len(data) + self.of_content(data, own, depth + 1)
        return self._known[key]


def _of_shading(found: object) -> float:
    """A shading's page of pixels, each computed where its function says so (ISO 32000-1, 8.7.4.5), and its patches."""
    spec = found.attrs if isinstance(found, PDFStream) else _dictionary(found)
    function = resolve1(spec.get("Function"))
    size = len(_data(function)) if isinstance(function, PDFStream) else 0
    computed = _PAGE_PX if resolve1(spec.get("ShadingType")) == _COMPUTED else _COLOURS
    patches = _PATCH_WORK * len(_data(found)) if isinstance(found, PDFStream) else 0
    return _PAGE_PX + computed * size + patches


def _tiles(spec: _Shelves) -> float:
    """How often a pattern's cell fits on a page."""
    steps = abs(_number(spec.get("XStep")) * _number(spec.get("YStep"))) * _enlarged(spec)
    return max(1.0, _PAGE_PX / steps) if steps else 0.0


def _box_px(spec: _Shelves) -> float:
    box = resolve1(spec.get("BBox"))
    numbers = [_number(one) for one in box] if isinstance(box, list) and len(box) == 4 else [0.0] * 4
    return abs((numbers[2] - numbers[0]) * (numbers[3] - numbers[1])) * _enlarged(spec)


def _enlarged(spec: _Shelves) -> float:
    """By how many times a pattern's matrix makes areas larger."""
    matrix = resolve1(spec.get("Matrix"))
    if not isinstance(matrix, list) or len(matrix) < 4:
        return 1.0
    a, b, c, d = (_number(one) for one in matrix[:4])
    return abs(a * d - b * c)


def _named(resources: _Shelves, shelf: str, name: bytes) -> object:
    return resolve1(_dictionary(resources.get(shelf)).get(_decoded(name)))


def _decoded(name: bytes) -> str:
    return _CODED.sub(lambda code: bytes([int(code[1], 16)]), name).decode("latin-1")


def _dictionary(value: object) -> _Shelves:
    found = resolve1(value)
    return found if isinstance(found, dict) else {}


def _word(value: object) -> str:
    found = resolve1(value)
    return literal_name(found) if isinstance(found, PSLiteral) else ""


def _number(value: object) -> float:
    found = resolve1(value)
    return float(max(-_FURTHEST, min(_FURTHEST, found))) if isinstance(found, (int, float)) else 0.0


def _data(stream: PDFStream) -> bytes:
    """What a stream decodes to; nothing where it cannot be: a renderer draws nothing then."""
    try:
        return stream.get_data()
    except (PDFException, ValueError):
        return b""
