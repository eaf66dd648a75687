"""The numbers Word prints before list paragraphs and does not store in their text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extract.office.package import Element
from extract.office.word.markup import count, has, qualified, value, whole
from models.numerals import number_to_chinese, number_to_spoken

ListLevel = tuple[str | None, int]
"""A paragraph's list (`w:numId`) and its level in it, from 0."""


def element_to_level(node: Element, inherited: ListLevel) -> ListLevel:
    """The list and level set on a paragraph or style, what is not set there from its style."""
    level = value(node, "w:pPr/w:numPr/w:ilvl")
    return value(node, "w:pPr/w:numPr/w:numId") or inherited[0], inherited[1] if level is None else whole(
        level
    )


_LEGAL_DIGITS, _LEGAL_UNITS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                   ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"), strict=True))  # fmt: skip


def _roman(number: int) -> str:
    written = ""
    for size, letters in _ROMAN:
        written += letters * (number // size)
        number %= size
    return written


def _digit_by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _circled(number: int) -> str:
    return chr((0x2460 if number <= 20 else 0x3251 - 20 if number <= 35 else 0x32B1 - 35) + number - 1)


_FORMATS: dict[str, tuple[int, Callable[[int], str]]] = {
    "decimal": (9999, str),
    "decimalZero": (9999, "{:02}".format),
    "decimalFullWidth": (9999, lambda n: str(n).translate({0x30 + d: 0xFF10 + d for d in range(10)})),
    "decimalEnclosedParen": (20, lambda n: chr(0x2473 + n)),
    "decimalEnclosedFullstop": (20, lambda n: chr(0x2487 + n)),
    "upperLetter": (26, lambda n: chr(0x40 + n)),
    "lowerLetter": (26, lambda n: chr(0x60 + n)),
    "upperRoman": (3999, _roman),
    "lowerRoman": (3999, lambda n: _roman(n).lower()),
    "ideographDigital": (9999, _digit_by_digit),
    "ideographTraditional": (10, lambda n: "甲乙丙丁戊己庚辛壬癸"[n - 1]),
    "ideographZodiac": (12, lambda n: "子丑寅卯辰巳午未申酉戌亥"[n - 1]),
    "ideographEnclosedCircle": (10, lambda n: chr(0x327F + n)),
    "chineseLegalSimplified": (9999, lambda n: number_to_chinese(n, _LEGAL_DIGITS, _LEGAL_UNITS)),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), (50, _circled)),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting"), (9999, number_to_spoken)
    ),
}
"""How a list level writes its number (ECMA-376 part 1, 17.18.59), and the largest number it is written so."""


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    gap: str


class Numbering:
    """The numbers Word prints before list paragraphs and does not store in their text."""

    def __init__(self, root: Element | None) -> None:
        nodes = [] if root is None else list(root)
        abstract = {
            n.get(qualified("w:abstractNumId")): _levels(n)
            for n in nodes
            if n.tag == qualified("w:abstractNum")
        }
        self.lists: dict[str | None, tuple[str | None, dict[int, _Level], dict[int, int]]] = {}
        for node in (n for n in nodes if n.tag == qualified("w:num")):
            shared = value(node, "w:abstractNumId")
            restarts = {
                whole(n.get(qualified("w:ilvl"))): count(n, "w:startOverride")
                for n in node.iterchildren(qualified("w:lvlOverride"))
                if has(n, "w:startOverride")
            }
            self.lists[node.get(qualified("w:numId"))] = (
                shared,
                {**abstract.get(shared, {}), **_levels(node)},
                restarts,
            )
        self.counts: dict[str | None, dict[int, int]] = {}
        self.started: set[str | None] = set()

    def prefix(self, number: ListLevel) -> str:
        """The next number of a list level, `""` for bullets and formats we do not write."""
        name, depth = number
        shared, levels, restarts = self.lists.get(name, (None, {}, {}))
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(shared, {})
        if name not in self.started:
            self.started.add(name)
            counts.update({level: start - 1 for level, start in restarts.items()})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _label(levels, depth, counts)


def _levels(node: Element) -> dict[int, _Level]:
    """The levels an abstract list or an override defines."""
    return {
        whole(n.get(qualified("w:ilvl"))): _Level(
            value(n, "w:numFmt") or "decimal",
            value(n, "w:lvlText") or "",
            count(n, "w:start"),
            "" if value(n, "w:suff") == "nothing" else " ",
        )
        for n in node.iter(qualified("w:lvl"))
    }


def _label(levels: dict[int, _Level], depth: int, counts: dict[int, int]) -> str:
    label = levels[depth].text
    places = {int(digit) - 1 for digit in re.findall(r"%([1-9])", label)}
    for level in places:
        largest, write = _FORMATS.get(levels[level].format if level in levels else "", (0, str))
        number = counts.get(level, levels[level].start if level in levels else 0)
        if not 0 <= number <= largest or (number == 0 and largest < 9999):
            return ""
        label = label.replace(f"%{level + 1}", write(number))
    # "1." and "30公里" must not become 1.30, nor 一 and "级" 一级; after 、 or ） no gap is needed
    gap = levels[depth].gap if label[-1:].isascii() or label[-1:].isalnum() else ""
    return label + gap if places else ""
