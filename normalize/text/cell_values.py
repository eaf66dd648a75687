"""Texts of cells → numbers, comparators, units, dates, amounts. Pure functions; what does not parse is `None`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import cast

from models.declaration import Comparator, Value
from models.numerals import chinese_to_number
from normalize.text.fold import fold
from normalize.text.value_patterns import (
    ABOUT,
    CALENDAR_YEAR,
    LIMIT_OF_DAY,
    LIMIT_OF_MONTH,
    LIMIT_OF_YEAR,
    NUMBER_VALUE,
    RANGE_VALUE,
    SIGN,
    SIGNS,
    SUFFIXES,
    TOLERANCE_VALUE,
    WORD_SIGNS,
)

NOTHING_WORD = "无"
"""A cell that says so on purpose: nothing, or does not apply."""
_RATES = ("%", "‰")
_CALENDAR = ("年", "月")
"""Units that may name a time of the calendar instead of counting."""
_STRICT: dict[Comparator, Comparator] = {">=": ">", "<=": "<"}
_DECEMBER = 12
MONEY_UNIT = r"(?:[百千万亿]*元|[百千]?万)"
"""The money units that may stand behind an amount, as a pattern."""
_BEGINS_NUMBER = re.compile(rf"(?:{SIGN})|[-+]?\d")
_AROUND_AMOUNT = re.compile(rf"^([-+]?)[¥￥](?=[-+]?\d)|{MONEY_UNIT}$")
_AMOUNT = re.compile(r"[-+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?")
_DATE = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D{0,2}")
_NUMERALS = "〇一二三四五六七八九"
_NUMERAL_DATE = re.compile(
    rf"([{_NUMERALS}零○]{{4}})年([{_NUMERALS[1:]}十]{{1,2}})月([{_NUMERALS[1:]}十]{{1,3}})日"
)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


_LONGEST_NUMBER = 40
"""Characters of a number, chosen: the whole country's budget in fen has 17, and JSON of more than 4,300 cannot be read back."""


@lru_cache(maxsize=16384)
def text_to_value(text: str, *, expects_number: bool = False) -> Value:
    """A value as printed → its parts. `expects_number`: the catalogue has a number here, so 无 means "does not apply".

    >>> text_to_value("≥800件/年").unit, text_to_value("-2.57%").number
    ('件', Decimal('-2.57'))
    >>> text_to_value("100万元以内").comparator, text_to_value("2026年底前").by
    ('<=', '2026-12-31')
    """
    if text == NOTHING_WORD:
        return Value(text=text, not_applicable=True if expects_number else None)
    for read in (_limit, _range, _number):
        value = read(text)
        if value is not None:
            return value
    return Value(text=text)


def is_measured(value: Value) -> bool:
    """Whether the value says how much, between what, or by when; any other is qualitative."""
    return value.number is not None or value.lower is not None or value.by is not None


def _number(text: str) -> Value | None:
    match = NUMBER_VALUE.fullmatch(text)
    if match is None or len(match["number"]) > _LONGEST_NUMBER:
        return None
    number, unit, suffix = match["number"].replace(",", ""), match["rate"] or match["unit"], match["suffix"]
    comparator = _comparator(match["sign"], suffix)
    about = bool(match["about"]) or suffix in ABOUT
    remark = (match["included"] or "") + (match["beside"] or "")
    if comparator is None and (match["sign"] or suffix in SUFFIXES):
        return None  # the sign before the number and the words behind it contradict each other
    if (about and comparator) or (suffix == "内" and (unit is None or unit in _RATES)):
        return None
    if unit in _CALENDAR and comparator is None and _is_calendar(number, unit):
        return None
    if "不含" in remark and comparator is not None:
        comparator = _STRICT.get(comparator, comparator)
    return Value(
        text=text,
        comparator=comparator,
        number=Decimal(number),
        approximate=about or None,
        unit=unit,
        per=match["per"],
        remark=remark.lstrip("，；") or None,
    )


def _comparator(sign: str | None, suffix: str | None) -> Comparator | None:
    """What sign and suffix say together; `None` where neither says anything or they contradict each other."""
    before = (SIGNS.get(sign) or WORD_SIGNS.get(sign)) if sign else None
    after = SUFFIXES.get(suffix or "")
    if before is None or after is None or before == after or _STRICT.get(after) == before:
        return before or after
    return None


def _is_calendar(number: str, unit: str) -> bool:
    """Whether a number is a year or month of the calendar: 2026年, 12月."""
    return CALENDAR_YEAR.fullmatch(number) is not None if unit == "年" else number.isdecimal()


def _range(text: str) -> Value | None:
    around = TOLERANCE_VALUE.fullmatch(text)
    if around and len(around["number"]) <= _LONGEST_NUMBER:
        upper = Decimal(around["number"])
        return Value(text=text, lower=-upper, upper=upper, unit=around["unit"])
    match = RANGE_VALUE.fullmatch(text)
    if match is None or match["first"] not in (None, match["unit"]):
        return None
    if max(len(match["lower"]), len(match["upper"])) > _LONGEST_NUMBER:
        return None
    lower, upper = Decimal(match["lower"]), Decimal(match["upper"])
    dated = match["unit"] in ("月", "日", "号") or CALENDAR_YEAR.fullmatch(match["lower"].partition(".")[0])
    if lower >= upper or dated:
        return None
    return Value(
        text=text, lower=lower, upper=upper, unit=match["unit"], per=match["per"], remark=match["beside"]
    )


def _limit(text: str) -> Value | None:
    """A day before which something is to be done."""
    match = LIMIT_OF_YEAR.fullmatch(text) or LIMIT_OF_MONTH.fullmatch(text) or LIMIT_OF_DAY.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    year, month = int(parts["year"]), int(parts.get("month") or _DECEMBER)
    if not 1 <= month <= _DECEMBER:
        return None
    last = monthrange(year, month)[1]
    day = int(parts.get("day") or last)
    if not 1 <= day <= last:
        return None
    return Value(text=text, by=date(year, month, day).isoformat(), remark=parts["beside"])


def looks_numeric(text: str) -> bool:
    """Whether a text sets out to be a number: it begins with a sign or a digit."""
    return _BEGINS_NUMBER.match(text) is not None


def text_to_amount(text: str) -> Decimal | None:
    """`1,932.41`, `1932.41 万元`, `¥1,932`, `191 8` (split by a narrow cell) → `Decimal` with the printed digits."""
    bare = _AROUND_AMOUNT.sub(r"\1", re.sub(r"\s", "", fold(text)))
    if not _AMOUNT.fullmatch(bare) or len(bare) > _LONGEST_NUMBER:
        return None
    return Decimal(bare.replace(",", "").replace("，", "").removeprefix("+"))


def text_to_share(text: str) -> str | None:
    """`76.12 %` → `76.12%`; a share printed without its sign keeps its digits."""
    bare = re.sub(r"\s", "", fold(text))
    return bare if len(bare) <= _LONGEST_NUMBER and re.fullmatch(r"-?\d+(\.\d+)?%?", bare) else None


def text_to_date(text: str) -> str | None:
    """`2025 年 10 月 20 日`, `2025-10-20`, `2025.10.20`, `20251020`, `二〇二五年十月二十日` → ISO date; `None` for what
    is no calendar day."""
    bare = re.sub(r"\s", "", fold(text))
    match = _DATE.fullmatch(bare) or _COMPACT_DATE.fullmatch(bare)
    written = _NUMERAL_DATE.fullmatch(bare)
    if match:
        year, month, day = (int(part) for part in match.groups())
    elif written:
        digits = (str(max(0, _NUMERALS.find(digit))) for digit in written[1])
        year, month, day = int("".join(digits)), chinese_to_number(written[2]), chinese_to_number(written[3])
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def text_to_years(text: str) -> tuple[int, ...]:
    """Every four-digit year that stands in the text."""
    return tuple(int(year) for year in _YEAR.findall(re.sub(r"\s", "", fold(text))))


def comparator_sign(comparator: Comparator | None) -> str:
    """The sign of a comparator as the form prints it."""
    return {">=": "≥", "<=": "≤"}.get(cast(str, comparator), comparator or "")


_FIGURE = re.compile(r"[≥≤<>=±约]?[-+]?\d[\d,]*(\.\d+)?\s*[%‰]?\D{0,8}")
_MONEY = re.compile(rf"(?:[-+]?[¥￥])?[-+]?\d[\d,]*(\.\d*)?{MONEY_UNIT}?")


@lru_cache(maxsize=16384)
def is_number(text: str) -> bool:
    """Whether a folded text is a number with its sign and unit (≥800件/年)."""
    return _FIGURE.fullmatch(text) is not None


@lru_cache(maxsize=16384)
def is_amount(text: str) -> bool:
    """Whether a folded text is a bare number, or one with ¥ before it or a money unit behind it."""
    return _MONEY.fullmatch(text) is not None
