"""Declarations for the tests of the review rules: one that keeps them all, to be broken in one place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.declaration import (
    Annual,
    AnnualIndicator,
    Budget,
    BudgetLine,
    Declaration,
    DepartmentOverall,
    History,
    Indicator,
    LongTerm,
    Project,
    Value,
)
from models.finding import Finding
from models.submission import CheckResult
from normalize.check.checks import check_declaration
from normalize.check.rules.rule_rows import Examined
from normalize.form.catalogue import load_catalogue
from normalize.text.cell_values import text_to_value

CATALOGUE = load_catalogue()
USUAL = {
    "level1": "履职效能",
    "level2": "核心业务产出1",
    "level3": "办结案件数",
    "basis": "历史标准",
    "category": "基本型",
}
COST = {
    "level1": "运行成本",
    "level2": "公用经费控制",
    "level3": "公用经费控制率",
    "code": "010101",
    "target": "98%",
}
SERVED = {
    "level1": "满意度",
    "level2": "服务对象满意度",
    "level3": "服务对象满意度",
    "code": "060101",
    "target": "≥95%",
}
RATE = {"level1": "管理效率", "level2": "预算执行", "level3": "预算执行率", "code": "020301"}
CHANGE = {"level1": "运行成本", "level2": "项目支出成本控制", "level3": "“三公经费”变动率", "code": "010302"}


def value(text: str | None) -> Value | None:
    return None if text is None else text_to_value(text)


def row(**changes: str | None) -> dict[str, Any]:
    fields: dict[str, Any] = USUAL | {"target": "≥800件"} | changes
    return fields | {"target": value(fields["target"])}


def form(
    long: dict[str, Any] | None = None,
    annual: dict[str, Any] | None = None,
    past: tuple[str | None, str | None] = ("780", "800"),
    **changes: Any,
) -> DepartmentOverall:
    """A declaration that keeps every rule, with one indicator per horizon of your own making."""
    long, annual = long or row(), annual or row()
    always = [row(**COST, basis="预算支出标准"), row(**SERVED, basis="计划标准")]
    history = History(year_before_last=value(past[0]), last_year=value(past[1]))
    fields: dict[str, Any] = {
        "filled_on": "2025-10-20",
        "phone": "13800138000",
        "budget_year": 2026,
        "long_term": LongTerm(
            until_year=2030, goals=("依法普法",), indicators=tuple(Indicator(**r) for r in (*always, long))
        ),
        "annual": Annual(
            goals=("普法十场",),
            indicators=(*(AnnualIndicator(**r) for r in always), AnnualIndicator(**annual, history=history)),
        ),
    }
    return DepartmentOverall(**fields | changes)


def money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def project(annual: str | None, total: str | None) -> Project:
    return Project(
        name="普法经费",
        category="本级特定目标",
        purpose="普法",
        annual_budget=money(annual),
        total_budget=money(total),
    )


def special(amount: str) -> Budget:
    """A budget with one line, 特定目标类项目支出."""
    history = (Decimal(60), Decimal(62))
    line = BudgetLine(item="特定目标类项目支出", amount=Decimal(amount), history=history)
    return Budget(expenditure=(line,))


def same(**changes: str | None) -> dict[str, Any]:
    """The same indicator in both horizons."""
    return {"long": row(**changes), "annual": row(**changes)}


def found(data: Declaration) -> list[Finding]:
    """What the rules say about it."""
    return list(check_declaration(Examined(data, CATALOGUE))[0])


def paths(data: Declaration, code: str) -> set[str | None]:
    """Where the rules have a finding of `code`."""
    return {finding.path for finding in found(data) if finding.code == code}


def ledger(data: Declaration, **noted: Any) -> dict[str, CheckResult]:
    """The ledger of the rules; `noted` is what the readers noted."""
    return {result.code: result for result in check_declaration(Examined(data, CATALOGUE, **noted))[1]}
