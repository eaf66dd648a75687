"""Number formats taken apart: sections, their conditions, their tokens (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Sort = Literal[
    "text", "digits", "point", "exponent", "general", "date", "elapsed", "half", "at", "percent", "slash"
]
"""What a token is: text that stands for itself, places of digits, the decimal point, and so on."""

LONG_DATE, LONG_TIME = 'yyyy"年"m"月"d"日"', "h:mm:ss"
"""What `[$-F800]` and `[$-F400]` stand for on a Chinese system."""
LONGEST_CODE = 255
"""Excel refuses a longer format code; a longer one is shown as General."""

_TOKEN = re.compile(
    r'(?P<quoted>"[^"]*"?)|(?P<escaped>[\\!].)|(?P<gap>[_*].)|(?P<bracket>\[[^\]]*\])|(?P<end>;)'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])"
    r"|(?P<digits>[0#?][0#?,]*)|(?P<point>\.)|(?P<percent>%)|(?P<slash>/)|(?P<at>@)"
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4}|b+|g+|e+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]{1,30}(?:\.[0-9]{1,30})?)\s*\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_DIGITS_SCRIPT = re.compile(r"\[DBNum([1-4])\]", re.IGNORECASE)
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-([^\],]*))?[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a section; `text` is what it shows (of sort "text") or how it is written (of the others)."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of a format's parts between semicolons, with its condition (`>=`, 90) if it states one.

    `script` is 1 to 3 for numbers written in Chinese (`[DBNum1]`), `locale` the hexadecimal language or "".
    """

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    script: int = 0
    locale: str = ""

    def has(self, *sorts: Sort) -> bool:
        """Whether one of its tokens is of one of these sorts."""
        return any(token.sort in sorts for token in self.tokens)


@lru_cache(maxsize=4096)
def code_to_sections(code: str) -> tuple[Section, ...]:
    """The sections of a format code, at least one; a code beyond `LONGEST_CODE` is General."""
    code = code if code and len(code) <= LONGEST_CODE else "General"
    sections: list[list[tuple[str, str]]] = [[]]
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        if kind == "end":
            sections.append([])
        else:
            sections[-1].append((kind, found[0]))
    return tuple(_section(parts) for parts in sections)


def _section(parts: list[tuple[str, str]]) -> Section:
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    script, locale = 0, ""
    for kind, text in parts:
        if kind != "bracket":
            tokens += _tokens(kind, text)
        elif found := _CONDITION.fullmatch(text):
            condition = (found[1], Decimal(found[2]))
        elif found := _ELAPSED.fullmatch(text):
            tokens.append(Token("elapsed", found[1].lower()))
        elif found := _DIGITS_SCRIPT.fullmatch(text):
            script = int(found[1])
        elif found := _LOCALE.fullmatch(text):
            locale = (found[2] or "").upper() or locale
            tokens += [Token("text", found[1])] if found[1] else []
    if locale in ("F800", "X-SYSDATE", "F400", "X-SYSTIME"):
        tokens = list(code_to_sections(LONG_DATE if locale in ("F800", "X-SYSDATE") else LONG_TIME)[0].tokens)
    return Section(tuple(tokens), condition, script, locale)


def _tokens(kind: str, text: str) -> list[Token]:
    """What a match of `_TOKEN` stands for; gaps (`_x`, `*x`) are white space of no width here."""
    if kind == "gap":
        return []
    if kind == "quoted":
        return [Token("text", text.strip('"'))]
    if kind == "escaped":
        return [Token("text", text[1])]
    if kind == "other":
        return [Token("text", text)]
    if kind == "date":
        return [Token("date", text.lower())]
    sorts: dict[str, Sort] = {"general": "general", "half": "half", "exponent": "exponent", "digits": "digits",
                              "point": "point", "percent": "percent", "slash": "slash", "at": "at"}  # fmt: skip
    return [Token(sorts[kind], text)]
