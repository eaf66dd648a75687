"""The reconciliation as one page that opens anywhere: no script, no other file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape

from shenbao.ingest.reconcile import STATES, Department, Reconciliation, Row

COLOURS = {"done": "g", "review": "y", "rejected": "r", "failed": "r", "missing": "r"}
STYLE = """
body { font-family: "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2em; color: #222; }
table { border-collapse: collapse; margin: .5em 0 2em; }
th, td { border: 1px solid #bbb; padding: .25em .6em; text-align: left; vertical-align: top; }
th { background: #eef; position: sticky; top: 0; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
.g { background: #e2f4e2; } .y { background: #fff3cf; } .r { background: #fbdcdc; }
"""


def reconciliation_to_html(found: Reconciliation) -> str:
    """The page, in Chinese; the same reconciliation gives the same bytes."""
    parts = [_summary(found), _money(found)]
    if found.expected is not None:
        parts.append(_departments("名单内部门", found.expected))
    parts.append(_departments("名单外部门" if found.expected is not None else "部门", found.others))
    parts.append(_files(found.rows))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>申报对账表</title>'
        f"<style>{STYLE}</style></head><body>\n<h1>申报对账表</h1>\n{''.join(parts)}</body></html>\n"
    )


def summary_rows(found: Reconciliation) -> list[tuple[str, int]]:
    """What a clerk asks first, in order: how many should have come, came, and in which state they are."""
    rows = []
    if found.expected is not None:
        states = [department.state for department in found.expected]
        rows += [("应交部门", len(states)), ("已交部门", len(states) - states.count("missing"))]
        rows += [(f"部门：{name}", states.count(state)) for state, name in STATES.items() if state in states]
    rows.append(("收到文件", len({row.file for row in found.rows})))
    return rows + [
        (f"文件：{name}", found.states[state]) for state, name in STATES.items() if found.states[state]
    ]


def money_rows(found: Reconciliation) -> list[tuple[str, str, Decimal, Decimal, str]]:
    """Side, unit, sum of the results, sum of the report, and whether they agree."""
    keys = sorted({*found.money_in, *found.money_out})
    rows = []
    for side, unit in keys:
        came, went = (
            found.money_in.get((side, unit), Decimal(0)),
            found.money_out.get((side, unit), Decimal(0)),
        )
        rows.append((f"{side}合计", unit, came, went, "一致" if came == went else "不一致"))
    return rows


def department_to_cells(
    department: Department,
) -> tuple[str, str, str, Decimal | None, Decimal | None, str, str]:
    """Name, state, files, declared totals (blank in mixed units), unit, remark."""
    units = {row.money_unit or "" for row in department.rows if row.department and row.state != "duplicate"}
    one = len(units) <= 1
    return (
        *(
            department.name,
            STATES[department.state],
            "\n".join(dict.fromkeys(r.file for r in department.rows)),
        ),
        _sum(row.income for row in department.rows) if one else None,
        _sum(row.expenditure for row in department.rows) if one else None,
        "、".join(sorted(units)),
        department.remark,
    )


def row_to_cells(row: Row) -> tuple[str, str, str, Decimal | None, Decimal | None, str, str]:
    """File, state, department, declared totals, unit, remark."""
    name, unit = row.department or "", row.money_unit or ""
    return row.file, STATES[row.state], name, row.income, row.expenditure, unit, row.remark


DEPARTMENT_TITLES = ("部门", "状态", "文件", "收入合计", "支出合计", "单位", "备注")
FILE_TITLES = ("文件", "状态", "部门", "收入合计", "支出合计", "单位", "备注")
MONEY_TITLES = ("项目", "单位", "各结果之和", "本表之和", "核对")


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _summary(found: Reconciliation) -> str:
    return _table(("项目", "数量"), [(row, "") for row in summary_rows(found)])


def _money(found: Reconciliation) -> str:
    rows = [(row, "g" if row[-1] == "一致" else "r") for row in money_rows(found)]
    return f"<h2>金额核对</h2>\n{_table(MONEY_TITLES, rows)}"


def _departments(title: str, departments: Sequence[Department]) -> str:
    if not departments:
        return ""
    rows = [(department_to_cells(d), COLOURS.get(d.state, "")) for d in departments]
    return f"<h2>{title}</h2>\n{_table(DEPARTMENT_TITLES, rows)}"


def _files(rows: Sequence[Row]) -> str:
    cells = [(row_to_cells(row), COLOURS.get(row.state, "")) for row in rows]
    return f"<h2>文件明细</h2>\n{_table(FILE_TITLES, cells)}"


def _table(titles: Sequence[str], rows: Iterable[tuple[Sequence[object], str]]) -> str:
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    body = "".join(f'<tr class="{colour}">{"".join(map(_cell, cells))}</tr>\n' for cells, colour in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>\n"


def _cell(value: object) -> str:
    if isinstance(value, Decimal | int):
        return f'<td class="n">{value:,}</td>'
    return f"<td>{escape(str(value or '')).replace(chr(10), '<br>')}</td>"
