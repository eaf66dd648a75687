"""A result for a person at a terminal: sections as tables, repairs in place, findings beside their rows."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from models.declaration import (
    AnnualIndicator,
    Budget,
    BudgetLine,
    DepartmentOverall,
    Indicator,
    Project,
    ProjectDeclaration,
    Value,
)
from models.submission import Form, Submission
from shenbao.places import (
    BASIS_FIELDS,
    BUDGET_SIDES,
    FRONT_FIELDS,
    LEVEL_NAMES,
    MORE_FIELDS,
    OTHER_FIELDS,
    PAST_VALUES,
    PROJECT_FIELDS,
    SOURCE_FIELDS,
    TARGET_NAME,
    TASK_FIELDS,
)
from shenbao.show.margin import DASH, Margin, findings_to_text
from shenbao.text_gate import printable

_WIDTH_CHARACTERS = 160
"""Width of what is printed when the output is no terminal."""
_STATUS = {"accepted": ("通过", "green"), "review": ("需复核", "yellow"), "rejected": ("未读取", "red")}


def print_submission(submission: Submission) -> None:
    """Print to standard output, in colour when it is a terminal."""
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_CHARACTERS, highlight=False)
    for part in submission_to_parts(submission):
        console.print(part)


def submission_to_parts(submission: Submission) -> Iterator[RenderableType]:
    """What to print, from top to bottom."""
    source = submission.source
    words, colour = _STATUS[submission.status]
    pages = f"，{source.pages} 页" if source.pages else ""
    yield Text.assemble(
        (printable(source.name), "bold"), "  ", (words, colour), f"  {source.media_type}{pages}"
    )
    if submission.findings:
        yield findings_to_text(submission.findings)
    for number, form in enumerate(submission.forms, 1):
        yield from _form_to_parts(form, number, len(submission.forms))


def _form_to_parts(form: Form, number: int, count: int) -> Iterator[RenderableType]:
    margin = Margin(form)
    title = form.data.title or form.layout
    which = f"（第 {number} 份，共 {count} 份）" if count > 1 else ""
    yield Rule(Text(f"{printable(title)}{which} · {form.layout}"))
    sections = (
        _department(form.data, margin)
        if isinstance(form.data, DepartmentOverall)
        else _project(form.data, margin)
    )
    yield from sections
    rest = margin.rest()
    if rest:
        yield Group(Text("其他提示", "bold"), rest)


def _department(data: DepartmentOverall, margin: Margin) -> Iterator[RenderableType]:
    yield from _front(data, margin)
    yield from _budget(data.budget, margin)
    yield from _items("部门职能概述", "/functions", data.functions, margin)
    yield from _items("年度工作任务", "/annual_tasks", data.annual_tasks, margin)
    yield from _projects(data.projects, margin)
    yield from _printed(data.tasks, TASK_FIELDS, "年度主要任务", "/tasks", margin)
    until = f"（截止{data.long_term.until_year}年）" if data.long_term.until_year else ""
    yield from _summary(f"长期目标概述{until}", "/long_term/summary", data.long_term.summary, margin)
    yield from _summary("年度目标概述", "/annual/summary", data.annual.summary, margin)
    yield from _goals(data, margin, until)
    yield from _printed(data.other, OTHER_FIELDS, "其他栏目", "/other", margin)


def _project(data: ProjectDeclaration, margin: Margin) -> Iterator[RenderableType]:
    yield from _front(data, margin)
    yield from _printed(data.sources, SOURCE_FIELDS, "项目资金来源", "/sources", margin)
    yield from _goals(data, margin, "")
    yield from _printed(data.other, OTHER_FIELDS, "其他栏目", "/other", margin)


def _goals(
    data: DepartmentOverall | ProjectDeclaration, margin: Margin, until: str
) -> Iterator[RenderableType]:
    yield from _items(f"长期目标{until}", "/long_term/goals", data.long_term.goals, margin)
    yield from _indicators("长期绩效指标", "/long_term/indicators", data.long_term.indicators, margin)
    yield from _items("年度目标", "/annual/goals", data.annual.goals, margin)
    yield from _indicators("年度绩效指标", "/annual/indicators", data.annual.indicators, margin)


def _table(
    title: str, headings: Iterable[str], path: str, rows: Iterable[Sequence[Text]], margin: Margin
) -> Iterator[RenderableType]:
    """A section. Each row's last text is its margin; the column for it is there only when it is needed."""
    lines = list(rows)
    caption = margin.at(path)
    if not lines:
        yield Text.assemble((f"{title}：无", "bold"))
        yield from [caption] if caption else []
        return
    table = Table(
        title=Text(title, "bold"), title_justify="left", caption=caption or None, caption_justify="left"
    )
    for heading in headings:
        table.add_column(heading, overflow="fold")
    noted = any(line[-1] for line in lines)
    if noted:
        table.add_column("提示", overflow="fold")
    for line in lines:
        table.add_row(*(line if noted else line[:-1]))
    yield table


def _front(data: DepartmentOverall | ProjectDeclaration, margin: Margin) -> Iterator[RenderableType]:
    names = [name for name in FRONT_FIELDS if name in type(data).model_fields]
    rows = [
        (Text(FRONT_FIELDS[name]), margin.value(f"/{name}", getattr(data, name)), margin.beside(f"/{name}"))
        for name in names
    ]
    yield from _table("基本信息", ("栏目", "填报内容"), "/title", rows, margin)


def _budget(budget: Budget, margin: Margin) -> Iterator[RenderableType]:
    years = (
        [f"{year}年" for year in budget.history_years] if len(budget.history_years) == 2 else ["前年", "上年"]
    )
    rows = [
        (Text(heading if number == 0 else ""), *_budget_line(line, f"/budget/{side}/{number}", margin))
        for side, heading in BUDGET_SIDES.items()
        for number, line in enumerate(getattr(budget, side))
    ]
    headings = ("构成", "项目", "当年金额", "占比", *years)
    yield from _table("部门总体资金情况", headings, "/budget/history_years", rows, margin)


def _budget_line(line: BudgetLine, path: str, margin: Margin) -> list[Text]:
    cells = [margin.value(f"{path}/{name}", getattr(line, name)) for name in ("item", "amount", "share")]
    cells += [margin.value(f"{path}/history/{n}", amount) for n, amount in enumerate(line.history)]
    return [*cells, margin.beside(path)]


def _projects(projects: Sequence[Project], margin: Margin) -> Iterator[RenderableType]:
    rows = _rows(projects, PROJECT_FIELDS, "/projects", margin)
    yield from _table("项目支出情况", PROJECT_FIELDS.values(), "/projects", rows, margin)


def _printed(
    nouns: Sequence[object], fields: Mapping[str, str], title: str, path: str, margin: Margin
) -> Iterator[RenderableType]:
    """A section that only some forms print."""
    if nouns:
        yield from _table(title, fields.values(), path, _rows(nouns, fields, path, margin), margin)


def _rows(
    nouns: Sequence[object], fields: Iterable[str], path: str, margin: Margin
) -> Iterator[Sequence[Text]]:
    for number, noun in enumerate(nouns):
        place = f"{path}/{number}"
        cells = [margin.value(f"{place}/{name}", getattr(noun, name)) for name in fields]
        yield [*cells, margin.beside(place)]


def _items(title: str, path: str, texts: Sequence[str], margin: Margin) -> Iterator[RenderableType]:
    rows = [
        (Text(str(number + 1)), margin.value(f"{path}/{number}", text), margin.beside(f"{path}/{number}"))
        for number, text in enumerate(texts)
    ]
    yield from _table(title, ("序号", "内容"), path, rows, margin)


def _summary(title: str, path: str, text: str | None, margin: Margin) -> Iterator[RenderableType]:
    yield from _table(title, ("内容",), path, [(margin.value(path, text), margin.beside(path))], margin)


def _indicators(
    title: str, path: str, indicators: Sequence[Indicator], margin: Margin
) -> Iterator[RenderableType]:
    """The indicators with the columns that the form prints."""
    annual = any(isinstance(indicator, AnnualIndicator) for indicator in indicators)
    past = PAST_VALUES if annual else {}
    values = (*past, "target")
    more = {
        name: heading
        for name, heading in {**BASIS_FIELDS, **MORE_FIELDS}.items()
        if any(getattr(indicator, name) is not None for indicator in indicators)
    }
    extra = tuple(dict.fromkeys(heading for indicator in indicators for heading in indicator.extra))
    headings = (*LEVEL_NAMES.values(), *past.values(), TARGET_NAME, *more.values(), *extra)
    rows: list[list[Text]] = []
    above: list[Text] = []
    for number, indicator in enumerate(indicators):
        place = f"{path}/{number}"
        levels = [margin.value(f"{place}/{name}", getattr(indicator, name)) for name in LEVEL_NAMES]
        cells = [margin.value(f"{place}/{name}", _value_text(indicator, name)) for name in values]
        cells += [margin.value(f"{place}/{name}", _shown(getattr(indicator, name))) for name in more]
        cells += [margin.value(f"{place}/extra/{name}", indicator.extra.get(name)) for name in extra]
        rows.append([*_merged(levels, above), *cells, margin.beside(place)])
        above = levels
    yield from _table(title, headings, path, rows, margin)


def _shown(value: object) -> object:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value


def _value_text(indicator: Indicator, name: str) -> str | None:
    value: Value | None = indicator.target
    if name != "target" and isinstance(indicator, AnnualIndicator):
        value = getattr(indicator.history, name.removeprefix("history/"))
    return value.text if value else None


def _merged(levels: Sequence[Text], above: Sequence[Text]) -> list[Text]:
    """Levels as the form prints them: what equals the row above is not said again, unless it was repaired."""
    shown = list(levels)
    for depth in range(2):
        level = levels[depth]
        if not above or level.plain != above[depth].plain or level.spans or level.plain == DASH:
            break
        shown[depth] = Text("")
    return shown
