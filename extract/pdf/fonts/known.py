"""The fonts that pdfminer has met in a file: which codes of each were drawn, and which characters they claim to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFFont, PDFSimpleFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name


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

    @property
    def are_retold(self) -> bool:
        """Whether one of them draws other characters than it claims, and is known to."""
        return any(font.drawn for font in self.fonts.values())

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font of the dictionary `spec`; those that are no objects of their own are not followed."""
        font = super().get_font(objid, spec)
        if objid and objid not in self.fonts:
            _forget_unknown_names(font, spec)
            known = UsedFont(spec, font)
            self.fonts[objid] = known
            # pdfminer asks the font itself
            setattr(font, "to_unichr", known.to_unichr)  # noqa: B010
        return font


def _forget_unknown_names(font: PDFFont, spec: Mapping[str, object]) -> None:
    """Takes from a font what pdfminer guesses for glyphs whose names say nothing: the letter that usually has the code.

    Where a font has a map of characters and no names, a code that the map lacks has no character either.
    """
    encoding = resolve1(spec.get("Encoding"))
    if not isinstance(font, PDFSimpleFont):
        return
    if encoding is None and isinstance(resolve1(spec.get("ToUnicode")), PDFStream):
        font.cid2unicode = {}
    if not isinstance(encoding, dict):
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


def _is_known(name: str) -> bool:
    try:
        name2unicode(name)
    except KeyError:
        return False
    return True
