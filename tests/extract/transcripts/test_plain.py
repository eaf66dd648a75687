"""The text that a person sees of a fragment."""

from __future__ import annotations

import pytest

from extract.transcripts.plain import plain_text


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("a<br>b", "a\nb"),
        ("<b>≥</b>95%", "≥95%"),
        ("A&amp;B &lt;5%", "A&B <5%"),
        ("<s>98%</s>95%", "95%"),
        ("10<sup>-3</sup>", "10⁻³"),
        ("指标<sup>[1]</sup>", "指标"),
        ("**重点**", "重点"),
        ("3<5", "3<5"),
    ],
)
def test_plain_text(fragment: str, text: str) -> None:
    assert plain_text(fragment) == text
