"""Which parts of a declaration a form prints, so that a rule asks for nothing that the form has no place for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from normalize.form.layouts import Layout, layouts
from normalize.form.store import MoneyFile

_GOALS = {
    "long_goals": ("long_term/goals",),
    "annual_goals": ("annual/goals",),
    "summary": ("long_term/goals", "annual/goals"),
}
"""The sections of goals, and where they stand in a declaration."""
_SUMS = {"total": "total_budget", "annual": "annual_budget"}
_INDICATOR_TABLES = ("indicators", "long_term", "annual")


@cache
def layout_to_parts(layout: Layout) -> frozenset[str]:
    """The parts that the form of this layout prints: fields and sections by name, `projects/COLUMN`, `indicators/COLUMN`,
    `history` of the money. Nothing for a form that is read by its labels: nobody knows what it prints."""
    return frozenset() if layout.by_labels else frozenset(_parts(layout)) - layout.absent


def _parts(layout: Layout) -> Iterator[str]:
    file = layout.file
    yield from file.fields
    for section in file.sections:
        yield from _GOALS.get(section, (section,))
    if "goals" in file.tables:
        yield "long_term/goals"
    yield from (f"projects/{column}" for column in file.tables.get("projects", {}))
    for table in _INDICATOR_TABLES:
        yield from (f"indicators/{column}" for column in file.tables.get(table, {}))  # type: ignore[call-overload]
    if "history" in file.tables.get("budget", {}):
        yield "history"
    money = file.money or MoneyFile()
    yield from (side for side in ("income", "expenditure") if getattr(money, side))
    yield from (part for name, part in _SUMS.items() if getattr(money, name))


def project_lines() -> frozenset[str]:
    """The lines of a department's expenditure that its projects make up, in any layout."""
    return _project_lines(layouts())


@cache
def _project_lines(known: tuple[Layout, ...]) -> frozenset[str]:
    money = (layout.file.money or MoneyFile() for layout in known)
    return frozenset(line for one in money for line in one.projects or ())
