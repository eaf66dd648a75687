"""Columns parted by blanks."""

from __future__ import annotations

from extract.transcripts.spaced_columns import with_tabs

ROWS = "\n".join(f"指标{n}    95%    基本型" for n in range(12))


def test_runs_of_blanks_part_the_columns_of_a_table() -> None:
    assert with_tabs(f"申报表\n{ROWS}\n        上年　　95%").splitlines()[1::12] == [
        "指标0\t95%\t基本型",
        "\t上年\t95%",
    ]


def test_a_letter_with_a_wide_gap_stays() -> None:
    text = "填报日期：2025年    单位：万元    盖章\n" + "各位领导：现报上申报表，请审核。\n" * 12
    assert with_tabs(text) == text


def test_text_that_has_tabs_or_bars_stays() -> None:
    assert with_tabs(f"{ROWS}\n名称\t审计局").count("\t") == 1
    assert with_tabs(f"{ROWS}\n| 名称 |").count("\t") == 0


def test_blanks_that_fill_up_to_stops_are_the_tabs_they_were() -> None:
    rows = [f"指标{n:02d}\t\t办公设备购置费用经费1\t95%\t基本型" for n in range(20)]
    assert with_tabs("\n".join(_expanded(row) for row in rows)) == "\n".join(rows)


def _expanded(row: str) -> str:
    text, width = "", 0
    for sign in row:
        blanks = 8 - width % 8 if sign == "\t" else 0
        text += " " * blanks or sign
        width += blanks or (2 if sign > "\x7f" else 1)
    return text
