"""Two rounds against each other: departments and projects found again, what changed in each, the money of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

from shenbao.answer.overview import MoneyKey, round_to_money
from shenbao.answer.rounds import FormKey, HeldForm, Round
from shenbao.compare.answered import AnsweredPoint, answered_points
from shenbao.compare.changes import Change, compare_forms

_RENAMED = 75.0
"""Likeness of two departments' names (of 100) from which one is the other renamed, as the reconciliation has it."""


@dataclass(frozen=True, slots=True)
class FormDiff:
    """One form in both rounds; `renamed` where it was found again under another name."""

    before: HeldForm
    after: HeldForm
    changes: tuple[Change, ...]
    points: tuple[AnsweredPoint, ...]
    renamed: bool = False

    @property
    def sure(self) -> tuple[Change, ...]:
        """The changes that no flagged reading explains."""
        return tuple(change for change in self.changes if not change.doubtful)


@dataclass(frozen=True, slots=True)
class RoundDiff:
    """Forms of both rounds, and those of one only. `remarks` are what a person must know before the rest."""

    before: Round
    after: Round
    forms: tuple[FormDiff, ...]
    gone: tuple[HeldForm, ...]
    new: tuple[HeldForm, ...]
    remarks: tuple[str, ...]

    @property
    def money(self) -> dict[MoneyKey, tuple[Decimal, Decimal]]:
        """The sums of each class before and after."""
        sums = round_to_money(self.before.forms.values()), round_to_money(self.after.forms.values())
        keys = dict.fromkeys((*sums[0], *sums[1]))
        return {key: (sums[0].get(key, Decimal(0)), sums[1].get(key, Decimal(0))) for key in keys}

    @property
    def changed(self) -> bool:
        """Whether anything is different, or might be."""
        return bool(self.gone or self.new or any(form.changes for form in self.forms))


def compare_rounds(before: Round, after: Round) -> RoundDiff:
    """Every department and project of two rounds. Two rounds of one form each are compared whatever they are called."""
    pairs = [(one, after.forms[key], False) for key, one in before.forms.items() if key in after.forms]
    gone = {key: one for key, one in before.forms.items() if key not in after.forms}
    new = {key: one for key, one in after.forms.items() if key not in before.forms}
    for old_key, new_key in renamed_forms(gone, new):
        pairs.append((gone.pop(old_key), new.pop(new_key), True))
    forms = tuple(_form_diff(*pair) for pair in sorted(pairs, key=lambda pair: pair[0].key))
    return RoundDiff(
        *(before, after, forms, tuple(gone.values()), tuple(new.values())),
        tuple(_remarks(before, after, forms)),
    )


def _form_diff(before: HeldForm, after: HeldForm, renamed: bool) -> FormDiff:
    compared = compare_forms(before.form, after.form)
    return FormDiff(before, after, compared.changes, tuple(answered_points(before, after, compared)), renamed)


def renamed_forms(
    gone: Mapping[FormKey, HeldForm], new: Mapping[FormKey, HeldForm]
) -> list[tuple[FormKey, FormKey]]:
    """Forms of one kind whose names are alike, the likest first; or the only two that there are."""
    if len(gone) == len(new) == 1 and _kind(next(iter(gone.values()))) == _kind(next(iter(new.values()))):
        return [(next(iter(gone)), next(iter(new)))]
    scored = [
        (score, old, late)
        for old, one in gone.items()
        for late, other in new.items()
        if _kind(one) == _kind(other) and (score := _likeness(old, late)) >= _RENAMED
    ]
    pairs: dict[FormKey, FormKey] = {}
    for _, old, late in sorted(scored, key=lambda one: (-one[0], one[1:])):
        if old not in pairs and late not in pairs.values():
            pairs[old] = late
    return list(pairs.items())


def _kind(one: HeldForm) -> str:
    return one.form.form


def _likeness(old: FormKey, late: FormKey) -> float:
    """Of the names that differ: a project keeps its department, or a department its projects."""
    scores = [fuzz.ratio(a, b) for a, b in zip(old, late, strict=True) if a != b]
    return min(scores) if len(scores) == 1 else 0.0


def _remarks(before: Round, after: Round, forms: Iterable[FormDiff]) -> Iterable[str]:
    for side in (before, after):
        yield from (f"{side.name}：{remark}" for remark in side.remarks)
    for form in forms:
        if form.renamed:
            yield f"{form.before.title} 与 {form.after.title} 按同一部门或项目比对，请核对名称"
        if form.before.form.catalogue != form.after.form.catalogue:
            yield f"{form.after.title}：两次所用的指标目录不同，指标只按名称对应"
        elif form.before.form.layout != form.after.form.layout:
            layouts = form.before.form.layout, form.after.form.layout
            yield f"{form.after.title}：两次的版式不同（{layouts[0]}、{layouts[1]}）"
        units = form.before.form.data.money_unit, form.after.form.data.money_unit
        if units[0] != units[1]:
            yield f"{form.after.title}：两次的金额单位不同（{units[0] or '未读出'}、{units[1] or '未读出'}），金额按所印数字比对"
