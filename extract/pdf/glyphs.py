"""What a glyph's code says, and whether a page's text layer can be believed.

The text stays as read: only what is no character at all (a blank's kind, a ligature, a symbol font's private
code) becomes one. Radicals, compatibility ideographs and punctuation keep the code points the file has.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from extract.page.symbols import UNREADABLE, symbol_to_text

_GARBLED_SHARE = 0.2
"""A text layer with more unreadable glyphs than this is not read."""
_STRANGE_SHARE = 0.3
"""A text layer with a larger share of letters of scripts that Chinese forms are not written in is not read."""
_RARE_SHARE = 0.5
"""A text layer with a larger share of its ideographs outside GB 2312 is not read: a wrong map scatters them over Unicode."""
_GB2312_BYTES = 2
"""An ideograph of GB 2312 has so many bytes."""
_ENOUGH_IDEOGRAPHS = 20
"""Of fewer ideographs the share outside GB 2312 says nothing."""
_MANY_BLANKS = 100
"""A page of nothing but more blanks than this has a font that maps every glyph to the blank."""

_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_SPACES = dict.fromkeys((0x09, 0x0A, 0x0D, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_UNSEEN = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))
_SOFT_HYPHEN = {0xAD: "-"}
"""A print has no soft hyphens: the glyph is drawn, and fonts whose map was made from their glyphs name the hyphen so."""
_UPRIGHT = {code: normalize("NFKC", chr(code)) for code in (*range(0xFE10, 0xFE1A), *range(0xFE35, 0xFE45))}
"""Marks and brackets as they stand in lines that run downwards."""
_CLEAN: dict[int, str | None] = {**_LIGATURES, **_SPACES, **_UNSEEN, **_SOFT_HYPHEN, **_UPRIGHT}
_CID = re.compile(r"\(cid:\d+\)")
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_PRIVATE_OR_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_STRANGE = re.compile(
    r"[\u0100-\u0390\u03ca-\u03ff\u0460-\u1fff\u2c00-\u2e7f\ua000-\ud7ff\U00010000-\U0001cfff]"
)


@lru_cache(maxsize=8192)
def glyph_to_text(raw: str, font: str) -> str:
    """What the glyph given as `raw` in font `font` says; `UNREADABLE` where the file does not tell."""
    text = _PRIVATE.sub(lambda found: symbol_to_text(font, ord(found[0])) or found[0], raw)
    text = _CID.sub(UNREADABLE, text.translate(_CLEAN))
    return _PRIVATE_OR_CONTROL.sub(UNREADABLE, text)


def is_garbled(text: str) -> bool:
    """Whether a page's whole text (lines in any order) cannot be what is printed on it.

    Signs: glyphs without a character, letters of foreign scripts, ideographs nobody uses (a missing or wrong
    ToUnicode map gives glyph numbers or a shifted alphabet).
    """
    printed = "".join(text.split())
    if not printed:
        return len(text) > _MANY_BLANKS
    ideographs = _IDEOGRAPH.findall(printed)
    common = len("".join(ideographs).encode("gb2312", "ignore")) // _GB2312_BYTES
    return (
        printed.count(UNREADABLE) > _GARBLED_SHARE * len(printed)
        or len(_STRANGE.findall(printed)) > _STRANGE_SHARE * len(printed)
        or (
            len(ideographs) >= _ENOUGH_IDEOGRAPHS and len(ideographs) - common > _RARE_SHARE * len(ideographs)
        )
    )
