"""Review rules A1–A7: do the figures agree? Findings of category `arithmetic`.

The sums of the budget have their findings from `arithmetic`, which also repairs; here they only answer for the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from models.declaration import DepartmentOverall, Project, ProjectDeclaration
from normalize.check.equations import (
    TOLERANCE,
    Equation,
    Figures,
    budget_to_equations,
    budget_to_figures,
)
from normalize.check.rules.rule_rows import NO_DATA, PASSED, TOLD, Examined, RuleCheck, Verdict, failed_with
from normalize.form.parts.printed_parts import project_lines
from normalize.notes.notes import finding


def equations_hold(rule: str) -> RuleCheck:
    """A1–A3, A6: the check that every equation of `rule` holds."""

    def check(form: Examined) -> Iterator[Verdict]:
        figures = budget_to_figures(form.budget, form.evidence)
        for equation in budget_to_equations(form.budget):
            if equation.rule == rule:
                yield _answer(equation, figures)

    return check


def _answer(equation: Equation, figures: Figures) -> Verdict:
    holds = equation.check(figures)
    return NO_DATA if holds is None else PASSED if holds else TOLD


def digits_settled(form: Examined) -> Iterator[Verdict]:
    """A7: a figure that was changed or could be changed makes the equations hold that it stands in."""
    figures = budget_to_figures(form.budget, form.evidence)
    equations = tuple(budget_to_equations(form.budget))
    for path in dict.fromkeys(r.path for r in form.repairs if r.kind == "digit" and r.path in figures.values):
        answers = {_answer(equation, figures) for equation in equations if path in equation.paths}
        yield TOLD if TOLD in answers else PASSED if PASSED in answers else NO_DATA
    yield from (TOLD for found in form.findings if found.code == "ambiguous-digit")


def projects_sum(form: Examined) -> Iterator[Verdict]:
    """A4: the projects' annual budgets add up to the line that they make up (特定目标类项目支出)."""
    line = next((x for x in form.budget.expenditure if x.item in project_lines()), None)
    projects = form.department.projects if form.department else ()
    budgets = [project.annual_budget for project in projects]
    if line is None or not budgets:
        return
    known = [amount for amount in budgets if amount is not None]
    if line.amount is None or len(known) < len(budgets):
        yield NO_DATA
        return
    total = sum(known, Decimal())
    if abs(total - line.amount) <= TOLERANCE:
        yield PASSED
        return
    message = f"项目本年度预算之和 {total:f} ≠ {line.item} {line.amount:f}"
    expected, actual = f"{line.amount:f}", f"{total:f}"
    yield failed_with(
        finding("projects-sum", "arithmetic", "warning", "/projects", message, expected, actual)
    )


def annual_within_total(form: Examined) -> Iterator[Verdict]:
    """A5: a project's annual budget is no larger than its total."""
    data = form.data
    named: list[tuple[str, str | None, Project | ProjectDeclaration]]
    if isinstance(data, DepartmentOverall):
        named = [(f"/projects/{n}", project.name, project) for n, project in enumerate(data.projects)]
    else:
        named = [("", data.project, data)]
    for path, name, project in named:
        annual, total = project.annual_budget, project.total_budget
        if annual is None or total is None:
            yield NO_DATA
        elif annual <= total:
            yield PASSED
        else:
            message = f"项目“{name}”本年度预算 {annual:f} 大于总预算 {total:f}"
            places = (f"{path}/annual_budget", f"{path}/total_budget")
            yield failed_with(
                *(finding("annual-over-total", "arithmetic", "error", place, message) for place in places)
            )
