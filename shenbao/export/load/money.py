"""Money for the budget system: 万元, the three years as numbers; blanks that the totals prove to be zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from models.declaration import Budget, BudgetLine, DepartmentOverall
from shenbao.export.load.indicators import Made
from shenbao.export.rows import share_percent

TOTAL = "合计"
_SHIFTS = {"万元": 0, "元": -4, "亿元": 4}
"""Powers of ten from a money unit to 万元."""
_YEARS = {"SAMT": "前年", "FAMT": "上年", "YEARAMT": "当年"}

Money = Decimal | None


def unit_fault(data: DepartmentOverall) -> tuple[str, ...]:
    """What is wrong with every amount of a form whose money unit is not known."""
    if data.money_unit in _SHIFTS:
        return ()
    return (f"B10：金额单位“{data.money_unit or '空白'}”，不能确定金额是否为万元",)


def amounts_to_cells(data: DepartmentOverall) -> Iterator[Made]:
    """The rows of income and expenditure without their totals, which the budget system sums up itself."""
    for side, name in (("income", "收入构成"), ("expenditure", "支出构成")):
        zeros = _proven_zeros(data.budget, side)
        for index, line in enumerate(getattr(data.budget, side)):
            if line.item == TOTAL:
                continue
            notes: list[str] = []
            cells: dict[str, object] = {"TYPENAME": name, "FUNDNAME": line.item}
            for year, (field, title) in enumerate(_YEARS.items()):
                amount = _years(line)[year]
                if amount is None and zeros[year]:
                    amount = Decimal(0)
                    notes.append(f"{title}空白，按合计推算为 0")
                cells[field] = in_ten_thousands(amount, data.money_unit, notes)
            cells["RATE"] = share_percent(line.share)
            yield f"/budget/{side}/{index}", cells, notes


def projects_to_cells(data: DepartmentOverall) -> Iterator[Made]:
    """Every project row."""
    for index, project in enumerate(data.projects):
        notes: list[str] = []
        cells: dict[str, object] = {
            "PRO_NAME": project.name,
            "PROTYPE": project.category,
            "TOTALAMT": in_ten_thousands(project.total_budget, data.money_unit, notes),
            "YEARAMT": in_ten_thousands(project.annual_budget, data.money_unit, notes),
            "EXPUSAGE": project.purpose,
        }
        yield f"/projects/{index}", cells, notes


def in_ten_thousands(amount: Money, unit: str | None, notes: list[str]) -> Money:
    """The amount in 万元, exact; one whose unit is not known stays as printed."""
    shift = _SHIFTS.get(unit or "", 0)
    if amount is None or not shift:
        return amount
    notes.append(f"由{unit}换算：{amount:f}")
    return amount.scaleb(shift)


def _years(line: BudgetLine) -> tuple[Money, Money, Money]:
    """Oldest first, as `_YEARS`."""
    return (*line.history, line.amount)


def _proven_zeros(budget: Budget, side: str) -> list[bool]:
    """For each year: whether the amounts that are there make up the whole, so that a blank can only be zero.

    The whole is the side's printed total, else what the other side comes to (rules A1, A2, A6).
    """
    other = budget.expenditure if side == "income" else budget.income
    return [_is_whole(getattr(budget, side), other, year) for year in range(len(_YEARS))]


def _is_whole(lines: Sequence[BudgetLine], others: Sequence[BudgetLine], year: int) -> bool:
    amounts = [_years(line)[year] for line in lines if line.item != TOTAL]
    known = [amount for amount in amounts if amount is not None]
    whole = _printed_total(lines, year)
    if whole is None:
        whole = _printed_total(others, year)
    if whole is None:
        whole = _full_sum(others, year)
    return bool(known) and min(known) >= 0 and sum(known) == whole


def _printed_total(lines: Sequence[BudgetLine], year: int) -> Money:
    return next((_years(line)[year] for line in lines if line.item == TOTAL), None)


def _full_sum(lines: Sequence[BudgetLine], year: int) -> Money:
    amounts = [_years(line)[year] for line in lines if line.item != TOTAL]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None
