"""Raised characters: exponents stay, footnote marks go."""

from __future__ import annotations

import pytest

from extract.page.raised import raised_to_text


@pytest.mark.parametrize(
    ("before", "raised", "shown"),
    [
        ("10", "4", "⁴"),
        ("3.2×10", "-3", "⁻³"),
        ("120m", "2", "²"),
        ("㎞", "2", "²"),
        ("402.87", "2", ""),
        ("1,932", "1", ""),
        ("2026年", "1", ""),
        ("增长率", "[2]", ""),
        ("合计", "*", ""),
        ("项目", "注1", ""),
        ("110.10", "2", ""),
        ("35", "2", "²"),
        ("21", "st", "st"),
        ("甲", "乙", "乙"),
    ],
)
def test_raised_to_text(before: str, raised: str, shown: str) -> None:
    assert raised_to_text(before, raised) == shown
