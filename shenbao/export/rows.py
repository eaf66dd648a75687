"""A result as typed rows of the tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from models.declaration import (
    AnnualIndicator,
    Budget,
    DepartmentOverall,
    Indicator,
    ProjectDeclaration,
    Value,
)
from models.finding import Finding, Repair
from models.submission import Form, Submission
from shenbao.export.columns import TableRow
from shenbao.export.tables import TABLES
from shenbao.export.values import typed
from shenbao.places import place_in_words

VALUE = (
    *("text", "comparator", "number", "lower", "upper", "approximate"),
    *("unit", "per", "by", "remark", "not_applicable"),
)
FRONT_COLUMNS = 13
"""Columns of `submissions` that only a form fills."""
FINDING = ("code", "category", "severity", "place", "path", "message", "expected", "actual")
REPAIR = ("place", "path", "kind", "before", "after", "because", "confidence", "runner_up")
INDICATOR = ("level1", "level2", "level3", "code", "basis", "category")
INDICATOR_MORE = ("weight", "explanation", "scoring", "source", "remark", "core")
"""What some forms print beside the values."""
TASK = ("name", "content", "amount", "fiscal", "other")
PRINTED = ("label", "text")
CHECK = ("code", "outcome", "on", "failed")
PERIODS = ("year_before_last", "last_year", "budget_year")
_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)%")

Untyped = tuple[str, tuple[object, ...]]
"""A table's name and the values after `file`, `submission`, `form_number`."""


def submission_key(submission: Submission) -> str:
    """The key that stays: the first 16 hexadecimal digits (64 bits) of the content's SHA-256."""
    return submission.source.sha256[:16]


def submission_to_rows(submission: Submission) -> Iterator[tuple[str, TableRow]]:
    """All rows of a result as (table's name, typed values); a file without a form has one in `submissions` too.

    Raises `UnfitError` for a value that the tables cannot hold exactly.
    """
    for table, row in submission_to_values(submission):
        columns = TABLES[table].columns
        yield table, tuple(typed(column, value) for column, value in zip(columns, row, strict=True))


def submission_to_values(submission: Submission) -> Iterator[tuple[str, TableRow]]:
    """The same rows with the values as the result has them: every number fits, but only a text file takes them."""
    source = (submission.source.name, submission_key(submission))
    for number, table, values in _numbered(submission):
        yield table, (*source, number, *values)


def _numbered(submission: Submission) -> Iterator[tuple[int, str, tuple[object, ...]]]:
    for table, row in _listed("findings", submission.findings, FINDING, None):
        yield 0, table, row
    if not submission.forms:
        blank = [None] * FRONT_COLUMNS
        yield 0, "submissions", (*_source(submission), *blank, 0, *_severities(submission.findings))
    for number, form in enumerate(submission.forms, 1):
        # what is wrong with the file as a whole counts once, on its first form
        findings = [*form.findings, *(submission.findings if number == 1 else ())]
        counts = (len(form.repairs), *_severities(findings))
        yield number, "submissions", (*_source(submission), *_front(form), *counts)
        for table, row in _form_to_rows(form):
            yield number, table, row


def _source(submission: Submission) -> tuple[object, ...]:
    source = submission.source
    return source.sha256, source.media_type, source.bytes, source.pages, submission.status


def _front(form: Form) -> tuple[object, ...]:
    """`FRONT_COLUMNS` values."""
    data = form.data
    if isinstance(data, DepartmentOverall):
        unit_code, years = None, (data.long_term.from_year, data.long_term.until_year)
    else:
        unit_code, years = data.unit_code, (None, None)
    names = ("filled_on", "money_unit", "preparer", "phone")
    who = (form.form, form.layout, data.title, data.department, data.department_code, unit_code)
    return (*who, data.budget_year, *years, *_fields(data, names))


def _severities(findings: Iterable[Finding]) -> tuple[int, int, int]:
    counts = Counter(finding.severity for finding in findings)
    return counts["error"], counts["warning"], counts["info"]


def _form_to_rows(form: Form) -> Iterator[Untyped]:
    data = form.data
    yield from _department_to_rows(data) if isinstance(data, DepartmentOverall) else _project_to_rows(data)
    for horizon, indicators in (("long_term", data.long_term.indicators), ("annual", data.annual.indicators)):
        for line, indicator in enumerate(indicators, 1):
            yield "indicators", (horizon, line, *_indicator_to_values(indicator))
    yield from (("printed", (line, *_fields(field, PRINTED))) for line, field in enumerate(data.other, 1))
    yield from (("checks", _fields(check, CHECK)) for check in form.checks)
    yield from _listed("repairs", form.repairs, REPAIR, data)
    yield from _listed("findings", form.findings, FINDING, data)


def _department_to_rows(data: DepartmentOverall) -> Iterator[Untyped]:
    yield from _budget_to_rows(data.budget, data.budget_year)
    for line, project in enumerate(data.projects, 1):
        money = (project.category, project.total_budget, project.annual_budget)
        yield "projects", (line, project.name, None, None, *money, None, None, project.purpose)
    yield from (("tasks", (line, *_fields(task, TASK))) for line, task in enumerate(data.tasks, 1))
    yield from _texts(
        functions=data.functions,
        annual_tasks=data.annual_tasks,
        long_term_summary=(data.long_term.summary,),
        long_term_goals=data.long_term.goals,
        annual_summary=(data.annual.summary,),
        annual_goals=data.annual.goals,
    )


def _project_to_rows(data: ProjectDeclaration) -> Iterator[Untyped]:
    money = (data.category, data.total_budget, data.annual_budget)
    period = (data.period.start, data.period.end) if data.period else (None, None)
    yield "projects", (1, data.project, data.project_code, data.unit, *money, *period, data.content)
    for line, source in enumerate(data.sources, 1):
        amounts = [("budget_year", data.budget_year, source.amount)]
        if source.annual_amount is not None:
            amounts = [
                ("whole_period", None, source.amount),
                ("budget_year", data.budget_year, source.annual_amount),
            ]
        yield from (("budget", ("source", line, source.item, *when, None, None)) for when in amounts)
    yield from _texts(
        rationale=(data.rationale,), long_term_goals=data.long_term.goals, annual_goals=data.annual.goals
    )


def _budget_to_rows(budget: Budget, budget_year: int | None) -> Iterator[Untyped]:
    """One row per line and year; a year whose label was not read is still told by its period."""
    history = tuple(budget.history_years) if len(budget.history_years) == 2 else (None, None)
    for side, lines in (("income", budget.income), ("expenditure", budget.expenditure)):
        for number, line in enumerate(lines, 1):
            amounts = (*line.history, line.amount)
            for period, year, amount in zip(PERIODS, (*history, budget_year), amounts, strict=True):
                share = line.share if period == "budget_year" else None
                yield "budget", (side, number, line.item, period, year, amount, share, share_percent(share))
    if budget.total is not None:
        yield "budget", ("total", 1, "总额", "budget_year", budget_year, budget.total, None, None)


def share_percent(share: str | None) -> Decimal | None:
    """
    >>> share_percent("-2.57%"), share_percent("0.7612")
    (Decimal('-2.57'), None)
    """
    match = _PERCENT.fullmatch(share or "")
    return Decimal(match[1]) if match else None


def _texts(**sections: Iterable[str | None]) -> Iterator[Untyped]:
    for section, texts in sections.items():
        yield from (("goals", (section, line, text)) for line, text in enumerate(texts, 1) if text)


def _indicator_to_values(indicator: Indicator) -> tuple[object, ...]:
    values = [indicator.target, None, None]
    if isinstance(indicator, AnnualIndicator):
        values[1:] = [indicator.history.year_before_last, indicator.history.last_year]
    parts = (part for value in values for part in _value_to_parts(value))
    extra = "；".join(f"{heading}：{text}" for heading, text in indicator.extra.items()) or None
    return (*_fields(indicator, INDICATOR), *parts, *_fields(indicator, INDICATOR_MORE), extra)


def _value_to_parts(value: Value | None) -> tuple[object, ...]:
    return _fields(value, VALUE) if value else (None,) * len(VALUE)


def _listed(
    table: str, nouns: Iterable[Finding | Repair], names: tuple[str, ...], data: object
) -> Iterator[Untyped]:
    """Findings or repairs, each with its place in the words of the form that has `data`."""
    for line, noun in enumerate(nouns, 1):
        place = place_in_words(data, noun.path)
        yield table, (line, *(place if name == "place" else getattr(noun, name) for name in names))


def _fields(noun: object, names: Iterable[str]) -> tuple[object, ...]:
    return tuple(getattr(noun, name) for name in names)
