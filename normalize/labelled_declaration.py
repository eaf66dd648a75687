"""A form read by its labels → a department's or a project's declaration, as its layout, or the labels of all, say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.declaration import (
    Annual,
    DepartmentOverall,
    LongTerm,
    PrintedField,
    ProjectAnnualGoals,
    ProjectDeclaration,
    ProjectGoals,
)
from normalize.form.layouts import Layout
from normalize.form.parts.found import FormParts
from normalize.form.parts.reader import rows_to_parts
from normalize.form.physical_rows import Row
from normalize.notes.certainty import note_unsure
from normalize.notes.notes import Notebook, Notes, Read
from normalize.read.labelled.indicators import read_tables
from normalize.read.labelled.money import read_money, read_sources, read_sum, read_tasks
from normalize.read.labelled.period import read_period
from normalize.read.labelled.texts import (
    read_body,
    read_choice,
    read_date,
    read_list,
    read_money_unit,
    read_prose,
    read_text,
)

_NAMES = {
    "functions": "部门职能概述",
    "annual_tasks": "年度工作任务",
    "long_goals": "长期目标",
    "annual_goals": "年度目标",
}
"""What findings call the sections of running text."""
_ALWAYS = {
    "department-overall": ("/department", "/budget", "/annual"),
    "project": ("/project", "/department", "/unit", "/total_budget", "/annual_budget", "/annual"),
}
"""What is to be looked at in a form that nobody described, also where nothing was read."""
_KEPT = ("other", "remarks")
"""Fields and sections without a name of ours, kept under their printed label."""


@dataclass(frozen=True, slots=True)
class LabelledDeclaration:
    """A form that was read by its labels: the data of a department or a project, and the notes of all parts."""

    layout: Layout
    pages: tuple[int, ...] | None
    data: DepartmentOverall | ProjectDeclaration
    notes: Notes


def read_labelled(rows: Sequence[Row], layout: Layout) -> LabelledDeclaration:
    """Read a form by the labels of its layout; what no layout describes is told to be unverified wherever it was read."""
    parts = rows_to_parts(rows, layout)
    book = Notebook()
    data: DepartmentOverall | ProjectDeclaration
    if layout.form == "project":
        data = book.take(_read_project(parts, layout))
    else:
        data = book.take(_read_department(parts, layout))
    book.add(note_unsure(book.notes()))
    if layout.by_labels:
        book.add(_note_unverified(book.notes(), layout.form))
    book.add(_note_rest(parts))
    pages = tuple(sorted({row.page for row in rows if row.page is not None}))
    return LabelledDeclaration(layout, pages or None, data, book.notes())


def _read_department(parts: FormParts, layout: Layout) -> Read[DepartmentOverall]:
    book = Notebook()
    long_term, annual = book.take(read_tables(parts, layout.absent))
    department, department_code = book.take(read_body(parts, layout, "department"))
    data = DepartmentOverall(
        title=book.take(_title(parts)),
        filled_on=book.take(read_date(parts, layout, "filled_on")),
        money_unit=book.take(read_money_unit(parts, layout)),
        department=department,
        department_code=department_code,
        preparer=book.take(read_text(parts, layout, "preparer")),
        phone=book.take(read_text(parts, layout, "phone")),
        budget=book.take(read_money(parts)),
        functions=book.take(_list(parts, "functions", "/functions")),
        annual_tasks=book.take(_list(parts, "annual_tasks", "/annual_tasks")),
        tasks=book.take(read_tasks(parts)),
        long_term=LongTerm(
            goals=book.take(_list(parts, "long_goals", "/long_term/goals")), indicators=long_term
        ),
        annual=Annual(goals=book.take(_list(parts, "annual_goals", "/annual/goals")), indicators=annual),
        other=book.take(_other(parts)),
    )
    return Read(data, book.notes())


def _read_project(parts: FormParts, layout: Layout) -> Read[ProjectDeclaration]:
    book = Notebook()
    long_term, annual = book.take(read_tables(parts, layout.absent | {"long_term"}))
    department, department_code = book.take(read_body(parts, layout, "department"))
    unit, unit_code = book.take(read_body(parts, layout, "unit"))
    data = ProjectDeclaration(
        title=book.take(_title(parts)),
        filled_on=book.take(read_date(parts, layout, "filled_on")),
        money_unit=book.take(read_money_unit(parts, layout)),
        project=book.take(read_text(parts, layout, "project")),
        project_code=book.take(read_text(parts, layout, "project_code")),
        department=department,
        department_code=department_code,
        unit=unit,
        unit_code=unit_code,
        category=book.take(read_choice(parts, layout, "category")),
        period=book.take(read_period(parts)),
        preparer=book.take(read_text(parts, layout, "preparer")),
        phone=book.take(read_text(parts, layout, "phone")),
        total_budget=book.take(read_sum(parts, "total", "/total_budget")),
        annual_budget=book.take(read_sum(parts, "annual_total", "/annual_budget")),
        sources=book.take(read_sources(parts)),
        rationale=book.take(read_prose(parts.answers_to("section", "rationale"), "/rationale")),
        content=book.take(read_prose(parts.answers_to("section", "content"), "/content")),
        long_term=ProjectGoals(
            goals=book.take(_list(parts, "long_goals", "/long_term/goals")), indicators=long_term
        ),
        annual=ProjectAnnualGoals(
            goals=book.take(_list(parts, "annual_goals", "/annual/goals")), indicators=annual
        ),
        other=book.take(_other(parts)),
    )
    return Read(data, book.notes())


def _title(parts: FormParts) -> Read[str | None]:
    book = Notebook()
    if parts.title is None:
        return Read(None)
    book.read_at("/title", (parts.title,))
    return Read(parts.title.text, book.notes())


def _list(parts: FormParts, section: str, path: str) -> Read[tuple[str, ...]]:
    return read_list(parts.answers_to("section", section), path, _NAMES[section])


def _other(parts: FormParts) -> Read[tuple[PrintedField, ...]]:
    """Labels with their texts that have no name of ours."""
    book = Notebook()
    found: list[PrintedField] = []
    for answer in parts.answers:
        if answer.label.name in _KEPT and answer.slots:
            book.read_at(f"/other/{len(found)}/text", answer.slots)
            text = "".join(slot.text for slot in answer.slots)
            found.append(PrintedField(label=answer.printed.strip(" :："), text=text))
    return Read(tuple(found), book.notes())


def _note_unverified(notes: Notes, form: str) -> Notes:
    """Nobody described the form: each of its parts is to be looked at."""
    book = Notebook()
    message = "没有版式收录此表，按其文字读取，请逐项核对；可用 shenbao layouts 添加版式"
    book.add_finding("layout-unverified", None, message)
    for path in dict.fromkeys([*("/" + path.split("/")[1] for path in notes.evidence), *_ALWAYS[form]]):
        book.add_finding("layout-unverified", path, "此项按未收录的表读取，请核对")
    return book.notes()


def _note_rest(parts: FormParts) -> Notes:
    """Texts in tables that found no place; lines outside them say nothing of the form."""
    book = Notebook()
    for slot in parts.rest:
        book.add_finding(
            "unplaced-row", None, f"“{slot.text[:60]}”未归入任何栏目，请核对", "info", actual=slot.text[:60]
        )
    return book.notes()
