"""A result as rows of tidy tables: one row a thing, the same keys (`file`, `form_number`) in every table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from models.declaration import AnnualIndicator, Budget, DepartmentOverall, Indicator, Value
from models.finding import Finding
from models.submission import Form, Submission

KEY = ("file", "form_number")
VALUE = ("text", "comparator", "number", "unit", "per", "not_applicable")
FINDING = ("code", "category", "severity", "path", "message", "expected", "actual")
REPAIR = ("path", "kind", "before", "after", "because", "confidence", "runner_up")
INDICATOR = ("level1", "level2", "level3", "code", "basis", "category")
FRONT = ("title", "department", "budget_year", "filled_on", "money_unit", "preparer", "phone")
PROJECT = ("name", "category", "total_budget", "annual_budget", "purpose")
PERIODS = ("year_before_last", "last_year", "budget_year")

HEADERS: dict[str, tuple[str, ...]] = {
    "submissions": (
        *("file", "sha256", "media_type", "bytes", "pages", "status", *KEY[1:], "form", "layout", *FRONT),
        *("repairs", "errors", "warnings", "infos"),
    ),
    "budget": (*KEY, "side", "line", "item", "period", "year", "amount", "share"),
    "projects": (*KEY, "line", *PROJECT),
    "goals": (*KEY, "section", "line", "text"),
    "indicators": (
        *(*KEY, "horizon", "line", *INDICATOR, *(f"target_{name}" for name in VALUE)),
        *(f"{period}_{name}" for period in PERIODS[:2] for name in VALUE),
    ),
    "repairs": (*KEY, *REPAIR),
    "findings": (*KEY, *FINDING),
}

Row = tuple[str, Sequence[str]]
"""The table's name and the cells as they are to stand in a spreadsheet."""

_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")


def cell(value: object) -> str:
    """A value as a spreadsheet may show it: blank for `None`, and no text that a spreadsheet would calculate.

    The rule is OWASP's for CSV injection; plain numbers and percentages stay as they are.

    >>> cell(None), cell(True), cell("-0.5%"), cell("=1+1"), cell("无")
    ('', 'true', '-0.5%', "'=1+1", '无')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = format(value, "f") if hasattr(value, "as_tuple") else str(value)
    return f"'{text}" if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text


def submission_to_rows(submission: Submission) -> Iterator[Row]:
    """All rows of a result, ready to be written; a file without a form has one in `submissions` too."""
    for table, values in _rows(submission):
        yield table, [cell(value) for value in values]


def _rows(submission: Submission) -> Iterator[tuple[str, Iterable[object]]]:
    name = submission.source.name
    for finding in submission.findings:
        yield "findings", (name, None, *_fields(finding, FINDING))
    if not submission.forms:
        nothing = [None] * (len(FRONT) + 3)
        yield "submissions", (*_source(submission), *nothing, 0, *_severities(submission.findings))
    for number, form in enumerate(submission.forms, 1):
        key = (name, number)
        # what is wrong with the file as a whole counts once, on its first form
        findings = [*form.findings, *(submission.findings if number == 1 else ())]
        front = (number, form.form, form.layout, *_fields(form.data, FRONT))
        yield (
            "submissions",
            (*_source(submission), *front, len(form.repairs), *_severities(findings)),
        )
        for table, values in _form_to_rows(form):
            yield table, (*key, *values)


def _source(submission: Submission) -> tuple[object, ...]:
    source = submission.source
    return source.name, source.sha256, source.media_type, source.bytes, source.pages, submission.status


def _severities(findings: Iterable[Finding]) -> tuple[int, int, int]:
    counts = Counter(finding.severity for finding in findings)
    return counts["error"], counts["warning"], counts["info"]


def _form_to_rows(form: Form) -> Iterator[tuple[str, tuple[object, ...]]]:
    data = form.data
    if isinstance(data, DepartmentOverall):
        yield from (("budget", row) for row in _budget_to_rows(data.budget, data.budget_year))
        for line, project in enumerate(data.projects, 1):
            yield "projects", (line, *_fields(project, PROJECT))
        yield from (("goals", row) for row in _goals(data))
    for horizon, indicators in (("long_term", data.long_term.indicators), ("annual", data.annual.indicators)):
        for line, indicator in enumerate(indicators, 1):
            yield "indicators", (horizon, line, *_indicator_to_cells(indicator))
    for repair in form.repairs:
        yield "repairs", _fields(repair, REPAIR)
    for finding in form.findings:
        yield "findings", _fields(finding, FINDING)


def _budget_to_rows(budget: Budget, budget_year: int | None) -> Iterator[tuple[object, ...]]:
    """One row per line and year; a year whose label was not read is still told by its period."""
    history = tuple(budget.history_years) if len(budget.history_years) == 2 else (None, None)
    for side, lines in (("income", budget.income), ("expenditure", budget.expenditure)):
        for number, line in enumerate(lines, 1):
            amounts = (*line.history, line.amount)
            for period, year, amount in zip(PERIODS, (*history, budget_year), amounts, strict=True):
                share = line.share if period == "budget_year" else None
                yield side, number, line.item, period, year, amount, share


def _goals(data: DepartmentOverall) -> Iterator[tuple[object, ...]]:
    sections = {
        "functions": data.functions,
        "annual_tasks": data.annual_tasks,
        "long_term_summary": (data.long_term.summary,),
        "long_term_goals": data.long_term.goals,
        "annual_summary": (data.annual.summary,),
        "annual_goals": data.annual.goals,
    }
    for section, texts in sections.items():
        yield from ((section, line, text) for line, text in enumerate(texts, 1) if text is not None)


def _indicator_to_cells(indicator: Indicator) -> tuple[object, ...]:
    values = [indicator.target, None, None]
    if isinstance(indicator, AnnualIndicator):
        values[1:] = [indicator.history.year_before_last, indicator.history.last_year]
    return (*_fields(indicator, INDICATOR), *(cell for value in values for cell in _value_to_cells(value)))


def _value_to_cells(value: Value | None) -> tuple[object, ...]:
    return _fields(value, VALUE) if value else (None,) * len(VALUE)


def _fields(noun: object, names: Iterable[str]) -> tuple[object, ...]:
    return tuple(getattr(noun, name, None) for name in names)
