"""Rules A1–A7 as the ledger has them: held, broken, or not to be told."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from models.declaration import Budget, BudgetLine
from models.finding import Evidence, Finding, Repair
from tests.normalize.check.declared import form, found, ledger, money, project, special

TOTAL = "/budget/expenditure/2/amount"


def budget(*amounts: str | None) -> dict[str, Any]:
    items = ("人员类项目支出", "运转类项目支出", "合计")
    past = (Decimal(20), Decimal(20))
    lines = tuple(
        BudgetLine(item=item, amount=money(amount), history=past)
        for item, amount in zip(items, amounts, strict=True)
    )
    return {"budget": Budget(expenditure=lines)}


def outcome(rule: str, *amounts: str | None, **noted: Any) -> str:
    return ledger(form(**budget(*amounts)), **noted)[rule].outcome


def test_a_total_that_is_the_sum_of_its_items_passes() -> None:
    result = ledger(form(**budget("10", "20", "30")))["A1"]
    assert (result.on, result.failed) == (3, 2)  # the past years' ones do not add up


def test_a_total_beside_an_unread_item_is_no_data() -> None:
    data = form(
        budget=Budget(expenditure=(BudgetLine(item="甲"), BudgetLine(item="合计", amount=Decimal(3))))
    )
    seen = {"/budget/expenditure/0/amount": Evidence(text="见附件", reader="word", confidence=1)}
    assert ledger(data, evidence=seen)["A1"].outcome == "no-data"


def test_the_ledger_adds_no_second_finding_to_those_of_the_arithmetic() -> None:
    assert [f for f in found(form(**budget("10", "20", "40"))) if f.category == "arithmetic"] == []


def test_a_budget_without_totals_is_not_added_up() -> None:
    assert ledger(form(budget=special("64")))["A1"].outcome == "not-applicable"


def test_a_digit_that_was_repaired_passes_where_the_sums_hold_with_it() -> None:
    repair = Repair(path=TOTAL, kind="digit", before="31", after="30", because="合计", confidence=0.99)
    assert outcome("A7", "10", "20", "30", repairs=(repair,)) == "passed"
    assert outcome("A7", "10", "20", "31", repairs=(repair,)) == "failed"


def test_a_digit_that_could_be_repaired_in_two_ways_fails() -> None:
    said = Finding(
        code="ambiguous-digit", category="arithmetic", severity="warning", path=TOTAL, message="改为 30"
    )
    assert outcome("A7", "10", "20", "31", findings=(said,)) == "failed"


def test_without_repairs_there_is_nothing_to_settle() -> None:
    assert outcome("A7", "10", "20", "30") == "not-applicable"


@pytest.mark.parametrize(
    ("annual", "failed"), [("64", 0), ("64.01", 0), ("64.011", 0), ("64.02", 1), ("65", 1)]
)
def test_projects_add_up_to_their_line_within_a_hundredth(annual: str, failed: int) -> None:
    data = form(budget=special("64"), projects=(project(annual, "100"),))
    assert ledger(data)["A4"].failed == failed


@pytest.mark.parametrize(("annual", "total", "failed"), [("64", "64", 0), ("64", "63.99", 1)])
def test_a_years_budget_is_within_the_whole(annual: str, total: str, failed: int) -> None:
    assert ledger(form(projects=(project(annual, total),)))["A5"].failed == failed
