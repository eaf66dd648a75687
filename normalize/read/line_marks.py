"""Marks of lists that only the starts of their lines show: bullets, letters, and numbers with nothing but a blank behind."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BULLET = re.compile(r"\s*([●•·■◆▪▫◇○□▲△➢➤★☆✓√※◦‣*\-–—])\s*(?=\D)")
_LETTER = re.compile(r"\s*([A-Za-z])\s*[)）.．、]\s*")
_NUMBER = re.compile(r"\s*([1-9]\d?)[ \t\u3000]+(?=\D)")


def without_line_marks(lines: Sequence[str]) -> list[str]:
    """The lines without their marks, where each of them has one of one kind; as they are where one has none.

    A bullet is the same before every line; letters and numbers count the lines, of which there are at least two.

    >>> without_line_marks(["● 普法", "● 讲座"]), without_line_marks(["a）普法", "b）讲座"]), without_line_marks(["3 月讲座"])
    (['普法', '讲座'], ['普法', '讲座'], ['3 月讲座'])
    """
    for pattern in (_BULLET, _LETTER, _NUMBER):
        found = [pattern.match(line) for line in lines]
        marks = [mark for mark in found if mark]
        if len(marks) == len(lines) and _are_of_one_list([mark[1] for mark in marks]):
            return [line[mark.end() :] for line, mark in zip(lines, marks, strict=True)]
    return list(lines)


def _are_of_one_list(signs: Sequence[str]) -> bool:
    """Whether the signs are one bullet, or count up from 1 or the first letter."""
    if not signs:
        return False
    if signs[0].isdigit():
        return len(signs) > 1 and [int(sign) for sign in signs] == [*range(1, len(signs) + 1)]
    if signs[0].isalpha():
        first = ord(signs[0])
        counted = [chr(first + n) for n in range(len(signs))]
        return len(signs) > 1 and signs[0] in "aA" and list(signs) == counted
    return len(set(signs)) == 1
