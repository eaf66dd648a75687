"""Patterns fit a value whole or not at all: no number is taken out of what is not understood."""

from __future__ import annotations

import re

import pytest

from normalize.text.value_patterns import (
    CALENDAR_YEAR,
    LIMIT_OF_DAY,
    LIMIT_OF_MONTH,
    LIMIT_OF_YEAR,
    NUMBER_VALUE,
    RANGE_VALUE,
    SIGNS,
    SUFFIXES,
    TOLERANCE_VALUE,
    WORD_SIGNS,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("≥800件/年", {"sign": "≥", "number": "800", "unit": "件", "per": "年"}),
        ("100万元以内", {"number": "100", "unit": "万元", "suffix": "以内"}),
        ("=100.00(%)", {"sign": "=", "number": "100.00", "rate": "%"}),
        ("5%（含）以上", {"number": "5", "unit": "%", "included": "（含）", "suffix": "以上"}),
        ("95%且无投诉", {"number": "95", "unit": "%", "beside": "且无投诉"}),
        ("约1,200.5人次", {"about": "约", "number": "1,200.5", "unit": "人次"}),
        ("不超过3个", {"sign": "不超过", "number": "3", "unit": "个"}),
    ],
)
def test_a_number_with_what_stands_around_it(text: str, parts: dict[str, str]) -> None:
    fitted = NUMBER_VALUE.fullmatch(text)
    assert fitted is not None
    assert {name: part for name, part in fitted.groupdict().items() if part is not None} == parts


@pytest.mark.parametrize("text", ["95%、90%", "完成3个项目并验收", "第2批", "3.5.1", "1,23", "≥", "12,3456"])
def test_more_than_a_value_fits_no_number(text: str) -> None:
    assert NUMBER_VALUE.fullmatch(text) is None


@pytest.mark.parametrize("text", ["3-5天", "90%-95%", "3至5个/年"])
def test_a_range_has_two_ends(text: str) -> None:
    assert RANGE_VALUE.fullmatch(text)


@pytest.mark.parametrize("text", ["3-5", "-5天", "2023-2025年度计划完成"])
def test_what_is_no_range(text: str) -> None:
    assert RANGE_VALUE.fullmatch(text) is None


def test_a_tolerance() -> None:
    assert TOLERANCE_VALUE.fullmatch("±5%")
    assert TOLERANCE_VALUE.fullmatch("5%±") is None


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("2026年底前", LIMIT_OF_YEAR),
        ("2025年年底前完成", LIMIT_OF_YEAR),
        ("2026年内", LIMIT_OF_YEAR),
        ("2024年12月底前", LIMIT_OF_MONTH),
        ("2026年6月30日前", LIMIT_OF_DAY),
        ("2026-06-30之前", LIMIT_OF_DAY),
    ],
)
def test_a_day_as_a_limit(text: str, pattern: re.Pattern[str]) -> None:
    limits = (LIMIT_OF_YEAR, LIMIT_OF_MONTH, LIMIT_OF_DAY)
    assert [limit for limit in limits if limit.fullmatch(text)] == [pattern]


def test_a_year_is_no_number_of_years() -> None:
    assert CALENDAR_YEAR.fullmatch("2026")
    assert CALENDAR_YEAR.fullmatch("3") is None


def test_every_word_for_a_sign_means_what_a_sign_means() -> None:
    assert set(WORD_SIGNS.values()) | set(SUFFIXES.values()) <= set(SIGNS.values())
