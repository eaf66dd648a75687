"""From when to when a project runs, in every spelling that forms were seen to use."""

from __future__ import annotations

import pytest

from models.declaration import Period
from normalize.read.parts.period import text_to_day, text_to_period, texts_to_period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("202001-202012", "2020-01", "2020-12"),
        ("2023.07-2024.01", "2023-07", "2024-01"),
        ("2024年1月至12月", "2024-01", "2024-12"),
        ("自2026年1月至2026年12月止", "2026-01", "2026-12"),
        ("2024年1月—2026年12月", "2024-01", "2026-12"),
        ("2024/1～2024/6", "2024-01", "2024-06"),
        ("2024-2026年", "2024", "2026"),
        ("2024年至2026年", "2024", "2026"),
        ("2024年1月1日至2024年12月31日", "2024-01-01", "2024-12-31"),
        ("2024-01-01 至 2024-12-31", "2024-01-01", "2024-12-31"),
        ("2024-01-01-2024-12-31", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_period_with_two_ends(text: str, start: str, end: str) -> None:
    assert text_to_period(text) == Period(start=start, end=end)


@pytest.mark.parametrize("text", ["1年", "长期", "202013-202012", "2024.13-2024.14", "", "按进度实施"])
def test_what_says_no_beginning_and_end_is_no_period(text: str) -> None:
    assert text_to_period(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026/1/1", "2026-01-01"),
        ("2026年12月31日", "2026-12-31"),
        ("2026年12月", "2026-12"),
        ("2026.3", "2026-03"),
        ("2026年", "2026"),
        ("2026/2/30", None),
        ("年内", None),
    ],
)
def test_a_beginning_or_an_end_is_no_more_exact_than_printed(text: str, day: str | None) -> None:
    assert text_to_day(text) == day


def test_a_period_in_several_cells() -> None:
    assert texts_to_period(["20260101", "到", "20261231"]) == Period(start="2026-01-01", end="2026-12-31")
    assert texts_to_period(["2026-01", "2026-12"]) is not None
    assert texts_to_period(["1年"]) is None
