"""Numbered lists of running text: functions, tasks and goals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.grid import Place
from normalize.form.physical_rows import RowSlot
from normalize.read.items import read_items, rows_to_slots, slots_to_items
from normalize.text.fold import fold
from tests.normalize.read.marked_rows import TITLE, codes, mark, pictured, unread


def items(*raws: str) -> list[str]:
    return [item.text for item in slots_to_items([RowSlot(raw, Place(), fold(raw)) for raw in raws]).items]


@pytest.mark.parametrize("mark", ["{}、", "{}. ", "{}．", "{}·", "({})", "（{}）", "{})"])
def test_every_kind_of_number_begins_an_item(mark: str) -> None:
    text = " ".join(mark.format(n) + item for n, item in enumerate(("推进普法", "化解纠纷", "社区矫正"), 1))
    assert items(text) == ["推进普法", "化解纠纷", "社区矫正"]


@pytest.mark.parametrize(
    "text", ["①推进普法②化解纠纷", "一、推进普法\n二、化解纠纷", "（一）推进普法（二）化解纠纷"]
)
def test_chinese_and_circled_numbers(text: str) -> None:
    assert items(text) == ["推进普法", "化解纠纷"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1、建成高标准农田2.1万亩；2、新增1.5万亩", ["建成高标准农田2.1万亩；", "新增1.5万亩"]),
        ("1、增长3.5%；2、完成10、20号工程；3、验收", ["增长3.5%；", "完成10、20号工程；", "验收"]),
        ("完成2.1万亩", ["完成2.1万亩"]),
        ("实施3、4号楼改造", ["实施3、4号楼改造"]),
        ("第1、2季度验收，第3、4季度结算", ["第1、2季度验收，第3、4季度结算"]),
        ("1、2号楼改造", ["1、2号楼改造"]),
    ],
)
def test_figures_begin_no_item(text: str, expected: list[str]) -> None:
    assert items(text) == expected


@given(
    st.lists(
        st.sampled_from(("推进普法；", "新增2.1万亩", "完成3、4号楼", "达到95%")), min_size=2, max_size=12
    )
)
def test_a_numbered_list_is_put_together_again(goals: list[str]) -> None:
    assert items(" ".join(f"{n}、{goal}" for n, goal in enumerate(goals, 1))) == goals


def test_an_item_goes_on_in_the_next_cell() -> None:
    slots = [RowSlot(raw, Place(), raw) for raw in ("1、推进普法 2、化解", "纠纷", "3、社区矫正")]
    found = slots_to_items(slots).items
    assert [(item.text, item.joined) for item in found] == [
        ("推进普法", False),
        ("化解纠纷", True),
        ("社区矫正", False),
    ]


def test_without_numbers_every_line_is_an_item() -> None:
    assert items("推进普法\n化解纠纷", "社区矫正") == ["推进普法", "化解纠纷", "社区矫正"]


def test_a_text_before_the_first_number_is_kept() -> None:
    assert items("主要任务：1、推进普法2、化解纠纷") == ["主要任务：", "推进普法", "化解纠纷"]


@given(st.lists(st.text(st.sampled_from("甲乙1234、.（）①②一二；\n 万"), max_size=20), max_size=4))
def test_no_text_is_lost_but_numbers(raws: list[str]) -> None:
    whole = "".join(c for raw in raws for c in fold(raw) if c in "甲乙万；")
    assert "".join(c for item in items(*raws) for c in item if c in "甲乙万；") == whole


def test_an_empty_list_is_a_finding() -> None:
    read = read_items((), "/annual/goals", "年度目标")
    assert read.value == ()
    assert codes(read.notes) == {("missing-value", "/annual/goals")}


def test_a_rare_character_in_an_item_is_a_doubt_about_that_item() -> None:
    rows = mark("年度目标：1、推进普法2、化解纠菅鬯纷\n", "annual_goals")
    read = read_items(rows, "/annual/goals", "年度目标")
    assert read.value[0] == "推进普法"
    assert codes(read.notes) == {("low-confidence", "/annual/goals/1")}


def test_marks_that_a_copy_lost_are_numbers_at_the_beginning_of_lines() -> None:
    assert items("1、完成养护\n2实施安全工程\n3、查处超限") == ["完成养护", "实施安全工程", "查处超限"]


def test_a_pens_tick_below_the_table_is_no_part_of_a_list() -> None:
    rows = pictured(mark(TITLE + "年度工作任务\t1、完成养护 2、查处超限\n\n√V\n", "annual_tasks"))
    assert [item.text for item in slots_to_items(rows_to_slots(rows)).items] == ["完成养护", "查处超限"]


def test_a_mark_that_became_a_gap_still_begins_an_item() -> None:
    assert items("1、完成养护\n2 实施安全工程\n3、查处超限") == ["完成养护", "实施安全工程", "查处超限"]


@pytest.mark.parametrize(
    "text",
    [
        "一、接收档案。1.登记；2.整理。二、开放利用。1.查阅；2.展览。",
        "1、接收档案（1）登记；（2）整理。\n2、开放利用",
    ],
)
def test_a_list_is_split_at_its_outermost_numbers(text: str) -> None:
    assert [item[:4] for item in items(text)] == ["接收档案", "开放利用"]


def test_a_numeral_that_a_browser_printed_as_a_radical_is_a_number() -> None:
    assert items("⼀、接收档案\n⼆、开放利用") == ["接收档案", "开放利用"]


def test_a_cell_of_a_list_that_could_not_be_read_is_told() -> None:
    rows = unread(mark("年度目标：1、推进普法2、化解纠纷\n\t社区矫正工作\n", "annual_goals"), "社区矫正工作")
    read = read_items(rows, "/annual/goals", "年度目标")
    assert read.value == ("推进普法", "化解纠纷")
    assert codes(read.notes) == {("missing-value", "/annual/goals")}


def test_a_list_that_is_broken_is_told_with_its_numbers() -> None:
    read = read_items(
        mark("年度目标：1、推进普法3、化解纠纷。4、社区矫正\n", "annual_goals"), "/annual/goals", "年度目标"
    )
    (found,) = read.notes.findings
    assert (found.code, found.path) == ("list-broken", "/annual/goals")


def test_two_texts_side_by_side_in_a_list_are_a_doubt() -> None:
    row = "年度目标\n提升基层司法所办案能力，群众满意度持续提高\t提升办案效率，推动司法资源优化配置\n"
    read = read_items(mark(row, "annual_goals"), "/annual/goals", "年度目标")
    assert codes(read.notes) == {("ambiguous-cell", "/annual/goals")}


def test_a_number_beside_an_item_is_no_doubt() -> None:
    row = "年度目标\n1、\t提升基层司法所办案能力，群众满意度持续提高\n"
    assert codes(read_items(mark(row, "annual_goals"), "/annual/goals", "年度目标").notes) == set()
