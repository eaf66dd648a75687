"""Marks of lists that only the starts of their lines show: bullets and dashes, letters, Roman numbers, 第一， and numbers
with nothing but a blank behind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from models.numerals import chinese_to_number

_BULLET = re.compile(r"\s*([●•·■◆▪▫◇○□▲△➢➤★☆✓√※◦‣*\-–—])\1?\s*(?=\D)")
_ROMAN = re.compile(r"\s*[（(]?([IVXivx]{1,5}|[Ⅰ-Ⅻⅰ-ⅻ])\s*[)）.．、]\s*")
_FEWEST_LINES = 2
"""One line alone counts nothing: its letter or number may be a word's."""
_ORDINAL = re.compile(r"\s*(第[一二三四五六七八九十]{1,3})\s*[，,、：:]\s*")
_LETTER = re.compile(r"\s*([A-Za-z])\s*[)）.．、]\s*")
_NUMBER = re.compile(r"\s*([1-9]\d?)[ \t\u3000]+(?=\D)")


def without_line_marks(lines: Sequence[str]) -> list[str]:
    """The lines without their marks, where each of them has one of one kind; as they are where one has none.

    A bullet is the same before every line, a dash may be double; letters and numbers count the lines, of which there are
    at least two.

    >>> without_line_marks(["● 普法", "● 讲座"]), without_line_marks(["a）普法", "b）讲座"]), without_line_marks(["3 月讲座"])
    (['普法', '讲座'], ['普法', '讲座'], ['3 月讲座'])
    """
    for pattern in (_BULLET, _ROMAN, _LETTER, _ORDINAL, _NUMBER):
        found = [pattern.match(line) for line in lines]
        marks = [mark for mark in found if mark]
        signs = [unicodedata.normalize("NFKC", mark[1]) for mark in marks]
        if len(marks) == len(lines) and _are_of_one_list(signs, pattern):
            return [line[mark.end() :] for line, mark in zip(lines, marks, strict=True)]
    return list(lines)


def _are_of_one_list(signs: Sequence[str], pattern: re.Pattern[str]) -> bool:
    """Whether the signs are one bullet, or count up from 1 or the first letter."""
    if pattern is _BULLET:
        return len(set(signs)) == 1
    if len(signs) < _FEWEST_LINES:
        return False
    if pattern is _LETTER:
        first = ord(signs[0])
        return signs[0] in "aA" and list(signs) == [chr(first + n) for n in range(len(signs))]
    return [_to_number(sign) for sign in signs] == [*range(1, len(signs) + 1)]


def _to_number(sign: str) -> int:
    """The number that a digit, 第一 or a Roman numeral up to XII says; 0 for another word."""
    if sign.isdigit():
        return int(sign)
    if sign.startswith("第"):
        return chinese_to_number(sign[1:])
    upper = sign.upper()
    return _ROMANS.index(upper) + 1 if upper in _ROMANS else 0


_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
"""The numbers of the longest list that a form was seen to number so."""
