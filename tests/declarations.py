"""Made-up declarations (部门整体绩效目标申报表) as data: what a careful person reads from the paper.

``declare(seed)`` gives one declaration as plain JSON-like data. The same seed gives the same declaration.
Amounts are strings with the printed digits; a blank cell is ``None``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, Literal

from tests.departments import (
    COMMON_FUNCTIONS,
    COMMON_MEASURES,
    COMMON_PROJECTS,
    COMMON_TASKS,
    COUNTIES,
    DEPARTMENTS,
    EXTRA_OWN,
    GIVEN,
    JUDGEMENTS,
    NEIGHBOURS,
    SURNAMES,
    Department,
    Measure,
    line_to_measure,
)

Layout = Literal["hubei-2025", "hubei-2021"]
Json = dict[str, Any]

BUDGET_ITEMS: dict[Layout, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "hubei-2025": (
        ("财政拨款", "财政专户管理资金", "单位资金"),
        ("人员类项目支出", "运转类项目支出", "特定目标类项目支出"),
    ),
    "hubei-2021": (("财政拨款", "其他资金"), ("基本支出", "项目支出")),
}
BASES = ("计划标准", "历史标准", "行业标准", "预算支出标准", "其他标准")


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator of the catalogue; ``standard`` is the usual text of a judged one, else ``None``."""

    level1: str
    level2: str
    level3: str
    basis: str | None
    standard: str | None = None


def _catalogue(table: str) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    level1 = level2 = ""
    for line in table.split():
        one, two, three, basis, standard = line.split("|")
        level1, level2 = one or level1, two or level2
        entries.append(Entry(level1, level2, three, basis or None, standard or None))
    return tuple(entries)


CATALOGUE = _catalogue("""
运行成本|公用经费控制|公用经费控制率|预算支出标准|
|在职人员控制|在职人员控制率|预算支出标准|
|项目支出成本控制|会议费控制率|预算支出标准|
||“三公经费”变动率|预算支出标准|
管理效率|战略管理|中长期规划相符性|计划标准|与政府战略匹配、与部门职能相符
||工作计划健全性|计划标准|工作计划制定明确，与部门职能和中长期规划相符
|预算编制|预算编制科学性|计划标准|基本信息内容真实、完整、准确，基本支出预算按规定标准编制，项目测算依据充分
||预算编制合理性|计划标准|重点项目预算有保障，项目之间不存在交叉重复
||立项规范性|计划标准|设立依据充分，按规定程序设立
||预算调整率|预算支出标准|
|预算执行|预算执行率|预算支出标准|
||结转结余率|预算支出标准|
||政府采购执行率|预算支出标准|
||非税收入预算完成率||
|绩效管理|事前绩效评估完成率||
||绩效目标合理性|计划标准|设置依据充分，符合客观实际，符合中长期规划和年度工作计划
||绩效监控开展率|预算支出标准|
||绩效评价覆盖率|预算支出标准|
||评价结果应用率|预算支出标准|
|资产管理|资产管理制度健全性|计划标准|制定资产配置、使用、处置制度，制定资产管理内部控制制度
||资产管理规范性|计划标准|资产保存完整、使用合规、配置合理、处置规范
|财务管理|财务管理制度健全性|计划标准|财务管理制度合法、合规、完整
||会计核算规范性|计划标准|符合资金管理规定，资料真实、准确、完整
||资金使用合规性|计划标准|符合国家规定，手续齐全
社会效益|生态效益|项目对环境有无负面影响|计划标准|无
可持续发展能力|体制机制改革|服务体制改革成效|计划标准|服务型政府建设
||行政管理体制改革成效|计划标准|机构、职能、权力、责任、程序法定化
|人才支撑|业务学习与培训完成率|计划标准|
||干部队伍体系建设规划情况|计划标准|人才储备规划符合单位发展需求
||高学历、高层次人才储备率|其他标准|
|科技支撑|信息化建设情况|计划标准|充分利用信息化手段提升工作效率
满意度|服务对象满意度|服务对象满意度|计划标准|
|联系部门满意度|联系部门满意度|计划标准|
""")

# What clerks write instead of the standard words: never a misreading.
_REWORDINGS = """
手续齐全>手续完整 手续完备 手续齐备 审批手续齐全
发展需求>发展需要 事业发展需求 工作需要
服务型政府建设>服务型单位建设 服务型机关建设 建设服务型政府
提升工作效率>提高工作效率 增强工作效能 提升工作质效
依据充分>依据充足 依据较充分
按规定程序设立>按程序设立 按规定程序立项 按照规定程序设立
有保障>得到保障 有所保障
不存在交叉重复>无交叉重复 没有交叉重复 不存在重复
真实、完整、准确>真实、准确、完整 完整、准确
按规定标准编制>按标准编制 严格按规定标准编制 依照规定标准编制
项目测算依据充分>项目测算准确 项目支出测算依据充分
与政府战略匹配>与政府战略相匹配 与县政府战略匹配 与政府战略一致
与部门职能相符>与部门职责相符 与单位职能相符
工作计划制定明确>工作计划明确 工作计划清晰
中长期规划相符>中长期发展规划相符
符合客观实际>符合实际 符合单位实际 切合实际
年度工作计划>年度计划 年度工作安排
设置依据充分>设定依据充分
制定资产配置>建立资产配置
内部控制制度>内控制度
资产保存完整>资产保管完整
使用合规>使用规范
处置规范>处置合规 处置及时
合法、合规、完整>合法、合规 合规、健全、完整
符合资金管理规定>符合财务管理规定 符合资金管理办法 符合资金使用管理规定
资料真实>会计资料真实
符合国家规定>符合国家法律法规规定 符合有关规定
机构、职能>机构、职责
责任、程序法定化>责任法定化 程序、责任法定化
法定化>规范化
人才储备规划>人才队伍规划 人才储备
符合单位发展>满足单位发展
充分利用>有效利用 合理利用 充分运用
信息化手段>数字化手段 信息技术手段
"""
REWORDINGS = tuple(
    (line.split(">")[0], after)
    for line in _REWORDINGS.strip().splitlines()
    for after in line.split(">")[1].split()
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How one clerk writes values."""

    sign: bool  # ≥ before shares of the catalogue
    yearly: bool  # ≥800件/年 in the long-term table
    units_in_history: bool
    units_in_annual: bool
    decimals: bool  # 420.00 rather than 420
    hundred: str  # 100% or 100.00%
    history: bool  # gives the money of the two years before
    summed: bool  # and its sums


def _habits(rng: Random) -> Habits:
    return Habits(
        sign=rng.random() < 0.25,
        yearly=rng.random() < 0.5,
        units_in_history=rng.random() < 0.5,
        units_in_annual=rng.random() < 0.9,
        decimals=rng.random() < 0.25,
        hundred="100.00%" if rng.random() < 0.15 else "100%",
        history=rng.random() > 0.05,
        summed=rng.random() < 0.3,
    )


def declare(seed: int, layout: Layout = "hubei-2025") -> Json:
    """A random declaration in the truth format of the samples.

    >>> declare(1) == declare(1)
    True
    """
    rng = Random(f"declaration {layout} {seed}")
    department, habits = rng.choice(DEPARTMENTS), _habits(rng)
    year = rng.choice((2025, 2025, 2025, 2024, 2023) if layout == "hubei-2025" else (2020, 2021, 2022))
    county = rng.choice(COUNTIES)
    projects = _projects(rng, department, habits, layout)
    long_rows, annual_rows = _indicators(rng, department, habits)
    until = rng.choice((2030, 2030, year + 2, year + 3, year + 5)) if rng.random() > 0.04 else None
    return {
        "title": "部门整体绩效目标申报表" if layout == "hubei-2025" else "部门整体支出绩效目标申报表",
        **_head(rng, county, department, year),
        "budget": _budget(rng, projects, habits, year, layout),
        "functions": _functions(rng, department),
        "annual_tasks": _tasks(rng, department),
        "projects": projects,
        "long_term": {
            "until_year": until,
            "summary": _maybe(rng, rng.choice(department.long_summary), 0.04),
            "goals": _some(rng, department.long_goals, 1, 4),
            "indicators": long_rows,
        },
        "annual": {
            "summary": _maybe(rng, rng.choice(department.annual_summary), 0.04),
            "goals": _annual_goals(rng, department),
            "indicators": annual_rows,
        },
    }


def _maybe(rng: Random, value: str, blank: float) -> str | None:
    """The value, or nothing with the given probability."""
    return None if rng.random() < blank else value


def _some(rng: Random, items: Sequence[str], least: int, most: int) -> list[str]:
    """Some of the items, in their order."""
    count = min(rng.randint(least, most), len(items))
    return [items[i] for i in sorted(rng.sample(range(len(items)), count))]


def _head(rng: Random, county: str, department: Department, year: int) -> Json:
    day = f"{year}-{rng.randint(9, 12):02}-{rng.randint(1, 30):02}"
    phone = rng.choice(
        (
            f"1{rng.choice('35789')}{rng.randint(0, 999999999):09}",
            f"07{rng.randint(10, 28)}-{rng.randint(2000000, 8999999)}",
            f"{rng.randint(2000000, 8999999)}",
        )
    )
    return {
        "filled_on": _maybe(rng, day, 0.05),
        "money_unit": "万元",
        "department": county + department.name,
        "preparer": _maybe(rng, rng.choice(SURNAMES) + rng.choice(GIVEN), 0.03),
        "phone": _maybe(rng, phone, 0.04),
    }


def _functions(rng: Random, department: Department) -> list[str]:
    own = _some(rng, department.functions, 4, 7)
    common = [t.format(business=department.business) for t in _some(rng, COMMON_FUNCTIONS, 0, 3)]
    return _with_ends(rng, (own + common)[:9])


def _tasks(rng: Random, department: Department) -> list[str]:
    own = _some(rng, department.tasks, 2, 4)
    common = [t.format(business=department.business) for t in _some(rng, COMMON_TASKS, 1, 2)]
    return _with_ends(rng, own + common)


def _annual_goals(rng: Random, department: Department) -> list[str]:
    own = _some(rng, department.annual_goals, 1, 4)
    return own + [t.format(business=department.business) for t in _some(rng, COMMON_TASKS, 0, 2)]


def _with_ends(rng: Random, items: list[str]) -> list[str]:
    """End all items alike: with ； and 。, or with nothing."""
    bare = [item.rstrip("；。") for item in items]
    if rng.random() < 0.3:
        return bare
    return [item + "；" for item in bare[:-1]] + [bare[-1] + "。"]


# --- money ----------------------------------------------------------------------------------------


def _printed(amount: Decimal, habits: Habits) -> str:
    """The amount as the clerk prints it: 420.00, or without its idle zeros."""
    if habits.decimals:
        return f"{amount:.2f}"
    text = f"{amount:.2f}".rstrip("0")
    return text.rstrip(".")


def _random_amount(rng: Random, low: int, high: int) -> Decimal:
    digits = rng.choice((0, 0, 1, 2))
    return Decimal(rng.randint(low * 10**digits, high * 10**digits)).scaleb(-digits)


def _projects(rng: Random, department: Department, habits: Habits, layout: Layout) -> list[Json]:
    pool = list(department.projects) + list(COMMON_PROJECTS)
    chosen = rng.sample(pool, min(rng.randint(2, 9), len(pool)))
    kinds: tuple[str, ...]
    if layout == "hubei-2025":
        kinds = ("本级特定目标",) if rng.random() < 0.85 else ("本级特定目标", "上级转移支付")
    else:
        kinds = ("本级项目",) if rng.random() < 0.5 else ("常年性项目", "延续性项目", "一次性项目")
    rows: list[Json] = []
    for name, purpose in chosen:
        year = _random_amount(rng, 3, rng.choice((60, 400, 2500)))
        total = year * rng.choice((2, 3)) if rng.random() < 0.1 else year
        rows.append(
            {
                "name": name,
                "category": rng.choice(kinds),
                "total_budget": _printed(total, habits),
                "annual_budget": _printed(year, habits),
                "purpose": purpose,
            }
        )
    return rows


def _share(part: Decimal, total: Decimal) -> Decimal:
    return (part * 100 / total).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _parts(rng: Random, total: Decimal, count: int) -> list[Decimal]:
    """Split ``total`` into ``count`` amounts whose rounded shares add up to exactly 100."""
    while True:
        cuts = [Decimal(rng.randint(5, 95)) for _ in range(count)]
        parts = [(total * cut / sum(cuts)).quantize(Decimal("0.01")) for cut in cuts[1:]]
        parts.insert(0, total - sum(parts))
        if sum(_share(part, total) for part in parts) == 100:
            return parts


def _year_before(rng: Random, parts: list[Decimal], years: int) -> list[Decimal]:
    """The same rows some years ago."""
    factors = [Decimal(rng.randint(880, 1020)) / 1000 for _ in parts]
    return [
        (part * factor**years).quantize(Decimal(rng.choice(("1", "0.1", "0.01"))))
        for part, factor in zip(parts, factors, strict=True)
    ]


def _budget(rng: Random, projects: list[Json], habits: Habits, year: int, layout: Layout) -> Json:
    incomes, spends = BUDGET_ITEMS[layout]
    specific = sum((Decimal(p["annual_budget"]) for p in projects), Decimal(0))
    spending = _spending(rng, specific, len(spends))
    earlier = [_year_before(rng, spending, ago) for ago in (2, 1)]
    sources = rng.choice((1, 1, 1, 1, len(incomes))) if rng.random() > 0.1 else min(2, len(incomes))
    blank_years = layout == "hubei-2021" and rng.random() < 0.4
    income = [_parts(rng, sum(column, Decimal(0)), sources) for column in [spending, *earlier]]
    return {
        "history_years": [] if blank_years else [year - 1, year],
        "income": _budget_rows(rng, incomes, income, habits),
        "expenditure": _budget_rows(rng, spends, [spending, *earlier], habits),
    }


def _spending(rng: Random, specific: Decimal, count: int) -> list[Decimal]:
    """Expenditure by kind, the last one given, such that the printed shares add up to 100."""
    while True:
        rest = specific * Decimal(rng.randint(40, 800)) / 100
        running = rest * Decimal(rng.randint(5, 25)) / 100
        others = [rest - running, running] if count == 3 else [rest]
        parts = [other.quantize(Decimal(rng.choice(("0.1", "0.01", "0.01")))) for other in others] + [
            specific
        ]
        total = sum(parts, Decimal(0))
        if sum(_share(part, total) for part in parts) == 100:
            return parts


def _budget_rows(
    rng: Random,
    items: Sequence[str],
    columns: list[list[Decimal]],
    habits: Habits,
) -> list[Json]:
    """Rows of one side of the budget; ``columns`` are this year, the year before last, last year."""
    total = sum(columns[0], Decimal(0))
    rows: list[Json] = []
    for index, item in enumerate(items):
        amounts = [column[index] if index < len(column) else None for column in columns]
        rows.append(_budget_row(item, amounts, total, habits, habits.history))
        if amounts[0] is None and rng.random() < 0.15:
            rows[-1].update(amount="0", share="0%")
    sums: list[Decimal | None] = [sum(column, Decimal(0)) for column in columns]
    rows.append(_budget_row("合计", sums, total, habits, habits.history and habits.summed))
    return rows


def _budget_row(
    item: str, amounts: list[Decimal | None], total: Decimal, habits: Habits, history: bool
) -> Json:
    printed = [None if amount is None else _printed(amount, habits) for amount in amounts]
    share: str | None = None
    if amounts[0] is not None:
        share = f"{_share(amounts[0], total)}%"
        share = habits.hundred if share == "100.00%" else share
    return {
        "item": item,
        "amount": printed[0],
        "share": share,
        "history": printed[1:] if history else [None, None],
    }


# --- indicators -----------------------------------------------------------------------------------


def _indicators(rng: Random, department: Department, habits: Habits) -> tuple[list[Json], list[Json]]:
    """Both tables: the same indicators in the same order."""
    kept = _kept_entries(rng)
    groups: dict[tuple[str, str], list[tuple[Json, Json]]] = {}
    for entry in kept:
        groups.setdefault((entry.level1, entry.level2), []).append(_catalogue_pair(rng, entry, habits))
    for (level1, level2), measures in _own_measures(rng, department).items():
        for measure in measures:
            groups.setdefault((level1, level2), []).append(_own_pair(rng, level1, level2, measure, habits))
    order = {"运行成本": 0, "管理效率": 1, "履职效能": 2, "社会效益": 3, "可持续发展能力": 4, "满意度": 5}
    seconds = {"经济效益": 0, "社会效益": 1, "生态效益": 2, "体制机制改革": 0, "人才支撑": 1, "科技支撑": 2}
    keys = sorted(groups, key=lambda key: (order[key[0]], seconds.get(key[1], 0)))
    pairs = [pair for key in keys for pair in groups[key]]
    _reword(rng, pairs)
    _change_bases(rng, pairs)
    return [long for long, _ in pairs], [annual for _, annual in pairs]


def _kept_entries(rng: Random) -> list[Entry]:
    """The catalogue without what this department left out."""
    missing = rng.choice((0, 0, 1, 2, 3, 4, 6, 9))
    gone = set(rng.sample(range(len(CATALOGUE)), missing))
    return [entry for index, entry in enumerate(CATALOGUE) if index not in gone]


def _row(level1: str, level2: str, level3: str, target: str, basis: str | None) -> Json:
    category = None if basis is None else "基本型"
    return {
        "level1": level1,
        "level2": level2,
        "level3": level3,
        "target": target,
        "basis": basis,
        "category": category,
    }


def _pair(row: Json, before: str | None, last: str | None, annual_target: str) -> tuple[Json, Json]:
    """The long-term row, and the annual row with the two years before."""
    annual = dict(row, target=annual_target, history={"year_before_last": before, "last_year": last})
    return row, annual


def _catalogue_pair(rng: Random, entry: Entry, habits: Habits) -> tuple[Json, Json]:
    names = (entry.level1, entry.level2, entry.level3)
    if entry.standard is not None:
        row = _row(*names, entry.standard, entry.basis)
        return _pair(row, entry.standard, entry.standard, entry.standard)
    basis = entry.basis
    if basis is None:
        if rng.random() < 0.6:
            return _pair(_row(*names, "无", None), "无", "无", "无")
        basis = "预算支出标准"
    target, before, last = _rate(rng, entry.level3, habits)
    annual = target
    if rng.random() < 0.08:
        annual = _rate(rng, entry.level3, habits)[0]
    return _pair(_row(*names, target, basis), before, last, annual)


def _rate(rng: Random, name: str, habits: Habits) -> tuple[str, str, str]:
    """Target and the values of the two years before of a counted indicator of the catalogue."""

    def cents(low: int, high: int) -> str:
        return f"{rng.randint(low, high) / 100:.2f}%"

    if name == "在职人员控制率":
        return rng.choice((cents(8500, 9990), "≤100%")), cents(8500, 10000), cents(8500, 10000)
    if name == "高学历、高层次人才储备率":
        return cents(400, 2500), cents(100, 1800), cents(200, 2200)
    if name == "“三公经费”变动率":
        return rng.choice(("0", "0", "≤0", "≤0%", "-5%", cents(-400, -10))), cents(-600, -10), cents(-400, 0)
    if name in ("预算调整率", "结转结余率"):
        past = "0" if rng.random() < 0.6 else cents(10, 600)
        return rng.choice(("0", "0", "0", "≤5%", "≤2%", "0%")), past, rng.choice((past, "0"))
    if name.endswith("满意度"):
        target = f"{rng.choice((90, 92, 95, 95, 95, 98))}%"
        return "≥" + target, rng.choice(("≥" + target, f"{rng.randint(88, 97)}%")), "≥" + target
    less = name.endswith("控制率")
    target = f"{rng.choice((90, 95, 98, 98, 100) if not less else (90, 95, 98, 100))}%"
    past = target if rng.random() < 0.7 else f"{rng.randint(85, 100)}%"
    sign = ("≤" if less else "≥") if habits.sign and (less or target != "100%") and rng.random() < 0.8 else ""
    return sign + target, past, rng.choice((past, target))


def _own_measures(rng: Random, department: Department) -> dict[tuple[str, str], list[Measure]]:
    """The department's own indicators by the two levels above them."""
    common = [line_to_measure(line) for line in rng.sample(COMMON_MEASURES, 3)]
    core = rng.sample(list(department.core) + common, rng.randint(3, min(8, len(department.core) + 2)))
    economic = rng.sample(department.economic, rng.choice((1, 1, 1, 2)))
    social = rng.sample(department.social, rng.choice((1, 1, 1, 2)))
    neighbours = [line_to_measure(line) for line in rng.sample(NEIGHBOURS, rng.choice((0, 0, 1, 1, 2)))]
    for neighbour in neighbours:
        place = rng.choice((core, core, core, economic, social))
        place.insert(rng.randint(0, len(place)), neighbour)
    groups = {("履职效能", f"核心业务产出{n}"): [measure] for n, measure in enumerate(core[:8], 1)}
    if rng.random() < 0.06:
        groups["履职效能", "核心业务产出1"].append(line_to_measure("业务台账完整率|%|98|≥"))
    groups["社会效益", "经济效益"], groups["社会效益", "社会效益"] = economic, social
    if department.ecological and rng.random() < 0.7:
        groups["社会效益", "生态效益"] = [rng.choice(department.ecological)]
    for level2, lines in EXTRA_OWN.items():
        if rng.random() < 0.05:
            level1 = {"生态效益": "社会效益", "服务对象满意度": "满意度"}.get(level2, "可持续发展能力")
            groups.setdefault((level1, level2), []).append(line_to_measure(rng.choice(lines)))
    return groups


def _own_pair(rng: Random, level1: str, level2: str, measure: Measure, habits: Habits) -> tuple[Json, Json]:
    if measure.magnitude is None:
        return _judged_pair(rng, level1, level2, measure)
    target = _around(rng, measure, measure.magnitude)
    sign = "" if measure.sign == "=" else measure.sign
    share = measure.unit.endswith(("%", "‰", "/10万", "天"))
    tail = "/年" if habits.yearly and level1 == "履职效能" and not share and "/" not in measure.unit else ""
    unit_now = measure.unit if habits.units_in_annual or share else ""
    unit_then = measure.unit if habits.units_in_history or share else ""
    past = [f"{_around(rng, measure, measure.magnitude)}{unit_then}" for _ in range(2)]
    new, newer = rng.random() < 0.05, rng.random() < 0.6
    before, last = None if new else past[0], None if new and newer else past[1]
    basis = "历史标准" if level1 == "履职效能" else "计划标准"
    row = _row(level1, level2, measure.name, f"{sign}{target}{measure.unit}{tail}", basis)
    return _pair(row, before, last, f"{sign}{target}{unit_now}")


def _judged_pair(rng: Random, level1: str, level2: str, measure: Measure) -> tuple[Json, Json]:
    usual = measure.usual or rng.choice(JUDGEMENTS)
    before, last = (usual if rng.random() < 0.85 else rng.choice(JUDGEMENTS) for _ in range(2))
    return _pair(_row(level1, level2, measure.name, usual, "计划标准"), before, last, usual)


def _around(rng: Random, measure: Measure, magnitude: Decimal) -> str:
    """A number near the magnitude with as many decimals, never above 100 for a percentage."""
    exponent = Decimal(1).scaleb(min(int(magnitude.as_tuple().exponent), 0))
    value = (magnitude * Decimal(rng.randint(80, 125)) / 100).quantize(exponent)
    if measure.unit == "%":
        value = min(value, Decimal(100))
    if measure.magnitude == 100 and measure.sign == "=":
        value = Decimal(100)
    return str(value)


def _reword(rng: Random, pairs: list[tuple[Json, Json]]) -> None:
    """Word some standard texts as this clerk does, in both tables or in one of them."""
    standards = {entry.level3: entry.standard for entry in CATALOGUE if entry.standard}
    usual = [pair for pair in pairs if standards.get(pair[0]["level3"]) == pair[0]["target"] != "无"]
    for long, annual in rng.sample(usual, min(rng.choice((0, 1, 1, 2, 3, 4)), len(usual))):
        options = [(b, a) for b, a in REWORDINGS if b in long["target"]]
        text = long["target"].replace(*rng.choice(options), 1)
        scope = rng.choice(("both", "both", "annual", "long"))
        if scope != "annual":
            long["target"] = text
        if scope != "long":
            annual["target"] = text
            annual["history"] = {"year_before_last": text, "last_year": text}


def _change_bases(rng: Random, pairs: list[tuple[Json, Json]]) -> None:
    """Give a few rows another basis than is usual, in both tables or in one."""
    rare_category = rng.random() < 0.04
    for long, annual in pairs:
        if long["basis"] and rng.random() < 0.04:
            basis = rng.choice([b for b in BASES if b != long["basis"]])
            for row in rng.choice(((long, annual), (long, annual), (long,), (annual,))):
                row["basis"] = basis
        if rare_category and long["category"] and rng.random() < 0.15:
            long["category"] = annual["category"] = "挑战型"
