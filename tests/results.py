"""Small results with everything that is hard to hand over: formulas, long numbers, blanks, a project form, a refusal."""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.declaration import (
    Annual,
    AnnualIndicator,
    Budget,
    BudgetLine,
    DepartmentOverall,
    FundingSource,
    History,
    Indicator,
    LongTerm,
    MainTask,
    Period,
    PrintedField,
    Project,
    ProjectDeclaration,
    Value,
)
from models.finding import Finding, Repair
from models.submission import (
    CheckResult,
    DepartmentForm,
    Form,
    ProjectForm,
    Source,
    Submission,
    submission_to_json,
)
from normalize.text.cell_values import text_to_value

LONG = Decimal("1234567890123456.7891")
"""More digits than a spreadsheet's number keeps."""
INDICATOR: dict[str, Any] = {
    "level1": "运行成本",
    "level2": "公用经费控制",
    "level3": "公用经费控制率",
    "code": "010101",
}
FRONT: dict[str, Any] = {
    "title": "部门整体绩效目标申报表",
    "department": "江阳县审计局",
    "money_unit": "万元",
    "budget_year": 2026,
}


def value(text: str) -> Value:
    return text_to_value(text)


def declaration() -> DepartmentOverall:
    income = BudgetLine(
        item="财政拨款", amount=Decimal("1932.40"), share="100%", history=(Decimal("-3.5"), None)
    )
    expenditure = BudgetLine(item="人员类项目支出", amount=LONG)
    past = History(year_before_last=value("-2.57%"), last_year=text_to_value("无", expects_number=True))
    return DepartmentOverall(
        **FRONT,
        filled_on="2025-10-20",
        preparer="陈立群",
        phone="0714-7322150",
        budget=Budget(history_years=(2024, 2025), income=(income,), expenditure=(expenditure,)),
        functions=("=HYPERLINK(1)", "-开展审计", "两行\n文字，咨询电话13871234567"),
        projects=(Project(name="@SUM(A1)", category="本级特定目标", annual_budget=Decimal("12.8")),),
        long_term=LongTerm(until_year=2030, goals=("+86",), indicators=(Indicator(**INDICATOR),)),
        annual=Annual(
            goals=("完成审计",),
            indicators=(AnnualIndicator(**INDICATOR, target=value("≥800件/年"), history=past),),
        ),
        tasks=(MainTask(name="审计监督", content="开展审计", amount=Decimal("12.8"), fiscal=Decimal(12)),),
        other=(PrintedField(label="部门负责人", text="王芳"), PrintedField(label="机构数", text="3个")),
    )


def department(name: str = "a.docx", data: DepartmentOverall | None = None) -> Submission:
    repair = Repair(
        path="/preparer", kind="typo", before="陈立郡", after="陈立群", because="另一处", confidence=0.98
    )
    found = Finding(
        code="phone-unusual",
        category="audit",
        severity="warning",
        path="/phone",
        message="联系电话“0714-7322150”",
    )
    check = CheckResult(code="F2", outcome="failed", on=1, failed=1)
    form = DepartmentForm(
        layout="hubei-2025", data=data or declaration(), repairs=(repair,), findings=(found,), checks=(check,)
    )
    return submission(name, form)


def project() -> Submission:
    data = ProjectDeclaration(
        project="信息化建设",
        project_code="020202",
        total_budget=Decimal("64"),
        period=Period(start="2026-01", end="2026-12"),
        sources=(FundingSource(item="一般公共预算", amount=Decimal("64")),),
        rationale="依法",
    )
    return submission("b.docx", ProjectForm(layout="hubei-2025", data=data))


def refused() -> Submission:
    found = Finding(
        code="file-damaged", category="reading", severity="error", path=None, message="文件已损坏"
    )
    return submission("c.pdf").model_copy(update={"status": "rejected", "findings": (found,)})


def submission(name: str, *forms: Form) -> Submission:
    source = Source(name=name, sha256=sha256(name.encode()).hexdigest(), media_type="text/plain", bytes=9)
    return Submission(source=source, status="review", forms=forms)


def as_version_1(made: Submission) -> str:
    """The text of a result as version 1 of the contract wrote it: `reader` told whose word a value was."""
    root = json.loads(submission_to_json(made), parse_float=Decimal)
    root["schema_version"] = "1"
    del root["made_by"]
    for form in root["forms"]:
        del form["catalogue"], form["checks"]
        for seen in form["evidence"].values():
            seen["reader"] = seen.pop("origin")
    return json.dumps(root, ensure_ascii=False, default=float)


def all_kinds() -> list[Submission]:
    return [department(), project(), refused()]


def write_results(folder: Path, *submissions: Submission) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for made in submissions:
        (folder / f"{made.source.name}.json").write_text(submission_to_json(made), "utf-8")
    return folder
