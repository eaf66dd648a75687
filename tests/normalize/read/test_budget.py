"""The budget table: both sides, the years of its history, and what is missing or foreign in it."""

from __future__ import annotations

import re
from decimal import Decimal

from normalize.notes.notes import Read
from normalize.read.budget import BudgetReading, read_budget
from tests.normalize.read.budget_table import TABLE
from tests.normalize.read.marked_rows import LAYOUT, TITLE, codes, mark, unread


def budget(text: str) -> Read[BudgetReading]:
    return read_budget(mark(TITLE + text, "budget"), LAYOUT)


def test_both_sides_and_the_years() -> None:
    read = budget(TABLE)
    found = read.value.budget
    assert found.history_years == (2024, 2025)
    assert [line.item for line in found.income] == ["财政拨款", "财政专户管理资金", "单位资金", "合计"]
    first = found.expenditure[0]
    assert (first.item, first.amount, first.share) == ("人员类项目支出", Decimal("1470.89"), "76.12%")
    assert first.history == (Decimal("1377.16"), Decimal("1401.36"))
    assert found.income[1].amount is None
    assert codes(read.notes) == set() and read.value.unparsed == ()


def test_a_figure_that_is_none_is_told_apart_from_the_notes() -> None:
    read = budget(TABLE.replace("218.72", "2l8,7"))
    assert [finding.path for finding in read.value.unparsed] == ["/budget/expenditure/1/amount"]
    assert read.value.budget.expenditure[1].amount is None
    assert "unparsed-value" not in {code for code, _ in codes(read.notes)}


def test_a_table_without_the_column_of_shares_is_told_at_every_line() -> None:
    without = re.sub(r"\t(?:占比|[0-9.]+%)", "", TABLE).replace("\t\t\t\t\n", "\t\t\t\n")
    read = budget(without)
    assert read.value.budget.income[0].amount == Decimal("1932.41")
    assert {("missing-value", f"/budget/income/{n}/share") for n in range(4)} <= codes(read.notes)


def test_shares_left_blank_below_their_heading_are_no_finding() -> None:
    read = budget(re.sub(r"\t[0-9.]+%", "\t", TABLE))
    assert not {path for _, path in codes(read.notes) if path and path.endswith("/share")}


def test_a_misread_item_is_the_form_s_own() -> None:
    read = budget(TABLE.replace("运转类项目支出", "运转类顶目支出"))
    assert read.value.budget.expenditure[1].item == "运转类项目支出"
    assert [(repair.path, repair.before) for repair in read.notes.repairs] == [
        ("/budget/expenditure/1/item", "运转类顶目支出")
    ]


def test_a_line_that_is_not_there_is_told_on_its_side() -> None:
    lines = [line for line in TABLE.splitlines(keepends=True) if "运转类" not in line]
    read = budget("".join(lines))
    assert ("missing-value", "/budget/expenditure") in codes(read.notes)


def test_two_lines_read_as_one_are_told_at_that_line() -> None:
    blank = "\t\t\t\t\n\t\t单位资金\t\t\t\t"
    read = budget(TABLE.replace(blank, "单位资金\t0\t0%\t\t"))
    assert read.value.budget.income[1].item == "财政专户管理资金单位资金"
    assert ("ambiguous-row", "/budget/income/1") in codes(read.notes)


def test_a_blank_line_that_took_the_sum_s_amounts_is_told() -> None:
    read = budget(TABLE.replace("单位资金\t\t\t\t\n\t\t合计", "单位资金合计", 1))
    assert [line.item for line in read.value.budget.income][2:] == ["单位资金"]
    assert ("ambiguous-row", "/budget/income/2") in codes(read.notes)


def test_years_that_do_not_follow_each_other_are_doubted() -> None:
    read = budget(TABLE.replace("2025年", "2023年"))
    assert ("unparsed-value", "/budget/history_years") in codes(read.notes)


def test_years_of_a_table_without_rows_are_doubted() -> None:
    found = [
        one for one in budget("近两年收支金额\t\n").notes.findings if one.path == "/budget/history_years"
    ]
    assert [(one.code, one.severity) for one in found] == [("missing-value", "warning")]


def test_a_share_without_its_amount_is_told_at_the_amount() -> None:
    read = budget(TABLE.replace("\t218.72", "\t"))
    assert ("missing-value", "/budget/expenditure/1/amount") in codes(read.notes)


def test_an_amount_that_could_not_be_read_is_nothing_and_told() -> None:
    read = read_budget(unread(mark(TITLE + TABLE, "budget"), "218.72"), LAYOUT)
    assert read.value.budget.expenditure[1].amount is None
    assert codes(read.notes) == {("missing-value", "/budget/expenditure/1/amount")}
    assert read.notes.evidence["/budget/expenditure/1/amount"].confidence == 0.0


def test_a_share_that_could_not_be_read_is_nothing_and_told() -> None:
    read = read_budget(unread(mark(TITLE + TABLE, "budget"), "11.32%"), LAYOUT)
    assert read.value.budget.expenditure[1].share is None
    assert codes(read.notes) == {("missing-value", "/budget/expenditure/1/share")}


def test_a_budget_without_a_single_amount_is_told() -> None:
    blank = re.sub(r"(?<=\t)[\d.]+%?(?=[\t\n])", "", TABLE)
    read = budget(blank)
    assert all(line.amount is None for line in read.value.budget.income)
    assert ("missing-value", "/budget") in codes(read.notes)


def test_a_line_that_the_form_does_not_foresee_keeps_its_printed_name() -> None:
    more = TABLE.replace(
        "\t\t合计\t1932.41\t100%\t1834\t1865\n\t支出",
        "\t\t上年结转结余\t50\t2.59%\t40\t45\n\t\t合计\t1932.41\t100%\t1834\t1865\n\t支出",
    )
    read = budget(more)
    assert [line.item for line in read.value.budget.income][2:] == ["单位资金", "上年结转结余", "合计"]
    assert read.value.budget.income[3].amount == Decimal(50)
    assert read.notes.repairs == ()
    assert ("label-differs", "/budget/income/3/item") in codes(read.notes)


def test_a_row_that_is_no_item_is_told_at_the_line_above_it_and_at_its_side() -> None:
    notice = "\t\t今天下午三点开会请各位准时参加\t请带上材料\t会议室在三楼\t\t\n"
    found = budget(TABLE.replace("\t\t运转类", f"{notice}\t\t运转类"))
    assert {("foreign-row", "/budget/expenditure/0"), ("foreign-row", "/budget/expenditure")} <= set(
        codes(found.notes)
    )
    assert [line.item for line in found.value.budget.expenditure][:2] == ["人员类项目支出", "运转类项目支出"]


def test_an_item_that_comes_twice_on_a_side_is_doubted_at_both_lines() -> None:
    again = next(line for line in TABLE.splitlines(keepends=True) if "运转类" in line)
    told = codes(budget(TABLE.replace(again, again + again)).notes)
    assert {path for code, path in told if code == "ambiguous-row"} >= {
        "/budget/expenditure/1",
        "/budget/expenditure/2",
    }
