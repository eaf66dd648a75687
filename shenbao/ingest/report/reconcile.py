"""Who handed in what, who is missing, and whether the money in the results is the money in the report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz, process

from models.declaration import Declaration
from normalize.check.equations import TOTAL_ITEM
from shenbao.ingest.inbox.store import Location, contents
from shenbao.ingest.ledger.books import READ_STATES, File, FormRow, Work
from shenbao.ingest.ledger.state import file_state
from shenbao.ingest.report.expected import plain
from shenbao.ingest.report.season_forms import FormOfFile, disagreements, project_name, result_to_declarations
from shenbao.places import place_in_words

STATE_NAMES = {
    "done": "通过",
    "review": "待复核",
    "rejected": "退回",
    "failed": "未能读取",
    "found": "等待读取",
    "reading": "正在读取",
    "growing": "正在写入",
    "missing": "未交",
    "duplicate": "重复",
}
"""From the best to the worst; a department with several files is where its best one is."""
ORDER = list(STATE_NAMES)
_NEAR = 75
"""Likeness (of 100) from which a name outside the list is shown beside the one it may mean."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A file, or a form where a file holds several. `department` is as read, amounts are the declared totals.

    `project` is the project's name where the form is a project's, `key` says which form it is.
    """

    file: str
    state: str
    department: str | None = None
    money_unit: str | None = None
    income: Decimal | None = None
    expenditure: Decimal | None = None
    remark: str = ""
    project: str | None = None
    key: FormOfFile | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """A department on the list, or one that handed in without being on it."""

    name: str
    state: str
    rows: tuple[ReportRow, ...]
    remark: str = ""


Sums = dict[tuple[str, str], Decimal]
"""Totals by side (收入, 支出) and money unit."""
Total = tuple[str | None, Decimal | None, Decimal | None]
"""Money unit, income, expenditure of a form."""
DOUBTS = {"error": "错误", "warning": "警告"}
_PLACES_NAMED = 3
"""Places of doubts that a remark names; the result has them all."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What keeps a form from being accepted: how much of each severity, and where, in the form's words."""

    counts: Counter[str] = field(default_factory=Counter)
    places: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """In one line for a clerk; `""` where there is no doubt."""
        counted = "、".join(
            f"{name} {self.counts[kind]} 处" for kind, name in DOUBTS.items() if self.counts[kind]
        )
        named = "、".join(self.places[:_PLACES_NAMED]) + ("等" if len(self.places) > _PLACES_NAMED else "")
        return f"待核对：{counted}" + (f"（{named}）" if named else "") if counted else ""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """`expected` is `None` without a list. `money_in` is summed from the results on disk, `money_out` from `rows`."""

    rows: tuple[ReportRow, ...]
    expected: tuple[Department, ...] | None
    others: tuple[Department, ...]
    money_in: Sums
    money_out: Sums

    @property
    def balances(self) -> bool:
        return self.money_in == self.money_out

    @property
    def states(self) -> Counter[str]:
        """Files in each state."""
        return Counter({row.file: row.state for row in self.rows}.values())


def reconcile(
    files: Iterable[File],
    works: Mapping[str, Work],
    forms: Iterable[FormRow],
    growing: Iterable[str],
    results: Location,
    expected: Sequence[str] | None,
) -> Reconciliation:
    """Hold the ledger against the list and against the results on disk."""
    by_content: dict[str, list[FormRow]] = {}
    for form in forms:
        by_content.setdefault(form.sha256, []).append(form)
    read = read_results(results)
    rows = [row for file in files for row in _file_to_rows(file, works, by_content, read)]
    known = {row.file for row in rows}
    rows += [
        ReportRow(name, "growing", remark="文件仍在写入，下次读取") for name in growing if name not in known
    ]
    rows.sort(key=lambda row: row.file)
    listed, others = _assign(rows, expected or (), read.declared)
    return Reconciliation(
        rows=tuple(rows),
        expected=listed if expected is not None else None,
        others=others,
        money_in=read.sums,
        money_out=_sum((row.money_unit, row.income, row.expenditure) for row in rows),
    )


def _file_to_rows(
    file: File,
    works: Mapping[str, Work],
    forms: Mapping[str, Sequence[FormRow]],
    read: ResultsRead,
) -> Iterator[ReportRow]:
    state, reason = file_state(file, works)
    content = forms.get(file.sha256 or "", ())
    if state == "duplicate":
        department = content[0].department if content else None
        yield ReportRow(file.name, state, department, remark=f"内容同 {reason}")
        return
    held = content if state in READ_STATES else ()
    if not held:
        yield ReportRow(file.name, state, remark=reason)
    for form in held:
        sides = {"收入合计": form.income, "支出合计": form.expenditure}
        key = form.sha256, form.number
        project = project_name(read.declared, key)
        unread = "、".join(name for name, amount in sides.items() if amount is None and project is None)
        doubted = read.doubts.get(key, Doubts())
        whose = f"项目：{project}" if project else ""
        remarks = (whose, f"未读出{unread}" if unread else "", doubted.remark)
        yield ReportRow(
            *(file.name, state, form.department, form.money_unit, form.income, form.expenditure),
            remark="；".join(filter(None, remarks)),
            project=project,
            key=key,
        )


def _assign(
    rows: Sequence[ReportRow], expected: Sequence[str], declared: Mapping[FormOfFile, Declaration]
) -> tuple[tuple[Department, ...], tuple[Department, ...]]:
    """The departments on the list with their rows, and those that are not on it."""
    names = {plain(name): name for name in expected}
    taken: dict[str, list[ReportRow]] = {name: [] for name in names}
    others: dict[str, list[ReportRow]] = {}
    for row in rows:
        key = _row_to_key(row, names)
        (taken if key in names else others).setdefault(key, []).append(row)
    listed = [_department(names[key], found, declared) for key, found in taken.items()]
    rest = [_department(key, found, declared, names) for key, found in sorted(others.items())]
    return tuple(listed), tuple(rest)


def _row_to_key(row: ReportRow, names: Mapping[str, str]) -> str:
    """The department as read; where none was read, the longest name on the list that the file's path holds."""
    if row.department:
        return plain(row.department)
    path = plain(row.file)
    return max((name for name in names if name in path), key=len, default="")


def _department(
    name: str,
    rows: Sequence[ReportRow],
    declared: Mapping[FormOfFile, Declaration],
    names: Mapping[str, str] | None = None,
) -> Department:
    remarks = []
    own = [row for row in rows if row.department is not None and row.state != "duplicate"]
    forms = sum(row.project is None for row in own)
    if forms > 1:
        remarks.append(f"收到 {forms} 份表，请核对以哪份为准")
    if names and name:
        near = process.extractOne(name, list(names), scorer=fuzz.ratio, score_cutoff=_NEAR)
        remarks.append(f"名单中相近的是“{names[near[0]]}”，请核对" if near else "不在名单中")
    states = [row.state for row in rows if row.state != "duplicate"] or [row.state for row in rows]
    best = min(states, key=ORDER.index, default="missing")
    remarks += disagreements(declared, (row.key for row in own if row.key))
    remarks += dict.fromkeys(row.remark for row in rows if row.state == best and row.remark)
    return Department(name or "（未读出部门名称）", best, tuple(rows), "；".join(remarks))


@dataclass(frozen=True, slots=True)
class ResultsRead:
    """What the results on disk say: declared totals, what is doubted of each form, and the declarations."""

    sums: Sums
    doubts: Mapping[FormOfFile, Doubts]
    declared: Mapping[FormOfFile, Declaration] = field(default_factory=dict)


def read_results(results: Location) -> ResultsRead:
    """Every result under `results`, read from there; one that is no result adds nothing, so that the balance fails."""
    totals: list[Total] = []
    doubts: dict[FormOfFile, Doubts] = {}
    declared: dict[FormOfFile, Declaration] = {}
    for data in contents(results, ".json"):
        declared |= dict(result_to_declarations(data))
        try:
            root = json.loads(data, parse_float=Decimal)
            totals += _totals(root)
            doubts |= _doubts(root)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return ResultsRead(_sum(totals), doubts, declared)


def _totals(root: Mapping[str, Any]) -> list[Total]:
    datas = [form["data"] for form in root["forms"]]
    budgets = [(data["money_unit"], data["budget"]) for data in datas if data.get("budget")]
    return [(unit, _total(budget["income"]), _total(budget["expenditure"])) for unit, budget in budgets]


def _doubts(root: Mapping[str, Any]) -> dict[tuple[str, int], Doubts]:
    """The doubts of every form, errors first; what is wrong with the file counts on its first form."""
    found = {}
    for number, form in enumerate(root["forms"], 1):
        findings = [*form["findings"], *(root["findings"] if number == 1 else ())]
        grave = [
            f for f in findings if f["category"] in ("reading", "arithmetic") and f["severity"] in DOUBTS
        ]
        grave.sort(key=lambda f: list(DOUBTS).index(f["severity"]))
        places = dict.fromkeys(place_in_words(form["data"], f["path"]) for f in grave if f["path"])
        key = root["source"]["sha256"], number
        found[key] = Doubts(Counter(f["severity"] for f in grave), tuple(places))
    return found


def _total(lines: Iterable[Mapping[str, Any]]) -> Decimal | None:
    amounts = [line["amount"] for line in lines if line["item"] == TOTAL_ITEM]
    return Decimal(amounts[0]) if len(amounts) == 1 and amounts[0] is not None else None


def _sum(found: Iterable[Total]) -> Sums:
    sums: Sums = {}
    for unit, income, expenditure in found:
        for side, amount in (("收入", income), ("支出", expenditure)):
            if amount is not None:
                key = (side, unit or "单位未读出")
                sums[key] = sums.get(key, Decimal(0)) + amount
    return dict(sorted(sums.items()))
