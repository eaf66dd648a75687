"""Review rules C8, D3, D4, D6 and D7: rates and signs that cannot be meant. Findings of category `audit`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from models.declaration import AnnualIndicator, Indicator, Value
from normalize.check.rules.rule_rows import (
    NO_DATA,
    PASSED,
    Examined,
    Verdict,
    failed_with,
    indicator_rows,
    twin_rows,
)
from normalize.form.catalogue import Catalogue
from normalize.notes.notes import finding
from normalize.text.cell_values import comparator_sign

_WHOLE_PERCENT = 100
_PERCENT = "%"
_AT_MOST_WHOLE = (
    *("满意度", "完成率", "合格率", "覆盖率", "及时率", "达标率", "执行率", "到位率", "准确率", "知晓率"),
    *("参与率", "普及率", "办结率", "入学率", "巩固率", "开展率", "应用率", "公开率", "整改率", "优良率"),
)
"""Endings of rates that are a part of a whole: none is above 100 %."""
_MORE_IS_BETTER = (*_AT_MOST_WHOLE, "稳定率", "增长率")
"""Endings of what a department wants much of, where no catalogue says so."""
_LESS_IS_BETTER = (
    *("投诉率", "事故率", "超支率", "差错率", "失业率", "死亡率", "发案率", "违约率", "误报率"),
    *("事故数", "投诉数", "超支额"),
)
"""Endings of what a department wants little of, where no catalogue says so."""
_RATES = ("率", "比", "占比", "比例", "比重", "满意度")
"""Endings of the names of rates."""
_NEVER_FALLING = ("满意度", "完成率")
"""Endings of indicators whose target is not to fall below what was reached already."""


def _ends(row: Indicator, endings: Sequence[str]) -> bool:
    return (row.level3 or "").endswith(tuple(endings))


def _is_change(row: Indicator) -> bool:
    return _ends(row, ("变动率",))


def _is_control(row: Indicator) -> bool:
    return _ends(row, ("控制率",))


def capped_rates(form: Examined) -> Iterator[Verdict]:
    """D3: rates of change are not above 0, rates of control not above 100 %."""
    for path, row in indicator_rows(form.data):
        value = row.target
        if _is_change(row):
            yield _in_range(path, row, value, "不高于 0", lambda number: number <= 0)
        elif _is_control(row) and row.code and value is not None and value.unit == _PERCENT:
            yield _part_of_whole(path, row)


def rates_in_range(form: Examined) -> Iterator[Verdict]:
    """D4: the catalogue's other rates, and those that are a part of a whole by their name, lie between 0 and 100 %."""
    for path, row in indicator_rows(form.data):
        value = row.target
        if value is None or value.unit != _PERCENT or _is_change(row) or _is_control(row):
            continue
        if row.code or _ends(row, _AT_MOST_WHOLE):
            yield _part_of_whole(path, row)


def _part_of_whole(path: str, row: Indicator) -> Verdict:
    return _in_range(path, row, row.target, "在 0 与 100% 之间", lambda number: 0 <= number <= _WHOLE_PERCENT)


def _in_range(
    path: str, row: Indicator, value: Value | None, range_: str, holds: Callable[[Decimal], bool]
) -> Verdict:
    numbers = [n for n in (value.number, value.lower, value.upper) if n is not None] if value else []
    if value is None or not numbers:
        return NO_DATA
    if all(holds(number) for number in numbers):
        return PASSED
    message = f"“{row.level3}”应{range_}，实为 {value.text}"
    return failed_with(finding("rate-out-of-range", "audit", "warning", f"{path}/target", message))


def percent_printed(form: Examined) -> Iterator[Verdict]:
    """D6: a rate without a unit has no other value, in the other table or of a past year, that is printed with %.

    Nothing needs no unit.
    """
    twins = {p: r for a, x, b, y in twin_rows(form.data) for p, r in ((a, y), (b, x))}
    for path, row in indicator_rows(form.data):
        value = row.target
        if value is None or not value.number or not _ends(row, _RATES) or value.unit not in (None, _PERCENT):
            continue
        kin = [v for v in (*_past(row), *_values(twins.get(path))) if v is not None]
        if value.unit is not None or not any(v.unit == _PERCENT for v in kin):
            yield PASSED
        else:
            other = next(v.text for v in kin if v.unit == _PERCENT)
            message = f"“{row.level3}”的指标值“{value.text}”没有百分号，同一指标另有“{other}”"
            yield failed_with(
                finding("percent-missing", "audit", "warning", f"{path}/target", message, other, value.text)
            )


def _past(row: Indicator) -> tuple[Value | None, ...]:
    if not isinstance(row, AnnualIndicator):
        return ()
    return row.history.year_before_last, row.history.last_year


def _values(row: Indicator | None) -> tuple[Value | None, ...]:
    return () if row is None else (row.target, *_past(row))


def better_direction(row: Indicator, catalogue: Catalogue) -> str | None:
    """Whether `more` or `less` is better: as the catalogue says, or the name where it ends unmistakably; else `None`."""
    entry = catalogue.by_code(row.code)
    if entry is not None:
        return entry.direction
    return "less" if _ends(row, _LESS_IS_BETTER) else "more" if _ends(row, _MORE_IS_BETTER) else None


def sign_with_direction(form: Examined) -> Iterator[Verdict]:
    """D7: the sign of a target does not say the opposite of what is wanted: ≤ on a stability rate, ≥ on a cost."""
    for path, row in indicator_rows(form.data):
        value, direction = row.target, better_direction(row, form.catalogue)
        if value is None or value.comparator in (None, "=") or direction is None or _is_change(row):
            continue
        wrong = ("<=", "<") if direction == "more" else (">=", ">")
        if value.comparator not in wrong:
            yield PASSED
        else:
            wanted = "越高越好" if direction == "more" else "越低越好"
            sign = comparator_sign(value.comparator)
            message = f"“{row.level3}”{wanted}，而指标值“{value.text}”的符号是{sign}"
            yield failed_with(
                finding("sign-against-direction", "audit", "warning", f"{path}/target", message)
            )


def target_not_falling(form: Examined) -> Iterator[Verdict]:
    """C8: a target of satisfaction or completion is not lower than both past years, whatever its basis; C3 has 历史标准."""
    for n, row in enumerate(form.data.annual.indicators):
        value = row.target
        if value is None or value.number is None or not _ends(row, _NEVER_FALLING) or row.basis == "历史标准":
            continue
        past = [v for v in _past(row) if v is not None and v.number is not None and v.unit == value.unit]
        numbers = [v.number for v in past if v.number is not None]
        if len(numbers) < len(_past(row)):
            yield NO_DATA
        elif value.number >= min(numbers):
            yield PASSED
        else:
            seen = "、".join(v.text for v in past)
            message = f"“{row.level3}”目标 {value.text} 低于前两年实际值 {seen}"
            path = f"/annual/indicators/{n}/target"
            yield failed_with(
                finding("target-below-history", "audit", "warning", path, message, seen, value.text)
            )
