"""Folding of text: what is no evidence (width, spaces, punctuation variants, look-alike code points) goes.

`fold` gives the text a result carries; `skeleton` gives what texts are compared by.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from normalize.text.radicals import RADICALS

_COMPARATORS = {
    "≧": "≥",
    "⩾": "≥",
    "≥": "≥",
    "≦": "≤",
    "⩽": "≤",
    "﹦": "=",
    "＝": "=",
    "﹤": "<",
    "﹥": ">",
    "＜": "<",
    "＞": ">",
}
_PRINTED_SIGNS = _COMPARATORS.keys() - set("≥＝＜＞")
"""Signs of another shape than the one they are folded to; the others only differ in width."""
_DASHES = dict.fromkeys("‐‑‒–−﹣－", "-")
_WIDE = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F) if chr(c - 0xFEE0).isalnum()}
_SIGNS = {
    "％": "%",
    "﹪": "%",
    "＋": "+",
    "／": "/",
    "．": ".",
    "～": "~",
    "∶": "：",
    "﹕": "：",
    "﹔": "；",
    "﹐": "，",
    "―": "—",
    "\ufeff": "",
    **dict.fromkeys([*map(chr, range(9)), *map(chr, range(14, 32)), "\x7f"], ""),
}
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
_TABLE = str.maketrans({**RADICALS, **_WIDE, **_SIGNS, **_DASHES, **_COMPARATORS, "｡": "。", "､": "、"})
_SPACE = re.compile(r"[\s\u200b\u00a0\u3000]+")
_PUNCTUATION = re.compile(r"[\s，、；。：:,;.·．“”\"'‘’（）()《》〈〉\[\]【】!?！？…—_-]+")
_HALF_WIDTH = re.compile(r"[,;:()?!]")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_COMPATIBLE = re.compile(r"[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_FRACTION = re.compile(r"\d{1,3}/\d")
_WORDY = re.compile(r"[A-Za-z]")
_DOTS_BEFORE = re.compile(r"^[.．。·…⋯•]{3,}(?=[^.．。·…⋯•])")
_FILLER = re.compile(r"[.．。·…⋯•\s]{2,}|[-—_]{3,}|…+|/{1,2}|\\{1,2}")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text as a result carries it: full-width punctuation in Chinese, half-width digits, no idle spaces.

    >>> fold("设立依据充分, 按程序设立")
    '设立依据充分，按程序设立'
    >>> fold("≧８00 件/年"), fold("1,932.41"), fold("“三公经费”变动率")
    ('≥800件/年', '1,932.41', '“三公经费”变动率')
    """
    text = "".join(map(_compatible, text)) if not text.isascii() else text
    text = _drop_spaces(text.translate(_TABLE))
    return _quotes(_HALF_WIDTH.sub(lambda m: _widen(m, text), text)) if _CHINESE.search(text) else text


def with_printed_signs(text: str, printed: str) -> str:
    """A folded text with the comparison signs as they are printed in `printed`, which folds to it; else the text as it is.

    >>> with_printed_signs("≤0%", " ≦ 0%"), with_printed_signs("≤0%", "0%")
    ('≦0%', '≤0%')
    """
    signs = [char for char in printed if char in _PRINTED_SIGNS]
    if not signs or fold(printed) != text:
        return text
    every = iter([char for char in printed if char in _COMPARATORS or char in _COMPARATORS.values()])
    return "".join(next(every) if char in _COMPARATORS.values() else char for char in text)


@lru_cache(maxsize=65536)
def skeleton(text: str) -> str:
    """The text without punctuation, spaces and brackets: what labels and names are compared by."""
    return _PUNCTUATION.sub("", fold(text))


@lru_cache(maxsize=16384)
def is_filler(text: str) -> bool:
    """Whether the text is a row of dots or dashes that only fills the space."""
    return _FILLER.fullmatch(text.strip()) is not None


def without_filler(text: str) -> str:
    """A text without the row of dots that it begins with, where something follows.

    >>> without_filler(".....体制机制改革")
    '体制机制改革'
    """
    return _DOTS_BEFORE.sub("", text)


def is_chinese(char: str) -> bool:
    """Whether a character is an ideograph."""
    return _CHINESE.match(char) is not None


def _compatible(char: str) -> str:
    if _COMPATIBLE.match(char):
        return unicodedata.normalize("NFKC", char)
    return char


def _drop_spaces(text: str) -> str:
    """Keep one space between two ASCII words, and before a fraction (12 6/16); one inside a number or next to Chinese is
    a reader's."""

    def gap(match: re.Match[str]) -> str:
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        words = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        kept = _WORDY.match(before) or _WORDY.match(after) or _FRACTION.match(text, match.end())
        return " " if words and kept else ""

    return _SPACE.sub(gap, text)


def _widen(match: re.Match[str], text: str) -> str:
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    if match.group() in ",:" and before.isdigit() and after.isdigit():
        return match.group()
    return _FULL_WIDTH[match.group()]


def _quotes(text: str) -> str:
    """Straight double quotes in Chinese text become “ and ” in turn."""
    if '"' not in text:
        return text
    pieces = text.split('"')
    return pieces[0] + "".join(("”" if n % 2 else "“") + piece for n, piece in enumerate(pieces[1:]))
