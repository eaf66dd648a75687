"""The streams of a PDF file decoded within bounds and to their end, and whether they are whole.

pdfminer decodes a stream at once, whatever comes out, and goes on with what it got when the data is broken.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from functools import cached_property
from typing import Any, BinaryIO

from pdfminer.pdfdocument import PDFDocument, PDFNoValidXRef
from pdfminer.pdfexceptions import PDFKeyError, PDFObjectNotFound
from pdfminer.pdffont import PDFFont
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, int_value, list_value, resolve1
from pdfminer.psparser import LIT, literal_name
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

from extract.pdf.drawing.limits import PDF_LIMITS, demand
from extract.pdf.drawing.objects import UnusualError, bytes_to_values, read_object
from extract.pdf.fonts.known import KnownFonts
from extract.pdf.fonts.maps import is_whole_map
from extract.pdf.unfolding.filters import STREAM_BYTES, unascii85, unhex, unlzw, unrun

_MAP_CODES = "字体编码表的字符数"
_IMAGE = LIT("Image")
_LARGE_PICTURE_BYTES = 64 * 2**10
"""Pictures of at least this size are not kept: fifty scanned pages, which are parsed together, have 25 MB and more; a logo that
stands on every page is smaller."""
_CHUNK_BYTES = 64
"""Broken Flate data is decoded in pieces of this size, so that what stands before the damage is kept."""
_CHECKSUM_BYTES = 4
"""What follows Flate data (RFC 1950); some writers leave it out, and nothing is lost."""
_RANGE = re.compile(rb"<([0-9A-Fa-f]{1,16})>\s*+<([0-9A-Fa-f]{1,16})>")
_RANGES = re.compile(rb"begin(?:cid|bf|notdef)range(.*?)end(?:cid|bf|notdef)range", re.DOTALL)
_FONT_FILES = ("FontFile", "FontFile2", "FontFile3")


class BoundedStream(PDFStream):
    """A stream that decodes no more than a limit allows, and knows whether its data was whole."""

    broken = False

    @classmethod
    def of(cls, stream: PDFStream) -> BoundedStream:
        """The same stream, bounded."""
        assert stream.rawdata is not None
        return cls(stream.attrs, stream.rawdata, stream.decipher)

    def decode(self) -> None:
        """Decode the data. Raises `TooMuchError` beyond the limits, and what pdfminer raises for unknown filters."""
        assert self.rawdata is not None
        data = self.rawdata
        if self.decipher:
            data = self.decipher(self.objid or 0, self.genno or 0, data, self.attrs)
        filters = self.get_filters()
        demand(len(filters), PDF_LIMITS.filters, "数据流的滤镜数")
        for name, parameters in filters:
            data = self._decoded(literal_name(name), data)
            demand(len(data), PDF_LIMITS.stream_bytes, STREAM_BYTES)
            if isinstance(parameters, dict) and data:
                data = self._without_predictor(parameters, data)
        self.data, self.rawdata = data, None

    def _decoded(self, name: str, data: bytes) -> bytes:
        if name in ("FlateDecode", "Fl"):
            data, whole = inflate(data)
            self.broken = self.broken or not whole
            return data
        if name in ("LZWDecode", "LZW"):
            return unlzw(data)
        if name in ("ASCII85Decode", "A85"):
            return unascii85(data)
        if name in ("ASCIIHexDecode", "AHx"):
            return unhex(data)
        if name in ("RunLengthDecode", "RL"):
            return unrun(data)
        return data  # a picture's own format, which is decoded elsewhere or not at all

    def _without_predictor(self, parameters: Mapping[str, Any], data: bytes) -> bytes:
        predictor = int_value(parameters.get("Predictor", 1))
        if predictor == 1:
            return data
        colours = int_value(parameters.get("Colors", 1))
        columns = int_value(parameters.get("Columns", 1))
        bits = int_value(parameters.get("BitsPerComponent", 8))
        if not 0 < colours * columns * bits <= 8 * len(data):
            self.broken = True  # a row longer than all the data
            return data
        if predictor == 2:
            return apply_tiff_predictor(colours, columns, bits, data)
        return apply_png_predictor(predictor, colours, columns, bits, data)


def inflate(data: bytes) -> tuple[bytes, bool]:
    """Flate data decoded as far as it goes, and whether it is whole: to its end, its checksum right if it has one."""
    most = PDF_LIMITS.stream_bytes
    decoder = zlib.decompressobj()
    try:
        whole = decoder.decompress(data, most + 1)
    except zlib.error:
        return _inflate_broken(data), False
    demand(len(whole), most, STREAM_BYTES)
    return whole, decoder.eof or _lacks_checksum_only(data)


def _inflate_broken(data: bytes) -> bytes:
    decoder = zlib.decompressobj()
    parts: list[bytes] = []
    size = 0
    try:
        for place in range(0, len(data), _CHUNK_BYTES):
            parts.append(decoder.decompress(data[place : place + _CHUNK_BYTES], PDF_LIMITS.stream_bytes + 1))
            size += len(parts[-1])
            demand(size, PDF_LIMITS.stream_bytes, STREAM_BYTES)
    except zlib.error:
        pass
    return b"".join(parts)


def _lacks_checksum_only(data: bytes) -> bool:
    bare = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        bare.decompress(data[2:])
    except zlib.error:
        return False
    return bare.eof and len(bare.unused_data) < _CHECKSUM_BYTES


class BoundedParser(PDFParser):
    """A parser whose streams are bounded."""

    def push(self, *objs: Any) -> None:
        """Put objects on the stack."""
        super().push(*((place, _bounded(found)) for place, found in objs))


def _bounded(found: Any) -> Any:
    return BoundedStream.of(found) if type(found) is PDFStream else found


class BoundedDocument(PDFDocument):
    """A document whose streams are bounded; `rebuilt` looks for its objects one by one instead of by its own table."""

    def __init__(self, stream: BinaryIO, *, rebuilt: bool = False) -> None:
        self._rebuilt = rebuilt
        super().__init__(BoundedParser(stream))

    def _getobj_parse(self, pos: int, objid: int) -> object:
        parser = self._parser
        if parser is None or parser.fallback:  # the lengths of streams are not believed
            return super()._getobj_parse(pos, objid)
        try:
            value, data = read_object(parser.fp, pos, objid, self._refer)
        except UnusualError:
            return super()._getobj_parse(pos, objid)
        return value if data is None else BoundedStream(value, data, self.decipher)

    def _get_objects(self, stream: PDFStream) -> tuple[list[object], int]:
        try:
            return bytes_to_values(stream.get_data(), self._refer), int(stream["N"])
        except (UnusualError, PDFKeyError, TypeError):
            return super()._get_objects(stream)

    def _refer(self, number: int) -> PDFObjRef:
        return PDFObjRef(self, number)

    def find_xref(self, parser: PDFParser) -> int:
        """Where the table of objects begins. Raises `PDFNoValidXRef` when there is none to be used."""
        if self._rebuilt:
            raise PDFNoValidXRef("the table of objects is not believed")
        return super().find_xref(parser)

    def getobj(self, objid: int) -> object:
        """An object, itself and no reference to another: one that refers to itself in the end is followed for ever.

        Raises `PDFObjectNotFound` for one that is not there or nothing but a circle.
        """
        found, asked, seen = super().getobj(objid), objid, {objid}
        while isinstance(found, PDFObjRef):
            asked = found.objid
            if asked in seen:
                raise PDFObjectNotFound(objid)
            seen.add(asked)
            found = super().getobj(asked)
        if isinstance(found, BoundedStream) and _is_large_picture(found):
            self._cached_objs.pop(asked, None)
        return found


def _is_large_picture(stream: PDFStream) -> bool:
    """Whether the stream is a scanned page, say: read again when it is asked for again, and not kept with the file."""
    is_large = len(stream.rawdata or b"") >= _LARGE_PICTURE_BYTES
    return is_large and stream.attrs.get("Subtype") is _IMAGE


class Fonts(KnownFonts):
    """The fonts of a file, each made once, its maps counted before they are unfolded.

    `broken` are the fonts whose own data is damaged, `embedded` those whose glyphs the file holds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.broken: set[PDFFont] = set()
        self.embedded: set[PDFFont] = set()

    @cached_property
    def usual_font(self) -> PDFFont:
        """The font in which viewers set a field's value or a note."""
        return super().get_font(None, {"Subtype": LIT("Type1"), "BaseFont": LIT("Helvetica")})

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font of a specification. Raises `TooMuchError` for one whose maps name too many codes."""
        if objid in self.fonts:
            return self.fonts[objid].font
        _count_codes(spec)
        font = super().get_font(objid, spec)
        characters = resolve1(spec.get("ToUnicode"))
        broken = any(getattr(stream, "broken", False) for stream in (characters, *_files(spec)))
        if broken or (isinstance(characters, PDFStream) and not is_whole_map(characters.get_data())):
            self.broken.add(font)
        if _files(spec) or "CharProcs" in spec:
            self.embedded.add(font)
        return font


def _files(spec: Mapping[str, object]) -> list[object]:
    """The streams that hold a font's glyphs: its own, or its descendant's."""
    descendants = resolve1(spec.get("DescendantFonts"))
    owners = [spec, *(resolve1(one) for one in descendants or () if isinstance(descendants, list))]
    descriptors = [resolve1(one.get("FontDescriptor")) for one in owners if isinstance(one, dict)]
    return [
        resolve1(one[key])
        for one in descriptors
        if isinstance(one, dict)
        for key in _FONT_FILES
        if key in one
    ]


def _count_codes(spec: Mapping[str, object]) -> None:
    codes = _width_codes(spec.get("W"), 3) + _width_codes(spec.get("W2"), 5)
    for key in ("ToUnicode", "Encoding"):
        stream = resolve1(spec.get(key))
        if isinstance(stream, PDFStream):
            codes += _map_codes(stream.get_data())
    demand(codes, PDF_LIMITS.map_codes, _MAP_CODES)


def _width_codes(widths: object, group: int) -> int:
    """How many codes an array of widths names: `first last width` for a range, `first [width …]` for a list."""
    codes = 0
    numbers: list[float] = []
    for one in map(resolve1, list_value(widths) if widths is not None else ()):
        if isinstance(one, list):
            codes, numbers = codes + len(one), []
        elif isinstance(one, (int, float)):
            numbers.append(one)
            if len(numbers) == group:
                codes, numbers = codes + max(0, int(numbers[1] - numbers[0]) + 1), []
    return codes


def _map_codes(cmap: bytes) -> int:
    """How many codes the ranges of a character map name."""
    return sum(
        max(0, int(last, 16) - int(first, 16) + 1)
        for ranges in _RANGES.findall(cmap)
        for first, last in _RANGE.findall(ranges)
    )
