"""Forms of a fictional department, made of what a test is about."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.declaration import (
    Annual,
    AnnualIndicator,
    Budget,
    BudgetLine,
    DepartmentOverall,
    History,
    Value,
)
from models.finding import Evidence, Finding
from models.submission import DepartmentForm, Source, Submission
from normalize.text.cell_values import text_to_value
from shenbao.answer.rounds import HeldForm, NamedSubmission, Round, submissions_to_round

NAME = "江阳县交通运输局"


def indicator(
    name: str, target: str | None = "≥10件", past: tuple[str | None, str | None] = (None, None), **more: Any
) -> AnnualIndicator:
    """An own indicator of the annual table."""
    before, last = (None if text is None else value(text) for text in past)
    fields: dict[str, Any] = {"level1": "履职效能", "level2": "核心业务产出1", "level3": name, **more}
    history = History(year_before_last=before, last_year=last)
    return AnnualIndicator(target=None if target is None else value(target), history=history, **fields)


def value(text: str) -> Value:
    return text_to_value(text)


def form(
    *indicators: AnnualIndicator,
    goals: tuple[str, ...] = (),
    findings: tuple[Finding, ...] = (),
    reader: str = "word",
    **front: Any,
) -> DepartmentForm:
    """A department's form read by `reader`."""
    data = DepartmentOverall(
        **{"department": NAME, "money_unit": "万元", **front},
        annual=Annual(goals=goals, indicators=indicators),
    )
    seen = Evidence(text=NAME, reader=reader, confidence=1)
    return DepartmentForm(layout="hubei-2025", data=data, evidence={"/department": seen}, findings=findings)


def held(made: DepartmentForm, file: str = "a.docx") -> HeldForm:
    return HeldForm(file, "0" * 64, 1, made, "accepted")


def submission(made: DepartmentForm, file: str = "a.docx") -> Submission:
    source = Source(name=file, sha256="0" * 64, media_type="text/plain", bytes=1)
    return Submission(source=source, status="accepted", forms=(made,))


def round_of(*forms: DepartmentForm, name: str = "season") -> Round:
    named = (NamedSubmission(f"{n}.docx", submission(made, f"{n}.docx")) for n, made in enumerate(forms))
    return submissions_to_round(name, named)


def budget(amount: str, past: tuple[str, str], years: tuple[int, int] = (2024, 2025)) -> Budget:
    """One line of expenditure."""
    line = BudgetLine(
        item="人员类项目支出", amount=Decimal(amount), history=(Decimal(past[0]), Decimal(past[1]))
    )
    return Budget(history_years=years, expenditure=(line,))


def finding(code: str, path: str, category: str = "audit", severity: str = "warning") -> Finding:
    return Finding.model_validate(
        {"code": code, "category": category, "severity": severity, "path": path, "message": f"{code} 提示"}
    )
