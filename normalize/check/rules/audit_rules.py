"""Review rules C2–C7, D5, E1–E3 and F: what a reviewer asks about the targets. Most findings are of category `audit`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.declaration import Indicator
from normalize.check.rules.rate_rules import better_direction
from normalize.check.rules.rule_rows import (
    HORIZONS,
    NO_DATA,
    PASSED,
    TOLD,
    Examined,
    Verdict,
    failed_with,
    indicator_rows,
    twin_rows,
)
from normalize.form.catalogue import Catalogue
from normalize.notes.notes import finding
from normalize.text.cell_values import NOTHING_WORD, comparator_sign, is_measured
from normalize.text.fold import skeleton

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
_COST = "成本"
"""What the name of a level about cost has in it, whatever a form calls it."""
_SATISFACTION = "满意度"
"""What the name of a level about satisfaction has in it."""
_DIALABLE = re.compile(r"1[3-9]\d{9}|(\(?0\d{2,3}\)?[-－]?)?\d{7,8}([-转]\d+)?")


def basis_for_cost(form: Examined) -> Iterator[Verdict]:
    """C2: 预算支出标准 is meant for cost indicators; not said where the catalogue itself uses it."""
    for path, row in indicator_rows(form.data):
        if row.basis != "预算支出标准":
            continue
        entry = form.catalogue.by_code(row.code)
        if _is_about(row, _COST) or (entry is not None and entry.basis == row.basis):
            yield PASSED
        else:
            message = "预算支出标准一般用于成本类指标"
            yield failed_with(finding("basis-not-cost", "audit", "info", f"{path}/basis", message))


def _is_about(row: Indicator, subject: str) -> bool:
    """Whether one of the upper levels names the subject."""
    return any(subject in (level or "") for level in (row.level1, row.level2))


def target_against_history(form: Examined) -> Iterator[Verdict]:
    """C3: a target after 历史标准 does not fall below both past years."""
    for n, row in enumerate(form.data.annual.indicators):
        value, past = row.target, (row.history.year_before_last, row.history.last_year)
        if row.basis != "历史标准" or value is None or value.number is None:
            continue
        if value.comparator not in (">=", ">"):
            continue
        numbers = [v.number for v in past if v is not None and v.number is not None]
        if len(numbers) < len(past):
            yield NO_DATA
        elif value.number >= min(numbers):
            yield PASSED
        else:
            seen = "、".join(f"{x:f}" for x in numbers)
            target = f"{comparator_sign(value.comparator)}{value.number:f}"
            message = f"“{row.level3}”目标 {target} 低于前两年实际值 {seen}"
            path = f"/annual/indicators/{n}/target"
            yield failed_with(
                finding("target-below-history", "audit", "warning", path, message, seen, value.text)
            )


def basis_in_both(form: Examined) -> Iterator[Verdict]:
    """C4: the same indicator has the same basis in both horizons."""
    for _, long, path, annual in twin_rows(form.data):
        if not long.basis or not annual.basis:
            yield NO_DATA
        elif long.basis == annual.basis:
            yield PASSED
        else:
            message = f"“{annual.level3}”的确定依据：长期为{long.basis}，年度为{annual.basis}"
            place = f"{path}/basis"
            yield failed_with(
                finding("basis-differs", "audit", "warning", place, message, long.basis, annual.basis)
            )


def indicators_in_both(form: Examined) -> Iterator[Verdict]:
    """C5: every indicator stands in both tables; the reader has told those that do not."""
    if form.data.long_term.indicators and form.data.annual.indicators:
        paired = {path for twins in twin_rows(form.data) for path in (twins[0], twins[2])}
        yield from (PASSED if path in paired else TOLD for path, _ in indicator_rows(form.data))


def wording_in_both(form: Examined) -> Iterator[Verdict]:
    """C6: the same qualitative indicator has the same wording in both horizons."""
    for _, long, path, annual in twin_rows(form.data):
        one, other = long.target, annual.target
        if one is None or other is None or one.number is not None or other.number is not None:
            continue
        if skeleton(one.text) == skeleton(other.text):
            yield PASSED
        else:
            message = f"“{annual.level3}”的指标值：长期为“{one.text}”，年度为“{other.text}”"
            place = f"{path}/target"
            yield failed_with(finding("text-differs", "audit", "info", place, message, one.text, other.text))


def annual_within_long(form: Examined) -> Iterator[Verdict]:
    """C7: the annual target is not better than the long-term one."""
    for _, long, path, annual in twin_rows(form.data):
        a, b = long.target, annual.target
        if a is None or b is None or a.number is None or b.number is None or a.comparator != b.comparator:
            continue
        direction = _direction(annual, form.catalogue)
        if direction is None:
            continue
        if b.number <= a.number if direction == "more" else b.number >= a.number:
            yield PASSED
        else:
            message = f"“{annual.level3}”年度目标 {b.text} 优于长期目标 {a.text}"
            yield failed_with(
                finding("annual-over-long", "audit", "info", f"{path}/target", message, a.text, b.text)
            )


def _direction(row: Indicator, catalogue: Catalogue) -> str | None:
    """Whether `more` or `less` is better: as the catalogue or the name says, else as the target's sign does."""
    comparator = row.target.comparator if row.target else None
    by_sign = {">=": "more", ">": "more", "<=": "less", "<": "less"}.get(comparator or "")
    return better_direction(row, catalogue) or by_sign


def sign_not_digit(form: Examined) -> Iterator[Verdict]:
    """D5: 292% beside a sibling ≥92% is probably a sign read as 2."""
    for long_path, long, annual_path, annual in twin_rows(form.data):
        pairs = ((long_path, long.target, annual.target), (annual_path, annual.target, long.target))
        for path, one, other in pairs:
            if one is None or other is None or one.number is None or other.number is None:
                continue
            if one.comparator or other.comparator != ">=":
                continue
            if f"{one.number:f}" != f"2{other.number:f}":
                yield PASSED
            else:
                message = f"“{one.text}”的首位 2 可能是“≥”的误读，另一期为“{other.text}”，请核对"
                place = f"{path}/target"
                yield failed_with(
                    finding("sign-misread", "reading", "warning", place, message, other.text, one.text)
                )


def wording_graded(form: Examined) -> Iterator[Verdict]:
    """E1: vague words are allowed in a qualitative value, but should be graded."""
    for path, row in indicator_rows(form.data):
        if row.target is None or row.target.number is not None or row.code is not None:
            continue
        if not any(word in row.target.text for word in _VAGUE):
            yield PASSED
        else:
            message = f"“{row.target.text}”不便考核，宜分级描述"
            yield failed_with(finding("vague-wording", "audit", "info", f"{path}/target", message))


def indicators_complete(form: Examined) -> Iterator[Verdict]:
    """E2: every declaration has cost and satisfaction indicators."""
    for horizon, name in HORIZONS:
        rows = getattr(form.data, horizon).indicators
        for subject in (_COST, _SATISFACTION) if rows else ():
            if any(_is_about(row, subject) for row in rows):
                yield PASSED
            else:
                message = f"{name}指标中没有“{subject}”类指标"
                path = f"/{horizon}/indicators"
                yield failed_with(finding("indicators-thin", "audit", "warning", path, message))


def kind_as_catalogue(form: Examined) -> Iterator[Verdict]:
    """E3: a quantitative indicator of the catalogue has a number."""
    for path, row in indicator_rows(form.data):
        entry = form.catalogue.by_code(row.code)
        if entry is None or entry.kind != "quantitative":
            continue
        if row.target is None:
            yield NO_DATA
        elif is_measured(row.target) or row.target.text == NOTHING_WORD:
            yield PASSED
        else:
            message = f"“{row.level3}”为定量指标，指标值“{row.target.text}”不是数值"
            yield failed_with(finding("kind-mismatch", "audit", "warning", f"{path}/target", message))


def dates_agree(form: Examined) -> Iterator[Verdict]:
    """F1: the form is filled in at most a year before its budget year; the long term does not end before it."""
    year, filled_on = form.data.budget_year, form.data.filled_on
    if year is None or filled_on is None:
        yield NO_DATA
    elif year - 1 <= int(filled_on[:4]) <= year:
        yield PASSED
    else:
        message = f"填报日期 {filled_on} 与预算年度 {year} 不符"
        yield failed_with(finding("date-mismatch", "audit", "warning", "/filled_on", message))
    if form.department is None:
        return
    until = form.department.long_term.until_year
    if year is None or until is None:
        yield NO_DATA
    elif until >= year:
        yield PASSED
    else:
        message = f"长期目标截止年份 {until} 早于预算年度 {year}"
        yield failed_with(finding("date-mismatch", "audit", "warning", "/long_term/until_year", message))


def phone_dialable(form: Examined) -> Iterator[Verdict]:
    """F2: a mobile number of 11 digits or a landline of 7 or 8."""
    if form.data.phone is None:
        yield NO_DATA
    elif _DIALABLE.fullmatch(form.data.phone):
        yield PASSED
    else:
        message = f"联系电话“{form.data.phone}”既非手机也非固定电话号码"
        yield failed_with(finding("phone-unusual", "audit", "warning", "/phone", message))
