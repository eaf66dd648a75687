"""From when to when a project runs: 202001-202012, 2023.07-2024.01, 2024年1月至12月, two dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.declaration import Period
from normalize.text.cell_values import text_to_date
from normalize.text.fold import fold

_TO = r"\s*(?:至|到|[-—–~～―]+)\s*"
_COMPACT = re.compile(rf"(\d{{4}})(\d{{2}}){_TO}(\d{{4}})(\d{{2}})")
_MONTHS = re.compile(rf"(\d{{4}})(?:[./]|年)(\d{{1,2}})月?{_TO}(?:(\d{{4}})(?:[./]|年))?(\d{{1,2}})月?")
_YEARS = re.compile(rf"(\d{{4}})年?{_TO}(\d{{4}})年?")
_PAIR = re.compile(r"\s*(?:至|到|[~～―—–]+|-(?=\d{4}))\s*")
_MONTHS_A_YEAR = 12


def text_to_period(text: str) -> Period | None:
    """The period that a text says; `None` for one that says how long (1年) or nothing that is understood.

    >>> text_to_period("202001-202012"), text_to_period("1年")
    (Period(start='2020-01', end='2020-12'), None)
    """
    text = fold(text).removeprefix("自").removeprefix("从").removesuffix("止")
    for pattern in (_COMPACT, _MONTHS):
        if found := pattern.fullmatch(text):
            start, end = (found[1], found[2]), (found[3] or found[1], found[4])
            return Period(start=_month(*start), end=_month(*end)) if _is_month(found[2], found[4]) else None
    if found := _YEARS.fullmatch(text):
        return Period(start=found[1], end=found[2])
    parts = _PAIR.split(text)
    days = [text_to_day(part) for part in parts]
    if len(parts) > 1 and len(days) == len(("start", "end")) and all(days):
        return Period(start=days[0], end=days[1])
    return None


def texts_to_period(texts: Sequence[str]) -> Period | None:
    """The period in one text or in several that stand beside each other: 20260101 | 到 | 20261231."""
    whole = (text_to_period(joined) for joined in (texts[0], "".join(texts), "至".join(texts)))
    return next(filter(None, whole), None)


def text_to_day(text: str) -> str | None:
    """A day of a period's beginning or end: a date, a month, or a year, none more exact than printed."""
    day = text_to_date(text)
    if day is None and (found := re.fullmatch(r"(\d{4})(?:[./年-]|(?=\d\d$))(\d{1,2})月?", fold(text))):
        return _month(found[1], found[2]) if _is_month(found[2]) else None
    if day is None and (found := re.fullmatch(r"(\d{4})年?", fold(text))):
        return found[1]
    return day


def _month(year: str, month: str) -> str:
    return f"{year}-{int(month):02}"


def _is_month(*months: str) -> bool:
    return all(1 <= int(month) <= _MONTHS_A_YEAR for month in months)
