"""Are a file's embedded fonts honest? What their glyphs look like is compared with the characters that the file claims.

What is drawn is compared with the shapes of `shapes.py`, which costs some hundredths of a second a file. What is unlike
its claim, and everything rare where the font itself looks made up, is read by the recogniser; only where both contradict
the file, the drawn character takes the place of the claimed one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Glyph, Picture, Reading
from extract.page.symbols import UNREADABLE
from extract.pdf.fonts.known import KnownFonts, UsedFont
from extract.pdf.fonts.number_company import disguised_codes
from extract.pdf.fonts.shapes import pictures_to_shapes, shape_table
from extract.pdf.fonts.specimen import GlyphCode, SpecimenError, glyphs_to_pictures, is_drawable
from models.document import Problem
from models.page import Char

ReadLines = Callable[[Sequence[Picture]], list[Reading]]
"""What the recogniser reads in pictures of lines."""

_MOST_LOOKED_AT = 3_000
"""Of each font no more glyphs are looked at, those used most; a form draws 600 different ones."""
_MADE_UP_CODES = 5
"""A map in which at least this many used codes stand for the character of their own number was not made from the font."""
_LIKE = 0.85
"""A glyph whose likeness to its claim is at least this is honest in a font that nothing speaks against."""
_UNLIKE = 0.5
"""A glyph whose likeness to its claim is lower than this is suspicious."""
_LIKER = 0.05
"""A glyph that is liker another character by more than this is suspicious."""
_LESS_LIKE = 0.01
"""A glyph that claims a rare ideograph and is as like a common one as this under what the font's glyphs usually are like
their claims is suspicious: 叉 is by 0.88 like 又 in a font that is by 0.90 like the table."""
_FOREIGN_LIKE = 0.8
"""A glyph this like an ideograph that claims a letter or a mark is suspicious, and no other one of a rare claim."""
_FEW_STROKES = frozenset("一二三十工口丁卜八人入了小川日")
"""Ideographs of so few strokes that letters and marks may look like them."""
_LINE_GLYPHS = 12
"""This many glyphs are read as one line."""
_GAP_PX = 6
"""On such a line each glyph has this much paper on either side."""
_SURE_PROBABILITY = 0.9
"""A glyph read with less than this probability is not known."""
_SIGNS = frozenset("≥≤%‰")
"""Signs of which none looks like another: what is most like one of them is it, whatever the recogniser reads."""
_PLAIN_SIGNS = frozenset("<>")
"""Signs that are not in the table and like those in it by 0.7 at most."""
_RADICALS = ("\u2e80", "\u2fdf")
"""Radicals, which Chromium claims for the ideographs that they are: their shapes are not in the table."""
_MOST_TOLD = 12
"""A finding names no more glyphs than this."""
_INK_LEVELS = 64
"""A cell whose darkest pixel is lighter than this under white is blank."""


@dataclass(frozen=True, slots=True)
class Lie:
    """A glyph of a font that draws another character than the file claims."""

    font: str
    claimed: str
    drawn: str


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A code whose glyph is unlike its claim, or cannot be compared with it, and the character that it is most alike."""

    font: UsedFont
    code: int
    claim: str
    picture: NDArray[np.uint8]
    alike: str


@dataclass(slots=True)
class _Known:
    """What is known of a font: the codes that were thought of, and those of them that were compared; whether it lies."""

    considered: set[int] = field(default_factory=set)
    compared: set[int] = field(default_factory=set)
    lies: bool = False


@dataclass(slots=True)
class FontAudit:
    """The audit of one file's fonts, page after page; `read` is called for suspicious glyphs only.

    A font that lies once is believed in nothing: all of its codes are looked at.
    """

    read: ReadLines
    known: dict[int, _Known] = field(default_factory=dict)

    def look(self, fonts: KnownFonts, chars: Sequence[Char] = ()) -> tuple[Lie, ...]:
        """The lies among the glyphs that were used since the last look; `chars` are those of the page that was read last.

        The fonts are told what is drawn: a page that was read with them before is to be read again.
        """
        disguised: list[tuple[UsedFont, int, str, str]] = []
        while found := list(disguised_codes(fonts, chars)):
            for font, code, _, drawn in found:
                font.drawn[code] = drawn
            disguised += found
        told = tuple(Lie(font.font.fontname, claim, drawn) for font, _, claim, drawn in disguised)
        return told + self._unlike(fonts)

    def _unlike(self, fonts: KnownFonts) -> tuple[Lie, ...]:
        """The lies that the pictures of glyphs tell."""
        asked = [font for font in fonts.fonts.values() if self._has_news(font)]
        drawable = [font for font in asked if is_drawable(font.source)]
        lies: list[Lie] = []
        while suspects := self._suspects(drawable):
            judged = [(suspect, _judge(suspect, glyphs)) for suspect, glyphs in self._readings(suspects)]
            lying = [(suspect, drawn) for suspect, drawn in judged if drawn not in ("", suspect.claim)]
            lies += [Lie(suspect.font.font.fontname, suspect.claim, drawn) for suspect, drawn in lying]
            for suspect, _ in lying:
                self._of(suspect.font).lies = True
            for suspect, drawn in judged:
                if self._of(suspect.font).lies:
                    suspect.font.drawn[suspect.code] = drawn or UNREADABLE
            if not lying:
                break
        return tuple(lies)

    def _has_news(self, font: UsedFont) -> bool:
        """Whether codes of a font are to be looked at that were not, or again because it lies."""
        known = self._of(font)
        return known.lies or not font.used.keys() <= known.considered

    def _suspects(self, fonts: Sequence[UsedFont]) -> list[_Suspect]:
        """The glyphs that are unlike their claims, of those that were not compared before."""
        chosen = [(font, code, claim) for font in fonts for code, claim in self._to_compare(font)]
        if not chosen:
            return []
        try:
            pictures = glyphs_to_pictures([GlyphCode(font.source, code) for font, code, _ in chosen])
        except SpecimenError:
            return []  # nothing is known of these fonts: they are believed
        claims = [claim for *_, claim in chosen]
        alike = _most_alike(claims, pictures, [self._is_doubted(font) for font, *_ in chosen])
        return [
            _Suspect(font, code, claim, picture, char)
            for (font, code, claim), picture, char in zip(chosen, pictures, alike, strict=True)
            if char is not None and int(picture.min()) < 255 - _INK_LEVELS
        ]

    def _to_compare(self, font: UsedFont) -> list[tuple[int, str]]:
        """The codes of a font that are to be compared now, with their claims."""
        if not self._has_news(font):
            return []
        known, doubted = self._of(font), self._is_doubted(font)
        before = known.compared if doubted else known.considered
        claims = {code: _usual(claim) for code in font.used.keys() - before if (claim := font.claim(code))}
        known.considered |= font.used.keys()
        if doubted:
            chosen = [code for code, claim in claims.items() if _is_comparable(claim)]
        else:
            chosen = [code for code, claim in claims.items() if not _RADICALS[0] <= claim[0] <= _RADICALS[1]]
            chosen.sort(key=lambda code: (not claims[code].isdigit(), -font.used[code]))
            chosen = chosen[:_MOST_LOOKED_AT]
        shown = shape_table().rows
        known.compared.update(code for code in chosen if claims[code] in shown or doubted)
        return [(code, claims[code]) for code in chosen]

    def _of(self, font: UsedFont) -> _Known:
        return self.known.setdefault(id(font), _Known())

    def _is_doubted(self, font: UsedFont) -> bool:
        return self._of(font).lies or _is_made_up(font)

    def _readings(self, suspects: Sequence[_Suspect]) -> list[tuple[_Suspect, list[Glyph]]]:
        """What the recogniser reads in each place where it is shown a suspect."""
        readings = []
        for first in range(0, len(suspects), _LINE_GLYPHS):
            part = suspects[first : first + _LINE_GLYPHS]
            # a short line is read badly: its glyphs come again
            times = -(-_LINE_GLYPHS // len(part))
            cells = [_trimmed(suspect.picture) for suspect in part] * times
            (reading,) = self.read([_cells_to_line(cells)])
            seen = _reading_to_cells(reading, [cell.shape[1] for cell in cells])
            readings += [(suspect, list(chain(*seen[n :: len(part)]))) for n, suspect in enumerate(part)]
        return readings


def font_problem(lies: Sequence[Lie], number: int) -> Problem:
    """What is said of fonts on page `number` that draw other characters than they claim (at least one lie)."""
    fonts = "、".join(sorted({f"“{lie.font}”" for lie in lies}))
    told = "，".join(f"“{lie.claimed}”实为“{lie.drawn}”" for lie in lies[:_MOST_TOLD])
    more = f"等{len(lies)}字" if len(lies) > _MOST_TOLD else ""
    what = f"第{number}页字体{fonts}画出的字与文件所记的字符不符：{told}{more}"
    return Problem("font-lies", f"{what}。已按画出的字读取，请对照纸面核对。", "warning", number)


def _usual(claim: str) -> str:
    """A claim that is a letter, digit or sign as wide as an ideograph as the usual one."""
    return unicodedata.normalize("NFKC", claim) if "\uff01" <= claim <= "\uff5e" else claim


def _is_comparable(claim: str) -> bool:
    """Whether a claim is one digit, ideograph or sign of order; what else a glyph may claim looks like too many others."""
    return len(claim) == 1 and ("0" <= claim <= "9" or "\u4e00" <= claim <= "\u9fff" or claim in _SIGNS)


def _is_made_up(font: UsedFont) -> bool:
    """Whether every ideograph that was used stands for the code point of its own code: glyphs are numbered otherwise."""
    own = [font.claim(code) == chr(code) for code in font.used if 0x4E00 <= code <= 0x9FFF]
    return len(own) >= _MADE_UP_CODES and all(own)


def _most_alike(
    claims: Sequence[str], pictures: NDArray[np.uint8], doubted: Sequence[bool]
) -> list[str | None]:
    """For each glyph the character that it is most alike; `None` where that is its claim, or nearly so.

    A glyph that is like its claim is not compared with all others, unless its font is `doubted`. One whose claim is not
    in the table is honest in a font that nothing speaks against, unless it is very like an ideograph that is.
    """
    table, shapes = shape_table(), pictures_to_shapes(pictures)
    own = table.likeness(shapes, claims)
    found: list[str | None] = [None] * len(claims)
    shown = [like for like in own if like >= _UNLIKE]
    rare = max(_FOREIGN_LIKE, float(np.median(shown)) - _LESS_LIKE if shown else 1.0)
    unlike = [n for n, like in enumerate(own) if doubted[n] or not like >= _LIKE]
    for n, (best, char) in zip(unlike, table.most_alike(shapes[unlike]), strict=True):
        honest = own[n] >= _UNLIKE and own[n] >= best - _LIKER
        if claims[n] in _SIGNS:
            honest = honest or char not in _SIGNS
        elif claims[n] in _PLAIN_SIGNS:
            honest = best < _LIKE or char not in _SIGNS
        elif claims[n] not in table.rows and not doubted[n]:
            least = rare if _is_comparable(claims[n]) else _FOREIGN_LIKE
            digits = char.isdigit() and len(claims[n]) == 1  # none draws two of them
            honest = best < least or digits or char in _FEW_STROKES or char in _SIGNS
        found[n] = None if honest else char
    return found


def _trimmed(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A glyph's picture, as wide as its ink and a little paper."""
    inked = np.flatnonzero((picture < 255 - _INK_LEVELS).any(axis=0))
    return np.pad(picture[:, inked[0] : inked[-1] + 1], ((0, 0), (_GAP_PX, _GAP_PX)), constant_values=255)


def _cells_to_line(cells: Sequence[NDArray[np.uint8]]) -> Picture:
    """Glyphs side by side, as the recogniser is given lines."""
    return np.repeat(np.hstack(cells)[:, :, None], 3, axis=2)


def _reading_to_cells(reading: Reading, widths: Sequence[int]) -> list[list[Glyph]]:
    """The characters that were read in each cell of a line (`widths` in pixels)."""
    ends = np.cumsum(widths)
    cells: list[list[Glyph]] = [[] for _ in widths]
    for glyph in reading.glyphs:
        if glyph.char.strip():
            cell = int(np.searchsorted(ends, glyph.centre * ends[-1], side="right"))
            cells[min(len(cells) - 1, cell)].append(glyph)
    return cells


def _judge(suspect: _Suspect, glyphs: Sequence[Glyph]) -> str:
    """The character that the suspect draws, from what was read where it was shown; nothing where that is not known.

    A digit that passes for an ideograph, or the reverse, must look like what was read.
    """
    if suspect.claim in _SIGNS | _PLAIN_SIGNS and suspect.alike in _SIGNS:
        return suspect.alike
    claim = unicodedata.normalize("NFKC", suspect.claim)
    chars = {unicodedata.normalize("NFKC", glyph.char) for glyph in glyphs}
    if chars == {claim}:
        return suspect.claim
    char = chars.pop() if len(chars) == 1 else ""
    sure = min((glyph.probability for glyph in glyphs), default=0.0) >= _SURE_PROBABILITY
    alike = char.isdigit() == claim.isdigit() or char == suspect.alike
    return char if sure and alike and _is_comparable(char) else ""
