"""Indicators for the budget system: sign code, bare number and unit apart, level codes, past years as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from models.declaration import AnnualIndicator, Declaration, History, Indicator, Value
from normalize.check.field_limits import KPI_VAL_BYTES, byte_length
from normalize.check.rules.rule_rows import indicator_rows, twin_rows
from normalize.form.catalogue import NUMBER_MARK, Catalogue
from normalize.text.cell_values import NOTHING_WORD
from normalize.text.fold import skeleton
from shenbao.export.load.checks import QUALITATIVE_SIGN

_SIGN_CODES = {">=": 1, ">": 2, "=": 3, "<": 4, "<=": 5}
_NOT_APPLICABLE = "不适用"
TERMS = {"long_term": "长期", "annual": "年度"}
_NO_FIELD = {"source": "数据来源", "core": "是否核心"}
"""Columns of an indicator that the budget system does not store."""
_SPACES = re.compile(r"\s+")

Made = tuple[str, dict[str, object], list[str]]
"""The row's path in the form, its cells, and what a reader must know about them."""


def indicators_to_cells(data: Declaration, catalogue: Catalogue | None) -> Iterator[Made]:
    """Every indicator of both terms; `catalogue` is that of the form's layout, `None` where it has none."""
    twins = {
        path: row.target
        for long_path, long, annual_path, annual in twin_rows(data)
        for path, row in ((long_path, annual), (annual_path, long))
    }
    for path, row in indicator_rows(data):
        _, horizon, _, index = path.split("/")
        notes: list[str] = []
        place: dict[str, object] = {"TERM": TERMS[horizon], "LINE": int(index) + 1}
        values = _values(row, twins.get(path), catalogue, notes)
        yield path, {**place, **_levels(row, catalogue, notes), **values, **_described(row, notes)}, notes


def _described(row: Indicator, notes: list[str]) -> dict[str, object]:
    """What some forms print beside the values; columns that the budget system has no field for are named."""
    lost = [title for name, title in _NO_FIELD.items() if getattr(row, name) is not None]
    lost += row.extra
    if lost:
        notes.append(f"系统没有相应字段，未装载：{'、'.join(lost)}")
    return {
        "WEIGHT": row.weight,
        "KPI_CONTENT": row.explanation,
        "KPI_EVALSTD": row.scoring,
        "KPI_REMARK": row.remark,
    }


def _levels(row: Indicator, catalogue: Catalogue | None, notes: list[str]) -> dict[str, object]:
    names = [_spaceless(name, notes) for name in (row.level1, row.level2, row.level3)]
    upper = level_codes(names[0], names[1], catalogue) if catalogue else (None, None)
    codes = (*upper, row.code if row.code and row.level3 else None)
    cells: dict[str, object] = {}
    for n, (code, name) in enumerate(zip(codes, names, strict=True), 1):
        cells |= {f"LV{n}_PERF_IND_CODE": code, f"LV{n}_PERF_IND_NAME": name}
    return cells


def _spaceless(name: str | None, notes: list[str]) -> str | None:
    bare = _SPACES.sub("", name) if name else name
    if bare != name:
        notes.append(f"指标名称“{name}”去掉空格")
    return bare


def level_codes(
    level1: str | None, level2: str | None, catalogue: Catalogue
) -> tuple[str | None, str | None]:
    """The catalogue's codes of two names; a level 2 that stands under another level 1 keeps its own code.

    >>> from normalize.form.catalogue import load_catalogue
    >>> ours = load_catalogue()
    >>> level_codes("管理效率", "预算编制", ours), level_codes("运行成本", "预算编制", ours)
    (('02', '0202'), ('01', '0202'))
    >>> level_codes("履职效能", "核心业务产出2", ours)
    ('03', '0301')
    """
    first, second = _codes(catalogue)
    one = first.get(skeleton(level1 or ""))
    found = [code for pattern, code in second if level2 and pattern.fullmatch(skeleton(level2))]
    under = [code for code in found if one and code.startswith(one)]
    return one, next(iter(under or found), None)


@cache
def _codes(catalogue: Catalogue) -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    first: dict[str, str] = {}
    second: dict[str, str] = {}
    for entry in catalogue.entries:
        first[skeleton(entry.level1)] = entry.code[:2]
        numbered = (re.escape(skeleton(part)) for part in entry.level2.split(NUMBER_MARK))
        second.setdefault(r"[\d一二三四五六七八九十]*".join(numbered), entry.code[:4])
    return first, tuple((re.compile(pattern), code) for pattern, code in second.items())


def _values(
    row: Indicator, twin: Value | None, catalogue: Catalogue | None, notes: list[str]
) -> dict[str, object]:
    value, history = row.target, row.history if isinstance(row, AnnualIndicator) else History()
    sign, target = _sign(value, notes)
    unit = _unit(row, twin, catalogue, notes) if sign not in (None, QUALITATIVE_SIGN) else None
    years: dict[str, object] = {
        name: _past(title, past, unit, notes) if sign != QUALITATIVE_SIGN else past and past.text
        for name, title, past in (
            ("QNINDEXVAL", "前年", history.year_before_last),
            ("SNINDEXVAL", "上年", history.last_year),
        )
    }
    if isinstance(row, AnnualIndicator) and sign != QUALITATIVE_SIGN:
        blanks = {"前年": history.year_before_last, "上年": history.last_year}
        notes.extend(f"{title}指标值空白" for title, past in blanks.items() if past is None)
    cells: dict[str, object] = {"COMPUTESIGN": sign, "INDEXVAL": target, "METERUNIT": unit, **years}
    basis: dict[str, object] = {"INDEXSTANDARDS": row.basis, "INDEXCATLEV": row.category}
    return {**cells, **basis, "SOURCE": value.text if value else None}


def _sign(value: Value | None, notes: list[str]) -> tuple[int | None, object]:
    """Sign code and bare value (rules B2, B3, B8)."""
    if value is None:
        return None, None
    if value.not_applicable:
        notes.append(f"原文“{value.text}”：按定性、{_NOT_APPLICABLE}填")
        return QUALITATIVE_SIGN, _NOT_APPLICABLE
    if value.remark and "含" not in value.remark:
        notes.append(f"“{value.remark}”不能随数值装载")
    if value.number is None:
        if value.lower is not None or value.by is not None:
            what = "区间" if value.by is None else "时限"
            notes.append(f"原文“{value.text}”为{what}，系统没有{what}，按定性填")
        size = byte_length(value.text)
        if size > KPI_VAL_BYTES:
            notes.append(f"指标值 {size} 字节，部颁 KPI_VAL 为 {KPI_VAL_BYTES}（B9），系统页面更宽")
        return QUALITATIVE_SIGN, value.text
    if value.approximate:
        notes.append(f"原文“{value.text}”为约数，按“＝”填")
    elif value.comparator is None:
        notes.append("原文没有符号，按“＝”填")
    return _SIGN_CODES[value.comparator or "="], value.number


def _unit(row: Indicator, twin: Value | None, catalogue: Catalogue | None, notes: list[str]) -> str | None:
    """The target's unit; where it has none, that of the other term, then the catalogue's (rule B4).

    Neither is taken where the figure may be in another one: 0.25 beside 2500 起, 0.98 beside the catalogue's %.
    """
    value, entry = row.target, catalogue.by_code(row.code) if catalogue else None
    if value is None or value.number is None:
        return None
    if value.unit:
        return f"{value.unit}/{value.per}" if value.per else value.unit
    if twin and twin.unit and twin.number is not None and _same_scale(value.number, twin.number):
        notes.append(f"原文没有单位，取另一期的“{twin.unit}”")
        return twin.unit
    if entry and entry.unit and not _may_be_share(value.number, entry.unit):
        notes.append(f"原文没有单位，取指标目录的“{entry.unit}”")
        return entry.unit
    return None


def _past(title: str, past: Value | None, unit: str | None, notes: list[str]) -> object:
    """A past year's figure beside a target with a sign: the bare number, or the text where it is none in this unit."""
    if past is None:
        return None
    if past.number is None:
        if past.not_applicable or past.text == NOTHING_WORD:
            notes.append(f"{title}原文“{past.text}”，留空")
            return None
        return past.text
    bare = (unit or "").partition("/")[0]
    if past.unit and unit and past.unit != bare:
        notes.append(f"{title}的单位“{past.unit}”与计量单位“{bare}”不同")
        return past.text
    if not past.unit and unit:
        if _may_be_share(past.number, bare):
            notes.append(f"{title}“{past.text}”没有百分号")
            return past.text
        if past.number:
            notes.append(f"{title}原文没有单位")
    if past.comparator:
        notes.append(f"{title}原文“{past.text}”，略去符号")
    return past.number


def _same_scale(one: Decimal, other: Decimal) -> bool:
    return not one or not other or Decimal("0.1") <= abs(one / other) <= 10


def _may_be_share(number: Decimal, unit: str) -> bool:
    """Whether a figure without a unit may be 0.98 for 98 %."""
    return unit == "%" and 0 < abs(number) <= 1
