"""Rules A8 and A9: no money at all, and money of the wrong size."""

from __future__ import annotations

import pytest

from models.declaration import Budget, BudgetLine, DepartmentOverall, Project
from tests.normalize.check.declared import form, found, ledger, money, paths


def budget(year: str | None, past: tuple[str | None, str | None] = ("1800", "1900")) -> Budget:
    history = (money(past[0]), money(past[1]))
    lines = tuple(BudgetLine(item=item, amount=money(year), history=history) for item in ("财政拨款", "合计"))
    return Budget(income=lines)


def doubted(year: str, past: tuple[str | None, str | None] = ("1800", "1900"), unit: str = "万元") -> bool:
    return paths(form(budget=budget(year, past), money_unit=unit), "money-magnitude") == {"/budget/income"}


@pytest.mark.parametrize(
    ("year", "past", "unit"),
    [
        ("19324100", ("1834", "1865"), "万元"),
        ("193.241", ("1834", "1865"), "万元"),
        ("19324", ("1834", "1865"), "万元"),
        ("19324100", ("18340000", "18650000"), "万元"),
        ("1932.41", ("1834", "1865"), "元"),
    ],
)
def test_money_of_another_size_is_doubted(year: str, past: tuple[str, str], unit: str) -> None:
    assert doubted(year, past, unit)


@pytest.mark.parametrize(
    ("year", "past", "unit"),
    [
        ("1932.41", ("1834", "1865"), "万元"),
        ("19324100", ("18340000", "18650000"), "元"),
        ("5000", ("1834", "1865"), "万元"),
        ("1932.41", (None, None), "万元"),
        ("1932.41", ("0", "0"), "万元"),
        ("1932.41", ("3", "1865"), "万元"),
        ("64.5", ("60", "62"), "万元"),
    ],
)
def test_money_of_a_departments_size_is_not(
    year: str, past: tuple[str | None, str | None], unit: str
) -> None:
    assert not doubted(year, past, unit)


def test_where_the_unit_may_be_wrong_the_projects_are_told_too() -> None:
    lines = (BudgetLine(item="合计", amount=money("45160200")),)
    project = Project(name="农村公路养护", annual_budget=money("4200000"))
    data = form(budget=Budget(expenditure=lines), projects=(project,), money_unit="万元")
    assert paths(data, "money-magnitude") == {"/budget/expenditure", "/projects"}


def test_a_budget_without_an_amount_is_told() -> None:
    data = form(budget=budget(None, (None, None)))
    (finding,) = [f for f in found(data) if f.code == "budget-empty"]
    assert (finding.path, finding.category) == ("/budget", "reading")


def test_a_budget_with_one_amount_of_any_year_is_not_empty() -> None:
    assert ledger(form(budget=budget(None)))["A8"].outcome == "passed"


def test_a_form_without_a_budget_is_not_asked_for_one() -> None:
    assert ledger(DepartmentOverall())["A8"].outcome == "not-applicable"
