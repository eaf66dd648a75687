"""Whether two printed values say the same: what a format, a typist or a reader may vary without changing it is none."""

from __future__ import annotations

import re
from decimal import Decimal

from models.declaration import Value
from normalize.text.fold import fold, skeleton

_NUMBER = re.compile(r"(?<![\d.])-?\d+(?:,\d{3})*(?:\.\d+)?")
"""A number in a text. A dash behind a digit is that of a span (2024-2026), and no sign."""
_VALUE_PARTS = (
    "comparator",
    "number",
    "lower",
    "upper",
    "approximate",
    "unit",
    "per",
    "by",
    "not_applicable",
)


def is_same(before: object, after: object) -> bool:
    """Whether two values of one field say the same: numbers by what they are worth, texts but for punctuation and width.

    Blank (`None`) is the same as blank only.
    """
    if before is None or after is None or isinstance(before, bool):
        return before is after
    if isinstance(before, Value) and isinstance(after, Value):
        return is_same_text(before.text, after.text) or _is_same_value(before, after)
    if isinstance(before, Decimal) and isinstance(after, Decimal):
        return before == after
    return is_same_text(str(before), str(after))


def is_same_text(before: str, after: str) -> bool:
    """Whether two texts have the same words and the same numbers.

    >>> is_same_text("完成 1,200 件;", "完成1200件。"), is_same_text("1.5%", "15%"), is_same_text("-5%", "5%")
    (True, False, False)
    """
    if before == after:
        return True
    return _numbers(before) == _numbers(after) and _words(before) == _words(after)


def text_to_key(text: str) -> str:
    """What texts are found again by: equal for texts that `is_same_text` holds for the same, where they have no numbers."""
    return _words(text)


def _numbers(text: str) -> list[Decimal]:
    return [Decimal(found.replace(",", "")) for found in _NUMBER.findall(fold(text))]


def _words(text: str) -> str:
    return skeleton(
        _NUMBER.sub(lambda found: f"{Decimal(found[0].replace(',', '')).normalize():f}", fold(text))
    )


def _is_same_value(before: Value, after: Value) -> bool:
    """Whether two values with a number have all parts alike: 420.00 and 420."""
    if before.number is None and before.lower is None and before.upper is None:
        return False
    alike = all(getattr(before, part) == getattr(after, part) for part in _VALUE_PARTS)
    return alike and skeleton(before.remark or "") == skeleton(after.remark or "")


def shown_value(value: object) -> str | None:
    """A value as it is printed in a comparison; `None` for a blank."""
    if value is None:
        return None
    if isinstance(value, Value):
        return value.text
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
