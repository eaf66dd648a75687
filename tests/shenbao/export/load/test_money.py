"""Amounts in 万元, exact, and blanks that the totals prove to be zero."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.declaration import Budget, BudgetLine, DepartmentOverall, Project
from shenbao.export.load.money import amounts_to_cells, in_ten_thousands, projects_to_cells, unit_fault

PAST = (Decimal(1), Decimal(2))


@pytest.mark.parametrize(
    ("amount", "unit", "made", "noted"),
    [
        ("19324100", "元", "1932.4100", ["由元换算：19324100"]),
        ("0.193241", "亿元", "1932.41", ["由亿元换算：0.193241"]),
        ("1932.41", "万元", "1932.41", []),
        ("1932.41", None, "1932.41", []),
        ("1932.41", "美元", "1932.41", []),
    ],
)
def test_every_known_unit_becomes_ten_thousands_exactly(
    amount: str, unit: str | None, made: str, noted: list[str]
) -> None:
    notes: list[str] = []
    assert in_ten_thousands(Decimal(amount), unit, notes) == Decimal(made)
    assert notes == noted


def test_a_blank_stays_blank_whatever_the_unit() -> None:
    notes: list[str] = []
    assert in_ten_thousands(None, "元", notes) is None
    assert notes == []


@pytest.mark.parametrize(("unit", "named"), [(None, "空白"), ("美元", "美元")])
def test_a_unit_that_is_not_known_is_a_fault(unit: str | None, named: str) -> None:
    assert unit_fault(DepartmentOverall(money_unit="万元")) == ()
    (fault,) = unit_fault(DepartmentOverall(money_unit=unit))
    assert named in fault


def budget(second: Decimal | None) -> DepartmentOverall:
    lines = (("财政拨款", Decimal(30)), ("单位资金", second), ("合计", Decimal(30)))
    income = tuple(BudgetLine(item=item, amount=amount, share="1%", history=PAST) for item, amount in lines)
    return DepartmentOverall(money_unit="万元", budget=Budget(income=income))


def test_totals_are_left_to_the_budget_system() -> None:
    rows = list(amounts_to_cells(budget(Decimal(0))))
    assert [path for path, _, _ in rows] == ["/budget/income/0", "/budget/income/1"]
    assert rows[0][1] == {
        **{"TYPENAME": "收入构成", "FUNDNAME": "财政拨款", "RATE": Decimal(1)},
        **{"SAMT": Decimal(1), "FAMT": Decimal(2), "YEARAMT": Decimal(30)},
    }


def test_a_blank_beside_a_whole_total_is_zero_and_noted() -> None:
    _, (_, cells, notes) = amounts_to_cells(budget(None))
    assert cells["YEARAMT"] == 0
    assert notes == ["当年空白，按合计推算为 0"]


def test_a_project_has_both_its_budgets() -> None:
    project = Project(name="普法", category="本级特定目标", total_budget=Decimal(64), purpose="宣传")
    ((path, cells, notes),) = projects_to_cells(DepartmentOverall(money_unit="万元", projects=(project,)))
    assert (path, notes) == ("/projects/0", [])
    assert cells == {
        **{"PRO_NAME": "普法", "PROTYPE": "本级特定目标", "EXPUSAGE": "宣传"},
        **{"TOTALAMT": Decimal(64), "YEARAMT": None},
    }
