"""Chinese numerals, both ways."""

from __future__ import annotations

CHINESE_DIGITS = "零一二三四五六七八九"
"""The digits 0 to 9 as they are written out."""
CHINESE_UNITS = ("", "十", "百", "千")
"""The units of a group of four digits, from the ones upwards."""
_GROUPS = ("", "万", "亿", "万亿")
"""The units of whole groups of four digits; numbers go up to 9999 万亿."""


def chinese_to_number(text: str) -> int:
    """一 to 九十九 as a number, 0 for what is none.

    >>> [chinese_to_number(text) for text in ("三", "十", "十二", "二十", "三十一", "一二")]
    [3, 10, 12, 20, 31, 0]
    """
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    if not ten:
        return max(0, CHINESE_DIGITS.find(ones)) if ones else 0
    return 10 * (CHINESE_DIGITS.find(tens) if tens else 1) + (CHINESE_DIGITS.find(ones) if ones else 0)


def number_to_chinese(
    number: int, digits: str = CHINESE_DIGITS, units: tuple[str, ...] = CHINESE_UNITS
) -> str:
    """A whole number of zero or more written out with every digit, `digits` and `units` given by the script.

    >>> [number_to_chinese(number) for number in (0, 12, 105, 10010, 120000)]
    ['零', '一十二', '一百零五', '一万零一十', '一十二万']
    """
    if number == 0:
        return digits[0]
    written, skipped = "", False
    for place in reversed(range(len(str(number)))):
        digit = number // 10**place % 10
        if digit:
            written += (digits[0] if skipped else "") + digits[digit] + units[place % 4]
        skipped = not digit and bool(written)
        group = place // 4
        if place % 4 == 0 and number // 10**place % 10000:
            # 万 of 亿: the 亿 is written once, after the group below
            written += _GROUPS[group] if group < 3 or not number // 10**8 % 10000 else "万"
    return written


def number_to_spoken(number: int) -> str:
    """As `number_to_chinese`, with ten to nineteen begun by 十 as one says them: 十二, not 一十二.

    >>> [number_to_spoken(number) for number in (10, 21, 110)]
    ['十', '二十一', '一百一十']
    """
    written = number_to_chinese(number)
    return written.removeprefix("一") if 10 <= number < 20 else written
