"""The characters that symbol fonts show: one table for every reader.

A symbol font draws pictures at the codes 0x21 to 0xFF, which a file holds as such or in the private area from
U+F020. Tables: Adobe's Symbol encoding and the Unicode names of Microsoft's Wingdings (Unicode 7.0). Ticks and
crosses that differ in their strokes only become the characters that clerks type: √, ×, ☑, ☒, □.
"""

from __future__ import annotations

import re

UNREADABLE = "\ufffd"
"""Stands for a glyph whose character the file does not tell: unreadable is not empty."""
_PRIVATE_AREA = 0xF000
"""Symbol fonts are mapped to their codes from here on."""

_SYMBOL = {
    **dict(zip(range(0x30, 0x3A), "0123456789", strict=True)),
    **dict(zip(b"!#%&()+,./:;<=>?[]_{|}", "!#%&()+,./:;<=>?[]_{|}", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(b"\x22\x24\x27\x2a\x2d\x40\x5c\x5e\x7e", "∀∃∋∗-≅∴⊥∼", strict=True)),
    **dict(zip(range(0xA3, 0xA8), "≤/∞ƒ♣", strict=True)),
    **dict(zip(range(0xA8, 0xC0), "♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵", strict=True)),
    **dict(zip(range(0xC0, 0xD0), "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉", strict=True)),
    **dict(zip(range(0xD0, 0xE0), "∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓", strict=True)),
    0xE5: "∑",
}
_WINGDINGS = {
    **dict(zip(b"\x21\x22\x28\x29\x2a\x36\x3f", "✏✂☎✆✉⌛✍", strict=True)),
    **dict(zip(range(0x45, 0x49), "☜☞☝☟", strict=True)),
    **dict(zip(b"\x4a\x4b\x4c\x51\x52\x54\x58\x59", "☺😐☹✈☼❄✠✡", strict=True)),
    **dict(zip(range(0x6C, 0x72), "●❍■□□□", strict=True)),
    **dict(zip(range(0x72, 0x7B), "□◆◆◆❖◆☒⌂⌘", strict=True)),
    **dict(zip(range(0x80, 0x8B), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8B, 0x96), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    **dict(zip(range(0x9E, 0xA9), "·•▪○○○◉◎○▪□", strict=True)),
    **dict(zip(range(0xAA, 0xB0), "✦★✶✴✹✵", strict=True)),
    **dict(zip(b"\xd8\xdc\xdf\xe0\xe1\xe2\xe3\xe4\xe5\xe6", "➢➔←→↑↓↖↗↙↘", strict=True)),
    **dict(zip(b"\xe7\xe8\xe9\xea\xef\xf0\xf1\xf2\xf3\xf4", "←→↑↓⇦⇨⇧⇩⇔⇕", strict=True)),
    **dict(zip(b"\xfb\xfc\xfd\xfe", "×√☒☑", strict=True)),
}
_WINGDINGS_2 = {
    **dict(zip(range(0x4F, 0x55), "×√☒☑☒☒", strict=True)),
    **dict(zip(range(0x69, 0x74), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x74, 0x7F), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    **dict(zip(b"\x2a\x96\x97\x98\x99\xa2\xa3\xa4", "□•●●●■□□", strict=True)),
}
_FONTS = {"symbol": _SYMBOL, "symbolmt": _SYMBOL, "wingdings": _WINGDINGS, "wingdings2": _WINGDINGS_2}
_SUBSET = re.compile(r"[A-Z]{6}\+")
"""What a PDF writes before the name of a font of which it holds some glyphs (ISO 32000-1, 9.6.4)."""


def is_symbol_font(font: str) -> bool:
    """Whether the font of this name draws pictures where others have letters."""
    return _bare(font) in _FONTS


def symbol_to_text(font: str, code: int) -> str | None:
    """What `font` shows at `code`, in the private area or not; `None` for a picture that no table has, or a font
    that is no symbol font.

    >>> symbol_to_text("ABCDEF+Wingdings-Regular", 0xF0FC), symbol_to_text("Symbol", 0xB3)
    ('√', '≥')
    """
    table = _FONTS.get(_bare(font))
    code -= _PRIVATE_AREA if _PRIVATE_AREA <= code <= _PRIVATE_AREA + 0xFF else 0
    return None if table is None else " " if code == 0x20 else table.get(code)


def _bare(font: str) -> str:
    """A font's name without its subset, style and spelling: `ABCDEF+Wingdings-Regular` and `Wingdings` are one."""
    name = _SUBSET.sub("", font).partition(",")[0]
    return re.sub(r"[\s_-]|regular$", "", name.lower())
