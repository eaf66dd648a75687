"""Money for the budget system: 万元, the three years as numbers; blanks that the totals prove to be zero."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from models.declaration import Declaration, DepartmentOverall
from normalize.check.equations import TOTAL_ITEM
from normalize.check.proven_zeros import proven_zeros, year_amounts
from shenbao.export.load.indicators import Made
from shenbao.export.rows import share_percent

_SHIFTS = {"万元": 0, "元": -4, "亿元": 4}
"""Powers of ten from a money unit to 万元."""
_YEARS = {"SAMT": "前年", "FAMT": "上年", "YEARAMT": "当年"}
"""The fields of the three years, oldest first, and what they are called."""

Money = Decimal | None


def unit_fault(data: Declaration) -> tuple[str, ...]:
    """What is wrong with every amount of a form whose money unit is not known."""
    if data.money_unit in _SHIFTS:
        return ()
    return (f"B10：金额单位“{data.money_unit or '空白'}”，不能确定金额是否为万元",)


def amounts_to_cells(data: DepartmentOverall) -> Iterator[Made]:
    """The rows of income and expenditure without their totals, which the budget system sums up itself."""
    for side, name in (("income", "收入构成"), ("expenditure", "支出构成")):
        zeros = proven_zeros(data.budget, side)
        for index, line in enumerate(getattr(data.budget, side)):
            if line.item == TOTAL_ITEM:
                continue
            notes: list[str] = []
            cells: dict[str, object] = {"TYPENAME": name, "FUNDNAME": line.item}
            for year, (field, title) in enumerate(_YEARS.items()):
                amount = year_amounts(line)[year]
                if amount is None and zeros[year]:
                    amount = Decimal(0)
                    notes.append(f"{title}空白，按合计推算为 0")
                cells[field] = in_ten_thousands(amount, data.money_unit, notes)
            cells["RATE"] = share_percent(line.share)
            yield f"/budget/{side}/{index}", cells, notes


def projects_to_cells(data: Declaration) -> Iterator[Made]:
    """Every project row of a department's form; the one project of a project's form, whose path is the form itself."""
    if not isinstance(data, DepartmentOverall):
        fields = (data.project, data.category, data.total_budget, data.annual_budget, data.content)
        yield _project_to_cells("/project", fields, data.money_unit)
        return
    for index, project in enumerate(data.projects):
        money = (project.total_budget, project.annual_budget)
        fields = (project.name, project.category, *money, project.purpose)
        yield _project_to_cells(f"/projects/{index}", fields, data.money_unit)


def _project_to_cells(
    path: str, fields: tuple[str | None, str | None, Money, Money, str | None], unit: str | None
) -> Made:
    """`fields`: name, category, total and annual budget in `unit`, purpose."""
    name, category, total, annual, purpose = fields
    notes: list[str] = []
    cells: dict[str, object] = {
        "PRO_NAME": name,
        "PROTYPE": category,
        "TOTALAMT": in_ten_thousands(total, unit, notes),
        "YEARAMT": in_ten_thousands(annual, unit, notes),
        "EXPUSAGE": purpose,
    }
    return path, cells, notes


def in_ten_thousands(amount: Money, unit: str | None, notes: list[str]) -> Money:
    """The amount in 万元, exact; one whose unit is not known stays as printed."""
    shift = _SHIFTS.get(unit or "", 0)
    if amount is None or not shift:
        return amount
    notes.append(f"由{unit}换算：{amount:f}")
    return amount.scaleb(shift)
