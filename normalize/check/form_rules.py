"""The forms of one department against each other: its own form, and those of its projects.

Amounts are compared in yuan: a project's form may be in 元 where the department's is in 万元.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from models.declaration import Declaration, DepartmentOverall, ProjectDeclaration
from models.finding import Finding
from normalize.check.money_units import in_yuan
from normalize.check.rules.rule_rows import indicator_rows
from normalize.form.parts.printed_parts import project_lines
from normalize.notes.notes import finding
from normalize.text.fold import fold, skeleton

_TOLERANCE_YUAN = Decimal(110)
"""Amounts in 万元 with two decimals that differ by no more than this are equal: each may be rounded."""
_MONEY = {"annual_budget": "本年度预算", "total_budget": "总预算"}


def check_forms(data: Sequence[Declaration]) -> dict[int, tuple[Finding, ...]]:
    """What is to be said about the forms of one file: for the number (from 0) of a department's form, its findings.

    Nothing where the file does not hold exactly one department's form and at least one project's.
    """
    departments = [n for n, one in enumerate(data) if isinstance(one, DepartmentOverall)]
    projects = [one for one in data if isinstance(one, ProjectDeclaration)]
    if len(departments) != 1 or not projects:
        return {}
    (number,) = departments
    department = data[number]
    assert isinstance(department, DepartmentOverall)
    findings = (
        *_projects_against_forms(department, projects),
        *_indicators_against_forms(department, projects),
    )
    return {number: findings}


def _projects_against_forms(
    department: DepartmentOverall, projects: Sequence[ProjectDeclaration]
) -> Iterator[Finding]:
    """The money of every project's form against its row, and all of it against the line that the projects make up."""
    forms = {skeleton(project.project or ""): project for project in projects}
    rows = {skeleton(row.name or ""): n for n, row in enumerate(department.projects)}
    for name, project in forms.items():
        if name in rows:
            yield from _row_against_form(department, rows[name], project)
        elif rows:
            message = f"项目申报表“{project.project or '（未读出项目名称）'}”不在项目支出情况中"
            yield _difference("/projects", message)
    if len(forms) < len(projects) or not set(rows) <= set(forms):
        return  # some project has no form of its own here: the forms are not the whole
    line = next((n for n, x in enumerate(department.budget.expenditure) if x.item in project_lines()), None)
    amounts = [in_yuan(project.annual_budget, project.money_unit) for project in projects]
    known = [amount for amount in amounts if amount is not None]
    if line is None or len(known) < len(amounts):
        return
    item, amount = department.budget.expenditure[line].item, department.budget.expenditure[line].amount
    whole = in_yuan(amount, department.money_unit)
    if whole is not None and abs(whole - sum(known)) > _TOLERANCE_YUAN:
        message = f"{item} {amount:f} {department.money_unit} ≠ 各项目申报表之和 {_plain(sum(known))} 元"
        yield _difference(f"/budget/expenditure/{line}/amount", message)


def _row_against_form(
    department: DepartmentOverall, row: int, project: ProjectDeclaration
) -> Iterator[Finding]:
    for name, label in _MONEY.items():
        ours, theirs = getattr(department.projects[row], name), getattr(project, name)
        mine, other = in_yuan(ours, department.money_unit), in_yuan(theirs, project.money_unit)
        if mine is not None and other is not None and abs(mine - other) > _TOLERANCE_YUAN:
            message = (
                f"项目“{project.project}”的{label}：部门表为 {ours:f} {department.money_unit}，"
                f"项目申报表为 {theirs:f} {project.money_unit}"
            )
            yield _difference(f"/projects/{row}/{name}", message)


def _difference(path: str, message: str) -> Finding:
    return finding("projects-against-forms", "arithmetic", "warning", path, message)


def _indicators_against_forms(
    department: DepartmentOverall, projects: Sequence[ProjectDeclaration]
) -> Iterator[Finding]:
    """The same indicator of the same table with another target in a project's form."""
    ours = _targets(department)
    for project in projects:
        for (horizon, name), (_, theirs) in _targets(project).items():
            path, target = ours.get((horizon, name), (None, theirs))
            if path is not None and fold(target) != fold(theirs):
                message = f"指标值“{target}”与项目“{project.project}”申报表中同一指标的“{theirs}”不同"
                yield finding("forms-differ", "audit", "info", f"{path}/target", message, theirs, target)


def _targets(data: Declaration) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Horizon and name of every own indicator, with its path and target as printed."""
    return {
        (path.split("/")[1], skeleton(row.level3)): (path, row.target.text)
        for path, row in indicator_rows(data)
        if row.level3 and row.target and row.code is None
    }


def _plain(amount: Decimal | int) -> str:
    return f"{Decimal(amount):f}"
