"""Dates and times, which Excel stores as numbers of days, under a date format."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from extract.office.formats.chinese import day_numeral, digit_by_digit
from extract.office.formats.codes import Section, Token

_FIRST_DAY_1900, _FIRST_DAY_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
"""Day 0 of either calendar; that of 1900 takes 1900 for a leap year (ECMA-376 part 1, 18.17.4.1)."""
_FALSE_LEAP_DAY = 60
"""The 29th of February 1900, which there never was; days before it stand one later."""
_DAYS = 2_958_466
"""The first day that no calendar of Excel has, 1 January of the year 10000."""
_DAY_SECONDS = 86_400
OUTSIDE = "########"
"""What Excel shows for a date before its calendar begins or after it ends."""
_WEEKDAYS = "一二三四五六日"
_MONTHS = "一二三四五六七八九十"
_ERAS = ((dt.date(2019, 5, 1), "R", "令和"), (dt.date(1989, 1, 8), "H", "平成"), (dt.date(1926, 12, 25), "S", "昭和"),
         (dt.date(1912, 7, 30), "T", "大正"), (dt.date(1868, 1, 1), "M", "明治"))  # fmt: skip
"""The first days of Japanese eras, for formats of the language 0x411."""
_CHINESE_LOCALES = ("804", "404", "ZH", "1004", "C04")
_JAPANESE_LOCALES = ("411", "JA")


@dataclass(frozen=True, slots=True)
class _Moment:
    """A date and time of day, and the whole seconds and parts of a second since day 0.

    `number` is the day's in its month as Excel counts it: the calendar of 1900 has a 0 January and a 29 February.
    """

    day: dt.date
    number: int
    seconds: int
    part: Decimal

    @property
    def hour(self) -> int:
        """The hour of the day, 0 to 23."""
        return self.seconds // 3600 % 24

    @property
    def minute(self) -> int:
        """The minute of the hour."""
        return self.seconds // 60 % 60


def serial_to_text(number: Decimal, section: Section, *, epoch_1904: bool) -> str:
    """A number of days under the date tokens of `section`; `OUTSIDE` where no calendar has the day."""
    if number < 0 or number >= _DAYS:
        return OUTSIDE
    moment = _moment(number, _subseconds(section.tokens), epoch_1904=epoch_1904)
    return "".join(_shown(moment, section, at) for at in range(len(section.tokens)))


def _subseconds(tokens: tuple[Token, ...]) -> int:
    """How many digits of a second the tokens show, as `ss.00`."""
    for at, token in enumerate(tokens[:-1]):
        if (
            token.sort == "point"
            and tokens[at + 1].sort == "digits"
            and at
            and _letter(tokens[at - 1]) == "s"
        ):
            return len(tokens[at + 1].text)
    return 0


def _letter(token: Token) -> str:
    return token.text[0] if token.sort in ("date", "elapsed") else ""


def _moment(number: Decimal, digits: int, *, epoch_1904: bool) -> _Moment:
    """Seconds are rounded to what is shown of them, minutes and hours are not."""
    total = (number * _DAY_SECONDS).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    seconds = int(total.to_integral_value(ROUND_FLOOR))
    days = seconds // _DAY_SECONDS
    if epoch_1904:
        day = _FIRST_DAY_1904 + dt.timedelta(days)
        return _Moment(day, day.day, seconds, total - seconds)
    day = _FIRST_DAY_1900 + dt.timedelta(days + (days < _FALSE_LEAP_DAY) - (days == _FALSE_LEAP_DAY))
    counted = {0: 0, _FALSE_LEAP_DAY: 29}.get(days, day.day)
    return _Moment(dt.date(1900, 1, 1) if days == 0 else day, counted, seconds, total - seconds)


def _shown(moment: _Moment, section: Section, at: int) -> str:
    """What one token of a date format shows."""
    tokens = section.tokens
    token = tokens[at]
    if token.sort == "elapsed":
        return _elapsed(moment, token.text)
    if token.sort == "half":
        return _half(moment, token.text)
    if token.sort == "digits" and at and tokens[at - 1].sort == "point":
        return f"{moment.part:f}".partition(".")[2]
    if token.sort != "date":
        return token.text if token.sort in ("text", "point", "slash", "percent") else ""
    if token.text[0] == "m" and len(token.text) < 3 and _is_minute(tokens, at):
        return _numeral(moment.minute, token.text, section)
    return _date_part(moment, token.text, section)


def _is_minute(tokens: tuple[Token, ...], at: int) -> bool:
    """An m is minutes after hours or before seconds."""
    before = next((_letter(t) for t in reversed(tokens[:at]) if _letter(t)), "")
    after = next((_letter(t) for t in tokens[at + 1 :] if _letter(t)), "")
    return before == "h" or after == "s"


def _elapsed(moment: _Moment, letters: str) -> str:
    unit = {"h": 3600, "m": 60, "s": 1}[letters[0]]
    return f"{moment.seconds // unit:0{len(letters)}}"


def _half(moment: _Moment, written: str) -> str:
    first, second = written.split("/")
    return second if moment.hour >= 12 else first


def _date_part(moment: _Moment, letters: str, section: Section) -> str:
    half = any(token.sort == "half" for token in section.tokens)
    hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
    numbers = {"m": moment.day.month, "d": moment.number, "h": hour, "s": moment.seconds % 60}
    if letters[0] in numbers and len(letters) < 3:
        return _numeral(numbers[letters[0]], letters, section)
    if letters[0] in "yeb":
        return _year(moment.day, letters, section)
    if letters[0] == "g":
        return _era(moment.day, letters) if section.locale.endswith(_JAPANESE_LOCALES) else ""
    return _name(
        moment.day,
        letters,
        chinese=section.locale.startswith("ZH") or section.locale.endswith(_CHINESE_LOCALES),
    )


def _numeral(number: int, letters: str, section: Section) -> str:
    return day_numeral(number, section.script) if section.script else f"{number:0{len(letters)}}"


def _year(day: dt.date, letters: str, section: Section) -> str:
    year = day.year + (543 if letters[0] == "b" else 0)
    if letters[0] == "e" and section.locale.endswith(_JAPANESE_LOCALES):
        first = next((era[0] for era in _ERAS if era[0] <= day), day)
        return f"{day.year - first.year + 1:0{len(letters)}}"
    shown = f"{year:04}" if letters[0] == "e" or len(letters) > 2 else f"{year % 100:02}"
    return digit_by_digit(shown, section.script) if section.script else shown


def _era(day: dt.date, letters: str) -> str:
    _, letter, name = next((era for era in _ERAS if era[0] <= day), (day, "", ""))
    return letter if len(letters) == 1 else name[: 1 if len(letters) == 2 else 2]


def _name(day: dt.date, letters: str, *, chinese: bool) -> str:
    """Names of months and weekdays; an a is always Chinese, the others are in a format of a Chinese language."""
    weekday = _WEEKDAYS[day.weekday()]
    if letters[0] == "a":
        return ("星期" if len(letters) > 3 else "") + weekday
    if letters[0] == "d":
        if chinese:
            return ("星期" if len(letters) > 3 else "周") + weekday
        return day.strftime("%A" if len(letters) > 3 else "%a")
    if chinese and len(letters) == 3:
        return f"{day.month}月"
    if chinese and len(letters) == 4:
        return day_numeral(day.month, 1) + "月"
    return day.strftime("%B" if len(letters) == 4 else "%b")[: 1 if len(letters) > 4 else None]
