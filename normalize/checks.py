"""Findings on a declaration that was read: a tuple of small checks, each with a stable code.

The letters are those of `catalogue/review-rules.csv`. `import` findings say what the budget system will refuse,
`audit` findings what a reviewer would ask about a target; neither changes the status of the submission.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from models.declaration import AnnualIndicator, DepartmentOverall, Indicator, Value
from models.finding import Category, Finding, Severity
from normalize.catalogue import BASES, Catalogue
from normalize.text import key
from normalize.values import NOTHING, comparator_sign

Check = Callable[[DepartmentOverall, Catalogue], Iterator[Finding]]

_VAGUE = ("效果显著", "效果明显", "有效增加", "有效提升", "有效提高", "明显", "较好", "显著", "逐步", "持续", "不断", "一定", "有所", "进一步")
_LIMITS = {"target": 2000, "level3": 360}
HORIZONS = (("long_term", "长期"), ("annual", "年度"))


def check_declaration(data: DepartmentOverall, catalogue: Catalogue) -> tuple[Finding, ...]:
    """All findings of all checks, in the order of the checks and of the form."""
    return tuple(finding for check in CHECKS for finding in check(data, catalogue))


def _finding(
    code: str,
    category: Category,
    severity: Severity,
    path: str,
    message: str,
    expected: str | None = None,
    actual: str | None = None,
) -> Finding:
    return Finding(
        code=code, category=category, severity=severity, path=path, message=message, expected=expected, actual=actual
    )


def _rows(data: DepartmentOverall) -> Iterator[tuple[str, Indicator]]:
    for horizon, _ in HORIZONS:
        for n, row in enumerate(getattr(data, horizon).indicators):
            yield f"/{horizon}/indicators/{n}", row


def _pairs(data: DepartmentOverall) -> Iterator[tuple[str, Indicator, str, AnnualIndicator]]:
    """Rows of the same name in both horizons, as (long path, long row, annual path, annual row)."""
    annual = {(key(r.level2 or ""), key(r.level3 or "")): n for n, r in reversed(list(enumerate(data.annual.indicators)))}
    for n, row in enumerate(data.long_term.indicators):
        m = annual.get((key(row.level2 or ""), key(row.level3 or "")))
        if m is not None:
            yield f"/long_term/indicators/{n}", row, f"/annual/indicators/{m}", data.annual.indicators[m]


def projects_sum(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """A4: the projects' annual budgets add up to 特定目标类项目支出."""
    line = next((x for x in data.budget.expenditure if x.item == "特定目标类项目支出"), None)
    budgets = [p.annual_budget for p in data.projects]
    if line is None or line.amount is None or not budgets or None in budgets:
        return
    total = sum((b for b in budgets if b is not None), Decimal())
    if abs(total - line.amount) > Decimal("0.011"):
        message = f"项目本年度预算之和 {total:f} ≠ 特定目标类项目支出 {line.amount:f}"
        yield _finding("projects-sum", "arithmetic", "warning", "/projects", message, f"{line.amount:f}", f"{total:f}")


def annual_over_total(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """A5: a project's annual budget is no larger than its total."""
    for n, project in enumerate(data.projects):
        annual, total = project.annual_budget, project.total_budget
        if annual is not None and total is not None and annual > total:
            message = f"项目“{project.name}”本年度预算 {annual:f} 大于总预算 {total:f}"
            for name in ("annual_budget", "total_budget"):
                yield _finding("annual-over-total", "arithmetic", "error", f"/projects/{n}/{name}", message)


def levels_present(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """B1, B8: every level and the target are filled."""
    names = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "指标值"}
    for path, row in _rows(data):
        for name, label in names.items():
            if getattr(row, name) is None:
                yield _finding("required-missing", "import", "error", f"{path}/{name}", f"{label}为空，预算系统不予导入")


def levels_belong(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """B7: a level 2 stands under its own level 1."""
    parents: dict[str, set[str]] = {}
    for entry in catalogue.entries:
        parents.setdefault(key(entry.level2), set()).add(entry.level1)
    for path, row in _rows(data):
        under = parents.get(key(row.level2 or ""))
        if under and row.level1 and row.level1 not in under:
            message = f"二级指标“{row.level2}”不属于一级指标“{row.level1}”"
            yield _finding("level-mismatch", "import", "error", f"{path}/level2", message, "、".join(sorted(under)), row.level1)


def history_numeric(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """B3: a target with a sign needs numeric values for both past years."""
    for n, row in enumerate(data.annual.indicators):
        if row.target is None or row.target.comparator is None:
            continue
        for name in ("year_before_last", "last_year"):
            value: Value | None = getattr(row.history, name)
            if value is not None and value.number is None:
                path = f"/annual/indicators/{n}/history/{name}"
                yield _finding("history-not-numeric", "import", "warning", path, f"指标值为数值，但历史值“{value.text}”不是数值")


def unit_present(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """B4: a number with a sign needs a unit; the other horizon may name it."""
    units = {p: r.target.unit for a, x, b, y in _pairs(data) for p, r in ((a, y), (b, x)) if r.target}
    for path, row in _rows(data):
        value = row.target
        if value is not None and value.comparator and value.number is not None and not value.unit:
            other = units.get(path)
            hint = f"，另一期为“{other}”" if other else ""
            yield _finding("unit-missing", "import", "warning", f"{path}/target", f"指标值“{value.text}”没有计量单位{hint}", other)


def text_importable(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """B5, B9: signs that the budget system refuses in a qualitative value; lengths in bytes, two for a wide character."""
    for path, row in _rows(data):
        value = row.target
        if value is not None and value.number is None and re.search(r"[*_-]|null", value.text, re.I):
            yield _finding("text-refused", "import", "warning", f"{path}/target", f"定性指标值“{value.text}”含有系统不接受的字符")
        for name, limit in _LIMITS.items():
            text = value.text if name == "target" and value else getattr(row, name) if name != "target" else None
            if text and sum(1 + (ord(c) > 127) for c in text) > limit:
                yield _finding("text-too-long", "import", "warning", f"{path}/{name}", f"超过系统长度限制 {limit} 字节")


def basis_listed(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """C1: the basis is one of five words."""
    for path, row in _rows(data):
        if row.basis is not None and row.basis not in BASES:
            yield _finding("basis-unknown", "import", "warning", f"{path}/basis", f"指标值确定依据“{row.basis}”不在五种标准之内")


def basis_for_cost(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """C2: 预算支出标准 is meant for cost indicators; not said where the catalogue itself uses it."""
    for path, row in _rows(data):
        entry = catalogue.by_code(row.code)
        usual = entry is not None and entry.basis == row.basis
        if row.basis == "预算支出标准" and row.level1 != "运行成本" and not usual:
            yield _finding("basis-not-cost", "audit", "info", f"{path}/basis", "预算支出标准一般用于成本类指标")


def target_against_history(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """C3: a target after 历史标准 does not fall below both past years."""
    for n, row in enumerate(data.annual.indicators):
        value, past = row.target, (row.history.year_before_last, row.history.last_year)
        numbers = [v.number for v in past if v is not None and v.number is not None]
        if value is None or value.number is None or row.basis != "历史标准" or len(numbers) < 2:
            continue
        if value.comparator in (">=", ">") and value.number < min(numbers):
            seen = "、".join(f"{x:f}" for x in numbers)
            message = f"“{row.level3}”目标 {comparator_sign(value.comparator)}{value.number:f} 低于前两年实际值 {seen}"
            yield _finding("target-below-history", "audit", "warning", f"/annual/indicators/{n}/target", message, seen, value.text)


def same_in_both(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """C4, C6: the same indicator has the same basis and the same wording in both horizons."""
    for _, long, path, annual in _pairs(data):
        if long.basis and annual.basis and long.basis != annual.basis:
            message = f"“{annual.level3}”的确定依据：长期为{long.basis}，年度为{annual.basis}"
            yield _finding("basis-differs", "audit", "warning", f"{path}/basis", message, long.basis, annual.basis)
        if long.target and annual.target and long.target.number is None and annual.target.number is None:
            if key(long.target.text) != key(annual.target.text):
                message = f"“{annual.level3}”的指标值：长期为“{long.target.text}”，年度为“{annual.target.text}”"
                yield _finding("text-differs", "audit", "info", f"{path}/target", message, long.target.text, annual.target.text)


def targets_against_each_other(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """C7: the annual target is not better than the long-term one."""
    for _, long, path, annual in _pairs(data):
        a, b = long.target, annual.target
        if a is None or b is None or a.number is None or b.number is None or a.comparator != b.comparator:
            continue
        better = (a.comparator == ">=" and b.number > a.number) or (a.comparator == "<=" and b.number < a.number)
        if better:
            message = f"“{annual.level3}”年度目标 {b.text} 高于长期目标 {a.text}"
            yield _finding("annual-over-long", "audit", "info", f"{path}/target", message, a.text, b.text)


def rates_in_range(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """D3, D4: rates lie between 0 and 100 %, change rates not above 0."""
    for path, row in _rows(data):
        value = row.target
        if value is None or value.number is None:
            continue
        name = row.level3 or ""
        if name.endswith("变动率"):
            if value.number > 0:
                yield _finding("rate-out-of-range", "audit", "warning", f"{path}/target", f"“{name}”应不高于 0，实为 {value.text}")
        elif value.unit == "%" and not 0 <= value.number <= 100 and row.code:
            yield _finding("rate-out-of-range", "audit", "warning", f"{path}/target", f"“{name}”应在 0 与 100% 之间，实为 {value.text}")


def sign_read_as_digit(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """D5: 292% beside a sibling ≥92% is probably a sign read as 2."""
    for long_path, long, path, annual in _pairs(data):
        for where, one, other in ((long_path, long.target, annual.target), (path, annual.target, long.target)):
            if one is None or other is None or one.comparator or other.comparator != ">=" or one.number is None:
                continue
            if other.number is not None and f"{one.number:f}" == f"2{other.number:f}":
                message = f"“{one.text}”的首位 2 可能是“≥”的误读，另一期为“{other.text}”，请核对"
                yield _finding("sign-misread", "reading", "warning", f"{where}/target", message, other.text, one.text)


def wording_graded(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """E1: vague words are allowed in a qualitative value, but should be graded."""
    for path, row in _rows(data):
        if row.target and row.target.number is None and row.code is None and any(w in row.target.text for w in _VAGUE):
            yield _finding("vague-wording", "audit", "info", f"{path}/target", f"“{row.target.text}”不便考核，宜分级描述")


def indicators_complete(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """E2: every declaration has cost and satisfaction indicators."""
    for horizon, name in HORIZONS:
        found = {row.level1 for row in getattr(data, horizon).indicators}
        for level1 in ("运行成本", "满意度"):
            if found and level1 not in found:
                yield _finding("indicators-thin", "audit", "warning", f"/{horizon}/indicators", f"{name}指标中没有“{level1}”类指标")


def kind_as_catalogue(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """E3: a quantitative indicator of the catalogue has a number."""
    for path, row in _rows(data):
        entry = catalogue.by_code(row.code)
        if entry and entry.kind == "quantitative" and row.target and row.target.number is None and row.target.text != NOTHING:
            message = f"“{row.level3}”为定量指标，指标值“{row.target.text}”不是数值"
            yield _finding("kind-mismatch", "audit", "warning", f"{path}/target", message)


def dates_agree(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """F1: the form is filled in at most a year before its budget year; the long term ends after it."""
    year, until = data.budget_year, data.long_term.until_year
    if year and data.filled_on and not year - 1 <= int(data.filled_on[:4]) <= year:
        message = f"填报日期 {data.filled_on} 与预算年度 {year} 不符"
        yield _finding("date-mismatch", "audit", "warning", "/filled_on", message)
    if year and until and until < year:
        yield _finding("date-mismatch", "audit", "warning", "/long_term/until_year", f"长期目标截止年份 {until} 早于预算年度 {year}")


def phone_dialable(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """F2: a mobile number of 11 digits or a landline of 7 or 8."""
    if data.phone and not re.fullmatch(r"1[3-9]\d{9}|(\(?0\d{2,3}\)?[-－]?)?\d{7,8}([-转]\d+)?", data.phone):
        yield _finding("phone-unusual", "audit", "warning", "/phone", f"联系电话“{data.phone}”既非手机也非固定电话号码")


CHECKS: tuple[Check, ...] = (
    projects_sum,
    annual_over_total,
    levels_present,
    levels_belong,
    history_numeric,
    unit_present,
    text_importable,
    basis_listed,
    basis_for_cost,
    target_against_history,
    same_in_both,
    targets_against_each_other,
    rates_in_range,
    sign_read_as_digit,
    wording_graded,
    indicators_complete,
    kind_as_catalogue,
    dates_agree,
    phone_dialable,
)
