"""Both indicator tables of a declaration: the catalogue as one department keeps it, and its own indicators."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from bench.forge.catalogue import BASES, CATALOGUE, STANDARDS, Entry
from bench.forge.departments import Department, Measure, line_to_measure
from bench.forge.habits import Habits
from bench.forge.traits import Traits
from bench.forge.words import EXTRA, JUDGEMENTS, MEASURES, NEIGHBOURS, REWORDINGS

Json = dict[str, Any]


def indicators(
    rng: Random, department: Department, habits: Habits, traits: Traits
) -> tuple[list[Json], list[Json]]:
    """Both tables: the same indicators in the same order."""
    kept = _kept_entries(rng, traits.omissions)
    groups: dict[tuple[str, str], list[tuple[Json, Json]]] = {}
    for entry in kept:
        groups.setdefault((entry.level1, entry.level2), []).append(_catalogue_pair(rng, entry, habits))
    own = _own_measures(rng, department)
    _add(rng, own, traits.additions)
    for (level1, level2), measures in own.items():
        for measure in measures:
            groups.setdefault((level1, level2), []).append(_own_pair(rng, level1, level2, measure, habits))
    order = {"运行成本": 0, "管理效率": 1, "履职效能": 2, "社会效益": 3, "可持续发展能力": 4, "满意度": 5}
    seconds = {"经济效益": 0, "社会效益": 1, "生态效益": 2, "体制机制改革": 0, "人才支撑": 1, "科技支撑": 2}
    keys = sorted(groups, key=lambda key: (order[key[0]], seconds.get(key[1], 0)))
    pairs = [pair for key in keys for pair in groups[key]]
    _reword(rng, pairs)
    _change_bases(rng, pairs)
    return [long for long, _ in pairs], [annual for _, annual in pairs]


def _kept_entries(rng: Random, omissions: int | None) -> list[Entry]:
    """The catalogue without what this department left out."""
    missing = rng.choice((0, 0, 1, 2, 3, 4, 6, 9))
    gone = set(rng.sample(range(len(CATALOGUE)), missing if omissions is None else omissions))
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
    common = [line_to_measure(line) for line in rng.sample(MEASURES, 3)]
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
    for level2, lines in EXTRA.items():
        if rng.random() < 0.05:
            groups.setdefault((_above(level2), level2), []).append(line_to_measure(rng.choice(lines)))
    return groups


def _above(level2: str) -> str:
    """The first level of an own indicator's second level."""
    return {"生态效益": "社会效益", "服务对象满意度": "满意度"}.get(level2, "可持续发展能力")


def _add(rng: Random, groups: dict[tuple[str, str], list[Measure]], count: int) -> None:
    """Further own indicators: below core outputs already there, and below the catalogue's second levels."""
    if not count:
        return
    have = {measure.name for measures in groups.values() for measure in measures}
    core = [key for key in groups if key[0] == "履职效能"]
    pool = [(rng.choice(core), line) for line in MEASURES]
    pool += [((_above(level2), level2), line) for level2, lines in EXTRA.items() for line in lines]
    fresh = [(key, measure) for key, line in pool if (measure := line_to_measure(line)).name not in have]
    for key, measure in rng.sample(fresh, min(count, len(fresh))):
        groups.setdefault(key, []).append(measure)


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
    usual = [pair for pair in pairs if STANDARDS.get(pair[0]["level3"]) == pair[0]["target"] != "无"]
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
