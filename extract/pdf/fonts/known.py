"""The fonts that pdfminer has met in a file: which codes of each were drawn, and which characters they claim to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFFont, PDFSimpleFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfminer.psparser import PSLiteral

from extract.pdf.fonts.usual_maps import bytes_to_map

_NO_BOX = [0, 0, 0, 0]
_EMPTY_MAP = b"begincmap endcmap"
"""Stands in the place of a map that was read already: a whole one, so that nobody takes the font for damaged."""


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

    @property
    def are_retold(self) -> bool:
        """Whether one of them draws other characters than it claims, and is known to."""
        return any(font.drawn for font in self.fonts.values())

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font of the dictionary `spec`; those that are no objects of their own are not followed."""
        if objid and objid in self.fonts:
            return self.fonts[objid].font
        telling, unknown = _names(spec)
        font = _made_usual(spec, telling, partial(super().get_font, objid))
        if objid:
            _forget_unknown_names(font, spec, unknown)
            known = UsedFont(spec, font)
            self.fonts[objid] = self._by_font[font] = known
            # pdfminer asks the font itself
            setattr(font, "to_unichr", known.to_unichr)  # noqa: B010
        return font

    def uses_of(self, font: PDFFont) -> Counter[int]:
        """How often each code of a font was drawn, to be counted on."""
        known = self._by_font.get(font)
        return Counter() if known is None else known.used


def _made_usual(
    spec: Mapping[str, Any], telling: Sequence[object], make: Callable[[Mapping[str, Any]], PDFFont]
) -> PDFFont:
    """A font made without what pdfminer reads slowly: its map, and names of glyphs that say nothing."""
    made = dict(spec)
    stream = resolve1(spec.get("ToUnicode"))
    found = bytes_to_map(stream.get_data()) if isinstance(stream, PDFStream) else None
    if found is not None:
        made["ToUnicode"] = PDFStream({}, _EMPTY_MAP)
    encoding = resolve1(spec.get("Encoding"))
    if isinstance(encoding, dict) and "Differences" in encoding:
        made["Encoding"] = {**encoding, "Differences": telling}
    descriptor = resolve1(spec.get("FontDescriptor"))
    if isinstance(descriptor, dict) and "FontBBox" not in descriptor:
        made["FontDescriptor"] = {**descriptor, "FontBBox": _NO_BOX}  # pdfminer warns of it, and takes this
    font = make(made)
    if found is not None:
        font.unicode_map.cid2unichr.update(found)  # type: ignore[attr-defined]
    return font


def _names(spec: Mapping[str, Any]) -> tuple[list[object], set[int]]:
    """The differences of a font's encoding of which pdfminer makes something, each code before the name of its glyph, and the
    codes of glyphs whose names say nothing.
    """
    telling: list[object] = []
    unknown: set[int] = set()
    encoding, code = resolve1(spec.get("Encoding")), 0
    for item in list_value(encoding.get("Differences", [])) if isinstance(encoding, dict) else ():
        # most fonts name hundreds of glyphs that are none: these lines are passed often
        found = item if type(item) is PSLiteral else resolve1(item)
        if isinstance(found, int):
            code = found
            continue
        if isinstance(found, PSLiteral):
            if _is_known(found.name):
                telling += code, found
            else:
                unknown.add(code)
        code += 1
    return telling, unknown


def _forget_unknown_names(font: PDFFont, spec: Mapping[str, object], unknown: Container[int]) -> None:
    """Takes from a font what pdfminer guesses for glyphs whose names say nothing: the letter that usually has the code.

    Where a font has a map of characters and no names, a code that the map lacks has no character either.
    """
    if not isinstance(font, PDFSimpleFont):
        return
    if resolve1(spec.get("Encoding")) is None and isinstance(resolve1(spec.get("ToUnicode")), PDFStream):
        font.cid2unicode = {}
    if unknown:
        font.cid2unicode = {cid: text for cid, text in font.cid2unicode.items() if cid not in unknown}


@lru_cache(maxsize=8192)
def _is_known(name: str) -> bool:
    try:
        name2unicode(name)
    except (KeyError, ValueError):
        return False
    return True
