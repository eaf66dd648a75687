"""What the reconciliation shows, line by line, whether as a page or as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from shenbao.export.sheet_writer import decimal_places
from shenbao.ingest.report.reconcile import STATE_NAMES, Department, Reconciliation, ReportRow

DepartmentCells = tuple[str, str, str, Decimal | None, Decimal | None, str, str]
"""Name, state, file or department, declared income and expenditure, unit, remark."""

LEAST_PLACES = 2
"""Digits after the point that money shows at least."""
SUMMARY_TITLES = ("项目", "数量")
MONEY_TITLES = ("项目", "单位", "各结果之和", "本表之和", "核对")
DEPARTMENT_TITLES = ("部门", "状态", "文件", "收入合计", "支出合计", "单位", "备注")
FILE_TITLES = ("文件", "状态", "部门", "收入合计", "支出合计", "单位", "备注")
STATE_COLOURS = {
    **{"done": "E2F4E2", "review": "FFF3CF"},
    **dict.fromkeys(("rejected", "failed", "missing"), "FBDCDC"),
}
"""Behind a row, by its state."""
MEANINGS = {
    "done": "读取和勾稽没有疑问",
    "review": "读取或勾稽有疑问，请对照原件逐处核对",
    "rejected": "没有读出申报表，原因见备注，请部门重新提交",
    "failed": "文件没有读完，原因见备注，可再次读取",
    "missing": "没有收到该部门的申报表",
    "duplicate": "内容与另一文件完全相同，不重复计算",
}
_SIDES = ("收入", "支出")
AGREED, _DIFFERENT = "一致", "不一致"


def summary_rows(found: Reconciliation) -> list[tuple[str, int]]:
    """What a clerk asks first, in order: how many should have come, came, and in which state they are."""
    rows = []
    if found.expected is not None:
        states = [department.state for department in found.expected]
        rows += [("应交部门", len(states)), ("已交部门", len(states) - states.count("missing"))]
        rows += [
            (f"部门：{name}", states.count(state)) for state, name in STATE_NAMES.items() if state in states
        ]
    rows.append(("收到文件", len({row.file for row in found.rows})))
    return rows + [
        (f"文件：{name}", found.states[state]) for state, name in STATE_NAMES.items() if found.states[state]
    ]


def money_rows(found: Reconciliation) -> list[tuple[str, str, Decimal, Decimal, str]]:
    """Side, unit, sum of the results, sum of the report, and whether they agree."""
    rows = []
    for key in sorted({*found.money_in, *found.money_out}, key=lambda key: (_SIDES.index(key[0]), key[1])):
        came, went = found.money_in.get(key, Decimal(0)), found.money_out.get(key, Decimal(0))
        rows.append((f"{key[0]}合计", key[1], came, went, AGREED if came == went else _DIFFERENT))
    return rows


def department_to_cells(department: Department) -> DepartmentCells:
    """Its totals are blank where it handed in more than one form: their sum would be nobody's budget."""
    forms = [row for row in department.rows if row.department and row.state != "duplicate"]
    one = forms[0] if len(forms) == 1 else None
    return (
        *(department.name, STATE_NAMES[department.state]),
        "\n".join(dict.fromkeys(row.file for row in department.rows)),
        *((one.income, one.expenditure, one.money_unit or "") if one else (None, None, "")),
        department.remark,
    )


def row_to_cells(row: ReportRow) -> DepartmentCells:
    """Its department stands where a department's files do."""
    name, unit = row.department or "", row.money_unit or ""
    return row.file, STATE_NAMES[row.state], name, row.income, row.expenditure, unit, row.remark


def missing_names(found: Reconciliation) -> list[str]:
    """The departments that a clerk will telephone."""
    return [department.name for department in found.expected or () if department.state == "missing"]


def shown_states(found: Reconciliation) -> list[str]:
    """The states of anything in the report, from the best to the worst."""
    departments: Iterable[Department] = (*(found.expected or ()), *found.others)
    there = {row.state for row in found.rows} | {department.state for department in departments}
    return [state for state in STATE_NAMES if state in there]


def places(amount: Decimal) -> int:
    """Digits after the point: as printed, and at least the two of money."""
    return max(LEAST_PLACES, decimal_places(amount))
