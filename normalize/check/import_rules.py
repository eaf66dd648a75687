"""Review rules B1–B9 and C1: what the budget system's import refuses. Findings of category `import`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.declaration import DepartmentOverall, Value
from models.finding import Finding
from normalize.check.rule_rows import Check, indicator_rows, twin_rows
from normalize.form.catalogue import BASES, Catalogue
from normalize.notes.notes import finding
from normalize.text.fold import skeleton

_LIMITS = {"target": 2000, "level3": 360}
"""Lengths in bytes, two for a wide character (rule B9)."""


def levels_present(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """B1, B8: every level and the target are filled."""
    names = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "指标值"}
    for path, row in indicator_rows(data):
        for name, label in names.items():
            if getattr(row, name) is None:
                yield finding(
                    "required-missing", "import", "error", f"{path}/{name}", f"{label}为空，预算系统不予导入"
                )


def levels_belong(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """B7: a level 2 stands under its own level 1."""
    parents: dict[str, set[str]] = {}
    for entry in catalogue.entries:
        parents.setdefault(skeleton(entry.level2), set()).add(entry.level1)
    for path, row in indicator_rows(data):
        under = parents.get(skeleton(row.level2 or ""))
        if under and row.level1 and row.level1 not in under:
            message = f"二级指标“{row.level2}”不属于一级指标“{row.level1}”"
            yield finding(
                "level-mismatch",
                "import",
                "error",
                f"{path}/level2",
                message,
                "、".join(sorted(under)),
                row.level1,
            )


def history_numeric(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """B3: a target with a sign needs numeric values for both past years."""
    for n, row in enumerate(data.annual.indicators):
        if row.target is None or row.target.comparator is None:
            continue
        for name in ("year_before_last", "last_year"):
            value: Value | None = getattr(row.history, name)
            if value is not None and value.number is None:
                path = f"/annual/indicators/{n}/history/{name}"
                yield finding(
                    "history-not-numeric",
                    "import",
                    "warning",
                    path,
                    f"指标值为数值，但历史值“{value.text}”不是数值",
                )


def unit_present(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """B4: a number with a sign needs a unit; the other horizon may name it."""
    units = {p: r.target.unit for a, x, b, y in twin_rows(data) for p, r in ((a, y), (b, x)) if r.target}
    for path, row in indicator_rows(data):
        value = row.target
        if value is not None and value.comparator and value.number is not None and not value.unit:
            other = units.get(path)
            hint = f"，另一期为“{other}”" if other else ""
            yield finding(
                "unit-missing",
                "import",
                "warning",
                f"{path}/target",
                f"指标值“{value.text}”没有计量单位{hint}",
                other,
            )


def text_importable(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """B5, B9: signs that the budget system refuses in a qualitative value; lengths in bytes, two for a wide character."""
    for path, row in indicator_rows(data):
        value = row.target
        if value is not None and value.number is None and re.search(r"[*_-]|null", value.text, re.I):
            yield finding(
                "text-refused",
                "import",
                "warning",
                f"{path}/target",
                f"定性指标值“{value.text}”含有系统不接受的字符",
            )
        for name, limit in _LIMITS.items():
            text = (
                value.text if name == "target" and value else getattr(row, name) if name != "target" else None
            )
            if text and sum(1 + (ord(c) > 127) for c in text) > limit:
                yield finding(
                    "text-too-long", "import", "warning", f"{path}/{name}", f"超过系统长度限制 {limit} 字节"
                )


def basis_listed(data: DepartmentOverall, catalogue: Catalogue) -> Iterator[Finding]:
    """C1: the basis is one of five words."""
    for path, row in indicator_rows(data):
        if row.basis is not None and row.basis not in BASES:
            yield finding(
                "basis-unknown",
                "import",
                "warning",
                f"{path}/basis",
                f"指标值确定依据“{row.basis}”不在五种标准之内",
            )


IMPORT_CHECKS: tuple[Check, ...] = (
    levels_present,
    levels_belong,
    history_numeric,
    unit_present,
    text_importable,
    basis_listed,
)
