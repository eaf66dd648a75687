"""Code points that files give for printed characters, and whether a page's text layer can be believed.

Chromium and some WPS exports write a glyph shared by a radical and an ideograph as the radical:
⽤ for 用, ⻔ for 门. Unicode's compatibility mappings cover the Kangxi block (U+2F00–2FD5) and the
compatibility ideographs, but of the radical supplement (U+2E80–2EFF) only two. The rest follows
Unicode's EquivalentUnifiedIdeograph.txt; where that names a character outside the basic plane, the
whole character of the radical stands here; where Unicode means a form that mainland type does not
use (戶), the mainland form. Full-width punctuation stays as it was printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UNREADABLE = "\ufffd"
"""Stands for a glyph whose character the file does not tell: unreadable is not empty."""
GARBLED_SHARE = 0.2
"""A text layer with more unreadable glyphs than this is not read."""
STRANGE_SHARE = 0.3
"""Nor one with more letters than this of scripts that Chinese forms are not written in."""
RARE_SHARE = 0.5
"""Nor one with more ideographs than this outside GB 2312: a wrong map scatters them over Unicode."""
ENOUGH_IDEOGRAPHS = 20
MANY_BLANKS = 100
"""A page of nothing but more blanks than this has a font that maps every glyph to the blank."""

_SUPPLEMENT = (
    "⺀冫⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母"
    "⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺴网⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹"
    "⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠"
    "⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_MAINLAND = "⼾户⾭青⿈黄"
_STROKES = "㇀丶㇏乀㇐一㇑丨㇒丿㇓丿㇔丶㇟乚"
_COMPATIBLE_BLOCKS = ((0x2F00, 0x2FD5), (0xF900, 0xFAD9))
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_SPACES = dict.fromkeys((0x09, 0x0A, 0x0D, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_UNSEEN = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))
_CLEAN: dict[int, str | None] = {**_LIGATURES, **_SPACES, **_UNSEEN}
_SYMBOL_FONTS = {
    "symbol": str.maketrans("\uf0a3\uf0b3\uf0b1\uf0b4\uf0b8\uf0b7\uf0b9\uf0bb\uf0b0\uf0a5", "≤≥±×÷•≠≈°∞"),
    "wingdings": str.maketrans("\uf0fc\uf0fe\uf0fb\uf052\uf0a8\uf06f\uf06e\uf06c\uf0a1", "✓☑✗☑□□■●○"),
}
_CID = re.compile(r"\(cid:\d+\)")
_PRIVATE_OR_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_STRANGE = re.compile(
    r"[\u0100-\u0390\u03ca-\u03ff\u0460-\u1fff\u2c00-\u2e7f\ua000-\ud7ff\U00010000-\U0001cfff]"
)


def _table() -> dict[int, str]:
    written = _SUPPLEMENT + _STROKES + _MAINLAND
    table = {ord(radical): usual for radical, usual in zip(written[::2], written[1::2], strict=True)}
    for first, last in _COMPATIBLE_BLOCKS:
        for code in range(first, last + 1):
            usual = unicodedata.normalize("NFKC", chr(code))
            if usual != chr(code):
                table.setdefault(code, usual)
    return table


_USUAL = _table()


def fold_radicals(text: str) -> str:
    """`text` with every radical, stroke and compatibility ideograph as the usual character.

    >>> fold_radicals("⽤⼈部⻔⻬全，１")
    '用人部门齐全，１'
    """
    return text.translate(_USUAL)


@lru_cache(maxsize=8192)
def glyph_to_text(raw: str, font: str) -> str:
    """What the glyph given as `raw` in font `font` says; `UNREADABLE` where the file does not tell."""
    for name, table in _SYMBOL_FONTS.items():
        if name in font.lower():
            raw = raw.translate(table)
    text = _CID.sub(UNREADABLE, fold_radicals(raw).translate(_CLEAN))
    return _PRIVATE_OR_CONTROL.sub(UNREADABLE, text)


def is_garbled(text: str) -> bool:
    """Whether a page's whole text (lines in any order) cannot be what is printed on it.

    Signs: glyphs without a character, letters of foreign scripts, ideographs nobody uses (a missing or wrong
    ToUnicode map gives glyph numbers or a shifted alphabet).
    """
    printed = "".join(text.split())
    if not printed:
        return len(text) > MANY_BLANKS
    ideographs = _IDEOGRAPH.findall(printed)
    rare = sum(1 for character in ideographs if not character.encode("gb2312", "ignore"))
    return (
        printed.count(UNREADABLE) > GARBLED_SHARE * len(printed)
        or len(_STRANGE.findall(printed)) > STRANGE_SHARE * len(printed)
        or (len(ideographs) >= ENOUGH_IDEOGRAPHS and rare > RARE_SHARE * len(ideographs))
    )
