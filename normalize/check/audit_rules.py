"""Review rules C2–C7, D3–D4, E and F: what a reviewer asks about the targets. Findings of category `audit`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.declaration import DepartmentOverall
from models.finding import Finding
from normalize.check.rule_rows import HORIZONS, Check, indicator_rows, twin_rows
from normalize.form.catalogue import Catalogue
from normalize.notes.notes import finding
from normalize.text.cell_values import NOTHING_WORD, comparator_sign
from normalize.text.fold import key

_VAGUE = (
    "有效增加",
    "有效提升",
    "有效提高",
    "明显",
    "较好",
    "显著",
    "逐步",
    "持续",
    "不断",
    "一定",
    "有所",
    "进一步",
)


def basis_for_cost(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """C2: 预算支出标准 is meant for cost indicators; not said where the catalogue itself uses it."""
    for path, row in indicator_rows(data):
        entry = catalogue.by_code(row.code)
        usual = entry is not None and entry.basis == row.basis
        if row.basis == "预算支出标准" and row.level1 != "运行成本" and not usual:
            yield finding(
                "basis-not-cost", "audit", "info", f"{path}/basis", "预算支出标准一般用于成本类指标"
            )


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
            yield finding(
                "target-below-history",
                "audit",
                "warning",
                f"/annual/indicators/{n}/target",
                message,
                seen,
                value.text,
            )


def same_in_both(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """C4, C6: the same indicator has the same basis and the same wording in both horizons."""
    for _, long, path, annual in twin_rows(data):
        if long.basis and annual.basis and long.basis != annual.basis:
            message = f"“{annual.level3}”的确定依据：长期为{long.basis}，年度为{annual.basis}"
            yield finding(
                "basis-differs", "audit", "warning", f"{path}/basis", message, long.basis, annual.basis
            )
        one, other = long.target, annual.target
        if one is None or other is None or one.number is not None or other.number is not None:
            continue
        if key(one.text) != key(other.text):
            message = f"“{annual.level3}”的指标值：长期为“{one.text}”，年度为“{other.text}”"
            yield finding("text-differs", "audit", "info", f"{path}/target", message, one.text, other.text)


def targets_against_each_other(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """C7: the annual target is not better than the long-term one."""
    for _, long, path, annual in twin_rows(data):
        a, b = long.target, annual.target
        if a is None or b is None or a.number is None or b.number is None or a.comparator != b.comparator:
            continue
        better = (a.comparator == ">=" and b.number > a.number) or (
            a.comparator == "<=" and b.number < a.number
        )
        if better:
            message = f"“{annual.level3}”年度目标 {b.text} 高于长期目标 {a.text}"
            yield finding("annual-over-long", "audit", "info", f"{path}/target", message, a.text, b.text)


def rates_in_range(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """D3, D4: rates lie between 0 and 100 %, change rates not above 0."""
    for path, row in indicator_rows(data):
        value = row.target
        if value is None or value.number is None:
            continue
        name = row.level3 or ""
        if name.endswith("变动率"):
            if value.number > 0:
                yield finding(
                    "rate-out-of-range",
                    "audit",
                    "warning",
                    f"{path}/target",
                    f"“{name}”应不高于 0，实为 {value.text}",
                )
        elif value.unit == "%" and not 0 <= value.number <= 100 and row.code:
            yield finding(
                "rate-out-of-range",
                "audit",
                "warning",
                f"{path}/target",
                f"“{name}”应在 0 与 100% 之间，实为 {value.text}",
            )


def wording_graded(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """E1: vague words are allowed in a qualitative value, but should be graded."""
    for path, row in indicator_rows(data):
        if (
            row.target
            and row.target.number is None
            and row.code is None
            and any(w in row.target.text for w in _VAGUE)
        ):
            yield finding(
                "vague-wording", "audit", "info", f"{path}/target", f"“{row.target.text}”不便考核，宜分级描述"
            )


def indicators_complete(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """E2: every declaration has cost and satisfaction indicators."""
    for horizon, name in HORIZONS:
        found = {row.level1 for row in getattr(data, horizon).indicators}
        for level1 in ("运行成本", "满意度"):
            if found and level1 not in found:
                yield finding(
                    "indicators-thin",
                    "audit",
                    "warning",
                    f"/{horizon}/indicators",
                    f"{name}指标中没有“{level1}”类指标",
                )


def kind_as_catalogue(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """E3: a quantitative indicator of the catalogue has a number."""
    for path, row in indicator_rows(data):
        entry = catalogue.by_code(row.code)
        if (
            entry
            and entry.kind == "quantitative"
            and row.target
            and row.target.number is None
            and row.target.text != NOTHING_WORD
        ):
            message = f"“{row.level3}”为定量指标，指标值“{row.target.text}”不是数值"
            yield finding("kind-mismatch", "audit", "warning", f"{path}/target", message)


def dates_agree(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """F1: the form is filled in at most a year before its budget year; the long term ends after it."""
    year, until = data.budget_year, data.long_term.until_year
    if year and data.filled_on and not year - 1 <= int(data.filled_on[:4]) <= year:
        message = f"填报日期 {data.filled_on} 与预算年度 {year} 不符"
        yield finding("date-mismatch", "audit", "warning", "/filled_on", message)
    if year and until and until < year:
        yield finding(
            "date-mismatch",
            "audit",
            "warning",
            "/long_term/until_year",
            f"长期目标截止年份 {until} 早于预算年度 {year}",
        )


def phone_dialable(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """F2: a mobile number of 11 digits or a landline of 7 or 8."""
    if data.phone and not re.fullmatch(r"1[3-9]\d{9}|(\(?0\d{2,3}\)?[-－]?)?\d{7,8}([-转]\d+)?", data.phone):
        yield finding(
            "phone-unusual", "audit", "warning", "/phone", f"联系电话“{data.phone}”既非手机也非固定电话号码"
        )


AUDIT_CHECKS: tuple[Check, ...] = (
    basis_for_cost,
    target_against_history,
    same_in_both,
    targets_against_each_other,
    rates_in_range,
    wording_graded,
    indicators_complete,
    kind_as_catalogue,
    dates_agree,
    phone_dialable,
)
