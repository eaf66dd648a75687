"""A cell's value as Excel displays it under its number format (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Context, Decimal

from openpyxl.utils.escape import unescape

YEAR_MONTH, MONTH_DAY, LONG_DATE = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
CHINESE_FORMATS = {
    **{14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 30: "m-d-yy", 31: LONG_DATE},
    **{32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"'},
    **dict.fromkeys((27, 36, 50, 52, 57), YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), MONTH_DAY),
}
"""Built-in formats that depend on the language, as a Chinese Excel shows them (ECMA-376 part 1, 18.8.30)."""
TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|;|general|am/pm|上午/下午|e[+-]0+|'
    r"[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+|y+|m+|d+|h+|s+|a{3,4}|.",
    re.I | re.S,
)
EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
STORED = Context(prec=15, rounding=ROUND_HALF_UP)
"""Excel shows no digit beyond the 15th: 3268.3999999999996 is 3268.4."""
WEEKDAYS = "一二三四五六日"
Value = bool | int | float | str | dt.datetime | dt.date | dt.time | dt.timedelta | None


def displayed(value: Value, code: str) -> str:
    """A cell's value as Excel shows it under the number format `code`, in a column that is wide enough.

    Formats with conditions, fractions or several groups of digits are shown as General.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _numeric(
            Decimal(value) if isinstance(value, int) else STORED.create_decimal(repr(value)), code
        )
    sections = _sections(code)
    if isinstance(value, str):
        text = next((s for s in sections if "@" in s), [] if len(sections) == 4 else ["@"])
        plain = unescape(value).replace("\r\n", "\n").replace("\r", "\n")
        return "".join(plain if token == "@" else _literal(token) for token in text)
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, dt.time):
        value = dt.datetime.combine(dt.date(1900, 1, 1), value)
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    return "" if value is None else _dated(value, sections[0])


def _sections(code: str) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for token in TOKEN.findall(code):
        if token == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _literal(token: str) -> str:
    """What a token that stands for itself shows; of brackets only a currency sign, `[$¥-804]`."""
    if token[0] in "_*":
        return ""
    if token[0] == "[":
        return token[2:-1].partition("-")[0] if token[1:2] == "$" else ""
    return token[1:-1] if token[0] == '"' else token[1:] if token[0] == "\\" else token


def _numeric(number: Decimal, code: str) -> str:
    """A number under positive;negative;zero sections; only the first section writes a minus itself."""
    sections = _sections(code)
    index = 2 if number == 0 and len(sections) > 2 else 1 if number < 0 and len(sections) > 1 else 0
    tokens = sections[index]
    places = [token for token in tokens if token[0] in "#0?." and token != "."]
    odd = ("/" in tokens and bool(places)) or any(re.match(r"\[[<>=]", token) for token in tokens)
    if odd or len(places) > 1 or "@" in tokens:
        return _general(number)
    size = abs(number).scaleb(2 * tokens.count("%"), context=EXACT)
    power = any(re.match("e[+-]", token, re.I) for token in tokens)
    shown = ""
    for token in tokens:
        if token in places:
            decimals = len(token.partition(".")[2])
            shown += _scientific(size, decimals) if power else _digits(size, token)
        elif token.lower() == "general":
            shown += _general(size)
        elif not re.match("e[+-]", token, re.I):
            shown += _literal(token)
    return f"-{shown}" if number < 0 and index == 0 and shown else shown


def _digits(number: Decimal, pattern: str) -> str:
    """A number of zero or more under places such as `#,##0.0#`; each comma at the end divides by 1000."""
    core = pattern.rstrip(",")
    whole, _, fraction = core.partition(".")
    number = number.scaleb(-3 * (len(pattern) - len(core)), context=EXACT)
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), context=EXACT)
    head, _, tail = f"{rounded:{',' if ',' in whole else ''}f}".partition(".")
    head = "" if head == "0" and "0" not in whole else head.zfill(whole.count("0"))
    kept = fraction.count("0")
    tail = tail[:kept] + tail[kept:].rstrip("0")
    return f"{head}.{tail}" if tail else head


def _general(number: Decimal) -> str:
    """At most eleven characters, the point included; six digits and a power of ten where that is too few."""
    if number == 0:
        return "0"
    power = number.adjusted()
    if power > 10 or (power < -4 and -int(number.normalize().as_tuple().exponent) > 9):
        mantissa, _, exponent = _scientific(number, 5).partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    text = f"{number.quantize(Decimal(1).scaleb(-max(0, 9 - max(power, 0))), context=EXACT):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scientific(number: Decimal, decimals: int) -> str:
    mantissa, _, exponent = f"{number:.{decimals}E}".partition("E")
    return f"{mantissa}E{int(exponent):+03}"


def _dated(moment: dt.datetime, tokens: list[str]) -> str:
    if any(token.upper() == "[$-F800]" for token in tokens):
        tokens = _sections(LONG_DATE)[0]
    letters = [token[0].lower() if token[0].lower() in "ymdhs" else "" for token in tokens]
    half = any(token.lower() in ("am/pm", "上午/下午") for token in tokens)
    shown = ""
    for at, token in enumerate(tokens):
        before = next(filter(None, reversed(letters[:at])), "")
        after = next(filter(None, letters[at + 1 :]), "")
        minute = letters[at] == "m" and len(token) < 3 and (before == "h" or after == "s")
        shown += _date_part(moment, "n" * len(token) if minute else token.lower(), token, half)
    return shown


def _date_part(moment: dt.datetime, part: str, token: str, half: bool) -> str:
    """One token of a date format, `part` in lower case with minutes as `n`."""
    hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
    numbers = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}
    if part[0] == "y":
        return f"{moment.year}" if len(part) > 2 else f"{moment.year % 100:02}"
    if part[0] in numbers and len(part) < 3:
        return f"{numbers[part[0]]:0{len(part)}}"
    if part in ("aaa", "aaaa"):
        return ("星期" if part == "aaaa" else "") + WEEKDAYS[moment.weekday()]
    names = {"mmm": "%b", "mmmm": "%B", "ddd": "%a", "dddd": "%A", "am/pm": "%p"}
    if part in names:
        return moment.strftime(names[part])
    if part == "上午/下午":
        return "上午" if moment.hour < 12 else "下午"
    return "" if part in ("@", "general") else _literal(token)
