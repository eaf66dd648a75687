"""The head of the form: date, unit, department, preparer, telephone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalize.notes.notes import Read
from normalize.read.front import read_front
from tests.normalize.read.marked_rows import TITLE, codes, mark, pictured, unread


def front(text: str) -> Read[dict[str, str | None]]:
    return read_front(mark(TITLE + text), "部门整体绩效目标申报表")


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
        HEAD.replace("李明华", "___李明华____").replace("6012345", " 6012345__"),
        HEAD.replace("填报人", "填服人").replace("联系", "联糸"),
        "填报人\t李明华\t联系电话\t6012345\n部门（单位）名称\t江阳县审计局\n填报日期：2025-10-20\n单位：万元\n",
    ],
)
def test_every_field_is_beside_or_behind_its_label(text: str) -> None:
    read = front(text)
    assert read.value == READ
    assert codes(read.notes) == set()


def test_a_field_stands_below_its_label() -> None:
    assert front("填报人\t联系电话\n李明华\t6012345\n").value["phone"] == "6012345"


@pytest.mark.parametrize("name", ["filled_on", "department", "preparer", "phone"])
def test_a_blank_field_is_nothing_and_a_finding(name: str) -> None:
    blank = {
        "filled_on": "2025 年 10 月 20 日",
        "department": "江阳县审计局",
        "preparer": "李明华",
        "phone": "6012345",
    }
    read = front(HEAD.replace(blank[name], ""))
    assert read.value == READ | {name: None}
    assert {path for _, path in codes(read.notes)} == {f"/{name}"}


def test_a_department_without_its_label_is_taken_and_doubted() -> None:
    read = front(HEAD.replace("部门（单位）名称", ""))
    assert read.value["department"] == "江阳县审计局"
    assert codes(read.notes) == {("label-lost", "/department")}


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ("10 月 20 日", "13 月 20 日", "/filled_on"),
        ("6012345", "60l2345", "/phone"),
        ("李明华", "李明鬯", "/preparer"),
    ],
)
def test_a_misread_field_is_a_doubt(before: str, after: str, path: str) -> None:
    assert path in {place for _, place in codes(front(HEAD.replace(before, after)).notes)}


def test_a_misread_title_is_repaired_and_told() -> None:
    notes = read_front(mark(TITLE.replace("绩", "缋") + HEAD), "部门整体绩效目标申报表").notes
    assert [(repair.path, repair.before, repair.after) for repair in notes.repairs] == [
        ("/title", "部门整体缋效目标申报表", "部门整体绩效目标申报表")
    ]


def test_a_wrapped_line_outside_the_table_is_one_answer() -> None:
    read = front("填报日期：2025年10月\n22日\n单位：\n万元\n")
    assert (read.value["filled_on"], read.value["money_unit"]) == ("2025-10-22", "万元")


def test_the_line_below_a_blank_field_is_not_its_answer() -> None:
    read = front("单位：\n江阳县交通运输局\n")
    assert read.value["money_unit"] is None


def test_a_label_printed_into_another_is_no_answer() -> None:
    read = front("填报人部门总体资金情况\n")
    assert read.value["preparer"] is None
    assert ("missing-value", "/preparer") in codes(read.notes)


def test_a_colon_that_a_copy_lost_or_changed_still_parts_label_and_answer() -> None:
    read = front("填报日期，2025年10月20日\n单位万元\n")
    assert (read.value["filled_on"], read.value["money_unit"]) == ("2025-10-20", "万元")
    assert not {path for _, path in codes(read.notes)} & {"/filled_on", "/money_unit"}


def test_a_usual_money_unit_is_sure_however_its_line_was_read() -> None:
    rows = pictured(mark(TITLE + HEAD))
    assert read_front(rows, None).notes.evidence["/money_unit"].confidence == 1.0


def test_a_money_unit_that_a_picture_does_not_show_is_asked_for() -> None:
    read = read_front(pictured(mark(TITLE + HEAD.replace("单位: 万元\n", ""))), None)
    asked = {f.path: f.severity for f in read.notes.findings if f.severity != "info"}
    assert asked == {"/money_unit": "warning"}


def test_a_money_unit_that_a_print_does_not_show_was_left_out() -> None:
    read = front(HEAD.replace("单位: 万元\n", ""))
    assert [(f.path, f.severity) for f in read.notes.findings] == [("/money_unit", "info")]


def test_a_label_that_was_read_into_an_answer_is_pointed_at() -> None:
    read = read_front(mark(TITLE + "填报人\t宋磊联系电话\n"), None)
    assert ("ambiguous-cell", "/preparer") in codes(read.notes)


@pytest.mark.parametrize(("text", "name"), [("江阳县审计局", "department"), ("6012345", "phone")])
def test_a_field_that_could_not_be_read_is_nothing_and_told(text: str, name: str) -> None:
    read = read_front(unread(mark(TITLE + HEAD), text), None)
    assert read.value[name] is None
    assert ("missing-value", f"/{name}") in codes(read.notes)


@pytest.mark.parametrize(
    "text",
    [
        "部门总体资金情况\t总体资金情况\t\t当年金额（万元）\t占比\n",
        "项目支出情况\t项目名称\t支出项目类别\t项目总预算(单位：万元)\t项目本年度预算(单位：万元)\n",
    ],
)
def test_the_money_unit_may_stand_in_brackets_behind_labels(text: str) -> None:
    read = front(HEAD.replace("单位: 万元\n", "") + text)
    assert read.value == READ
    assert read.notes.evidence["/money_unit"].text in text


def test_money_units_that_differ_are_none() -> None:
    text = "项目支出情况\t项目名称\t支出项目类别\t项目总预算（万元）\t项目本年度预算（元）\n"
    assert front(HEAD.replace("单位: 万元\n", "") + text).value["money_unit"] is None


COVER = "部门整体绩效目标表\n填报日期：2025年9月1日\n"


def test_a_field_of_a_cover_is_not_taken_where_the_form_has_its_own() -> None:
    read = read_front(mark(COVER + TITLE + HEAD), "部门整体绩效目标申报表")
    assert read.value == READ
    assert read.notes.evidence["/title"].text == TITLE.strip()
    assert codes(read.notes) == set()


def test_a_field_that_only_a_cover_has_is_taken_and_told() -> None:
    head = HEAD.partition("\n")[2]
    read = read_front(mark(COVER + TITLE + head), "部门整体绩效目标申报表")
    assert read.value == READ | {"filled_on": "2025-09-01"}
    assert codes(read.notes) == {("ambiguous-cell", "/filled_on")}


def test_a_month_and_the_number_of_an_annex_below_it_are_no_day() -> None:
    read = front(HEAD.replace("2025 年 10 月 20 日\n", "2025年10月\n附件2\n"))
    assert read.value["filled_on"] is None
    assert "/filled_on" in {path for _, path in codes(read.notes)}


@pytest.mark.parametrize(
    "line",
    [
        "（单位：万元）",
        "金额单位：人民币万元",
        "单位：万元、%",
        "计量单位：万元",
        "单位：万元（保留两位小数）",
    ],
)
def test_the_money_unit_is_read_out_of_its_brackets_and_what_stands_beside_it(line: str) -> None:
    assert front(HEAD.replace("单位: 万元", line)).value["money_unit"] == "万元"


def test_an_answer_that_is_no_money_unit_is_told() -> None:
    assert ("ambiguous-cell", "/money_unit") in codes(front(HEAD.replace("单位: 万元", "单位: 方元")).notes)


def test_a_remark_that_begins_with_the_words_of_a_label_is_no_answer() -> None:
    assert front("单位名称应为全称\n联系电话请填手机\n" + HEAD).value == READ


def test_the_place_of_the_seal_is_no_part_of_the_department() -> None:
    assert front(HEAD.replace("江阳县审计局", "江阳县审计局（盖章）")).value == READ


def test_an_answer_in_the_form_of_such_an_answer_stands_where_it_was_read() -> None:
    rows = [
        replace(one, row=replace(one.row, slots=tuple(replace(slot, placed=False) for slot in one.row.slots)))
        for one in mark(TITLE + HEAD.replace("李明华", "李明华审计股"))
    ]
    told = {path for code, path in codes(read_front(rows, None).notes) if code == "ambiguous-cell"}
    assert told - {"/title"} == {"/department", "/preparer"}
