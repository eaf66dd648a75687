"""What the figures of a budget must satisfy, and what is unknown where a figure was not read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.declaration import Budget, BudgetLine
from normalize.check.equations import Equation, Figures, budget_to_equations, budget_to_figures
from tests.normalize.check.declared import money

ITEMS = ("人员类项目支出", "运转类项目支出", "合计")


def budget(*amounts: str | None) -> Budget:
    lines = (BudgetLine(item=item, amount=money(a)) for item, a in zip(ITEMS, amounts, strict=True))
    return Budget(expenditure=tuple(lines))


def total(of: Budget) -> Equation:
    return next(e for e in budget_to_equations(of) if e.name == "当年支出合计")


@pytest.mark.parametrize(
    ("amounts", "holds", "expected"),
    [
        (("10", "20", "30"), True, "30"),
        (("10", "20", "30.01"), True, "30"),
        (("10", "20", "30.02"), False, "30"),
        (("10", None, "10"), True, "10"),
        (("10", None, "30"), False, "10"),
        ((None, None, "30"), None, None),
        (("10", "20", None), None, "30"),
    ],
)
def test_blank_items_count_as_nothing(
    amounts: tuple[str | None, ...], holds: bool | None, expected: str | None
) -> None:
    made = budget(*amounts)
    figures = budget_to_figures(made)
    assert total(made).check(figures) is holds
    assert total(made).expected(figures) == (money(expected))


def test_an_unread_item_leaves_the_sum_unknown() -> None:
    made = budget("10", None, "30")
    figures = budget_to_figures(made, {"/budget/expenditure/1/amount"})
    assert figures.unread == {"/budget/expenditure/1/amount"}
    assert (total(made).check(figures), total(made).expected(figures)) == (None, None)
    assert total(made).check(figures.having("/budget/expenditure/1/amount", Decimal(20))) is True


def test_a_side_without_its_total_has_no_equation() -> None:
    made = Budget(expenditure=budget("10", "20", "30").expenditure[:2])
    assert list(budget_to_equations(made)) == []


def share(printed: str, part: str = "1", whole: str = "3") -> bool | None:
    line = BudgetLine(item=ITEMS[0], amount=Decimal(part), share=printed)
    made = Budget(expenditure=(line, BudgetLine(item="合计", amount=Decimal(whole))))
    equation = next(e for e in budget_to_equations(made) if e.rule == "A3")
    return equation.check(budget_to_figures(made))


@pytest.mark.parametrize(
    ("printed", "holds"), [("33.33%", True), ("33.3%", True), ("33%", True), ("34%", False)]
)
def test_a_share_is_compared_in_the_digits_it_is_printed_with(printed: str, holds: bool) -> None:
    assert share(printed) is holds


def test_a_share_of_nothing_is_not_compared() -> None:
    assert share("33%", whole="0") is None


def test_every_rule_has_its_equations() -> None:
    lines = tuple(
        BudgetLine(item=item, amount=Decimal(1), history=(Decimal(1), Decimal(1))) for item in ITEMS
    )
    rules = [equation.rule for equation in budget_to_equations(Budget(income=lines, expenditure=lines))]
    assert {rule: rules.count(rule) for rule in rules} == {"A1": 6, "A2": 2, "A3": 6, "A6": 2}


def test_figures_that_are_not_printed_are_none() -> None:
    assert Figures({}).get("/budget/income/0/amount") is None


def test_a_line_of_which_is_counted_once() -> None:
    lines = (
        BudgetLine(item="特定目标类项目支出", amount=Decimal("242.8")),
        BudgetLine(item="其中：对下转移支付", amount=Decimal(100)),
        BudgetLine(item="合计", amount=Decimal("242.8")),
    )
    budget = Budget(expenditure=lines)
    sums = [e for e in budget_to_equations(budget) if e.rule == "A1"]
    assert sums and not any(e.fails(budget_to_figures(budget)) for e in sums)
