"""The fonts that pdfminer has met in a file: which codes of each were drawn, and which characters they claim to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFFont, PDFSimpleFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from extract.pdf.fonts.maps import bytes_to_map

_NO_BOX = [0, 0, 0, 0]


@dataclass(slots=True)
class UsedFont:
    """A font of a file: its dictionary, pdfminer's reading of it, and how often each of its codes was drawn.

    `drawn` says which character a code really draws, where that is known to differ from the claim.
    """

    source: Mapping[str, Any]
    font: PDFFont
    used: Counter[int] = field(default_factory=Counter)
    drawn: dict[int, str] = field(default_factory=dict)

    def claim(self, code: int) -> str | None:
        """The character that the file claims for `code`; `None` where it claims none."""
        try:
            return type(self.font).to_unichr(self.font, code)
        except PDFUnicodeNotDefined:
            return None

    def to_unichr(self, code: int) -> str:
        """What stands in the font's place for pdfminer: the character drawn, or claimed; counts `code` as used.

        Raises `PDFUnicodeNotDefined` where neither is known, as pdfminer expects.
        """
        self.used[code] += 1
        return self.drawn.get(code) or type(self.font).to_unichr(self.font, code)


class KnownFonts(PDFResourceManager):
    """pdfminer's store of the fonts of a file, which keeps what they were made from and how they are used."""

    def __init__(self) -> None:
        super().__init__()
        self.fonts: dict[object, UsedFont] = {}
        self._by_font: dict[PDFFont, UsedFont] = {}

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font of the dictionary `spec`; those that are no objects of their own are not followed."""
        if objid and objid in self.fonts:
            return self.fonts[objid].font
        font = _made_usual(spec, partial(super().get_font, objid))
        if objid:
            _forget_unknown_names(font, spec)
            known = UsedFont(spec, font)
            self.fonts[objid] = self._by_font[font] = known
            # pdfminer asks the font itself
            setattr(font, "to_unichr", known.to_unichr)  # noqa: B010
        return font

    def uses_of(self, font: PDFFont) -> Counter[int]:
        """How often each code of a font was drawn, to be counted on."""
        known = self._by_font.get(font)
        return Counter() if known is None else known.used


def _made_usual(spec: Mapping[str, Any], make: Callable[[Mapping[str, Any]], PDFFont]) -> PDFFont:
    """A font made without what pdfminer reads slowly: its map, and names of glyphs that say nothing."""
    made = dict(spec)
    stream = resolve1(spec.get("ToUnicode"))
    found = bytes_to_map(stream.get_data()) if isinstance(stream, PDFStream) else None
    if found is not None:
        made["ToUnicode"] = PDFStream({}, b"")
    encoding = resolve1(spec.get("Encoding"))
    if isinstance(encoding, dict) and "Differences" in encoding:
        made["Encoding"] = {**encoding, "Differences": list(_telling(encoding))}
    descriptor = resolve1(spec.get("FontDescriptor"))
    if isinstance(descriptor, dict) and "FontBBox" not in descriptor:
        made["FontDescriptor"] = {**descriptor, "FontBBox": _NO_BOX}  # pdfminer warns of it, and takes this
    font = make(made)
    if found is not None:
        font.unicode_map.cid2unichr.update(found)  # type: ignore[attr-defined]
    return font


def _telling(encoding: Mapping[str, Any]) -> Iterator[int | PSLiteral]:
    """The differences of an encoding that pdfminer makes something of: each code before the name of its glyph."""
    code = 0
    for item in list_value(encoding["Differences"]):
        # most fonts name hundreds of glyphs that are none: these lines are passed often
        if type(item) is PSLiteral:
            if _is_known(item.name):
                yield code
                yield item
            code += 1
        elif isinstance(found := resolve1(item), int):
            code = found
        elif isinstance(found, PSLiteral):
            code += 1


def _forget_unknown_names(font: PDFFont, spec: Mapping[str, object]) -> None:
    """Takes from a font what pdfminer guesses for glyphs whose names say nothing: the letter that usually has the code."""
    encoding = resolve1(spec.get("Encoding"))
    if "ToUnicode" in spec or not isinstance(font, PDFSimpleFont) or not isinstance(encoding, dict):
        return
    unknown, code = set(), 0
    for item in map(resolve1, list_value(encoding.get("Differences", []))):
        if isinstance(item, int):
            code = item
            continue
        if isinstance(item, PSLiteral) and not _is_known(literal_name(item)):
            unknown.add(code)
        code += 1
    if unknown:
        font.cid2unicode = {cid: text for cid, text in font.cid2unicode.items() if cid not in unknown}


@lru_cache(maxsize=8192)
def _is_known(name: str) -> bool:
    try:
        name2unicode(name)
    except (KeyError, ValueError):
        return False
    return True
