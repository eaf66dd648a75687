"""What the figures of a budget must satisfy, as equations over the paths of the figures.

Review rules A1–A3 and A6: the items of a side add up to its total, in every column; income equals expenditure; a share
is its amount in per cent of the total, rounded to two decimals. Amounts in the form's unit.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.declaration import Budget, BudgetLine
from normalize.text.cell_values import text_to_amount

TOLERANCE = Decimal("0.011")
"""Two figures of two decimals that differ by no more than this are equal: each may be rounded by half a last digit."""
TOTAL_ITEM = "合计"
_OF_IT = "其中"
"""What begins the name of a line that is part of the one above, so that no sum counts it again."""
_SIDES = {"income": "收入", "expenditure": "支出"}
_COLUMNS = {"amount": ("当年", "A2"), "history/0": ("前年", "A6"), "history/1": ("上年", "A6")}
"""The columns of amounts: their name, and the rule that makes income and expenditure agree in them."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a budget by their paths. A blank one is `None`; what stands in an `unread` one is not known.

    A blank item of a sum counts as nothing; an unread one leaves the sum unknown.
    """

    values: Mapping[str, Decimal | None]
    unread: frozenset[str] = frozenset()

    def get(self, path: str) -> Decimal | None:
        """The figure at `path`; `None` where it is blank, unread, or not printed."""
        return self.values.get(path)

    def having(self, path: str, value: Decimal) -> Figures:
        """The same figures with `value` at `path`."""
        return Figures({**self.values, path: value}, self.unread - {path})

    def sum(self, paths: Sequence[str]) -> Decimal | None:
        """The sum of the figures at `paths`; `None` where all are blank or one is unread."""
        known = [value for path in paths if (value := self.values.get(path)) is not None]
        return None if not known or self.unread.intersection(paths) else sum(known, Decimal())


@dataclass(frozen=True, slots=True)
class Equation:
    """`check(figures)` is `None` where a figure is missing; `paths` are the figures that it ties together.

    `rule` is the review rule that it comes from, `code` that of the finding where it fails.
    """

    rule: str
    code: str
    name: str
    paths: tuple[str, ...]
    total: str
    check: Callable[[Figures], bool | None]
    expected: Callable[[Figures], Decimal | None]

    def fails(self, figures: Figures) -> bool:
        """Whether every figure is there and they do not agree."""
        return self.check(figures) is False


def budget_to_figures(budget: Budget, read: Container[str] = ()) -> Figures:
    """Every figure of the budget by its path, shares without their sign.

    `read` holds the paths where something stands on the form: a figure without a value there is unread, not blank.
    """
    values: dict[str, Decimal | None] = {}
    for side in _SIDES:
        for n, line in enumerate(getattr(budget, side)):
            path = f"/budget/{side}/{n}"
            values[f"{path}/amount"] = line.amount
            values[f"{path}/share"] = text_to_amount(line.share.rstrip("%")) if line.share else None
            values[f"{path}/history/0"], values[f"{path}/history/1"] = line.history
    return Figures(
        values, frozenset(path for path, value in values.items() if value is None and path in read)
    )


def budget_to_equations(budget: Budget) -> Iterator[Equation]:
    """Every equation that the budget's printed lines must satisfy."""
    totals: dict[str, str] = {}
    for side, name in _SIDES.items():
        lines: tuple[BudgetLine, ...] = getattr(budget, side)
        items = [f"/budget/{side}/{n}" for n, line in enumerate(lines) if _is_summand(line)]
        total = next((f"/budget/{side}/{n}" for n, line in enumerate(lines) if line.item == TOTAL_ITEM), None)
        if total is None or not items:
            continue
        totals[side] = total
        for column, (year, _) in _COLUMNS.items():
            parts = [f"{item}/{column}" for item in items]
            yield _sum("A1", "sum-mismatch", f"{year}{name}合计", parts, f"{total}/{column}")
        for item in (f"/budget/{side}/{n}" for n in range(len(lines))):
            yield _share(f"{name}占比", f"{item}/amount", f"{total}/amount", f"{item}/share")
    if len(totals) == len(_SIDES):
        both = [
            [f"/budget/{s}/{n}" for n, line in enumerate(getattr(budget, s)) if _is_summand(line)]
            for s in _SIDES
        ]
        for column, (year, rule) in _COLUMNS.items():
            incomes, expenses = ([f"{item}/{column}" for item in items] for items in both)
            yield _balance(rule, f"{year}收入与支出", incomes, expenses)
        amounts = [f"{totals[side]}/amount" for side in _SIDES]
        yield _sum("A2", "sides-differ", "收入合计与支出合计", amounts[:1], amounts[1])


def _is_summand(line: BudgetLine) -> bool:
    return line.item != TOTAL_ITEM and not (line.item or "").startswith(_OF_IT)


def _sum(rule: str, code: str, name: str, parts: Sequence[str], total: str) -> Equation:
    def check(figures: Figures) -> bool | None:
        whole, value = figures.get(total), figures.sum(parts)
        return None if whole is None or value is None else abs(whole - value) <= TOLERANCE

    return Equation(rule, code, name, (*parts, total), total, check, lambda figures: figures.sum(parts))


def _balance(rule: str, name: str, incomes: Sequence[str], expenses: Sequence[str]) -> Equation:
    """Income equals expenditure, item by item summed, so that it holds for years without printed totals."""

    def check(figures: Figures) -> bool | None:
        left, right = figures.sum(incomes), figures.sum(expenses)
        return None if left is None or right is None else abs(left - right) <= TOLERANCE

    return Equation(
        *(rule, "history-mismatch", name, (*incomes, *expenses), expenses[0], check),
        expected=lambda figures: figures.sum(incomes),
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

    return Equation("A3", "share-mismatch", name, (amount, total, share), share, check, expected)
