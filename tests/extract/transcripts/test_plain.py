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
        ("~~98%~~ 95%", "95%"),
        ("`司法局`", "司法局"),
        ("==陈立群==", "陈立群"),
        ("*办公设备*购置", "办公设备购置"),
        ("3*5*2", "3*5*2"),
        ("[027-12345](tel:027-12345)", "027-12345"),
        ('[办公设备](https://x.cn "t")[^1]', "办公设备"),
        (r"$\geq 95 \%$", "≥95%"),
        ("$10531.53$", "10531.53"),
        ("$100到$200", "$100到$200"),
        ("3<5", "3<5"),
        ('<span style="text-decoration:line-through">98%</span>95%', "95%"),
        ('<span style="background:navy;color:white">98%</span>', "98%"),
        ('<span style="display:none">98%</span>95%', "95%"),
        ('<input type="text" value="陈立群">', "陈立群"),
        ('<input type="checkbox" checked>基本型<input type=checkbox>发展型', "☑基本型□发展型"),
        ("<select><option>发展型<option selected>基本型</select>", "基本型"),
    ],
)
def test_plain_text(fragment: str, text: str) -> None:
    assert plain_text(fragment) == text


def test_a_long_unclosed_mark_takes_no_time() -> None:
    fragment = "<s>" + "字" * 200_000 + "<span " + "color=white " * 50_000
    assert plain_text(fragment).count("字") == 200_000


def test_signs_behind_a_backslash_are_signs() -> None:
    assert plain_text("72.12\\% \\*注 a\\b") == "72.12% *注 a\\b"
