"""Review rules A8 and A9: is there any money on the form, and is it of the right size? Findings of category `arithmetic`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from models.declaration import BudgetLine
from normalize.check.equations import TOTAL_ITEM
from normalize.check.money_units import in_yuan
from normalize.check.proven_zeros import YEAR_COLUMNS, year_amounts
from normalize.check.rules.rule_rows import NO_DATA, PASSED, Examined, Verdict, failed_with
from normalize.notes.notes import finding

_SIDES = {"income": "收入", "expenditure": "支出"}
_TENFOLD = Decimal(8)
"""A year's money that is as many times the past years', or the past years' as many times it, has another unit or point."""
_MOST_YUAN = Decimal(10) ** 11
"""No department below a ministry has more for a year; amounts in yuan that are taken for 万元 come out larger."""
_LEAST_YUAN = Decimal(10_000)
"""No department has less for a year; amounts in 万元 that are taken for yuan come out smaller."""


def amounts_present(form: Examined) -> Iterator[Verdict]:
    """A8: a budget that is printed has at least one amount."""
    lines = (*form.budget.income, *form.budget.expenditure)
    if not lines:
        return
    if any(amount is not None for line in lines for amount in year_amounts(line)):
        yield PASSED
    else:
        message = "资金表中没有一个金额，请核对原件"
        yield failed_with(finding("budget-empty", "reading", "warning", "/budget", message))


def money_of_size(form: Examined) -> Iterator[Verdict]:
    """A9: a year's money is of the size of the past years', and of a department's, in the unit that the form names."""
    for side, name in _SIDES.items():
        lines = getattr(form.budget, side)
        totals = [_total(lines, year) for year in range(len(YEAR_COLUMNS))]
        year, past = totals[-1], [total for total in totals[:-1] if total]
        if not lines:
            continue
        if not year:
            yield NO_DATA
            continue
        paths = [f"/budget/{side}"] + ["/projects"] * _has_projects(form, side)
        yield _of_size(form.data.money_unit, name, year, past, paths)


def _has_projects(form: Examined, side: str) -> bool:
    """Whether projects are printed, whose money is a part of this side."""
    return side == "expenditure" and form.department is not None and bool(form.department.projects)


def _of_size(
    unit: str | None, name: str, year: Decimal, past: Sequence[Decimal], paths: Sequence[str]
) -> Verdict:
    """The verdict on a side of the budget. Which year is wrong, nobody knows, so that the whole side is told; where the
    unit itself may be wrong, all `paths` are."""
    if past and all(year >= _TENFOLD * one or one >= _TENFOLD * year for one in past):
        seen = "、".join(f"{one:f}" for one in past)
        message = f"当年{name} {year:f} 与近两年的 {seen} 相差悬殊，请核对金额单位和小数点"
        return failed_with(
            finding("money-magnitude", "arithmetic", "warning", paths[0], message, seen, f"{year:f}")
        )
    yuan = in_yuan(year, unit)
    if yuan is None:
        return PASSED if past else NO_DATA
    if _LEAST_YUAN <= yuan <= _MOST_YUAN:
        return PASSED
    message = f"当年{name} {year:f}{unit}，不像一个部门一年的资金，请核对金额单位"
    return failed_with(
        *(
            finding("money-magnitude", "arithmetic", "warning", path, message, actual=f"{year:f}")
            for path in paths
        )
    )


def _total(lines: tuple[BudgetLine, ...], year: int) -> Decimal | None:
    """The printed total of a year, or what the items come to."""
    printed = [year_amounts(line)[year] for line in lines if line.item == TOTAL_ITEM]
    if printed and printed[0] is not None:
        return printed[0]
    known = [a for line in lines if line.item != TOTAL_ITEM and (a := year_amounts(line)[year]) is not None]
    return sum(known, Decimal()) if known else None
