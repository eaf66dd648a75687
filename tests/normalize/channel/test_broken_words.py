"""One look-alike that would explain a broken word is a doubt; names and rare words are none."""

from __future__ import annotations

import pytest

from normalize.channel.broken_words import likely_misread


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("农村人民攻府", "农村人民政府"),
        ("公夯用车平台运行", "公务用车平台运行"),
        ("指栋进入前列", "指标进入前列"),
    ],
)
def test_a_misread_character_that_breaks_a_word_is_seen(seen: str, meant: str) -> None:
    assert likely_misread(seen) == meant


@pytest.mark.parametrize(
    "text", ["沅水县供销合作社联合社", "持证救护员培训800人、AED投放12台", "馆藏档案数字化率", "≥3,500卷", ""]
)
def test_an_own_text_is_not_doubted(text: str) -> None:
    assert likely_misread(text) is None
