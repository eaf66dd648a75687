"""Printed characters into lines, lines into a cell's text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.page.text_lines import chars_to_lines, line_to_text, lines_to_text, split_line
from models.geometry import Box
from models.page import Char
from tests.paper import typed


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["工作计划制定明", "确"], "工作计划制定明确"),
        (["1、完成改造", "2、推进客运", "一体化"], "1、完成改造\n2、推进客运一体化"),
        (["⼀、完成改造", "⼆、推进客运"], "⼀、完成改造\n⼆、推进客运"),
        (["（1）甲；", "（2）乙"], "（1）甲；\n（2）乙"),
        (["占比达到", "2.5%以上"], "占比达到2.5%以上"),
        (["第1、2、", "3、4项"], "第1、2、3、4项"),
        (["Office 365", "pro"], "Office 365pro"),
        (["GDP", "Growth rate"], "GDP Growth rate"),
        (["1234567", "89.5"], "123456789.5"),
        (["合 计"], "合 计"),
    ],
)
def test_lines_to_text(lines: list[str], text: str) -> None:
    assert lines_to_text([typed(line, 50, 100 + 12 * n) for n, line in enumerate(lines)]) == text


def test_a_gap_parts_numbers_but_not_chinese() -> None:
    line = [*typed("12", 50, 100), *typed("34", 70, 100), *typed("项", 90, 100)]
    assert line_to_text(line) == "12 34项"


def test_raised_characters_and_bold_prints() -> None:
    raised = Char("2", Box(70, 98, 73, 104), 6)
    bold = [replace(c, box=Box(c.box.x0 + 0.3, 100, c.box.x1 + 0.3, 110)) for c in typed("面积", 50, 100)]
    (line,) = chars_to_lines([*typed("面积", 50, 100), raised, *bold, *typed("米", 75, 100)])
    assert line_to_text(line) == "面积2米"


def printed(text: str, top: float, width: float = 100.0) -> list[Char]:
    return [Char(text, Box(0, top, width, top + 10), 10)]


def test_an_item_whose_mark_was_lost_begins_a_line_after_one_that_left_room() -> None:
    lines = [printed("1、完成养护", 0, 60), printed("2 实施安全工程", 12, 70), printed("3查处超限", 24, 100)]
    assert lines_to_text(lines) == "1、完成养护\n2 实施安全工程\n3查处超限"


def test_a_number_after_a_full_line_is_no_item() -> None:
    assert lines_to_text([printed("1、改造公路", 0), printed("2公里以上", 12, 40)]) == "1、改造公路2公里以上"


def test_a_character_that_one_run_draws_twice_without_a_width_stands_twice() -> None:
    run = [Char(c, Box(50, 100, 50, 110), 10, run=3) for c in "制制"]
    (line,) = chars_to_lines([*run, *typed("度", 50, 100)])
    assert line_to_text(line) == "制制度"
    (bold,) = chars_to_lines([run[0], replace(run[1], run=4)])
    assert line_to_text(bold) == "制"


def test_a_gap_beside_a_colon_parts_no_label_from_its_value() -> None:
    line = [
        *typed("单位", 60, 100),
        *typed("：", 110, 100),
        *typed("万元", 160, 100),
        *typed("共2页", 300, 100),
    ]
    assert [line_to_text(piece) for piece in split_line(line)] == ["单位：万元", "共2页"]
