"""What the figures of a budget must satisfy, as equations over the paths of the figures.

Review rules A1–A3, A6, A7: the items of a side add up to its total, in every column; income equals expenditure; a share
is its amount in per cent of the total, rounded to two decimals. Amounts in the form's unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.declaration import Budget, BudgetLine
from normalize.text.cell_values import text_to_amount

TOLERANCE = Decimal("0.011")
"""Half a last digit on either side, for amounts of two decimals and for shares."""
TOTAL = "合计"
_SIDES = {"income": "收入", "expenditure": "支出"}
_COLUMNS = {"amount": "当年", "history/0": "前年", "history/1": "上年"}

Figures = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Equation:
    """`check(figures)` is `None` where a figure is missing; `paths` are the figures that it ties together."""

    code: str
    name: str
    paths: tuple[str, ...]
    total: str
    check: Callable[[Figures], bool | None]
    expected: Callable[[Figures], Decimal | None]

    def fails(self, figures: Figures) -> bool:
        return self.check(figures) is False


def budget_to_figures(budget: Budget) -> dict[str, Decimal | None]:
    """Every figure of the budget by its path, shares without their sign."""
    figures: dict[str, Decimal | None] = {}
    for side in _SIDES:
        for n, line in enumerate(getattr(budget, side)):
            path = f"/budget/{side}/{n}"
            figures[f"{path}/amount"] = line.amount
            figures[f"{path}/share"] = text_to_amount(line.share.rstrip("%")) if line.share else None
            figures[f"{path}/history/0"], figures[f"{path}/history/1"] = line.history
    return figures


def budget_to_equations(budget: Budget) -> Iterator[Equation]:
    """Every equation that the budget's printed lines must satisfy."""
    totals: dict[str, str] = {}
    for side, name in _SIDES.items():
        lines: tuple[BudgetLine, ...] = getattr(budget, side)
        items = [f"/budget/{side}/{n}" for n, line in enumerate(lines) if line.item != TOTAL]
        total = next((f"/budget/{side}/{n}" for n, line in enumerate(lines) if line.item == TOTAL), None)
        if total is None or not items:
            continue
        totals[side] = total
        for column, year in _COLUMNS.items():
            yield _sum(
                "sum-mismatch", f"{year}{name}合计", [f"{i}/{column}" for i in items], f"{total}/{column}"
            )
        for item in (*items, total):
            yield _share(f"{name}占比", f"{item}/amount", f"{total}/amount", f"{item}/share")
    if len(totals) == 2:
        both = [
            [f"/budget/{s}/{n}" for n, line in enumerate(getattr(budget, s)) if line.item != TOTAL]
            for s in _SIDES
        ]
        for column, year in _COLUMNS.items():
            incomes = [f"{i}/{column}" for i in both[0]]
            expenses = [f"{i}/{column}" for i in both[1]]
            yield _balance(f"{year}收入与支出", incomes, expenses)
        yield _sum(
            "sides-differ",
            "收入合计与支出合计",
            [f"{totals['income']}/amount"],
            f"{totals['expenditure']}/amount",
        )


def _sum(code: str, name: str, parts: list[str], total: str) -> Equation:
    def expected(figures: Figures) -> Decimal | None:
        known = [v for p in parts if (v := figures.get(p)) is not None]
        return sum(known, Decimal()) if known else None

    def check(figures: Figures) -> bool | None:
        whole, value = figures.get(total), expected(figures)
        return None if whole is None or value is None else abs(whole - value) <= TOLERANCE

    return Equation(code, name, (*parts, total), total, check, expected)


def _balance(name: str, incomes: list[str], expenses: list[str]) -> Equation:
    """Income equals expenditure, item by item summed, so that it holds for years without printed totals."""

    def add(figures: Figures, paths: list[str]) -> Decimal | None:
        known = [v for p in paths if (v := figures.get(p)) is not None]
        return sum(known, Decimal()) if known else None

    def check(figures: Figures) -> bool | None:
        left, right = add(figures, incomes), add(figures, expenses)
        return None if left is None or right is None else abs(left - right) <= TOLERANCE

    return Equation(
        "history-mismatch",
        name,
        (*incomes, *expenses),
        expenses[0],
        check,
        lambda figures: add(figures, incomes),
    )


def _share(name: str, amount: str, total: str, share: str) -> Equation:
    def expected(figures: Figures) -> Decimal | None:
        part, whole = figures.get(amount), figures.get(total)
        return round(part / whole * 100, 2) if part is not None and whole else None

    def check(figures: Figures) -> bool | None:
        value, printed = expected(figures), figures.get(share)
        if value is None or printed is None:
            return None
        digits = -int(printed.as_tuple().exponent)
        return abs(value - printed) <= max(TOLERANCE, Decimal(1).scaleb(-digits) * Decimal("0.51"))

    return Equation("share-mismatch", name, (amount, total, share), share, check, expected)
