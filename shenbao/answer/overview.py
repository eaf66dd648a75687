"""The overview of a season: submissions by state and day, findings, money, targets, and who stands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from models.codes import CODES
from models.declaration import DepartmentOverall
from normalize.check.equations import TOTAL_ITEM
from shenbao.answer.charts import bars
from shenbao.answer.listing import Link, Listing, listings_to_html, listings_to_xlsx
from shenbao.answer.memo import AskedForm
from shenbao.answer.outliers import find_outliers, targets_by_history
from shenbao.answer.review_sheet import sheets_to_listing
from shenbao.answer.rounds import FormKey, HeldForm, Round
from shenbao.answer.wording import MemoWords
from shenbao.ingest.report.reconcile import STATE_NAMES

_STATES = {"accepted": "done", "review": "review", "rejected": "rejected"}
_SHOWN = 15
"""Bars of a chart; the tables have all."""
MoneyKey = tuple[str, str, str]
"""Side (收入, 支出), item, money unit."""


def round_to_money(forms: Iterable[HeldForm]) -> dict[MoneyKey, Decimal]:
    """The amounts of the year by side, item and money unit, of departments' own forms."""
    sums: dict[MoneyKey, Decimal] = {}
    for one in forms:
        data = one.form.data
        if not isinstance(data, DepartmentOverall):
            continue
        for side, lines in (("收入", data.budget.income), ("支出", data.budget.expenditure)):
            for line in lines:
                if line.amount is not None:
                    key = (side, line.item, data.money_unit or "单位未读出")
                    sums[key] = sums.get(key, Decimal(0)) + line.amount
    return sums


def overview_files(
    found: Round, asked: Sequence[AskedForm], words: MemoWords, pages: Mapping[FormKey, str]
) -> dict[str, bytes]:
    """`overview.html` and `overview.xlsx`; `pages` are the departments' memos by form, from the report's folder."""
    listings = _listings(found, asked, pages)
    page = listings_to_html(f"绩效目标申报概览：{found.name}", found.remarks, listings, _charts(found, asked))
    sheet = sheets_to_listing(asked, words)
    return {"overview.html": page.encode(), "overview.xlsx": listings_to_xlsx([*listings, sheet])}


def _listings(found: Round, asked: Sequence[AskedForm], pages: Mapping[FormKey, str]) -> list[Listing]:
    outliers = [
        ("review", (_linked(one.held, pages), one.indicator, one.target, one.usual, one.reason))
        for one in find_outliers(found.forms.values())
    ]
    money = [("", (*key, amount)) for key, amount in round_to_money(found.forms.values()).items()]
    findings = [
        ("", (CODES[code].chinese.rstrip("。"), code, count, departments))
        for code, count, departments in _findings(asked)
    ]
    return [
        Listing("按状态", ("状态", "文件"), [("", row) for row in _by_state(found)]),
        Listing("按日期", ("最后修改日期", "文件"), [("", row) for row in _by_day(found)]),
        Listing("常见问题", ("问题", "代码", "处", "部门（项目）"), findings),
        Listing("资金分类", ("收支", "项目", "单位", "金额"), money),
        Listing("目标与前两年", ("比较", "指标"), [("", row) for row in _targets(found)]),
        Listing("异常值", ("部门（项目）", "指标", "指标值", "通常", "说明"), outliers, "同一目录指标在各部门之间比较。"),
        Listing("部门（项目）", ("部门（项目）", "状态", "意见", "待核对", "文件"), list(_forms(asked, pages))),
        Listing("未读出的文件", ("文件", "原因"), [("rejected", (x.file, "；".join(x.reasons))) for x in found.unread]),
    ]  # fmt: skip


def _charts(found: Round, asked: Sequence[AskedForm]) -> list[str]:
    findings = [(CODES[code].chinese.rstrip("。"), float(count)) for code, count, _ in _findings(asked)]
    return [
        bars("报送状态", [(state, float(count)) for state, count in _by_state(found)]),
        bars("报送日期", [(day, float(count)) for day, count in _by_day(found)]),
        bars("最常见的问题", findings[:_SHOWN]),
        bars("支出分类", _spending(found)),
        bars("目标与前两年相比", [(name, float(count)) for name, count in _targets(found)]),
    ]


def _linked(held: HeldForm, pages: Mapping[FormKey, str]) -> str:
    page = pages.get(held.key)
    return Link(held.title, page) if page else held.title


def _by_state(found: Round) -> list[tuple[str, int]]:
    states = Counter({held.file: _STATES[held.status] for held in found.forms.values()}.values())
    states["rejected"] += len(found.unread)
    return [(name, states[state]) for state, name in STATE_NAMES.items() if states[state]]


def _by_day(found: Round) -> list[tuple[str, int]]:
    """By the day on which a file was last changed, where a season noted it."""
    times = {held.file: held.received_ns for held in found.forms.values()}
    times |= {one.file: one.received_ns for one in found.unread}
    days = Counter(datetime.fromtimestamp(ns / 1e9, UTC).strftime("%Y-%m-%d") for ns in times.values() if ns)
    return sorted(days.items())


def _findings(asked: Sequence[AskedForm]) -> list[tuple[str, int, int]]:
    """Code, how often, in how many forms, the most frequent first."""
    counts = Counter(point.code for one in asked for point in one.points)
    forms = Counter(code for one in asked for code in {point.code for point in one.points})
    return [(code, count, forms[code]) for code, count in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]


def _spending(found: Round) -> list[tuple[str, float]]:
    """Expenditure by class, without its total."""
    money = round_to_money(found.forms.values())
    return [
        (f"{item}（{unit}）", float(amount))
        for (side, item, unit), amount in money.items()
        if side == "支出" and item != TOTAL_ITEM
    ]


def _targets(found: Round) -> list[tuple[str, int]]:
    return sorted(targets_by_history(found.forms.values()).items())


def _forms(
    asked: Sequence[AskedForm], pages: Mapping[FormKey, str]
) -> Iterator[tuple[str, tuple[object, ...]]]:
    for one in asked:
        state = _STATES[one.held.status]
        cells = (_linked(one.held, pages), STATE_NAMES[state], len(one.points), one.waiting, one.held.file)
        yield state, cells
