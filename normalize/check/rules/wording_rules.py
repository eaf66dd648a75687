"""Review rules E4–E6: texts that were left unfinished, or say nothing that can be held against a result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.declaration import DepartmentOverall
from normalize.check.rules.rule_rows import PASSED, Examined, Verdict, failed_with, indicator_rows
from normalize.notes.notes import finding
from normalize.text.fold import skeleton

_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z0-9])|×{2,}|✕{2,}|○{2,}|(?<![一二三四五六七八九〇])〇{2,}(?![一二三四五六七八九])"
    r"|某某|_{2,}|(?<!等)待定(?![期点位向性额])|待填|待补充"
)
_DIRECTIONS = frozenset(
    (
        "提高",
        "提升",
        "增加",
        "增长",
        "减少",
        "降低",
        "下降",
        "上升",
        "改善",
        "加强",
        "增强",
        "优化",
        "巩固提高",
    )
)
_HEADINGS = frozenset(
    skeleton(text)
    for text in (
        *("指标值", "年度指标值", "目标值", "年度目标值", "一级指标", "二级指标", "三级指标", "指标名称"),
        *("指标值确定依据", "指标分类", "前年", "上年", "近两年指标值", "长期绩效指标", "年度绩效指标"),
    )
)
_YEAR = re.compile(r"(?:19|20)\d{2}年?(?:度)?")


def placeholders_filled(form: Examined) -> Iterator[Verdict]:
    """E4: no text still has a placeholder where something was to be filled in: XX, ××, 某某, 待定, ○○."""
    for path, text in _texts(form):
        found = _PLACEHOLDER.search(text)
        if found is None:
            yield PASSED
        else:
            message = f"“{text[:40]}”中留有占位符“{found[0]}”"
            yield failed_with(finding("placeholder-left", "audit", "warning", path, message, actual=found[0]))


def _texts(form: Examined) -> Iterator[tuple[str, str]]:
    """Every text that a department writes itself, by its path."""
    data = form.data
    if isinstance(data, DepartmentOverall):
        texts = {f"/functions/{n}": text for n, text in enumerate(data.functions)}
        texts |= {f"/annual_tasks/{n}": text for n, text in enumerate(data.annual_tasks)}
        for n, project in enumerate(data.projects):
            texts |= {
                f"/projects/{n}/name": project.name or "",
                f"/projects/{n}/purpose": project.purpose or "",
            }
        texts["/long_term/summary"] = data.long_term.summary or ""
        texts["/annual/summary"] = data.annual.summary or ""
    else:
        texts = {f"/{name}": getattr(data, name) or "" for name in ("project", "rationale", "content")}
    texts["/department"] = data.department or ""
    for horizon, goals in (("long_term", data.long_term.goals), ("annual", data.annual.goals)):
        texts |= {f"/{horizon}/goals/{n}": text for n, text in enumerate(goals)}
    for path, row in indicator_rows(data):
        texts |= {f"{path}/level3": row.level3 or "", f"{path}/target": row.target.text if row.target else ""}
    yield from ((path, text) for path, text in texts.items() if text)


def targets_say_more(form: Examined) -> Iterator[Verdict]:
    """E5: a qualitative target says more than a direction; with a vague word beside it, it is E1's."""
    for path, row in indicator_rows(form.data):
        if row.target is None or row.target.number is not None:
            continue
        if row.target.text not in _DIRECTIONS:
            yield PASSED
        else:
            message = f"“{row.level3}”的指标值“{row.target.text}”只有方向，没有程度"
            yield failed_with(finding("direction-only", "audit", "warning", f"{path}/target", message))


def targets_are_values(form: Examined) -> Iterator[Verdict]:
    """E6: no target is the heading of a column, or a year alone."""
    for path, row in indicator_rows(form.data):
        if row.target is None:
            continue
        text = row.target.text
        if skeleton(text) not in _HEADINGS and _YEAR.fullmatch(text) is None:
            yield PASSED
        else:
            what = "年份" if _YEAR.fullmatch(text) else "栏目名"
            message = f"“{row.level3}”的指标值“{text}”是{what}，不是指标值"
            yield failed_with(finding("target-not-value", "audit", "warning", f"{path}/target", message))
