"""What stands out among departments: who promises far less than the others, and whose target is full three years running."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from models.declaration import AnnualIndicator, Value
from normalize.check.rules.rate_rules import better_direction
from normalize.form.catalogue import load_catalogue
from shenbao.answer.rounds import HeldForm

_LEAST_DEPARTMENTS = 8
"""Of fewer departments nobody can say what is usual. Chosen."""
_SPREADS = Decimal(3)
"""Distance from the median, in spreads, from which a target stands out (Leys and others, 2013, doi:10.1016/j.jesp.2013.03.013)."""
_SPREAD_PER_DEVIATION = Decimal("1.4826")
"""The standard deviation of normal numbers in median absolute deviations."""
_LEAST_SHARE = Decimal("0.1")
"""A target that differs from the median by less than this share of it is usual, however alike the others are. Chosen."""
_FULL = Decimal(100)
_EXECUTION = "预算执行率"


@dataclass(frozen=True, slots=True)
class Outlier:
    """A target that stands out: whose, of which indicator, what is usual, and why it is named."""

    held: HeldForm
    indicator: str
    target: str
    usual: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Promise:
    held: HeldForm
    row: AnnualIndicator
    number: Decimal


def find_outliers(forms: Iterable[HeldForm]) -> tuple[Outlier, ...]:
    """Those who promise far less in an indicator of the catalogue than the other departments, and full rates thrice."""
    promises: dict[tuple[str | None, str, str | None], list[_Promise]] = {}
    full = []
    for held in forms:
        for row in held.form.data.annual.indicators:
            target = row.target
            if target is None or target.number is None:
                continue
            if row.code:
                key = (held.form.catalogue, row.code, target.unit)
                promises.setdefault(key, []).append(_Promise(held, row, target.number))
            full += _full_thrice(held, row)
    return (*(one for many in promises.values() for one in _far_below(many)), *full)


def _far_below(many: list[_Promise]) -> Iterator[Outlier]:
    direction = better_direction(
        many[0].row, load_catalogue(many[0].held.form.catalogue or "indicators-frame")
    )
    if len(many) < _LEAST_DEPARTMENTS or direction is None:
        return
    middle = median(promise.number for promise in many)
    spread = median(abs(promise.number - middle) for promise in many) * _SPREAD_PER_DEVIATION
    least = max(_SPREADS * spread, _LEAST_SHARE * abs(middle))
    for promise in many:
        short = middle - promise.number if direction == "more" else promise.number - middle
        if short > least and promise.row.target:
            unit = promise.row.target.unit or ""
            reason = "目标远低于同类部门" if direction == "more" else "控制目标远宽于同类部门"
            usual = f"{len(many)} 个部门的中位数 {middle:f}{unit}"
            yield Outlier(promise.held, promise.row.level3 or "", promise.row.target.text, usual, reason)


def _full_thrice(held: HeldForm, row: AnnualIndicator) -> list[Outlier]:
    values = (row.history.year_before_last, row.history.last_year, row.target)
    full = all(value is not None and value.number == _FULL for value in values)
    if not full or _EXECUTION not in (row.level3 or "") or row.target is None:
        return []
    return [Outlier(held, row.level3 or "", row.target.text, "", "连续三年为 100%")]


def targets_by_history(forms: Iterable[HeldForm]) -> Counter[str]:
    """How many numeric targets lie above, within or below what the two past years came to, better being above."""
    counts: Counter[str] = Counter()
    for held in forms:
        catalogue = load_catalogue(held.form.catalogue or "indicators-frame")
        for row in held.form.data.annual.indicators:
            past = [_number(row.history.year_before_last), _number(row.history.last_year)]
            target, direction = _number(row.target), better_direction(row, catalogue)
            if row.target is not None and row.target.comparator in (">=", ">"):
                direction = "more"
            known = [number for number in past if number is not None]
            if target is None or len(known) < len(past) or direction is None:
                counts["无法比较"] += 1
                continue
            better = target > max(known) if direction == "more" else target < min(known)
            worse = target < min(known) if direction == "more" else target > max(known)
            counts["优于前两年" if better else "低于前两年" if worse else "与前两年相当"] += 1
    return counts


def _number(value: Value | None) -> Decimal | None:
    return value.number if value else None
