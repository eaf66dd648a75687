"""Chinese numerals, both ways."""

from __future__ import annotations

import pytest

from models.numerals import chinese_to_number, number_to_chinese, number_to_spoken


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (10, "一十"),
        (101, "一百零一"),
        (1010, "一千零一十"),
        (10_000, "一万"),
        (100_010, "一十万零一十"),
        (123_456_789_012, "一千二百三十四亿五千六百七十八万九千零一十二"),
        (1_000_000_000_000, "一万亿"),
    ],
)
def test_number_is_written_out(number: int, written: str) -> None:
    assert number_to_chinese(number) == written


@pytest.mark.parametrize("number", range(1, 100))
def test_spoken_number_reads_back(number: int) -> None:
    assert chinese_to_number(number_to_spoken(number)) == number


@pytest.mark.parametrize("text", ["", "一二", "三十一二", "甲", "1"])
def test_what_is_no_numeral_is_zero(text: str) -> None:
    assert chinese_to_number(text) == 0
