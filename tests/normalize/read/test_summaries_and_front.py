"""Numbered lists, the two summaries, and the head of the form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.transcripts.markup import text_to_pieces
from models.grid import Place
from normalize.form.catalogue import load_catalogue
from normalize.form.layouts import layouts
from normalize.form.physical_rows import Slot, pieces_to_rows
from normalize.form.sections import SectionRow, mark_sections
from normalize.notes.notes import Notes
from normalize.read.front import read_front
from normalize.read.items import read_items, rows_to_slots, slots_to_items
from normalize.read.summaries import read_summaries, read_until_year
from normalize.text.fold import fold

LAYOUT = next(layout for layout in layouts() if layout.name == "hubei-2025")
TITLE = "部门整体绩效目标申报表\n"


def items(*raws: str) -> list[str]:
    return [item.text for item in slots_to_items([Slot(raw, Place(), fold(raw)) for raw in raws])]


def mark(text: str) -> tuple[SectionRow, ...]:
    return mark_sections(pieces_to_rows(text_to_pieces(text)), LAYOUT, load_catalogue())


def front(text: str) -> tuple[dict[str, str | None], Notes]:
    return read_front(mark(TITLE + text), "部门整体绩效目标申报表")


def summaries(text: str) -> tuple[str | None, str | None, Notes]:
    return read_summaries([row for row in mark(text) if row.section == "summary"])


def codes(notes: Notes) -> set[tuple[str, str | None]]:
    return {(finding.code, finding.path) for finding in notes.findings}


# lists


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
        ("2、推进普法 3、化解纠纷", ["2、推进普法3、化解纠纷"]),
    ],
)
def test_only_running_numbers_without_a_digit_behind_them_begin_items(text: str, expected: list[str]) -> None:
    assert items(text) == expected


@given(
    st.lists(
        st.sampled_from(("推进普法；", "新增2.1万亩", "完成3、4号楼", "达到95%")), min_size=2, max_size=12
    )
)
def test_a_numbered_list_is_put_together_again(goals: list[str]) -> None:
    assert items(" ".join(f"{n}、{goal}" for n, goal in enumerate(goals, 1))) == goals


def test_an_item_goes_on_in_the_next_cell() -> None:
    slots = [Slot(raw, Place(), raw) for raw in ("1、推进普法 2、化解", "纠纷", "3、社区矫正")]
    found = slots_to_items(slots)
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
    goals, notes = read_items((), "/annual/goals", "年度目标")
    assert goals == ()
    assert codes(notes) == {("missing-value", "/annual/goals")}


def test_a_rare_character_in_an_item_is_a_doubt_about_that_item() -> None:
    rows = [row for row in mark("年度目标：1、推进普法2、化解纠菅鬯纷\n") if row.section == "annual_goals"]
    goals, notes = read_items(rows, "/annual/goals", "年度目标")
    assert goals[0] == "推进普法"
    assert codes(notes) == {("low-confidence", "/annual/goals/1")}


# summaries

SUMMARY = "整体绩效总目标\t长期目标（截止2030年）\t\t年度目标\n"


@pytest.mark.parametrize("row", ["\t{}\t\t{}", "\t{}\t{}", "{}\t\t{}", "\t\t{}\t\t\t{}"])
def test_two_texts_are_the_two_summaries_in_order(row: str) -> None:
    text = row.format("提升基层司法所办案能力，群众满意度持续提高", "提升办案效率，推动司法资源优化配置")
    long, annual, notes = summaries(f"{SUMMARY}{text}\n")
    assert (long, annual) == (
        "提升基层司法所办案能力，群众满意度持续提高",
        "提升办案效率，推动司法资源优化配置",
    )
    assert codes(notes) == set()


def test_one_text_belongs_to_the_label_above_it_and_is_doubted() -> None:
    long, annual, notes = summaries(SUMMARY + "\t\t\t提升办案效率，推动司法资源优化配置\n")
    assert (long, annual) == (None, "提升办案效率，推动司法资源优化配置")
    assert codes(notes) == {("missing-value", "/long_term/summary"), ("ambiguous-cell", "/annual/summary")}


def test_no_summary_is_two_findings() -> None:
    assert codes(read_summaries(())[2]) == {
        ("missing-value", "/long_term/summary"),
        ("missing-value", "/annual/summary"),
    }


def test_a_blank_year_is_no_summary() -> None:
    head = "整体绩效总目标\t长期目标（截止  年）\t\t年度目标\n"
    text = "\t筑牢气象防灾减灾第一道防线\t\t提高预报预警准确率和服务水平\n"
    assert summaries(head + text)[:2] == ("筑牢气象防灾减灾第一道防线", "提高预报预警准确率和服务水平")


@pytest.mark.parametrize("year", ["2030年", "2030 年", "２０３０年"])
def test_the_year_of_the_long_term(year: str) -> None:
    notes = Notes()
    assert read_until_year(mark(SUMMARY.replace("2030年", year)), notes) == 2030
    assert codes(notes) == set()


def test_two_years_of_the_long_term_are_a_doubt() -> None:
    notes = Notes()
    rows = mark(
        SUMMARY + "\t提升办案能力\t\t提升办案效率\n长期目标：（截止2031年）\t1、推进普法 2、化解纠纷\n"
    )
    assert read_until_year(rows, notes) == 2030
    assert codes(notes) == {("ambiguous-cell", "/long_term/until_year")}


# the head of the form

HEAD = "填报日期: 2025 年 10 月 20 日\n单位: 万元\n部门（单位）名称\t江阳县审计局\t\n填报人\t李明华\t联系电话\t6012345\n"
READ = {
    "filled_on": "2025-10-20",
    "money_unit": "万元",
    "department": "江阳县审计局",
    "preparer": "李明华",
    "phone": "6012345",
}


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD.replace("填报人\t", "填报人：").replace("联系电话\t", "联系电话："),
        HEAD.replace("部门（单位）名称\t", "部门（单位）名称"),
        HEAD.replace("填报人", "填服人").replace("联系", "联糸"),
        "填报人\t李明华\t联系电话\t6012345\n部门（单位）名称\t江阳县审计局\n填报日期：2025-10-20\n单位：万元\n",
    ],
)
def test_every_field_is_beside_or_behind_its_label(text: str) -> None:
    values, notes = front(text)
    assert values == READ
    assert codes(notes) == set()


def test_a_field_stands_below_its_label() -> None:
    assert front("填报人\t联系电话\n李明华\t6012345\n")[0]["phone"] == "6012345"


@pytest.mark.parametrize("name", ["filled_on", "department", "preparer", "phone"])
def test_a_blank_field_is_nothing_and_a_finding(name: str) -> None:
    blank = {
        "filled_on": "2025 年 10 月 20 日",
        "department": "江阳县审计局",
        "preparer": "李明华",
        "phone": "6012345",
    }
    values, notes = front(HEAD.replace(blank[name], ""))
    assert values == READ | {name: None}
    assert {path for _, path in codes(notes)} == {f"/{name}"}


def test_a_department_without_its_label_is_taken_and_doubted() -> None:
    values, notes = front(HEAD.replace("部门（单位）名称", ""))
    assert values["department"] == "江阳县审计局"
    assert codes(notes) == {("label-lost", "/department")}


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ("10 月 20 日", "13 月 20 日", "/filled_on"),
        ("6012345", "60l2345", "/phone"),
        ("李明华", "李明鬯", "/preparer"),
    ],
)
def test_a_misread_field_is_a_doubt(before: str, after: str, path: str) -> None:
    assert path in {place for _, place in codes(front(HEAD.replace(before, after))[1])}


def test_a_misread_title_is_repaired_and_told() -> None:
    _, notes = read_front(mark(TITLE.replace("绩", "缋") + HEAD), "部门整体绩效目标申报表")
    assert [(repair.path, repair.before, repair.after) for repair in notes.repairs] == [
        ("/title", "部门整体缋效目标申报表", "部门整体绩效目标申报表")
    ]


def test_a_wrapped_line_outside_the_table_is_one_answer() -> None:
    found, _ = front("填报日期：2025年10月\n22日\n单位：\n万元\n")
    assert (found["filled_on"], found["money_unit"]) == ("2025-10-22", "万元")


def test_the_line_below_a_blank_field_is_not_its_answer() -> None:
    found, _ = front("单位：\n江阳县交通运输局\n")
    assert found["money_unit"] is None


def test_a_label_printed_into_another_is_no_answer() -> None:
    found, notes = front("填报人部门总体资金情况\n")
    assert found["preparer"] is None
    assert ("missing-value", "/preparer") in codes(notes)


def test_marks_that_a_copy_lost_are_numbers_at_the_beginning_of_lines() -> None:
    assert items("1、完成养护\n2实施安全工程\n3、查处超限") == ["完成养护", "实施安全工程", "查处超限"]


def test_a_pens_tick_below_the_table_is_no_part_of_a_list() -> None:
    rows = mark(TITLE + "年度工作任务\t1、完成养护 2、查处超限\n\n√V\n")
    pictured = [
        replace(row, row=replace(row.row, slots=tuple(replace(s, confidence=0.9) for s in row.row.slots)))
        for row in rows
    ]
    found = rows_to_slots([row for row in pictured if row.section == "annual_tasks"])
    assert [item.text for item in slots_to_items(found)] == ["完成养护", "查处超限"]


def test_a_mark_that_became_a_gap_still_begins_an_item() -> None:
    assert items("1、完成养护\n2 实施安全工程\n3、查处超限") == ["完成养护", "实施安全工程", "查处超限"]


def test_a_colon_that_a_copy_lost_or_changed_still_parts_label_and_answer() -> None:
    found, notes = front("填报日期，2025年10月20日\n单位万元\n")
    assert (found["filled_on"], found["money_unit"]) == ("2025-10-20", "万元")
    assert not {path for _, path in codes(notes)} & {"/filled_on", "/money_unit"}


def test_a_money_unit_that_a_picture_does_not_show_is_asked_for() -> None:
    pictured = [
        replace(row, row=replace(row.row, slots=tuple(replace(s, confidence=0.9) for s in row.row.slots)))
        for row in mark(TITLE + HEAD.replace("单位: 万元\n", ""))
    ]
    _, notes = read_front(pictured, None)
    found = {f.path: f.severity for f in notes.findings if f.severity != "info"}
    assert found == {"/money_unit": "warning"}


def test_a_label_that_was_read_into_an_answer_is_pointed_at() -> None:
    _, notes = read_front(mark(TITLE + "填报人\t宋磊联系电话\n"), None)
    assert ("ambiguous-cell", "/preparer") in {(f.code, f.path) for f in notes.findings}


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
