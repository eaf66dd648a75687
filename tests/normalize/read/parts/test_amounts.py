"""Money beside its labels, in pairs, in lines of a cell, and in tables; and its unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.declaration import FundingSource
from normalize.read.parts.amounts import item_name, read_side, read_sources, read_sum, read_unit, read_whole
from tests.normalize.read.marked_rows import codes
from tests.normalize.read.parts.taken_apart import parts

ANHUI = """\
项目资金（万元）\t中期资金总额：\t90.00\t年度资金总额：\t30.00
\t其中：财政拨款\t75.00\t其中：财政拨款\t25.00
\t其他资金\t15.00\t其他资金\t5.00
"""


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("其中：财政拨款", "财政拨款"),
        ("1、资金来源：（1）政府预算资金", "政府预算资金"),
        ("（3）单位资金", "单位资金"),
        ("公共财政拨款:683", "公共财政拨款"),
        ("年度资金总额：16", "年度资金总额"),
        ("合计", "合计"),
    ],
)
def test_the_name_of_an_item_is_what_is_left_between_number_and_amount(printed: str, name: str) -> None:
    assert item_name(printed) == name


def test_the_sources_of_the_period_and_of_the_year_stand_in_one_line() -> None:
    assert read_sources(parts(ANHUI, "anhui-project"), both=True).value == (
        FundingSource(item="财政拨款", amount=Decimal("75.00"), annual_amount=Decimal("25.00")),
        FundingSource(item="其他资金", amount=Decimal("15.00"), annual_amount=Decimal("5.00")),
    )


def test_the_sum_of_a_table_of_sources_is_the_total() -> None:
    text = "项目资金来源\t来源项目\t金额\n\t合计\t67.56\n\t其他资金\t67.56\n"
    assert read_sum(parts(text), "total", "/total_budget", "项目总预算").value == Decimal("67.56")


def test_amounts_of_past_years_beside_the_budget_s_are_not_taken_for_it() -> None:
    text = "资金来源\t上年度预算安排\t本年度申请金额\n合计\t90\t412.3\n财政拨款\t80\t300\n"
    found = read_sources(parts(text, "by-labels-project"), both=False).value
    assert [source.amount for source in found] == [Decimal("412.3"), Decimal(300)]


@pytest.mark.parametrize(
    "text",
    [
        "收入预算\t1755\t支出预算\t1755\n财政拨款\t1600\t基本支出\t1255\n其他资金\t155\t项目支出\t500\n",
        "收入\t金额\t支出\t金额\n财政拨款\t1600\t基本支出\t1255\n资金合计\t1755\t资金合计\t1755\n",
    ],
)
def test_the_sum_of_one_side_is_the_whole_of_a_department(text: str) -> None:
    assert read_whole(parts(text, "by-labels-department")).value == Decimal(1755)


def test_the_words_over_a_column_of_names_say_its_side() -> None:
    text = "资金来源\t金额\t支出类型\t金额\n上级补助\t160\t人员类项目\t1255\n本级安排\t1595\t特定目标类项目\t500\n"
    found = parts(text, "by-labels-department")
    assert [line.item for line in read_side(found, "expenditure").value] == ["人员类项目", "特定目标类项目"]


def test_an_amount_that_is_none_is_nothing_and_told() -> None:
    read = read_sum(
        parts(ANHUI.replace("90.00", "见附件"), "anhui-project"), "total", "/total_budget", "总预算"
    )
    assert read.value is None
    assert codes(read.notes) == {("unparsed-value", "/total_budget")}


def test_two_sums_that_differ_are_told() -> None:
    text = "项目资金（万元）\t中期资金总额：\t90.00\n项目资金（万元）\t中期资金总额：\t80.00\n"
    read = read_sum(parts(text, "anhui-project"), "total", "/total_budget", "总预算")
    assert read.value == Decimal("90.00")
    assert codes(read.notes) == {("ambiguous-cell", "/total_budget")}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (ANHUI, "万元"),
        ("单位：元\n项目资金\t中期资金总额：\t90.00\n", "元"),
        ("项目资金\t中期资金总额：\t90.00万元\n", "万元"),
    ],
)
def test_the_unit_is_said_by_a_label_or_by_the_amounts(text: str, unit: str) -> None:
    taken = parts(text)
    read = read_unit(taken, taken.answers_to("item", "total"))
    assert read.value == unit
    assert codes(read.notes) == set()


def test_no_unit_is_told() -> None:
    taken = parts("项目资金\t中期资金总额：\t90.00\n")
    assert codes(read_unit(taken, taken.answers_to("item", "total")).notes) == {
        ("missing-value", "/money_unit")
    }


def test_another_unit_behind_an_amount_is_told() -> None:
    taken = parts("单位：元\n项目资金\t中期资金总额：\t90.00万元\n")
    read = read_unit(taken, taken.answers_to("item", "total"))
    assert codes(read.notes) == {("ambiguous-cell", "/money_unit")}


def test_lines_of_a_cell_are_lines_of_the_budget() -> None:
    text = "年度预算申请（万元）\t公共财政拨款:683　　其他资金:\n"
    side = read_side(parts(text, "hunan-2017"), "income").value
    assert [(line.item, line.amount) for line in side] == [("公共财政拨款", Decimal(683)), ("其他资金", None)]
