"""Made-up declarations (部门整体绩效目标申报表) as data: what a careful person reads from the paper.

`declare(seed)` gives one declaration as plain JSON-like data. The same seed gives the same declaration.
Amounts are strings with the printed digits; a blank cell is `None`.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from bench.forge.departments import DEPARTMENTS, Department
from bench.forge.habits import random_habits
from bench.forge.indicators import indicators
from bench.forge.money import Layout, budget, projects
from bench.forge.traits import Traits, lengthen
from bench.forge.words import COUNTIES, FUNCTIONS, GIVEN, SURNAMES, TASKS

Json = dict[str, Any]
USUAL = Traits()


def declare(
    seed: int,
    layout: Layout = "hubei-2025",
    traits: Traits = USUAL,
    departments: Sequence[Department] = DEPARTMENTS,
) -> Json:
    """A random declaration of one of the departments in the truth format of the samples.

    >>> declare(1) == declare(1)
    True
    """
    rng = Random(f"declaration {layout} {seed}")
    department, habits = rng.choice(departments), random_habits(rng)
    year = rng.choice((2025, 2025, 2025, 2024, 2023) if layout == "hubei-2025" else (2020, 2021, 2022))
    county = rng.choice(COUNTIES)
    planned = projects(rng, department, habits, layout, traits.projects)
    long_rows, annual_rows = indicators(rng, department, habits, traits)
    until = rng.choice((2030, 2030, year + 2, year + 3, year + 5)) if rng.random() > 0.04 else None
    truth = {
        "title": "部门整体绩效目标申报表" if layout == "hubei-2025" else "部门整体支出绩效目标申报表",
        **_head(rng, county, department, year),
        "budget": budget(rng, planned, habits, year, layout),
        "functions": _functions(rng, department),
        "annual_tasks": _tasks(rng, department),
        "projects": planned,
        "long_term": {
            "until_year": until,
            "summary": _maybe(rng, rng.choice(department.long_summary), 0.04),
            "goals": _some(rng, department.long_goals, 1, 4),
            "indicators": long_rows,
        },
        "annual": {
            "summary": _maybe(rng, rng.choice(department.annual_summary), 0.04),
            "goals": _annual_goals(rng, department),
            "indicators": annual_rows,
        },
    }
    if traits.long_texts:
        lengthen(truth, department.business, Random(f"long {layout} {seed}"))
    return truth


def _maybe(rng: Random, value: str, blank: float) -> str | None:
    """The value, or nothing with the given probability."""
    return None if rng.random() < blank else value


def _some(rng: Random, items: Sequence[str], least: int, most: int) -> list[str]:
    """Some of the items, in their order."""
    count = min(rng.randint(least, most), len(items))
    return [items[i] for i in sorted(rng.sample(range(len(items)), count))]


def _head(rng: Random, county: str, department: Department, year: int) -> Json:
    day = f"{year}-{rng.randint(9, 12):02}-{rng.randint(1, 30):02}"
    phone = rng.choice(
        (
            f"1{rng.choice('35789')}{rng.randint(0, 999999999):09}",
            f"07{rng.randint(10, 28)}-{rng.randint(2000000, 8999999)}",
            f"{rng.randint(2000000, 8999999)}",
        )
    )
    return {
        "filled_on": _maybe(rng, day, 0.05),
        "money_unit": "万元",
        "department": county + department.name,
        "preparer": _maybe(rng, rng.choice(SURNAMES) + rng.choice(GIVEN), 0.03),
        "phone": _maybe(rng, phone, 0.04),
    }


def _functions(rng: Random, department: Department) -> list[str]:
    own = _some(rng, department.functions, 4, 7)
    common = [t.format(business=department.business) for t in _some(rng, FUNCTIONS, 0, 3)]
    return _with_ends(rng, (own + common)[:9])


def _tasks(rng: Random, department: Department) -> list[str]:
    own = _some(rng, department.tasks, 2, 4)
    common = [t.format(business=department.business) for t in _some(rng, TASKS, 1, 2)]
    return _with_ends(rng, own + common)


def _annual_goals(rng: Random, department: Department) -> list[str]:
    own = _some(rng, department.annual_goals, 1, 4)
    return own + [t.format(business=department.business) for t in _some(rng, TASKS, 0, 2)]


def _with_ends(rng: Random, items: list[str]) -> list[str]:
    """End all items alike: with ； and 。, or with nothing."""
    bare = [item.rstrip("；。") for item in items]
    if rng.random() < 0.3:
        return bare
    return [item + "；" for item in bare[:-1]] + [bare[-1] + "。"]
