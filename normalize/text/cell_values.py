"""Texts of cells → numbers, comparators, units, dates, amounts. Pure functions; what does not parse is `None`."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import cast

from models.declaration import Comparator, Value
from models.numerals import chinese_to_number
from normalize.text.fold import fold

NOTHING_WORD = "无"
"""A cell that says so on purpose: nothing, or does not apply."""
_SIGNS: dict[str, Comparator] = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", ">": ">", "<": "<", "=": "="}
_WORD_SIGNS: dict[str, Comparator] = {
    "不低于": ">=", "不少于": ">=", "大于等于": ">=", "不高于": "<=", "不超过": "<=", "不多于": "<=", "小于等于": "<=",
    "大于": ">", "超过": ">", "小于": "<", "低于": "<", "等于": "=",
}  # fmt: skip
_SIGN = "|".join([">=", "<=", "[≥≤<>=]", *_WORD_SIGNS])
_MARKS = r"，,；;。.·•…、！!？?|\\_*~“”‘’'\"\-—"
"""No unit has these: they are a reader's specks, or more than a value."""
_VALUE = re.compile(
    rf"(?P<sign>{_SIGN})?(?P<number>[-+]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)(?P<unit>[^\d/≥≤<>={_MARKS}]*)(?:/(?P<per>\d*[^\d/≥≤<>={_MARKS}]+))?"
)
_AMOUNT = re.compile(r"[-+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?")
_DATE = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D{0,2}")
_NUMERALS = "〇一二三四五六七八九"
_NUMERAL_DATE = re.compile(
    rf"([{_NUMERALS}零○]{{4}})年([{_NUMERALS[1:]}十]{{1,2}})月([{_NUMERALS[1:]}十]{{1,3}})日"
)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


def text_to_value(text: str, *, expects_number: bool = False) -> Value:
    """A value as printed → its parts. `expects_number`: the catalogue has a number here, so 无 means "does not apply".

    >>> text_to_value("≥800件/年").unit, text_to_value("-2.57%").number
    ('件', Decimal('-2.57'))
    """
    if text == NOTHING_WORD:
        return Value(text=text, not_applicable=True if expects_number else None)
    match = _VALUE.fullmatch(text)
    if not match:
        return Value(text=text)
    sign = match["sign"]
    return Value(
        text=text,
        comparator=(_SIGNS.get(sign) or _WORD_SIGNS.get(sign)) if sign else None,
        number=Decimal(match["number"].replace(",", "")),
        unit=match["unit"] or None,
        per=match["per"] or None,
    )


def looks_numeric(text: str) -> bool:
    """Whether a text sets out to be a number: it begins with a sign or a digit."""
    return re.match(rf"(?:{_SIGN})|[-+]?\d", text) is not None


def text_to_amount(text: str) -> Decimal | None:
    """`1,932.41`, `1932.41 万元`, `191 8` (split by a narrow cell) → `Decimal` with the printed digits."""
    bare = re.sub(r"[\s]|万?元$", "", fold(text))
    if not _AMOUNT.fullmatch(bare):
        return None
    return Decimal(bare.replace(",", "").replace("，", "").removeprefix("+"))


def text_to_share(text: str) -> str | None:
    """`76.12 %` → `76.12%`; a share printed without its sign keeps its digits."""
    bare = re.sub(r"\s", "", fold(text))
    return bare if re.fullmatch(r"-?\d+(\.\d+)?%?", bare) else None


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
_MONEY = re.compile(r"[-+]?\d[\d,]*(\.\d+)?(万?元)?")


@lru_cache(maxsize=16384)
def is_number(text: str) -> bool:
    """Whether a folded text is a number with its sign and unit (≥800件/年)."""
    return _FIGURE.fullmatch(text) is not None


@lru_cache(maxsize=16384)
def is_amount(text: str) -> bool:
    """Whether a folded text is a bare number, or one with 元 or 万元 behind it."""
    return _MONEY.fullmatch(text) is not None
