"""The reconciliation as one page that opens anywhere: no script, no other file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape

from shenbao.ingest.report.reconcile import STATE_NAMES, Department, Reconciliation
from shenbao.ingest.report.report_rows import (
    AGREED,
    DEPARTMENT_TITLES,
    FILE_TITLES,
    MEANINGS,
    MONEY_TITLES,
    STATE_COLOURS,
    SUMMARY_TITLES,
    DepartmentCells,
    department_to_cells,
    missing_names,
    money_rows,
    places,
    row_to_cells,
    shown_states,
    summary_rows,
)

STYLE = """
* { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body { font-family: "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2em; color: #222; }
table { border-collapse: collapse; margin: .5em 0 2em; }
th, td { border: 1px solid #bbb; padding: .25em .6em; text-align: left; vertical-align: top; }
th { background: #eef; position: sticky; top: 0; white-space: nowrap; }
td { overflow-wrap: anywhere; }
td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.s { white-space: nowrap; }
.side { display: flex; flex-wrap: wrap; gap: 3em; }
input + label { margin-right: 1.2em; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { margin: 0; font-size: 9pt; }
  th { position: static; }
  tr { break-inside: avoid; }
  .filter, input, label { display: none; }
}
"""


def reconciliation_to_html(found: Reconciliation) -> str:
    """The page, in Chinese; the same reconciliation gives the same bytes."""
    states = shown_states(found)
    parts = [_overview(found), _filters(states)]
    if found.expected is not None:
        parts.append(_table("名单内部门", DEPARTMENT_TITLES, _departments(found.expected)))
    others = "名单外部门" if found.expected is not None else "部门"
    parts.append(_table(others, DEPARTMENT_TITLES, _departments(found.others)))
    parts.append(_table("文件明细", FILE_TITLES, ((row.state, row_to_cells(row)) for row in found.rows)))
    parts.append(_legend(states))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>申报对账表</title>'
        f"<style>{STYLE}{_state_style(states)}</style></head><body>\n<h1>申报对账表</h1>\n{''.join(parts)}</body></html>\n"
    )


def _departments(departments: Iterable[Department]) -> Iterable[tuple[str, DepartmentCells]]:
    return ((department.state, department_to_cells(department)) for department in departments)


def _overview(found: Reconciliation) -> str:
    """Numbers and money side by side, and who is missing."""
    money = [("" if row[-1] == AGREED else "rejected", row) for row in money_rows(found)]
    tables = (
        _table("汇总", SUMMARY_TITLES, (("", row) for row in summary_rows(found))),
        _table("金额核对", MONEY_TITLES, money),
    )
    side = "".join(f"<div>{table}</div>" for table in tables)
    missing = missing_names(found)
    names = f"<h2>未交部门（{len(missing)}）</h2>\n<p>{escape('、'.join(missing))}</p>\n" if missing else ""
    return f'<div class="side">{side}</div>\n{names}'


def _filters(states: Sequence[str]) -> str:
    """Buttons that leave the rows of one state; style alone does it, by `_state_style`."""
    choices = [("all", "全部"), *((state, STATE_NAMES[state]) for state in states)]
    buttons = "".join(
        f'<input type="radio" name="f" id="f-{state}"{" checked" if state == "all" else ""}>'
        f'<label for="f-{state}">{name}</label>'
        for state, name in choices
    )
    return f'<b class="filter">只看：</b>{buttons}\n'


def _state_style(states: Sequence[str]) -> str:
    colours = [
        f".{state} {{ background: #{STATE_COLOURS[state]}; }}" for state in states if state in STATE_COLOURS
    ]
    hidden = [f"#f-{state}:checked ~ table tbody tr:not(.{state}) {{ display: none; }}" for state in states]
    return "\n".join([*colours, ".rejected { background: #FBDCDC; }", *hidden]) + "\n"


def _legend(states: Sequence[str]) -> str:
    lines = "".join(
        f"<li>{STATE_NAMES[state]}：{MEANINGS[state]}</li>" for state in states if state in MEANINGS
    )
    return f"<h2>状态说明</h2>\n<ul>{lines}</ul>\n"


def _table(title: str, titles: Sequence[str], rows: Iterable[tuple[str, Sequence[object]]]) -> str:
    """A heading and a table of rows by their states; nothing without rows."""
    body = "".join(f'<tr class="{state}">{_row(cells)}</tr>\n' for state, cells in rows)
    if not body:
        return ""
    head = "".join(f"<th>{escape(text)}</th>" for text in titles)
    return f"<h2>{title}</h2>\n<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>\n"


def _row(cells: Sequence[object]) -> str:
    return "".join(map(_cell, cells))


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return f'<td class="n">{value:,.{places(value)}f}</td>'
    if isinstance(value, int):
        return f'<td class="n">{value:,}</td>'
    text = escape(str(value or "")).replace("\n", "<br>")
    return f'<td class="s">{text}</td>' if value in STATE_NAMES.values() else f"<td>{text}</td>"
