"""Numbers in Chinese characters."""

from __future__ import annotations

import pytest

from extract.office.formats.chinese import day_numeral, digit_by_digit, in_script


@pytest.mark.parametrize(
    ("number", "script", "shown"), [(10, 1, "十"), (22, 1, "二十二"), (20, 2, "贰拾"), (7, 3, "７")]
)
def test_numerals_of_days(number: int, script: int, shown: str) -> None:
    assert day_numeral(number, script) == shown


def test_zero_between_digits_is_round() -> None:
    assert digit_by_digit("2026", 1) == "二〇二六"
    assert in_script("105", 1, whole=True) == "一百〇五"


def test_unknown_script_leaves_the_number() -> None:
    assert in_script("105", 4, whole=True) == "105"
