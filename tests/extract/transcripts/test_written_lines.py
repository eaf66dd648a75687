"""Lines as programs leave them."""

from __future__ import annotations

import pytest

from extract.transcripts.written_lines import unwrapped, with_usual_signs, without_line_numbers


@pytest.mark.parametrize("end", ["\r\n", "\r", "\r\r\n", "\u2028", "\x85"])
def test_lines_end_as_usual(end: str) -> None:
    assert with_usual_signs(f"甲{end}乙") == "甲\n乙"


def test_full_width_bars_part_cells() -> None:
    assert with_usual_signs("项目｜类别｜金额｜用途\n" * 10) == "项目|类别|金额|用途\n" * 10


def test_a_drawing_keeps_its_bars() -> None:
    text = "│甲│乙│丙│\n├──┼──┼──┤\n" * 10
    assert with_usual_signs(text) == text


def test_numbers_of_lines_are_left_out() -> None:
    text = "\n".join(f"{n:6d}\t项目{n}\t5" for n in range(1, 31))
    assert without_line_numbers(text).split("\n")[4] == "项目5\t5"


def test_amounts_that_do_not_count_by_one_stay() -> None:
    text = "\n".join(f"{n * 2}\t项目" for n in range(1, 31))
    assert without_line_numbers(text) == text


def test_lines_broken_at_a_width_are_one_again() -> None:
    row = "项目支出情况\t" + "办公设备购置" * 7
    broken = row[:33] + "\n" + row[33:]
    assert unwrapped("\n".join([broken] * 10)).split("\n")[:4] == [row, "", row, ""]


def test_a_list_of_short_rows_is_not_put_together() -> None:
    text = "甲\t乙\n" * 20
    assert unwrapped(text) == text
