"""Letters that a file claims in the place of digits: `2O26`, `9O%`, `1001,06`.

A glyph of the digit 0 looks like the letter O, so that no picture tells them apart. What stands beside them does: a font that
shows the other digits and this one never, and the letter among digits only, draws the digit.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from extract.pdf.fonts.known import KnownFonts, UsedFont
from models.page import Char

_PASSES_FOR = {
    **dict.fromkeys("OoQD", "0"),
    **dict.fromkeys("lI|i", "1"),
    **dict.fromkeys("Zz", "2"),
    **dict.fromkeys("Ss", "5"),
    "b": "6",
    "B": "8",
    **dict.fromkeys("gq", "9"),
    **dict.fromkeys(",·;", "."),
}
"""The digit, or the point, that each of these is claimed for."""
_NUMBER = re.compile(r"[-+≥≤><=~]*(?:\d+(?:\.\d+)?|\.\d+|\d+(?:[-~%‰]+\d+)+|\d{4}\.\d\d?\.\d\d?)[-~%‰.]*")
_NEUTRAL = "".join(_PASSES_FOR) + "-+≥≤><=~%‰."
"""A word of these alone may be a number as well as letters."""
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_TOKEN = re.compile(r"[-+≥≤><=~%‰\w.,·;|]+", re.ASCII)
_FEWEST_NUMBERS = 3
"""A letter that stands in fewer numbers is a slip of the typist."""
_FEWEST_ENCLOSED = 2
"""In so many of them it stands between two digits: before or behind them it may be a word of its own (`S203`, `5G`, `30s`)."""
_FEWEST_DIGITS = 5
"""Of a font that shows fewer different digits nothing is known about one that is missing."""
_NEAR_SIZES = 0.4
"""Characters of one number stand no further apart than this many type sizes."""


def disguised_codes(fonts: KnownFonts, chars: Iterable[Char]) -> Iterator[tuple[UsedFont, int, str, str]]:
    """The codes of fonts that draw a digit or a point and claim a letter or another mark, with claim and digit, as the
    `chars` of a page show it.
    """
    told = {(font.claim(code), char) for font in fonts.fonts.values() for code, char in font.drawn.items()}
    found = [claimed for font in fonts.fonts.values() for claimed in _claimed_for_missing(font, told)]
    known = {claim for claim, _ in told}
    numbers = claims_in_numbers(chars, {claim for *_, claim, _ in found}, known) if found else frozenset()
    return (claimed for claimed in found if claimed[2] in numbers)


def _claimed_for_missing(
    font: UsedFont, told: Container[tuple[str | None, str]]
) -> Iterator[tuple[UsedFont, int, str, str]]:
    """The codes of a font whose claim may stand for a digit that the font never shows: one that shows many others, or
    another font of the file is `told` to draw the one and claim the other.
    """
    said = {code: font.claim(code) for code in font.used if code not in font.drawn}
    shown = {claim for claim in said.values() if claim}
    many = sum(claim.isdigit() for claim in shown) >= _FEWEST_DIGITS
    for code, claim in said.items():
        drawn = _PASSES_FOR.get(claim or "")
        if claim and drawn and drawn not in shown and (many or (claim, drawn) in told):
            yield font, code, claim, drawn


def claims_in_numbers(
    chars: Iterable[Char], claims: Iterable[str], known: Container[str | None] = ()
) -> frozenset[str]:
    """Those of the letters and marks `claims` that stand in numbers only; one number suffices for those that are `known`."""
    words = [word for line in _lines(chars) for word in _TOKEN.findall(line)]
    return frozenset(claim for claim in claims if _stands_in_numbers(claim, words, known=claim in known))


def _stands_in_numbers(claim: str, words: Iterable[str], *, known: bool) -> bool:
    with_it = [word for word in words if claim in word and word.strip(_NEUTRAL)]
    whole = [_NUMBER.fullmatch(_with_digits(word)) and _has_digit(word) for word in with_it]
    if claim == "," and all(_GROUPED.fullmatch(word.strip("%‰")) for word in with_it):
        return False
    if known:
        return bool(whole) and all(whole)
    within = re.compile(rf"[\d.]{re.escape(claim)}+\.?\d", re.ASCII)
    enclosed = sum(within.search(_with_digits(word, claim)) is not None for word in with_it)
    return len(with_it) >= _FEWEST_NUMBERS and enclosed >= _FEWEST_ENCLOSED and all(whole)


def _has_digit(word: str) -> bool:
    return any(char.isdigit() or char in "%‰" for char in word)


def _with_digits(word: str, but: str = "") -> str:
    """A word with digits for all letters that are claimed for some, `but` one; with points for commas it may be none."""
    return "".join(char if char == but else _PASSES_FOR.get(char, char) for char in word)


def _lines(chars: Iterable[Char]) -> Iterator[str]:
    """What was drawn one after the other on one line without a gap."""
    line: list[str] = []
    last: Char | None = None
    for char in chars:
        if last is not None and not _is_next(char, last):
            yield "".join(line)
            line = []
        line.append(char.text)
        last = char
    yield "".join(line)


def _is_next(char: Char, last: Char) -> bool:
    level = abs(char.box.bottom - last.box.bottom) <= _NEAR_SIZES * char.size
    return level and abs(char.box.x0 - last.box.x1) <= _NEAR_SIZES * char.size
