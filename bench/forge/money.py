"""Money of a declaration that agrees with itself: projects, sums, shares that add up to 100 as printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, Literal

from bench.forge.departments import Department
from bench.forge.habits import Habits
from bench.forge.words import PROJECTS

Layout = Literal["hubei-2025", "hubei-2021"]
Json = dict[str, Any]

BUDGET_ITEMS: dict[Layout, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "hubei-2025": (
        ("财政拨款", "财政专户管理资金", "单位资金"),
        ("人员类项目支出", "运转类项目支出", "特定目标类项目支出"),
    ),
    "hubei-2021": (("财政拨款", "其他资金"), ("基本支出", "项目支出")),
}
WITHOUT_PROJECTS = Decimal(240)
"""What a department's running is measured by when it has no projects, in 万元."""


def _printed(amount: Decimal, habits: Habits) -> str:
    """The amount as the clerk prints it: 420.00, or without its idle zeros."""
    if habits.decimals:
        return f"{amount:.2f}"
    text = f"{amount:.2f}".rstrip("0")
    return text.rstrip(".")


def _random_amount(rng: Random, low: int, high: int) -> Decimal:
    digits = rng.choice((0, 0, 1, 2))
    return Decimal(rng.randint(low * 10**digits, high * 10**digits)).scaleb(-digits)


def projects(
    rng: Random, department: Department, habits: Habits, layout: Layout, count: int | None = None
) -> list[Json]:
    """Project rows; `count` of them, or as many as usual."""
    pool = list(department.projects) + list(PROJECTS)
    usual = rng.randint(2, 9)
    chosen = rng.sample(pool, min(usual if count is None else count, len(pool)))
    kinds: tuple[str, ...]
    if layout == "hubei-2025":
        kinds = ("本级特定目标",) if rng.random() < 0.85 else ("本级特定目标", "上级转移支付")
    else:
        kinds = ("本级项目",) if rng.random() < 0.5 else ("常年性项目", "延续性项目", "一次性项目")
    rows: list[Json] = []
    for name, purpose in chosen:
        year = _random_amount(rng, 3, rng.choice((60, 400, 2500)))
        total = year * rng.choice((2, 3)) if rng.random() < 0.1 else year
        rows.append(
            {
                "name": name,
                "category": rng.choice(kinds),
                "total_budget": _printed(total, habits),
                "annual_budget": _printed(year, habits),
                "purpose": purpose,
            }
        )
    return rows


def _share(part: Decimal, total: Decimal) -> Decimal:
    return (part * 100 / total).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _parts(rng: Random, total: Decimal, count: int) -> list[Decimal]:
    """Split ``total`` into ``count`` amounts whose rounded shares add up to exactly 100."""
    while True:
        cuts = [Decimal(rng.randint(5, 95)) for _ in range(count)]
        parts = [(total * cut / sum(cuts)).quantize(Decimal("0.01")) for cut in cuts[1:]]
        parts.insert(0, total - sum(parts))
        if sum(_share(part, total) for part in parts) == 100:
            return parts


def _year_before(rng: Random, parts: list[Decimal], years: int) -> list[Decimal]:
    """The same rows some years ago."""
    factors = [Decimal(rng.randint(880, 1020)) / 1000 for _ in parts]
    return [
        (part * factor**years).quantize(Decimal(rng.choice(("1", "0.1", "0.01"))))
        for part, factor in zip(parts, factors, strict=True)
    ]


def budget(rng: Random, projects: list[Json], habits: Habits, year: int, layout: Layout) -> Json:
    """Income and expenditure of this year, the year before last and last year, the last kind being the projects'."""
    incomes, spends = BUDGET_ITEMS[layout]
    specific = sum((Decimal(p["annual_budget"]) for p in projects), Decimal(0))
    spending = _spending(rng, specific, len(spends))
    earlier = [_year_before(rng, spending, ago) for ago in (2, 1)]
    sources = rng.choice((1, 1, 1, 1, len(incomes))) if rng.random() > 0.1 else min(2, len(incomes))
    blank_years = layout == "hubei-2021" and rng.random() < 0.4
    income = [_parts(rng, sum(column, Decimal(0)), sources) for column in [spending, *earlier]]
    return {
        "history_years": [] if blank_years else [year - 1, year],
        "income": _budget_rows(rng, incomes, income, habits),
        "expenditure": _budget_rows(rng, spends, [spending, *earlier], habits),
    }


def _spending(rng: Random, specific: Decimal, count: int) -> list[Decimal]:
    """Expenditure by kind, the last one given, such that the printed shares add up to 100."""
    while True:
        rest = (specific or WITHOUT_PROJECTS) * Decimal(rng.randint(40, 800)) / 100
        running = rest * Decimal(rng.randint(5, 25)) / 100
        others = [rest - running, running] if count == 3 else [rest]
        parts = [other.quantize(Decimal(rng.choice(("0.1", "0.01", "0.01")))) for other in others] + [
            specific
        ]
        total = sum(parts, Decimal(0))
        if sum(_share(part, total) for part in parts) == 100:
            return parts


def _budget_rows(
    rng: Random,
    items: Sequence[str],
    columns: list[list[Decimal]],
    habits: Habits,
) -> list[Json]:
    """Rows of one side of the budget; ``columns`` are this year, the year before last, last year."""
    total = sum(columns[0], Decimal(0))
    rows: list[Json] = []
    for index, item in enumerate(items):
        amounts = [column[index] if index < len(column) else None for column in columns]
        rows.append(_budget_row(item, amounts, total, habits, habits.history))
        if amounts[0] is None and rng.random() < 0.15:
            rows[-1].update(amount="0", share="0%")
    sums: list[Decimal | None] = [sum(column, Decimal(0)) for column in columns]
    rows.append(_budget_row("合计", sums, total, habits, habits.history and habits.summed))
    return rows


def _budget_row(
    item: str, amounts: list[Decimal | None], total: Decimal, habits: Habits, history: bool
) -> Json:
    printed = [None if amount is None else _printed(amount, habits) for amount in amounts]
    share: str | None = None
    if amounts[0] is not None:
        share = f"{_share(amounts[0], total)}%"
        share = habits.hundred if share == "100.00%" else share
    return {
        "item": item,
        "amount": printed[0],
        "share": share,
        "history": printed[1:] if history else [None, None],
    }
