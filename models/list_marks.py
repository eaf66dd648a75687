"""Marks that number the items of a list: `1、` `2.` `（3）` `4）` `⑤` `六、` `（七）` `⑻` `⒐` `【10】`. One pattern for whoever
reads a list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from models.numerals import chinese_to_number

MarkKind = Literal["1、", "（1）", "1）", "①", "一、", "（一）"]
"""How a list is numbered; `1、` is also 1. 1． and 1·, which copies make of each other."""

_NUMERALS = "一二三四五六七八九十"
_MARK = re.compile(
    rf"""[（(【〔]\s*(?:(?P<b>\d{{1,2}})|(?P<bc>[{_NUMERALS}]{{1,3}}))\s*[)）】〕](?:\s*、)?
    | (?<![\d.])(?P<plain>\d{{1,2}})\s*[、.．·]
    | (?<![\d.、，])(?P<right>\d{{1,2}})\s*[)）](?:\s*、)?
    | (?<![{_NUMERALS}])(?P<chinese>[{_NUMERALS}]{{1,3}})\s*[、.．]
    | (?P<circled>[①-⑳❶-❿➀-➉])(?:\s*[、.．])?
    | (?P<whole>[⑴-⒇])(?:\s*、)?
    | (?P<whole_chinese>[㈠-㈩])(?:\s*、)?
    | (?P<pointed>[⒈-⒛])""",
    re.VERBOSE,
)
_KINDS: dict[str, MarkKind] = {
    "b": "（1）", "bc": "（一）", "plain": "1、", "right": "1）", "chinese": "一、", "circled": "①",
    "whole": "（1）", "whole_chinese": "（一）", "pointed": "1、",
}  # fmt: skip
_PRINTED_RADICALS = str.maketrans("⼀⼆⼋⼗", "一二八十")
"""Browsers print these numerals with the code points of radicals."""


@dataclass(frozen=True, slots=True)
class ListMark:
    """A number with what parts it from its item: from `begin` to `end`, blanks behind it left out.

    `point`: it ends in a point, so that with a digit behind it, it may be the whole part of a decimal. `tight`: a digit
    stands directly behind it.
    """

    kind: MarkKind
    number: int
    begin: int
    end: int
    point: bool
    tight: bool


def find_list_marks(text: str) -> Iterator[ListMark]:
    """Everything in `text` that has the shape of a mark, in order; where it stands is not asked.

    >>> [(mark.kind, mark.number) for mark in find_list_marks("一、普法 1.宣传 （2）讲座；新增3.5万亩")]
    [('一、', 1), ('1、', 1), ('（1）', 2), ('1、', 3)]
    """
    text = text.translate(_PRINTED_RADICALS)
    for found in _MARK.finditer(text):
        group = next(name for name in _KINDS if found[name])
        number = _to_number(found[group])
        if number:
            point, tight = found.group()[-1] in ".．·", text[found.end() : found.end() + 1].isdigit()
            yield ListMark(_KINDS[group], number, found.start(), found.end(), point, tight)


@lru_cache(maxsize=16384)
def first_list_mark(line: str) -> ListMark | None:
    """The mark that a line begins with, blanks aside; a decimal (2.1万亩) begins with none."""
    mark = next(find_list_marks(line[: len(line) - len(line.lstrip()) + _LONGEST]), None)
    if mark is None or line[: mark.begin].strip() or (mark.point and mark.tight):
        return None
    return mark


_LONGEST = 10
"""No mark has more characters, the blanks within it and the character behind it included."""


def _to_number(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    return int(unicodedata.numeric(numeral)) if numeral[0] not in _NUMERALS else chinese_to_number(numeral)
