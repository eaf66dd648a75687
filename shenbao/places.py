"""A place of a form in the form's own words: what a clerk looks for on the paper, beside the JSON Pointer.

It takes a declaration as a noun or as plain JSON, so that whoever reads results one way or the other says places alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FRONT_FIELDS = {
    "department": "部门（单位）名称",
    "department_code": "部门（单位）代码",
    "unit": "实施单位",
    "unit_code": "实施单位代码",
    "project": "项目名称",
    "project_code": "项目编码",
    "category": "项目类别",
    "preparer": "填报人",
    "phone": "联系电话",
    "filled_on": "填报日期",
    "budget_year": "预算年度",
    "money_unit": "金额单位",
    "total_budget": "项目总预算",
    "annual_budget": "本年度预算",
    "rationale": "立项依据",
    "content": "项目内容",
}
"""The fields of a form that stand alone, in the order in which they are shown."""
LEVEL_NAMES = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标"}
PAST_VALUES = {"history/year_before_last": "前年", "history/last_year": "上年"}
TARGET_NAME = "指标值"
BASIS_FIELDS = {"basis": "指标值确定依据", "category": "指标分类"}
MORE_FIELDS = {
    "weight": "权重",
    "explanation": "指标解释",
    "scoring": "评（扣）分标准",
    "source": "数据来源",
    "remark": "备注",
    "core": "是否核心",
}
"""Columns of the indicator table that only some forms print."""
TASK_FIELDS = {
    "name": "任务名称",
    "content": "主要内容",
    "amount": "金额",
    "fiscal": "财政拨款",
    "other": "其他资金",
}
OTHER_FIELDS = {"label": "栏目", "text": "内容"}
SOURCE_FIELDS = {"item": "资金来源", "amount": "金额", "annual_amount": "本年度金额"}
PROJECT_FIELDS = {
    "name": "项目名称",
    "category": "支出项目类别",
    "total_budget": "项目总预算",
    "annual_budget": "项目本年度预算",
    "purpose": "项目主要支出方向和用途",
}
BUDGET_SIDES = {"income": "收入构成", "expenditure": "支出构成"}
_ALONE = {
    **{f"/{name}": words for name, words in FRONT_FIELDS.items()},
    "/title": "表名",
    "/period": "项目期限",
    "/period/start": "项目开始时间",
    "/period/end": "项目结束时间",
    "/budget": "部门总体资金情况",
    "/budget/history_years": "近两年收支金额的年份",
    "/budget/total": "资金总额",
    "/long_term/from_year": "长期目标起始年份",
    "/long_term/until_year": "长期目标截止年份",
    "/long_term/summary": "长期目标概述",
    "/annual/summary": "年度目标概述",
}
_LONGEST_NAME = 24
"""Characters of a row's name that are quoted."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """A list of the form: what it and its rows are called, which field names a row, and what the other fields are called."""

    title: str
    row: str = "行"
    name: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


_INDICATOR = {
    **LEVEL_NAMES,
    "code": "指标编码",
    "target": TARGET_NAME,
    **{name: f"{year}{TARGET_NAME}" for name, year in PAST_VALUES.items()},
    **BASIS_FIELDS,
    **MORE_FIELDS,
}
_BUDGET_LINE = {
    "item": "资金项目",
    "amount": "当年金额",
    "share": "占比",
    "history/0": "前年金额",
    "history/1": "上年金额",
}
_LISTS = {
    **{f"/budget/{side}": _Rows(title, "行", "item", _BUDGET_LINE) for side, title in BUDGET_SIDES.items()},
    "/functions": _Rows("部门职能概述", "条"),
    "/annual_tasks": _Rows("年度工作任务", "条"),
    "/projects": _Rows("项目支出情况", "行", "name", PROJECT_FIELDS),
    "/tasks": _Rows("年度主要任务", "行", "name", TASK_FIELDS),
    "/sources": _Rows("项目资金来源", "行", "item", SOURCE_FIELDS),
    "/other": _Rows("其他栏目", "行", "label", OTHER_FIELDS),
    "/long_term/goals": _Rows("长期目标", "条"),
    "/long_term/indicators": _Rows("长期绩效指标", "行", "level3", _INDICATOR),
    "/annual/goals": _Rows("年度目标", "条"),
    "/annual/indicators": _Rows("年度绩效指标", "行", "level3", _INDICATOR),
}


def place_in_words(data: Any, path: str | None) -> str:
    """The words for `path` in the declaration `data`: 长期绩效指标第 26 行“增加司法公信力”的指标值.

    `""` for `None`, the whole form or file; a path that no form prints stays as it is.
    """
    if path is None:
        return ""
    if path in _ALONE:
        return _ALONE[path]
    steps = path.split("/")
    for cut in range(len(steps), 1, -1):
        rows = _LISTS.get("/".join(steps[:cut]))
        if rows is not None:
            return _row_in_words(data, rows, steps[1:cut], steps[cut:])
    return path


def _row_in_words(data: Any, rows: _Rows, list_steps: list[str], steps: list[str]) -> str:
    if not steps:
        return rows.title
    number, *rest = steps
    counted = number.isdecimal() and str(int(number)) == number
    words = f"{rows.title}第 {int(number) + 1} {rows.row}" if counted else rows.title
    name = _at(data, [*list_steps, number, rows.name]) if rows.name else None
    if name:
        words += f"“{_shortened(str(name))}”"
    if not rest:
        return words
    if rest[0] == "extra":
        return f"{words}的“{rest[-1]}”"
    what = next((rows.fields[key] for key in _keys(rest) if key in rows.fields), "/".join(rest))
    return f"{words}的{_dated(data, what, rest)}"


def _keys(steps: list[str]) -> list[str]:
    """The steps below a row as keys of its fields, the longest first: a value's parts are called as it is."""
    return ["/".join(steps[:cut]) for cut in range(len(steps), 0, -1)]


def _dated(data: Any, what: str, steps: list[str]) -> str:
    """An amount of a past year by its year, where the form names two."""
    if what not in (_BUDGET_LINE["history/0"], _BUDGET_LINE["history/1"]):
        return what
    year = _at(data, ["budget", "history_years", steps[1]])
    return f"{year}年金额" if year else what


def _at(node: Any, steps: list[str]) -> Any:
    """What stands below `node`, a noun or plain JSON; `None` where nothing does."""
    for step in steps:
        if isinstance(node, list | tuple):
            node = node[int(step)] if step.isdecimal() and int(step) < len(node) else None
        else:
            node = node.get(step) if isinstance(node, dict) else getattr(node, step, None)
    return node


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
