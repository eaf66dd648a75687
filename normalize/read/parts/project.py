"""The parts of a project's form → its declaration: names, money, period, goals, indicators, and what else is printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from models.declaration import Period, ProjectAnnualGoals, ProjectDeclaration, ProjectGoals
from normalize.form.layouts import Layout
from normalize.form.parts.found import Answer, FormParts
from normalize.form.parts.reader import rows_to_parts
from normalize.form.physical_rows import Row, RowSlot
from normalize.notes.notes import Notebook, Notes, Read
from normalize.read.parts.amounts import note_other_units, read_sources, read_sum, read_unit
from normalize.read.parts.answers import (
    CodedName,
    first_answer,
    read_choice,
    read_date,
    read_name,
    read_phone,
    read_text,
)
from normalize.read.parts.doubts import note_unexplained
from normalize.read.parts.goals import read_goal_table, read_goals
from normalize.read.parts.indicator_tables import read_indicator_tables
from normalize.read.parts.leftovers import note_missing, read_budget_year, read_leftovers
from normalize.read.parts.period import text_to_day, texts_to_period

_MONEY = ("total", "annual_total", "sources")
_WANTED = (
    ("project", "/project", "项目名称"),
    ("department", "/department", "主管部门"),
    ("unit", "/unit", "实施单位"),
    ("money", "/total_budget", "项目资金"),
    ("goals", "/annual/goals", "绩效目标"),
)
"""What every form of a project says: name in the layout, path, and what findings call it."""


def read_project(rows: Sequence[Row], layout: Layout) -> Read[ProjectDeclaration]:
    """The declaration of one project; a field that the layout does not print is `None`."""
    parts, book = rows_to_parts(rows, layout), Notebook()
    title = book.take(read_text((parts.title,), "/title")) if parts.title else None
    project, department, unit = (book.take(_named(parts, name)) for name in ("project", "department", "unit"))
    total, annual, money_unit = book.take(_sums(parts, layout))
    long_term, annual_goals = book.take(_goals(parts))
    tables = book.take(read_indicator_tables(parts, layout))
    data = ProjectDeclaration(
        title=title,
        filled_on=book.take(read_date(_slots(parts, "filled_on"), "/filled_on", "填报日期")),
        money_unit=money_unit,
        budget_year=book.take(read_budget_year(parts)),
        project=project.name,
        project_code=project.code or book.take(read_text(_slots(parts, "project_code"), "/project_code")),
        department=department.name,
        department_code=department.code,
        unit=unit.name,
        unit_code=unit.code,
        category=book.take(read_choice(_slots(parts, "category"), "/category")),
        period=book.take(_period(parts)),
        preparer=book.take(read_text(_slots(parts, "preparer"), "/preparer")),
        phone=book.take(read_phone(_slots(parts, "phone"), "/phone")),
        total_budget=total,
        annual_budget=annual,
        sources=book.take(read_sources(parts, both=total is not None and annual is not None)),
        rationale=book.take(_prose(parts, "rationale")),
        content=book.take(_prose(parts, "content")),
        long_term=ProjectGoals(goals=long_term, indicators=tables.long_term),
        annual=ProjectAnnualGoals(goals=annual_goals, indicators=tables.annual),
        other=book.take(read_leftovers(parts, rows, layout, _unused(parts))),
    )
    sums_or_sources = total is not None or annual is not None or data.sources
    said = (data.project, data.department, data.unit, sums_or_sources, long_term or annual_goals)
    book.add(note_missing(_WANTED, layout, said))
    book.add(note_unexplained(parts, layout, book.notes()))
    return Read(data, book.notes())


def _sums(parts: FormParts, layout: Layout) -> Read[tuple[Decimal | None, Decimal | None, str | None]]:
    """The money of the whole project and of the year, and their unit."""
    book = Notebook()
    total = book.take(read_sum(parts, "total", "/total_budget", "项目总预算"))
    annual = book.take(read_sum(parts, "annual_total", "/annual_budget", "项目本年度预算"))
    money = [answer for name in _MONEY for answer in parts.answers_to("item", name)]
    unit_printed = bool(parts.answers_to("field", "money_unit")) or parts.unit_in_label is not None
    unit = book.take(read_unit(parts, money)) if money or unit_printed else None
    paths = {"total": "/total_budget", "annual_total": "/annual_budget"}
    said = [(answer, path) for name, path in paths.items() for answer in parts.answers_to("item", name)]
    book.add(note_other_units(said, unit))
    if layout.by_labels and total is None and annual is not None:
        book.add(_note_one_sum())
    return Read((total, annual, unit), book.notes())


def _note_one_sum() -> Notes:
    """Where a form prints one sum, and no layout tells, the year's may be the whole project's."""
    book = Notebook()
    book.add_finding("missing-value", "/total_budget", "只读到年度资金，项目总预算未读到，请核对原件")
    return book.notes()


def _slots(parts: FormParts, name: str) -> tuple[RowSlot, ...]:
    answer = first_answer(parts, name)
    return answer.slots if answer else ()


def _unused(parts: FormParts) -> tuple[Answer, ...]:
    """A period that says only how long the project runs is kept among the other fields."""
    answer = first_answer(parts, "period")
    said = texts_to_period([slot.raw for slot in answer.slots]) if answer and answer.slots else None
    return (answer,) if answer and answer.slots and said is None else ()


def _named(parts: FormParts, name: str) -> Read[CodedName]:
    return read_name(_slots(parts, name), f"/{name}")


def _prose(parts: FormParts, section: str) -> Read[str | None]:
    slots = [slot for answer in parts.answers_to("section", section) for slot in answer.slots]
    return read_text(slots, f"/{section}")


def _goals(parts: FormParts) -> Read[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The goals of the whole period and of the year; a form with goals of no horizon means the year."""
    book = Notebook()
    long_term = book.take(read_goals(parts, ("long_goals",), "/long_term/goals", "中期目标"))
    table = book.take(read_goal_table(parts, "/long_term/goals")) if not long_term else ()
    annual = book.take(read_goals(parts, ("annual_goals",), "/annual/goals", "年度目标"))
    if not (long_term or table or annual):
        annual = book.take(read_goals(parts, ("summary",), "/annual/goals", "绩效目标"))
    return Read((long_term or table, annual), book.notes())


def _period(parts: FormParts) -> Read[Period | None]:
    """The period: in one field, or its beginning and end in two."""
    book = Notebook()
    whole = _slots(parts, "period")
    if whole and (period := texts_to_period([slot.raw for slot in whole])):
        book.read_at("/period/start", whole)
        book.read_at("/period/end", whole)
        return Read(period, book.notes())
    ends: dict[str, str | None] = {}
    for name, label in (("start", "开始日期"), ("end", "完成日期")):
        slots = _slots(parts, name)
        ends[name] = text_to_day(slots[0].raw) if slots else None
        book.read_at(f"/period/{name}", slots)
        if slots and ends[name] is None:
            message = f"{label}“{slots[0].text}”不是完整的日期，请核对"
            book.add_finding("unparsed-value", f"/period/{name}", message, actual=slots[0].text)
    return Read(Period(**ends) if any(ends.values()) else None, book.notes())
