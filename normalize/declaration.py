"""Rows of one form → a declaration: the layout that claims it, its sections, and what each reader found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.declaration import Annual, DepartmentOverall, LongTerm
from normalize.check.arithmetic import check_budget
from normalize.check.checks import check_declaration
from normalize.form.catalogue import Catalogue, load_catalogue
from normalize.form.layouts import REMARKS, Layout
from normalize.form.physical_rows import Row
from normalize.form.sections import SectionRow, mark_sections
from normalize.notes.certainty import note_unsure
from normalize.notes.notes import Notes, merged
from normalize.read.budget import read_budget
from normalize.read.front import read_front, split_fields
from normalize.read.indicators.reader import indicator_model, read_indicators
from normalize.read.items import read_items
from normalize.read.projects import read_projects
from normalize.read.summaries import read_summaries, read_until_year
from normalize.table.decoder import decode
from normalize.table.logical_rows import Decoded, Hint

MAX_ROWS = 4000
"""Fifty times the longest form; bounds time and memory."""
WRONG_HEADER, DOUBTFUL_HEADER = 8.0, 3.0
"""Price of a row of the other horizon below a heading, in nats."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A form that was read: the layout that claimed it, the data, and the notes of all sections."""

    layout: Layout
    pages: tuple[int, ...] | None
    data: DepartmentOverall
    notes: Notes


def read_declaration(rows: Sequence[Row], layout: Layout) -> Declared:
    """Read every section of a form that `layout` has claimed."""
    catalogue = load_catalogue(layout.catalogue)
    marked = mark_sections(rows, layout, catalogue)
    by_section: dict[str, list[SectionRow]] = {}
    for row in marked:
        by_section.setdefault(row.section, []).append(row)
    title = _title(marked, layout)
    front, front_notes = read_front(split_fields(marked, layout), title)
    budget, budget_notes = read_budget(by_section.get("budget", ()), layout)
    budget = check_budget(budget, budget_notes)
    functions, function_notes = read_items(by_section.get("functions", ()), "/functions", "部门职能概述")
    tasks, task_notes = read_items(by_section.get("annual_tasks", ()), "/annual_tasks", "年度工作任务")
    projects, project_notes = read_projects(by_section.get("projects", ()), layout)
    long_summary, annual_summary, summary_notes = read_summaries(by_section.get("summary", ()))
    until_year = read_until_year(marked, summary_notes)
    long_goals, long_notes = read_items(by_section.get("long_goals", ()), "/long_term/goals", "长期目标")
    annual_goals, annual_notes = read_items(by_section.get("annual_goals", ()), "/annual/goals", "年度目标")
    decoded, too_many = _decode(marked, catalogue)
    long, annual, indicator_notes = read_indicators(decoded)
    if too_many:
        message = f"指标表超过 {MAX_ROWS} 行，只读取了前 {MAX_ROWS} 行，请核对是否为一份申报表"
        for path in ("/long_term/indicators", "/annual/indicators"):
            indicator_notes.find("table-too-long", path, message, "error")
    _note_missing_tables(long, annual, indicator_notes)
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
        long_term=LongTerm(until_year=until_year, summary=long_summary, goals=long_goals, indicators=long),
        annual=Annual(summary=annual_summary, goals=annual_goals, indicators=annual),
    )
    pages = tuple(sorted({row.page for row in rows if row.page is not None}))
    notes = merged(
        [
            front_notes,
            budget_notes,
            function_notes,
            task_notes,
            project_notes,
            summary_notes,
            long_notes,
            annual_notes,
            indicator_notes,
        ]
    )
    _note_unplaced(marked, notes)
    _note_remarks(marked, notes)
    note_unsure(notes)
    notes.findings.extend(check_declaration(data, catalogue))
    return Declared(layout, pages or None, data, notes)


def _note_unplaced(marked: Sequence[SectionRow], notes: Notes) -> None:
    """A table row without any label among the head's rows, once the form has begun, belongs somewhere else."""
    begun = next((n for n, row in enumerate(marked) if row.section not in ("front", "budget")), len(marked))
    for row in marked[begun:]:
        if row.section == "front" and not row.row.line and not any(row.hits):
            text = " ".join(slot.text for slot in row.row.filled)[:60]
            notes.find(
                "unplaced-row", None, f"有一行不能归入表中任何部分：“{text}”，请核对", "warning", actual=text
            )


def _note_remarks(marked: Sequence[SectionRow], notes: Notes) -> None:
    """Lines below the form that do not call themselves remarks: no value is made of them."""
    for row in marked:
        if row.section == REMARKS and any(row.hits):
            return
        if row.section == REMARKS:
            text = " ".join(slot.text for slot in row.row.filled)[:60]
            notes.find("unplaced-row", None, f"表后的文字“{text}”未读入", "info", actual=text)


def _title(marked: Sequence[SectionRow], layout: Layout) -> str | None:
    """The printed title, or the layout's own where it was misread."""
    for row in marked:
        for slot, hit in zip(row.row.slots, row.hits, strict=True):
            if hit and hit.label.group == "title":
                return slot.text if slot.exact or not hit.misread else layout.titles[0]
    return None


def _decode(marked: Sequence[SectionRow], catalogue: Catalogue) -> tuple[Decoded, bool]:
    """The indicator rows of the form, wherever they stand, with what the headings between them say.

    Rows with as many cells as the first one below the annual table's heading are still that table's, also where their
    history is blank. Also whether there are more rows than any form has; those beyond `MAX_ROWS` are not decoded.
    """
    rows: list[Row] = []
    hints: list[Hint | None] = []
    pending: Hint | None = None
    annual = 0
    for row in marked:
        if row.section != "indicators":
            continue
        if row.is_heading:
            pending = _hint(row, pending)
        elif not row.row.line:
            # a heading repeated at a page's top stands between the parts of a broken row
            rows.append(replace(row.row, gap=row.row.gap or pending is not None))
            cells = len(row.row.slots)
            if pending:
                annual = cells if pending.price == WRONG_HEADER else 0
            elif cells == annual:
                pending = Hint(1, WRONG_HEADER if row.row.ruled else DOUBTFUL_HEADER)
            hints.append(pending)
            pending = None
    return decode(indicator_model(catalogue), rows[:MAX_ROWS], hints[:MAX_ROWS]), len(rows) > MAX_ROWS


def _hint(row: SectionRow, pending: Hint | None) -> Hint:
    """A heading with 近两年指标值 or 前年 is the annual table's; one without may be either's first line."""
    if any(hit and hit.label.name == "annual" for hit in row.hits):
        return Hint(1, WRONG_HEADER)
    labels = [hit.label.text for hit in row.hits if hit and hit.label.name == "indicators"]
    if "年度绩效指标" in labels:
        return Hint(1, DOUBTFUL_HEADER)
    return pending or Hint(0, DOUBTFUL_HEADER)


def _note_missing_tables(long: Sequence[object], annual: Sequence[object], notes: Notes) -> None:
    for rows, path, name in ((long, "long_term", "长期绩效指标"), (annual, "annual", "年度绩效指标")):
        if not rows:
            notes.find("missing-value", f"/{path}/indicators", f"{name}表为空或未读到，请核对原件", "error")
