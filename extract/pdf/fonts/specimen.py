"""Glyphs of a file's embedded fonts, drawn by pdfium one by one, away from the page: the font's own word on what it draws."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral

GlyphPictures = NDArray[np.uint8]
"""n × `CELL_PX` × `CELL_PX`: each glyph dark (0) on white (255) in a cell of its own."""

CELL_PX = 64
"""A glyph is drawn in a square cell of this size."""
EM_PX = 40
"""The em of a drawn glyph has this size."""
_BASELINE_PX = 20
"""A glyph's baseline lies this far above the foot of its cell."""
_LEFT_PX = 12
"""A glyph begins this far from the left side of its cell."""
_COLUMNS = 16
"""A sheet has this many cells side by side."""
_MOST_BYTES = 30_000_000
"""Fonts that take more than this are not drawn."""
_MOST_OBJECTS = 5_000
"""Fonts that consist of more objects than this are not drawn."""


class SpecimenError(Exception):
    """The glyphs of a font cannot be drawn."""


@dataclass(frozen=True, slots=True)
class GlyphCode:
    """A code of the font with dictionary `source`."""

    source: Mapping[str, Any]
    code: int


def is_drawable(source: Mapping[str, Any]) -> bool:
    """Whether the glyphs of a font can be drawn by their codes: it is embedded, and codes are plain numbers."""
    if _name(source.get("Subtype")) == "Type0":
        descendants = resolve1(source.get("DescendantFonts"))
        inner = resolve1(descendants[0]) if isinstance(descendants, list) and descendants else None
        is_plain = _name(source.get("Encoding")) in ("Identity-H", "Identity-V")
        return is_plain and isinstance(inner, dict) and _is_embedded(inner)
    if _name(source.get("Subtype")) == "Type3":
        return "CharProcs" in source
    return _name(source.get("Subtype")) in ("TrueType", "Type1", "MMType1") and _is_embedded(source)


def glyphs_to_pictures(glyphs: Sequence[GlyphCode]) -> GlyphPictures:
    """How pdfium draws each glyph, of which there is one at least.

    Raises `SpecimenError` where a font is too large or broken.
    """
    rows = -(-len(glyphs) // _COLUMNS)
    try:
        document = pypdfium2.PdfDocument(_glyphs_to_pdf(glyphs, rows))
        try:
            sheet = document[0].render(scale=1, grayscale=True).to_numpy()
        finally:
            document.close()
    except (pypdfium2.PdfiumError, PSException, RecursionError, TypeError, ValueError, zlib.error) as error:
        raise SpecimenError from error
    cells = sheet.reshape(rows, CELL_PX, _COLUMNS, CELL_PX).swapaxes(1, 2).reshape(-1, CELL_PX, CELL_PX)
    return np.ascontiguousarray(cells[: len(glyphs)], np.uint8)


def _is_embedded(font: Mapping[str, Any]) -> bool:
    descriptor = resolve1(font.get("FontDescriptor"))
    return isinstance(descriptor, dict) and any(
        key in descriptor for key in ("FontFile", "FontFile2", "FontFile3")
    )


def _name(value: object) -> str:
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _glyphs_to_pdf(glyphs: Sequence[GlyphCode], rows: int) -> bytes:
    """A PDF file of one page with the glyphs in the cells of a grid, row by row from the top."""
    copy = _Copy()
    fonts: dict[int, tuple[str, bytes, str]] = {}
    marks = []
    codes: dict[int, set[int]] = {}
    for glyph in glyphs:
        codes.setdefault(id(glyph.source), set()).add(glyph.code)
    for n, glyph in enumerate(glyphs):
        if id(glyph.source) not in fonts:
            digits = "04x" if _name(glyph.source.get("Subtype")) == "Type0" else "02x"
            made = copy.font(glyph.source, codes[id(glyph.source)])
            fonts[id(glyph.source)] = f"F{len(fonts)}", made, digits
        font, _, digits = fonts[id(glyph.source)]
        x = (n % _COLUMNS) * CELL_PX + _LEFT_PX
        y = (rows - 1 - n // _COLUMNS) * CELL_PX + _BASELINE_PX
        marks.append(f"/{font} {EM_PX} Tf 1 0 0 1 {x} {y} Tm <{glyph.code:{digits}}> Tj")
    named = b" ".join(f"/{name} ".encode() + made for name, made, _ in fonts.values())
    content = copy.stream(b"", f"BT {' '.join(marks)} ET".encode())
    pages = copy.reserve()
    size = f"[0 0 {_COLUMNS * CELL_PX} {rows * CELL_PX}]".encode()
    page = copy.add(
        b"<</Type/Page/Parent %b/MediaBox%b/Resources<</Font<<%b>>>>/Contents %b>>"
        % (pages, size, named, content)
    )
    copy.fill(pages, b"<</Type/Pages/Kids[%b]/Count 1>>" % page)
    return copy.to_bytes(copy.add(b"<</Type/Catalog/Pages %b>>" % pages))


def _procedures(source: Mapping[str, Any], codes: Collection[int]) -> dict[str, Any]:
    """What a Type 3 font needs to draw `codes` (ISO 32000-1, 9.6.5): their names and procedures, and no widths."""
    encoding, procedures = resolve1(source.get("Encoding")), resolve1(source.get("CharProcs"))
    differences = resolve1(encoding.get("Differences")) if isinstance(encoding, dict) else None
    if not isinstance(differences, list) or not isinstance(procedures, dict):
        return {}
    names: dict[int, PSLiteral] = {}
    code = 0
    for item in differences:
        # most fonts name hundreds of glyphs that are none: these lines are passed often
        if type(item) is PSLiteral:
            if code in codes:
                names[code] = item
            code += 1
        elif isinstance(found := resolve1(item), int):
            code = found
    wanted = {code: names[code] for code in sorted(names)}
    shown = {str(name.name) for name in wanted.values()}
    return {
        "Encoding": {**encoding, "Differences": [part for pair in wanted.items() for part in pair]},
        "CharProcs": {name: drawn for name, drawn in procedures.items() if name in shown},
        "FirstChar": min(codes),
        "LastChar": min(codes),
        "Widths": [0],
    }


@dataclass(slots=True)
class _Copy:
    """A new PDF file into which objects of another are copied, each once."""

    objects: list[bytes] = field(default_factory=list)
    copied: dict[object, bytes] = field(default_factory=dict)
    size: int = 0

    def reserve(self) -> bytes:
        """A reference to an object that is to be filled in later."""
        if len(self.objects) >= _MOST_OBJECTS:
            raise ValueError("a font of too many objects")
        self.objects.append(b"null")
        return b"%d 0 R" % len(self.objects)

    def fill(self, reference: bytes, body: bytes) -> None:
        """Give a reserved object its content."""
        self.size += len(body)
        if self.size > _MOST_BYTES:
            raise ValueError("a font of too many bytes")
        self.objects[int(reference.split()[0]) - 1] = body

    def add(self, body: bytes) -> bytes:
        """A reference to a new object."""
        reference = self.reserve()
        self.fill(reference, body)
        return reference

    def stream(self, entries: bytes, data: bytes) -> bytes:
        """A reference to a new stream."""
        return self.add(b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data))

    def font(self, source: Mapping[str, Any], codes: Collection[int]) -> bytes:
        """A reference to a copy of a font whose codes are glyph numbers or bytes, written from left to right; of one that
        is drawn by procedures only those of `codes`.
        """
        kept = {key: value for key, value in source.items() if key != "ToUnicode"}
        if _name(source.get("Subtype")) == "Type3":
            kept |= _procedures(source, codes)
        if _name(source.get("Subtype")) == "Type0":
            return self.add(self.value({**kept, "Encoding": PSLiteral("Identity-H")}))
        return self.add(self.value(kept))

    def value(self, value: Any) -> bytes:
        """A value of the other file, written down; what it refers to is copied too."""
        if isinstance(value, PDFObjRef):
            return self._once(("object", value.objid), value.resolve)
        if isinstance(value, PDFStream):
            return self._once(("stream", id(value)), lambda: value)
        if isinstance(value, PSLiteral):
            return _written(value.name if isinstance(value.name, str) else value.name.decode("latin1"))
        if isinstance(value, dict):
            entries = (b"%b %b" % (_written(key), self.value(item)) for key, item in value.items())
            return b"<<%b>>" % b" ".join(entries)
        if isinstance(value, list):
            return b"[%b]" % b" ".join(map(self.value, value))
        return _plain(value)

    def _once(self, key: object, resolve: Any) -> bytes:
        if key not in self.copied:
            self.copied[key] = self.reserve()
            found = resolve()
            body = self._stream_body(found) if isinstance(found, PDFStream) else self.value(found)
            self.fill(self.copied[key], body)
        return self.copied[key]

    def _stream_body(self, stream: PDFStream) -> bytes:
        """The bytes as they lie in the file, or decoded where that has been done or they are encrypted."""
        if stream.rawdata is None or stream.decipher is not None:
            data, dropped = stream.get_data(), {"Filter", "DecodeParms", "F", "DP", "Length"}
        else:
            data, dropped = stream.rawdata, {"Length"}
        attributes = {key: value for key, value in stream.attrs.items() if key not in dropped}
        entries = self.value(attributes)[2:-2]
        return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)

    def to_bytes(self, root: bytes) -> bytes:
        """The file."""
        parts, offsets = [b"%PDF-1.7\n"], []
        at = len(parts[0])
        for number, body in enumerate(self.objects, start=1):
            offsets.append(at)
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
            at += len(parts[-1])
        table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        count = len(self.objects) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table))
        parts.append(b"trailer<</Size %d/Root %b>>\nstartxref\n%d\n%%%%EOF" % (count, root, at))
        return b"".join(parts)


@lru_cache(maxsize=2048)
def _written(name: str) -> bytes:
    """A name as PDF writes it, whatever signs it has."""
    return b"/" + b"".join(b"#%02x" % byte for byte in name.encode("utf-8"))


def _plain(value: object) -> bytes:
    """A number, a string, a truth value or nothing, as PDF writes it."""
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, (int, float)):
        return f"{value:f}".rstrip("0").rstrip(".").encode() if isinstance(value, float) else b"%d" % value
    if isinstance(value, (bytes, str)):
        return b"<%b>" % (value if isinstance(value, bytes) else value.encode("latin1")).hex().encode()
    raise TypeError(f"no PDF value: {type(value).__name__}")
