"""Rows of one form → a declaration: the layout that claims it, its sections, and what each reader found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.declaration import Annual, Budget, DepartmentOverall, LongTerm
from models.submission import CheckResult
from normalize.check.arithmetic import check_budget
from normalize.check.checks import check_declaration
from normalize.check.rules.rule_rows import Examined
from normalize.form.catalogue import Catalogue
from normalize.form.claiming.evidence import row_to_title
from normalize.form.layouts import REMARKS, Layout
from normalize.form.parts.printed_parts import layout_to_parts
from normalize.form.physical_rows import Row
from normalize.form.sections import SectionRow, mark_sections
from normalize.notes.certainty import note_unsure
from normalize.notes.notes import Notebook, Notes, Read
from normalize.read.budget import read_budget
from normalize.read.front import read_front, split_fields
from normalize.read.indicators.reader import read_indicators
from normalize.read.items import read_items
from normalize.read.money import note_units_behind, note_units_between
from normalize.read.parts.department import read_department
from normalize.read.parts.unverified import note_unverified
from normalize.read.projects import read_projects
from normalize.read.summaries import read_summaries, read_until_year
from normalize.read.titles import own_title
from normalize.text.fold import skeleton

_LISTS = {
    "functions": ("/functions", "部门职能概述"),
    "annual_tasks": ("/annual_tasks", "年度工作任务"),
    "long_goals": ("/long_term/goals", "长期目标"),
    "annual_goals": ("/annual/goals", "年度目标"),
}
"""Sections of running text: where their items stand in the result, and what findings call them."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A form that was read: the layout that claimed it, the data, the notes of all sections, and the rules' ledger."""

    layout: Layout
    pages: tuple[int, ...] | None
    data: DepartmentOverall
    notes: Notes
    checks: tuple[CheckResult, ...]


def read_declaration(rows: Sequence[Row], layout: Layout) -> Declared:
    """Read a form that `layout` has claimed: section by section where it has a catalogue, else by its labels."""
    return _read_by_sections(rows, layout) if layout.catalogue else _read_by_labels(rows, layout)


def _read_by_labels(rows: Sequence[Row], layout: Layout) -> Declared:
    book = Notebook()
    data = book.take(read_department(rows, layout))
    book.add(note_unsure(book.notes()))
    book.add(note_unverified(layout, data, book.notes()))
    checks = book.take(_checked(data, layout, book.notes()))
    return Declared(layout, _pages(rows), data, book.notes(), checks)


def _pages(rows: Sequence[Row]) -> tuple[int, ...] | None:
    return tuple(sorted({row.page for row in rows if row.page is not None})) or None


def _read_by_sections(rows: Sequence[Row], layout: Layout) -> Declared:
    book, catalogue = Notebook(), layout.entries
    marked = mark_sections(rows, layout, catalogue)
    data = book.take(_read_sections(marked, layout, catalogue))
    book.add(note_units_behind(book.notes().evidence, data.money_unit))
    book.add(note_units_between(marked, data.money_unit))
    book.add(_note_unplaced(marked))
    book.add(_note_remarks(marked))
    book.add(note_unsure(book.notes()))
    checks = book.take(_checked(data, layout, book.notes()))
    return Declared(layout, _pages(rows), data, book.notes(), checks)


def _checked(data: DepartmentOverall, layout: Layout, noted: Notes) -> Read[tuple[CheckResult, ...]]:
    """The ledger of all rules on what was read, with their findings."""
    findings, checks = check_declaration(
        Examined(data, layout.entries, noted.evidence, noted.repairs, noted.findings, layout_to_parts(layout))
    )
    book = Notebook()
    book.add_findings(findings)
    return Read(checks, book.notes())


def _read_sections(
    marked: Sequence[SectionRow], layout: Layout, catalogue: Catalogue
) -> Read[DepartmentOverall]:
    book, by_section = Notebook(), _by_section(marked)

    def items(section: str) -> tuple[str, ...]:
        return book.take(read_items(by_section.get(section, ()), *_LISTS[section]))

    title = book.take(_title(marked, layout))
    front = book.take(read_front(split_fields(marked, layout), title))
    budget = book.take(_read_checked_budget(by_section.get("budget", ()), layout))
    functions, tasks = items("functions"), items("annual_tasks")
    projects = book.take(read_projects(by_section.get("projects", ()), layout))
    summaries = book.take(read_summaries(by_section.get("summary", ())))
    until_year = book.take(read_until_year(marked))
    long_goals, annual_goals = items("long_goals"), items("annual_goals")
    indicators = book.take(read_indicators(marked, catalogue, layout.absent))
    data = DepartmentOverall(
        title=title,
        filled_on=front["filled_on"],
        money_unit=front["money_unit"],
        department=front["department"],
        preparer=front["preparer"],
        phone=front["phone"],
        budget_year=max(budget.history_years) + 1 if budget.history_years else None,
        budget=budget,
        functions=functions,
        annual_tasks=tasks,
        projects=projects,
        long_term=LongTerm(
            until_year=until_year,
            summary=summaries.long_term,
            goals=long_goals,
            indicators=indicators.long_term,
        ),
        annual=Annual(summary=summaries.annual, goals=annual_goals, indicators=indicators.annual),
    )
    return Read(data, book.notes())


def _by_section(marked: Sequence[SectionRow]) -> dict[str, list[SectionRow]]:
    rows: dict[str, list[SectionRow]] = {}
    for row in marked:
        rows.setdefault(row.section, []).append(row)
    return rows


def _read_checked_budget(rows: Sequence[SectionRow], layout: Layout) -> Read[Budget]:
    """The budget with the figures that its sums settle."""
    book = Notebook()
    reading = book.take(read_budget(rows, layout))
    budget = book.take(check_budget(reading.budget, reading.unparsed, book.notes()))
    return Read(budget, book.notes())


def _note_unplaced(marked: Sequence[SectionRow]) -> Notes:
    """A table row without any label among the head's rows, once the form has begun, belongs somewhere else."""
    book = Notebook()
    begun = next((n for n, row in enumerate(marked) if row.section not in ("front", "budget")), len(marked))
    for row in marked[begun:]:
        if row.section == "front" and not row.row.line and not any(row.hits):
            text = " ".join(slot.text for slot in row.row.filled)[:60]
            message = f"有一行不能归入表中任何部分：“{text}”，请核对"
            book.add_finding("unplaced-row", None, message, actual=text)
    return book.notes()


def _note_remarks(marked: Sequence[SectionRow]) -> Notes:
    """Lines below the form that do not call themselves remarks: no value is made of them."""
    book = Notebook()
    for row in marked:
        if row.section == REMARKS and any(row.hits):
            break
        if row.section == REMARKS:
            text = " ".join(slot.text for slot in row.row.filled)[:60]
            book.add_finding("unplaced-row", None, f"表后的文字“{text}”未读入", "info", actual=text)
    return book.notes()


def _title(marked: Sequence[SectionRow], layout: Layout) -> Read[str | None]:
    """The printed title, or the layout's own where it was misread; one that was broken into two lines is put together."""
    book, own = Notebook(), own_title(marked)
    if own is not None:
        row, below = marked[own], marked[own + 1 : own + 2]
        slot, hit = next(
            (slot, hit)
            for slot, hit in zip(row.row.slots, row.hits, strict=True)
            if hit and hit.label.group == "title"
        )
        rest = "".join(slot.text for row in below for slot in row.row.filled)
        if hit.misread and skeleton(slot.text + rest) in map(skeleton, layout.titles):
            return Read(slot.text + rest, book.notes())
        return Read(slot.text if slot.exact or not hit.misread else layout.titles[0], book.notes())
    for name in filter(None, (row_to_title(row.row) for row in marked)):
        # a year or a department's name may stand before or behind it
        if any(skeleton(title) in skeleton(name) for title in layout.titles):
            return Read(name, book.notes())
    book.add_finding("missing-value", "/title", "表名为空或未读到，请核对原件")
    return Read(None, book.notes())
