"""A blank amount is zero only where the others make up the whole."""

from __future__ import annotations

from models.declaration import Budget, BudgetLine
from normalize.check.proven_zeros import proven_zeros
from tests.normalize.check.declared import money


def line(item: str, amount: str | None) -> BudgetLine:
    return BudgetLine(item=item, amount=money(amount))


def test_a_blank_beside_amounts_that_reach_the_total_is_zero() -> None:
    budget = Budget(income=(line("财政拨款", "30"), line("单位资金", None), line("合计", "30")))
    assert proven_zeros(budget, "income") == (False, False, True)


def test_a_blank_that_the_total_needs_is_not() -> None:
    budget = Budget(income=(line("财政拨款", "20"), line("单位资金", None), line("合计", "30")))
    assert proven_zeros(budget, "income") == (False, False, False)


def test_the_other_side_tells_where_no_total_is_printed() -> None:
    budget = Budget(
        income=(line("财政拨款", "30"), line("单位资金", None)),
        expenditure=(line("人员类项目支出", "10"), line("运转类项目支出", "20")),
    )
    assert proven_zeros(budget, "income")[-1] is True


def test_the_other_side_does_not_tell_where_it_is_blank_itself() -> None:
    budget = Budget(
        income=(line("财政拨款", "10"), line("单位资金", None)),
        expenditure=(line("人员类项目支出", "10"), line("运转类项目支出", None)),
    )
    assert proven_zeros(budget, "income")[-1] is False


def test_negative_amounts_prove_nothing() -> None:
    budget = Budget(income=(line("财政拨款", "-1"), line("单位资金", None), line("合计", "-1")))
    assert proven_zeros(budget, "income")[-1] is False
