"""The patterns of an indicator's value: a number with what stands around it, a range, a day as a limit.

Texts are folded before. What does not fit a pattern whole is not understood, and no number is taken out of it.
"""

from __future__ import annotations

import re

from models.declaration import Comparator

SIGNS: dict[str, Comparator] = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", ">": ">", "<": "<", "=": "="}
WORD_SIGNS: dict[str, Comparator] = {
    "不低于": ">=", "不少于": ">=", "大于等于": ">=", "不高于": "<=", "不超过": "<=", "不多于": "<=", "小于等于": "<=",
    "大于": ">", "超过": ">", "小于": "<", "低于": "<", "等于": "=",
}  # fmt: skip
SIGN = "|".join([">=", "<=", "[≥≤<>=]", *WORD_SIGNS])
"""A sign or the words for one, as a pattern."""
SUFFIXES: dict[str, Comparator] = {
    "以内": "<=", "之内": "<=", "内": "<=", "以下": "<=", "及以下": "<=", "以上": ">=", "及以上": ">=",
}  # fmt: skip
"""Words behind a number that say what a sign says before it."""
ABOUT = ("左右", "上下")
"""Words behind a number that make it approximate."""

_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MARKS = r"+，,；;。.·•…、！!？?|\\_*~“”‘’'\"\-—"
"""No unit has these: they are a reader's specks, or more than a value."""
_MORE = "且|并|前|以内|之内|内|底|末|左右|上下|以上|以下|及以|不|无|完成|达|的|后|余|或|至|每|按|实现|均"
"""No unit has these words: they say more than what is counted."""
_RATE = "[%‰]"
_UNIT = rf"(?:{_RATE}|(?:(?!{_MORE})[^\d%‰/≥≤<>=（）(){_MARKS}]){{1,12}}(?:（[^（）\d含]）)?)"
_PER = rf"(?:\d*(?:(?!{_MORE})[^\d/≥≤<>=（）(){_MARKS}]){{1,12}}(?:·(?:(?!{_MORE})[^\d/≥≤<>=（）(){_MARKS}]){{1,6}})?)"
_INCLUDED = r"（不?含[^（）]{0,12}）"
_BESIDE = r"（[^（）\d]{1,12}）|[，；]?(?:且|并)[^≥≤<>=\d]{1,40}"
_SUFFIX = "|".join((*SUFFIXES, *ABOUT))

NUMBER_VALUE = re.compile(
    rf"(?P<about>约|大约)?(?P<sign>{SIGN})?(?P<number>{_NUMBER})"
    rf"(?:[（(](?P<rate>{_RATE})[）)]|(?P<unit>{_UNIT}))?(?:/(?P<per>{_PER}))?"
    rf"(?P<included>{_INCLUDED})?(?P<suffix>{_SUFFIX})?(?P<beside>{_INCLUDED}|{_BESIDE})?"
)
"""`≥800件/年`, `100万元以内`, `=100.00(%)`, `5%（含）以上`, `95%且无投诉`."""
RANGE_VALUE = re.compile(
    rf"(?P<lower>\d+(?:\.\d+)?)(?P<first>{_UNIT})?(?:-|—|~|至|到)(?P<upper>\d+(?:\.\d+)?)(?P<unit>{_UNIT})"
    rf"(?:/(?P<per>{_PER}))?(?P<beside>{_INCLUDED})?"
)
"""`3-5天`, `90%-95%`."""
TOLERANCE_VALUE = re.compile(rf"±(?P<number>\d+(?:\.\d+)?)(?P<unit>{_UNIT})?")
"""`±5%`."""
_BEFORE = "之前|以前|前"
_DONE = "(?P<beside>完成|完工|竣工|建成|办结|到位)?"
LIMIT_OF_YEAR = re.compile(
    rf"[于在]?(?P<year>(?:19|20)\d{{2}})年(?:年底|年末|底|末|内)(?:{_BEFORE}|内)?{_DONE}"
)
"""`2026年底前`, `2025年年底前完成`, `2026年内`."""
LIMIT_OF_MONTH = re.compile(
    rf"[于在]?(?P<year>(?:19|20)\d{{2}})年(?P<month>\d{{1,2}})月[底末](?:{_BEFORE}|内)?{_DONE}"
)
"""`2024年12月底前`."""
LIMIT_OF_DAY = re.compile(
    rf"[于在]?(?P<year>(?:19|20)\d{{2}})[年.-](?P<month>\d{{1,2}})[月.-](?P<day>\d{{1,2}})日?(?:{_BEFORE}){_DONE}"
)
"""`2026年6月30日前`, `2026-06-30之前`."""
CALENDAR_YEAR = re.compile(r"(?:19|20)\d{2}")
"""A number of this form before 年 is a year, not a number of years."""
