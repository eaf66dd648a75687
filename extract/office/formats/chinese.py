"""Numbers in Chinese characters, as the formats `[DBNum1]` to `[DBNum3]` write them."""

from __future__ import annotations

from models.numerals import CHINESE_UNITS, number_to_chinese, number_to_spoken

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
"""The digits of each script; the first one's zero is round in Excel."""
_UNITS = {1: CHINESE_UNITS, 2: ("", "拾", "佰", "仟"), 3: CHINESE_UNITS}


def digit_by_digit(text: str, script: int) -> str:
    """Every digit of the text in the digits of `script` (1 to 3); other scripts leave the text.

    >>> digit_by_digit("2026", 1)
    '二〇二六'
    """
    digits = _DIGITS.get(script)
    return text.translate({0x30 + n: digit for n, digit in enumerate(digits)}) if digits else text


def in_script(shown: str, script: int, *, whole: bool) -> str:
    """A number as shown in digits, in `script`; `whole`: with its units (一百二十), which only General has.

    >>> in_script("123.5", 1, whole=True), in_script("123", 2, whole=False)
    ('一百二十三.五', '壹贰叁')
    """
    if script not in _DIGITS:
        return shown
    if not whole:
        return digit_by_digit(shown, script)
    head, point, tail = shown.partition(".")
    if not head.isdigit():
        return digit_by_digit(shown, script)
    return (
        number_to_chinese(int(head), _DIGITS[script], _UNITS[script]) + point + digit_by_digit(tail, script)
    )


def day_numeral(number: int, script: int) -> str:
    """A month, day, hour or minute in `script`: ten is 十 where it stands alone."""
    if script == 1:
        return number_to_spoken(number).replace("零", "〇")
    if script == 2:
        return number_to_chinese(number, _DIGITS[2], _UNITS[2])
    return digit_by_digit(str(number), script)
