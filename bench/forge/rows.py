"""A declaration → the rows of the undamaged form, as printed."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Any

from bench.forge.catalogue import NAMES, STANDARDS
from bench.forge.form import Cell, Row, Style, printed, under, written

Json = dict[str, Any]
_BUDGET = "部门总体资金情况"
NO_PROJECT: Json = dict.fromkeys(("name", "category", "total_budget", "annual_budget", "purpose"))
"""The template's row, left blank."""


def truth_to_paper(truth: Json, style: Style) -> list[Row]:
    """The undamaged form as printed, without page breaks."""
    return [
        *_heading(truth, style),
        *_head_rows(truth),
        *_budget_rows(truth, style),
        *_list_rows(truth),
        *_project_rows(truth, style),
        *_summary_rows(truth),
        *_long_rows(truth, style),
        *_annual_rows(truth, style),
    ]


def _heading(truth: Json, style: Style) -> list[Row]:
    day = truth["filled_on"]
    day_printed = style.date.format(*map(int, day.split("-"))) if day else "  年  月  日"
    return [
        Row("line", [Cell("## 附件2")]),
        Row("line", [Cell("## "), printed(truth["title"])]),
        Row("line", [printed("填报日期"), Cell("：" + day_printed)]),
        Row("line", [printed("单位"), Cell("：万元")]),
    ]


def _head_rows(truth: Json) -> list[Row]:
    return [
        Row("head", [printed("部门（单位）名称"), written(truth["department"], 6)]),
        Row(
            "head",
            [printed("填报人"), written(truth["preparer"]), printed("联系电话"), written(truth["phone"], 4)],
        ),
    ]


def _amount(text: str | None, style: Style) -> Cell:
    if text and style.thousands:
        whole, _, rest = text.partition(".")
        text = f"{int(whole):,}" + ("." + rest if rest else "")
    return written(text)


def _budget_rows(truth: Json, style: Style) -> list[Row]:
    budget = truth["budget"]
    return [
        *_budget_headings([f"{year}年" for year in budget["history_years"]] or ["年", "年"]),
        *_side_rows(budget["income"], "收入构成", style),
        *_side_rows(budget["expenditure"], "支出构成", style),
    ]


def _budget_headings(years: Sequence[str]) -> list[Row]:
    upper = [
        printed(_BUDGET),
        printed("总体资金情况", 2),
        printed("当年金额"),
        printed("占比"),
        printed("近两年收支金额", 2),
    ]
    lower = [
        under(_BUDGET),
        Cell(span=2, covered="总体资金情况"),
        under("当年金额"),
        under("占比"),
        *map(written, years),
    ]
    return [Row("budget", upper, "header"), Row("budget", lower, "header")]


def _side_rows(lines: Sequence[Json], name: str, style: Style) -> list[Row]:
    return [
        Row(
            "budget",
            [
                under(_BUDGET),
                printed(name) if position == 0 else under(name),
                printed(line["item"]),
                _amount(line["amount"], style),
                written(line["share"]),
                *(_amount(v, style) for v in line["history"]),
            ],
        )
        for position, line in enumerate(lines)
    ]


def _list_rows(truth: Json) -> list[Row]:
    return [
        Row("list", [printed(name), Cell(items=tuple(truth[key]), span=6)])
        for name, key in (("部门职能概述", "functions"), ("年度工作任务", "annual_tasks"))
    ]


def _project_rows(truth: Json, style: Style) -> list[Row]:
    section = "项目支出情况"
    names = ("项目名称", "支出项目类别", "项目总预算", "项目本年度预算")
    rows = [
        Row(
            "projects",
            [printed(section), *map(printed, names), printed("项目主要支出方向和用途", 2)],
            "header",
        )
    ]
    for project in truth["projects"] or [NO_PROJECT]:
        rows.append(
            Row(
                "projects",
                [
                    under(section),
                    written(project["name"]),
                    written(project["category"]),
                    _amount(project["total_budget"], style),
                    _amount(project["annual_budget"], style),
                    written(project["purpose"], 2),
                ],
            )
        )
    return rows


def _summary_rows(truth: Json) -> list[Row]:
    section, until = "整体绩效总目标", _until(truth)
    return [
        Row(
            "summary",
            [printed(section), printed(f"长期目标（{until}）", 2), printed("年度目标", 4)],
            "header",
        ),
        Row(
            "summary",
            [
                under(section),
                written(truth["long_term"]["summary"], 2),
                written(truth["annual"]["summary"], 4),
            ],
        ),
    ]


def _until(truth: Json) -> str:
    return f"截止{truth['long_term']['until_year'] or '  '}年"


def _filler(part: str, above: Row, rng: Random) -> Row:
    """A row of dots below a group, in one of its name columns."""
    cells = [under(cell.covered or cell.text) if at == 0 else Cell() for at, cell in enumerate(above.cells)]
    cells[rng.choice((1, 2, 3, 3))].text = "....."
    return Row(part, cells, "filler")


def _indicator_rows(part: str, section: str, rows: Sequence[Json], style: Style) -> Iterator[Row]:
    rng = Random(f"{section}{rows[0]}")
    above: tuple[str, str] = ("", "")
    last: Row | None = None
    for index, line in enumerate(rows):
        one, two = line["level1"], line["level2"]
        if last and (one, two) != above and rng.random() < style.fillers * 0.3:
            yield _filler(part, last, rng)
        history = (
            [_indicator_value(line, line["history"][key]) for key in ("year_before_last", "last_year")]
            if part == "annual"
            else []
        )
        last = Row(
            part,
            [
                under(section),
                under(one) if one == above[0] else printed(one),
                under(two) if (one, two) == above else printed(two),
                Cell(line["level3"], closed=line["level3"] in NAMES),
                *history,
                _indicator_value(line, line["target"]),
                Cell(line["basis"] or "", closed=True),
                Cell(line["category"] or "", closed=True),
            ],
            index=index,
        )
        above = one, two
        yield last


def _indicator_value(line: Json, text: str | None) -> Cell:
    standard = STANDARDS.get(line["level3"])
    return Cell(text or "", closed=text is not None and text == standard and text != "无")


def _long_rows(truth: Json, style: Style) -> list[Row]:
    section = "长期绩效指标"
    names = ("一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据", "指标分类")
    goals = Cell(items=tuple(truth["long_term"]["goals"]), span=6)
    return [
        Row("list", [printed(f"长期目标：（{_until(truth)}）"), goals]),
        Row("long", [printed(section), *map(printed, names)], "header"),
        *_indicator_rows("long", section, truth["long_term"]["indicators"], style),
    ]


def _annual_rows(truth: Json, style: Style) -> list[Row]:
    section, names = "年度绩效指标", ("一级指标", "二级指标", "三级指标")
    ends = ("指标值确定依据", "指标分类")
    left = [under(section), *map(under, names)]
    rows = [
        _header(printed(section), *map(printed, names), printed("指标值", 3), *map(printed, ends)),
        _header(
            *copy.deepcopy(left), printed("近两年指标值", 2), printed("预期当年实现值"), *map(under, ends)
        ),
        _header(*left, printed("前年"), printed("上年"), under("预期当年实现值"), *map(under, ends)),
        *_indicator_rows("annual", section, truth["annual"]["indicators"], style),
    ]
    if style.label_at != 0:
        rows[0].cells[0] = Cell()
    if style.label_at:
        rows[style.label_at].cells[0] = printed(section)
    goals = tuple(truth["annual"]["goals"])
    if style.goals == "row":
        return [Row("list", [printed("年度目标："), Cell(items=goals, span=6)], "goals"), *rows]
    return [*goal_lines(goals), *rows]


def _header(*cells: Cell) -> Row:
    return Row("annual", list(cells), "header")


def goal_lines(goals: Iterable[str]) -> list[Row]:
    """The annual goals as a Markdown list between tables."""
    lines = [Row("list-line", [Cell(items=(goal,))], "goals", number) for number, goal in enumerate(goals, 1)]
    return [Row("line", [Cell("**"), printed("年度目标"), Cell("：**")], "goals"), *lines]
