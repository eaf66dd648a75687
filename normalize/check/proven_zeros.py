"""Blank amounts that can only be zero, because the amounts that are there make up the whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from models.declaration import Budget, BudgetLine
from normalize.check.equations import TOTAL_ITEM

YEAR_COLUMNS = ("history/0", "history/1", "amount")
"""The amounts of a budget line as pointers below it, oldest year first."""


def year_amounts(line: BudgetLine) -> tuple[Decimal | None, ...]:
    """The amounts of a line in the order of `YEAR_COLUMNS`."""
    return (*line.history, line.amount)


def proven_zeros(budget: Budget, side: str) -> tuple[bool, ...]:
    """For each of `YEAR_COLUMNS`: whether a blank amount of `side` (`income`, `expenditure`) can only be zero.

    The whole is the side's printed total, else what the other side comes to (review rules A1, A2, A6).
    """
    other = budget.expenditure if side == "income" else budget.income
    return tuple(_is_whole(getattr(budget, side), other, year) for year in range(len(YEAR_COLUMNS)))


def _is_whole(lines: Sequence[BudgetLine], others: Sequence[BudgetLine], year: int) -> bool:
    amounts = [year_amounts(line)[year] for line in lines if line.item != TOTAL_ITEM]
    known = [amount for amount in amounts if amount is not None]
    whole = _printed_total(lines, year)
    if whole is None:
        whole = _printed_total(others, year)
    if whole is None:
        whole = _full_sum(others, year)
    return bool(known) and min(known) >= 0 and sum(known) == whole


def _printed_total(lines: Sequence[BudgetLine], year: int) -> Decimal | None:
    return next((year_amounts(line)[year] for line in lines if line.item == TOTAL_ITEM), None)


def _full_sum(lines: Sequence[BudgetLine], year: int) -> Decimal | None:
    amounts = [year_amounts(line)[year] for line in lines if line.item != TOTAL_ITEM]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None
