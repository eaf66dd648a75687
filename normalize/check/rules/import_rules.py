"""Review rules B1–B10 and C1: what the budget system's import refuses. Findings of category `import`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.declaration import AnnualIndicator, Declaration, DepartmentOverall, ProjectDeclaration, Value
from models.finding import Severity
from normalize.check.equations import TOTAL_ITEM
from normalize.check.field_limits import FIELD_BYTES, excess_bytes, has_space, numbered_text, refused_part
from normalize.check.proven_zeros import YEAR_COLUMNS, proven_zeros, year_amounts
from normalize.check.rules.rule_rows import (
    HORIZONS,
    NO_DATA,
    PASSED,
    Examined,
    Verdict,
    failed_with,
    indicator_rows,
    twin_rows,
)
from normalize.form.catalogue import BASES
from normalize.notes.notes import finding
from normalize.text.cell_values import is_measured, looks_numeric
from normalize.text.fold import skeleton

_LEVELS = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标"}
_PAST = {"year_before_last": "QNINDEXVAL", "last_year": "SNINDEXVAL"}
"""The past values of an indicator, and their fields in the budget system."""
_DESCRIBED = {"explanation": "KPI_CONTENT", "scoring": "KPI_EVALSTD", "remark": "KPI_REMARK"}
"""Descriptions of an indicator, and their fields in the budget system."""
_PROJECT = {
    "name": "项目名称",
    "category": "支出项目类别",
    "total_budget": "项目总预算",
    "annual_budget": "项目本年度预算",
    "purpose": "项目主要支出方向和用途",
}
_PROJECT_FORM = {
    "project": "项目名称",
    "category": "项目类别",
    "total_budget": "项目总预算",
    "annual_budget": "项目本年度预算",
    "content": "项目内容",
}
_SIDES = {"income": "收入构成", "expenditure": "支出构成"}
_PAST_YEARS = (0, 1)
_YEARS = ("前年金额", "上年金额", "当年金额")
"""What the columns of `YEAR_COLUMNS` are called."""


def _blank(path: str, what: str, severity: Severity) -> Verdict:
    message = f"{what}为空，预算系统不予导入"
    return failed_with(finding("required-missing", "import", severity, path, message))


def levels_present(form: Examined) -> Iterator[Verdict]:
    """B1: every level is filled."""
    for path, row in indicator_rows(form.data):
        for name, label in _LEVELS.items():
            if getattr(row, name) is not None:
                yield PASSED
            elif form.asks(f"indicators/{name}"):
                yield _blank(f"{path}/{name}", label, "error")


def sign_told(form: Examined) -> Iterator[Verdict]:
    """B2: the sign of every target can be told: a number has one or is meant exactly, any other text is qualitative."""
    for path, row in indicator_rows(form.data):
        value = row.target
        if value is None:
            yield NO_DATA
        elif is_measured(value) or not looks_numeric(value.text):
            yield PASSED
        else:
            message = f"指标值“{value.text}”以数字或符号开头，但不是一个数值，预算系统按定性指标处理"
            yield failed_with(finding("sign-unclear", "import", "info", f"{path}/target", message))


def history_numeric(form: Examined) -> Iterator[Verdict]:
    """B3: a target with a sign needs numeric values for both past years."""
    for n, row in enumerate(form.data.annual.indicators):
        if row.target is None or row.target.comparator is None:
            continue
        for name in _PAST:
            value: Value | None = getattr(row.history, name)
            if value is None:
                yield NO_DATA
            elif value.number is not None:
                yield PASSED
            else:
                path = f"/annual/indicators/{n}/history/{name}"
                message = f"指标值为数值，但历史值“{value.text}”不是数值"
                yield failed_with(finding("history-not-numeric", "import", "warning", path, message))


def unit_present(form: Examined) -> Iterator[Verdict]:
    """B4: a number with a sign needs a unit; the other horizon may name it."""
    units = {p: r.target.unit for a, x, b, y in twin_rows(form.data) for p, r in ((a, y), (b, x)) if r.target}
    for path, row in indicator_rows(form.data):
        value = row.target
        if value is None or not value.comparator or value.number is None:
            continue
        if value.unit:
            yield PASSED
            continue
        other = units.get(path)
        hint = f"，另一期为“{other}”" if other else ""
        message = f"指标值“{value.text}”没有计量单位{hint}"
        yield failed_with(finding("unit-missing", "import", "warning", f"{path}/target", message, other))


def text_accepted(form: Examined) -> Iterator[Verdict]:
    """B5: a qualitative value has nothing that the budget system refuses."""
    for path, row in indicator_rows(form.data):
        if row.target is None or row.target.number is not None:
            continue
        refused = refused_part(row.target.text)
        if refused is None:
            yield PASSED
        else:
            message = f"定性指标值“{row.target.text}”含有系统不接受的“{refused}”"
            yield failed_with(finding("text-refused", "import", "warning", f"{path}/target", message))


def names_without_space(form: Examined) -> Iterator[Verdict]:
    """B6: the names of an indicator have no spaces."""
    for path, row in indicator_rows(form.data):
        for name, label in _LEVELS.items():
            text = getattr(row, name)
            if text is None:
                continue
            if not has_space(text):
                yield PASSED
            else:
                message = f"{label}“{text}”含有空格，装载时去掉"
                yield failed_with(finding("name-with-space", "import", "info", f"{path}/{name}", message))


def levels_belong(form: Examined) -> Iterator[Verdict]:
    """B7: a level 2 of the catalogue stands under its own level 1, and an indicator in a year that the catalogue has it for."""
    yield from _items_of_year(form)
    parents: dict[str, set[str]] = {}
    for entry in (entry for entry in form.catalogue.entries if not entry.levels_free):
        parents.setdefault(skeleton(entry.level2), set()).add(entry.level1)
    for path, row in indicator_rows(form.data):
        under = parents.get(skeleton(row.level2 or ""))
        if not under or not row.level1:
            continue
        if row.level1 in under:
            yield PASSED
            continue
        expected = "、".join(sorted(under))
        message = f"二级指标“{row.level2}”不属于一级指标“{row.level1}”"
        yield failed_with(
            finding("level-mismatch", "import", "error", f"{path}/level2", message, expected, row.level1)
        )


def _items_of_year(form: Examined) -> Iterator[Verdict]:
    """B7, too: an indicator of the catalogue, also one that was repaired into it, is one of the budget's year."""
    year = form.data.budget_year
    for path, row in indicator_rows(form.data):
        entry = form.catalogue.by_code(row.code)
        if entry is None or (entry.valid_from is None and entry.valid_to is None):
            continue
        if year is None:
            yield NO_DATA
        elif entry.is_valid(year):
            yield PASSED
        else:
            years = f"{entry.valid_from or ''}—{entry.valid_to or ''}"
            message = f"目录中“{entry.level3 or entry.level2}”只用于 {years} 年预算，本表为 {year} 年，请核对"
            yield failed_with(finding("item-of-other-year", "import", "warning", f"{path}/level3", message))


def target_present(form: Examined) -> Iterator[Verdict]:
    """B8: the target is filled."""
    for path, row in indicator_rows(form.data):
        if row.target is not None:
            yield PASSED
        elif form.asks("indicators/target"):
            yield _blank(f"{path}/target", "指标值", "error")


def lengths_fit(form: Examined) -> Iterator[Verdict]:
    """B9: no text is longer than its field in the budget system, in bytes, two for a wide character."""
    for path, name, text in _field_texts(form.data):
        if text is None:
            continue
        size = excess_bytes(name, text)
        if size is None:
            yield PASSED
        else:
            message = f"{size} 字节，超过系统长度限制 {FIELD_BYTES[name]} 字节"
            yield failed_with(finding("text-too-long", "import", "warning", path, message))


def _field_texts(data: Declaration) -> Iterator[tuple[str, str, str | None]]:
    """Every text with a limit, as (path, field of the budget system, text)."""
    if isinstance(data, DepartmentOverall):
        yield "/functions", "FUNCTION", numbered_text(data.functions)
    for horizon, _ in HORIZONS:
        part = getattr(data, horizon)
        yield f"/{horizon}/summary", "KPI_TARGET", getattr(part, "summary", None)
        for n, goal in enumerate(part.goals):
            yield f"/{horizon}/goals/{n}", "KPI_TARGET", goal
    for path, row in indicator_rows(data):
        yield f"{path}/level3", "LV3_PERF_IND_NAME", row.level3
        yield f"{path}/target", "INDEXVAL", _qualitative(row.target)
        yield f"{path}/target", "METERUNIT", row.target.unit if row.target else None
        yield f"{path}/basis", "INDEXSTANDARDS", row.basis
        for name, field in _DESCRIBED.items():
            yield f"{path}/{name}", field, getattr(row, name)
        if isinstance(row, AnnualIndicator):
            for name, field in _PAST.items():
                yield f"{path}/history/{name}", field, _qualitative(getattr(row.history, name))


def _qualitative(value: Value | None) -> str | None:
    return value.text if value is not None and value.number is None else None


def required_present(form: Examined) -> Iterator[Verdict]:
    """B10: goals of both horizons, the fields of every project, and every amount that is not zero, where they are printed."""
    for horizon, term in HORIZONS:
        part = getattr(form.data, horizon)
        if part.goals or getattr(part, "summary", None):
            yield PASSED
        elif part.indicators and form.asks(f"{horizon}/goals"):
            yield _blank(f"/{horizon}/goals", f"{term}目标", "warning")
    if isinstance(form.data, DepartmentOverall):
        for n, project in enumerate(form.data.projects):
            fields = {name: getattr(project, name) for name in _PROJECT if form.asks(f"projects/{name}")}
            yield from _required(form, f"/projects/{n}", fields, _PROJECT)
    elif form.data != ProjectDeclaration():
        fields = {name: getattr(form.data, name) for name in _PROJECT_FORM if form.asks(name)}
        yield from _required(form, "", fields, _PROJECT_FORM)
    for side in _SIDES:
        yield from _amounts_required(form, side)


def _amounts_required(form: Examined, side: str) -> Iterator[Verdict]:
    """Every amount of one side but its totals, which the budget system adds up; a blank column is told once."""
    lines = [(n, line) for n, line in enumerate(getattr(form.budget, side)) if line.item != TOTAL_ITEM]
    for year, zero in enumerate(proven_zeros(form.budget, side)):
        if zero or not form.asks("history" if year in _PAST_YEARS else side):
            continue
        fields = {f"{n}/{YEAR_COLUMNS[year]}": year_amounts(line)[year] for n, line in lines}
        labels = {f"{n}/{YEAR_COLUMNS[year]}": f"“{line.item}”的{_YEARS[year]}" for n, line in lines}
        path = f"/budget/{side}"
        if len(fields) > 1 and all(
            _is_blank(form, f"{path}/{name}", value) for name, value in fields.items()
        ):
            yield _blank(path, f"{_SIDES[side]}的{_YEARS[year]}全部", "warning")
        else:
            yield from _required(form, path, fields, labels)


def _is_blank(form: Examined, path: str, value: object) -> bool:
    return value is None and not form.is_unread(path)


def _required(
    form: Examined, path: str, fields: Mapping[str, object], labels: Mapping[str, str]
) -> Iterator[Verdict]:
    """For each of `fields` (by its pointer below `path`) whether it is filled."""
    for name, value in fields.items():
        place = f"{path}/{name}"
        if value is not None:
            yield PASSED
        else:
            yield NO_DATA if form.is_unread(place) else _blank(place, labels[name], "warning")


def basis_listed(form: Examined) -> Iterator[Verdict]:
    """C1: the basis is one of five words."""
    for path, row in indicator_rows(form.data):
        if row.basis is None:
            yield NO_DATA
        elif row.basis in BASES:
            yield PASSED
        else:
            message = f"指标值确定依据“{row.basis}”不在五种标准之内"
            yield failed_with(finding("basis-unknown", "import", "warning", f"{path}/basis", message))
