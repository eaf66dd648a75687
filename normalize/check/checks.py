"""Findings on a declaration that was read: a tuple of small checks, each with a stable code.

The letters are those of `docs/rules.md`. `import` findings say what the budget system will refuse,
`audit` findings what a reviewer would ask about a target; neither changes the status of the submission.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from models.declaration import DepartmentOverall
from models.finding import Finding
from normalize.check.audit_rules import AUDIT_CHECKS
from normalize.check.import_rules import IMPORT_CHECKS
from normalize.check.rule_rows import Check, twin_rows
from normalize.form.catalogue import Catalogue
from normalize.notes.notes import finding


def check_declaration(data: DepartmentOverall, catalogue: Catalogue) -> tuple[Finding, ...]:
    """All findings of all checks, in the order of the checks and of the form."""
    return tuple(found for check in CHECKS for found in check(data, catalogue))


def projects_sum(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """A4: the projects' annual budgets add up to 特定目标类项目支出."""
    line = next((x for x in data.budget.expenditure if x.item == "特定目标类项目支出"), None)
    budgets = [p.annual_budget for p in data.projects]
    if line is None or line.amount is None or not budgets or None in budgets:
        return
    total = sum((b for b in budgets if b is not None), Decimal())
    if abs(total - line.amount) > Decimal("0.011"):
        message = f"项目本年度预算之和 {total:f} ≠ 特定目标类项目支出 {line.amount:f}"
        yield finding(
            "projects-sum", "arithmetic", "warning", "/projects", message, f"{line.amount:f}", f"{total:f}"
        )


def annual_over_total(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """A5: a project's annual budget is no larger than its total."""
    for n, project in enumerate(data.projects):
        annual, total = project.annual_budget, project.total_budget
        if annual is not None and total is not None and annual > total:
            message = f"项目“{project.name}”本年度预算 {annual:f} 大于总预算 {total:f}"
            for name in ("annual_budget", "total_budget"):
                yield finding("annual-over-total", "arithmetic", "error", f"/projects/{n}/{name}", message)


def sign_read_as_digit(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """D5: 292% beside a sibling ≥92% is probably a sign read as 2."""
    for long_path, long, path, annual in twin_rows(data):
        for where, one, other in (
            (long_path, long.target, annual.target),
            (path, annual.target, long.target),
        ):
            if (
                one is None
                or other is None
                or one.comparator
                or other.comparator != ">="
                or one.number is None
            ):
                continue
            if other.number is not None and f"{one.number:f}" == f"2{other.number:f}":
                message = f"“{one.text}”的首位 2 可能是“≥”的误读，另一期为“{other.text}”，请核对"
                yield finding(
                    "sign-misread", "reading", "warning", f"{where}/target", message, other.text, one.text
                )


CHECKS: tuple[Check, ...] = (
    projects_sum,
    annual_over_total,
    sign_read_as_digit,
    *IMPORT_CHECKS,
    *AUDIT_CHECKS,
)
