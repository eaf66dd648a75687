"""A cell's value as Excel shows it under its number format (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal

from extract.office.formats.chinese import in_script
from extract.office.formats.codes import Section, Token, code_to_sections
from extract.office.formats.dates import serial_to_text
from extract.office.formats.digits import number_to_general, number_to_places

Shown = bool | int | float | Decimal | str
"""What a cell holds: a truth, a number (a date is one, too) or text."""

_STORED = Context(prec=15, rounding=ROUND_HALF_UP)
"""Excel shows no digit beyond the 15th: 3268.3999999999996 is 3268.4."""
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip


def displayed(value: Shown, code: str, *, epoch_1904: bool = False) -> str:
    """A value as Excel shows it under the format `code`, in a column that is wide enough.

    `epoch_1904`: dates count from 1904, as in workbooks of old Macintoshes. A date before the calendar begins is
    shown as Excel does, by number signs.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    sections = code_to_sections(code)
    if isinstance(value, str):
        return _text(value, sections)
    number = value if isinstance(value, Decimal) else _STORED.create_decimal(repr(value))
    section, signed = _choose(number, sections)
    shown = _number(number, section, epoch_1904=epoch_1904, signed=signed)
    return _first_line(shown, section)


def _text(value: str, sections: tuple[Section, ...]) -> str:
    """Text under the section for text: the fourth, or the last one with an @; as it is where there is none."""
    if len(sections) > 3:
        section = sections[3]
    elif sections[-1].has("at"):
        section = sections[-1]
    else:
        return value
    return "".join(
        value if token.sort == "at" else token.text
        for token in section.tokens
        if token.sort in ("at", "text")
    )


def _choose(number: Decimal, sections: tuple[Section, ...]) -> tuple[Section, bool]:
    """The section for a number, and whether its minus sign is still to be shown."""
    if len(sections) > 3 or (len(sections) > 1 and sections[-1].has("at")):
        sections = sections[: min(3, len(sections) - 1)]
    first, second = sections[0], sections[1] if len(sections) > 1 else None
    if second is None:
        fits = first.condition is None or _holds(number, first.condition)
        return (first if fits else code_to_sections("General")[0]), True
    if first.condition is None and second.condition is None:
        if number == 0 and len(sections) > 2:
            return sections[2], False
        return (second, False) if number < 0 else (first, False)
    ends = [first.condition or (">" if len(sections) > 2 else ">=", Decimal())]
    ends += [second.condition or ("<", Decimal())] if len(sections) > 2 or second.condition else []
    for section, condition in zip(sections, ends, strict=False):
        if _holds(number, condition):
            return section, not _negative_only(condition)
    if len(sections) > 2:
        return sections[2], True
    return (second, False) if second.condition is None else (code_to_sections("General")[0], True)


def _holds(number: Decimal, condition: tuple[str, Decimal]) -> bool:
    return _COMPARE[condition[0]](number, condition[1])


def _negative_only(condition: tuple[str, Decimal]) -> bool:
    """Whether a condition lets nothing but numbers below zero in: their sign is then left to the section's text."""
    sign, limit = condition
    return (sign == "<" and limit <= 0) or (sign in ("<=", "=") and limit < 0)


def _number(number: Decimal, section: Section, *, epoch_1904: bool, signed: bool) -> str:
    if section.has("date", "elapsed", "half"):
        return serial_to_text(number, section, epoch_1904=epoch_1904)
    size = abs(number).scaleb(2 * sum(token.sort == "percent" for token in section.tokens))
    if section.has("at") or not section.tokens:
        shown = number_to_general(size) if section.has("at") else ""
    elif section.has("general"):
        shown = _around_general(number_to_general(size), section.tokens)
    else:
        shown = number_to_places(size, section.tokens)
    if section.script:
        shown = in_script(shown, section.script, whole=section.has("general"))
    return f"-{shown}" if number < 0 and signed and shown else shown


def _around_general(shown: str, tokens: tuple[Token, ...]) -> str:
    return "".join(
        shown if token.sort == "general" else token.text for token in tokens if token.sort != "digits"
    )


def _first_line(shown: str, section: Section) -> str:
    """What stands before a line break in the format: the rest is wrapped out of sight (`0.00,,` above a `%`)."""
    broken = any(token.sort == "text" and "\n" in token.text for token in section.tokens)
    return shown.partition("\n")[0] if broken else shown
