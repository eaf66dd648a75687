"""The plain mapping, one for all peers: tables → `data` of the contract, with what a day's work gives.

Labels and headings are looked up letter by letter, columns are found below their headings, merged names are
filled down, a table goes on over the page. There is no catalogue, no repair, no second guess.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from bench.peers.indicators import Indicators
from bench.peers.labels import label, letters, text_of
from bench.peers.money import Budget, Projects
from bench.peers.reading import Json, Reading
from bench.peers.rows import Place, Row, table_to_rows

TITLES = {
    "部门整体绩效目标申报表",
    "部门整体绩效目标表",
    "部门整体支出绩效目标申报表",
    "部门整体支出绩效目标表",
}
BESIDE = {
    "部门单位名称": "department",
    "部门名称": "department",
    "单位名称": "department",
    "填报人": "preparer",
    "填表人": "preparer",
    "联系电话": "phone",
    "电话": "phone",
}
SECTIONS = {
    "部门总体资金情况": "budget",
    "部门整体资金情况": "budget",
    "部门职能概述": "functions",
    "部门主要职能": "functions",
    "年度工作任务": "annual_tasks",
    "年度主要工作任务": "annual_tasks",
    "项目支出情况": "projects",
    "整体绩效总目标": "summary",
    "部门整体绩效总目标": "summary",
    "长期目标": "long_goals",
    "长期目标截止#年": "long_goals",
    "长期目标截至#年": "long_goals",
    "年度目标": "annual_goals",
    "#年度目标": "annual_goals",
    "长期绩效指标": "long_term",
    "年度绩效指标": "annual",
}
BELOW = {"long_goals": "long_term", "annual_goals": "annual"}
"""The table whose headings follow a list of goals."""
ANNUAL_ONLY = {"近两年指标值", "前年"}
LISTS = ("functions", "annual_tasks", "long_goals", "annual_goals")
DATE = re.compile(r"(?:填报|填表)(?:日期|时间):?(\d{4})年(\d{1,2})月(\d{1,2})日")
MONEY = re.compile(r"单位:([亿万千百]?元)")
UNTIL = re.compile(r"截[止至](\d{4})年")


def reading_to_data(reading: Reading) -> Json:
    """The `data` object of a form, `None` where nothing stands at the place."""
    rows = [list(table_to_rows(table)) for table in reading.tables]
    parts = dict(_sections(rows))
    texts = {name: _list_text(parts.get(name, ())) for name in LISTS}
    summaries, until = _summaries(parts.get("summary", ()))
    data = _head(reading.lines, rows)
    data |= {
        "budget": Budget.read(parts.get("budget", ())),
        "projects": Projects.read(parts.get("projects", ())),
    }
    data |= {name: items(texts[name]) for name in ("functions", "annual_tasks")}
    for horizon, goals in (("long_term", "long_goals"), ("annual", "annual_goals")):
        data[horizon] = {
            "summary": summaries.get(horizon),
            "goals": items(texts[goals]),
            "indicators": Indicators.read(parts.get(horizon, ()), horizon),
        }
    data["long_term"]["until_year"] = until
    return data


def _sections(tables: Iterable[Sequence[Row]]) -> Iterator[tuple[str, list[Row]]]:
    """Rows by section, the section's own label taken away; blank labels stay in the section above."""
    found: dict[str, list[Row]] = {}
    now: str | None = None
    for row in (row for table in tables for row in table):
        first = next((cell for cell in row.cells if cell.text), None)
        name = SECTIONS.get(label(first.text)) if first else None
        if first and name:
            now = name
            row = row.without(first)  # noqa: PLW2901
        elif lost := _lost_label(now, {label(cell.text) for cell in row.cells}):
            now = lost
        elif first and label(first.text) in BESIDE:
            now = None
        if now:
            found.setdefault(now, []).append(row)
    yield from found.items()


def _lost_label(now: str | None, labels: set[str]) -> str | None:
    """The table of indicators that begins here without its label: its headings do not stand elsewhere."""
    if now == "long_term" and labels & ANNUAL_ONLY:
        return "annual"
    return BELOW.get(now or "") if "一级指标" in labels else None


def _head(lines: Iterable[str], tables: Iterable[Sequence[Row]]) -> Json:
    """What stands above the table and in its first rows."""
    head: Json = dict.fromkeys(("title", "filled_on", "money_unit", "department", "preparer", "phone"))
    rows = [row for table in tables for row in table]
    for text in (*lines, *(cell.text for row in rows for cell in row.cells)):
        flat = letters(text)
        if head["title"] is None and label(text) in TITLES:
            head["title"] = text_of(text)
        if head["filled_on"] is None and (date := DATE.search(flat)):
            head["filled_on"] = f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}"
        if head["money_unit"] is None and (unit := MONEY.search(flat)):
            head["money_unit"] = unit[1]
    for row in rows:
        filled = [cell.text for cell in row.cells if cell.text]
        for before, after in itertools.pairwise(filled):
            key = BESIDE.get(label(before))
            if key and head[key] is None and label(after) not in BESIDE:
                head[key] = text_of(after)
    return head


def _list_text(rows: Iterable[Row]) -> str:
    """All the text of a section of lists, each cell once."""
    seen = dict.fromkeys((id(row.table), cell) for row in rows for cell in row.cells)
    return "\n".join(cell.text for _, cell in seen if cell.text)


def items(text: str) -> list[str]:
    """The entries of a list numbered 1, 2, 3; the whole text where there are no numbers.

    >>> items("1、建成30.5公里；2、通车率2.\\n保持100%")
    ['建成30.5公里；', '通车率2.保持100%']
    """
    starts = []
    place, number = 0, 1
    while found := re.compile(rf"(?<!\d){number}[、.．](?!\d)").search(text, place):
        starts.append(found)
        place, number = found.end(), number + 1
    if not starts:
        return [whole] if (whole := text_of(text)) else []
    ends = [*(found.start() for found in starts[1:]), len(text)]
    return [
        entry for found, end in zip(starts, ends, strict=True) if (entry := text_of(text[found.end() : end]))
    ]


def _summaries(rows: Iterable[Row]) -> tuple[dict[str, str], int | None]:
    """The two overall goals below their headings, and the year the long one ends."""
    columns: dict[str, Place] = {}
    texts: dict[str, str] = {}
    until = None
    for row in rows:
        heads = {
            name: cell
            for cell in row.cells
            if (
                name := {"long_goals": "long_term", "annual_goals": "annual"}.get(
                    SECTIONS.get(label(cell.text), "")
                )
            )
        }
        if heads:
            columns = {name: row.place(cell) for name, cell in heads.items()}
            long = heads.get("long_term")
            year = UNTIL.search(letters(long.text)) if long else None
            until = int(year[1]) if year else until
            continue
        for name, place in columns.items():
            texts[name] = texts.get(name, "") + (text_of(row.at(place) or "") or "")
    return texts, until
