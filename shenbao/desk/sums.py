"""The equations of the budget that a field stands in, and what it would have to be for each to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from models.declaration import Budget, DepartmentOverall
from normalize.check.equations import Equation, budget_to_equations, budget_to_figures
from normalize.text.cell_values import text_to_amount
from shenbao.desk.overlay.fields import Sheet
from shenbao.desk.queue.opened import Opened
from shenbao.desk.queue.queue import Address
from shenbao.places import place_in_words

_ZERO = Decimal(0)
_SUM_CODES = frozenset({"sum-mismatch", "sides-differ"})


@dataclass(frozen=True, slots=True)
class Term:
    """A figure of a sum: its text, what it is called, and whether it is the field's own."""

    text: str
    name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class SumView:
    """An equation that the field stands in: `left` adds up to what `right` adds up to; `share`: is that share of it."""

    name: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    is_share: bool


def _budget(sheet: Sheet) -> Budget:
    data = sheet.form.data
    return data.budget if isinstance(data, DepartmentOverall) else Budget()


def _equations(sheet: Sheet, address: Address) -> Iterator[Equation]:
    if address.path.startswith("/budget/"):
        for equation in budget_to_equations(_budget(sheet)):
            if address.path in equation.paths:
                yield equation


def solving_figures(sheet: Sheet, opened: Opened, address: Address) -> Iterator[str]:
    """What the figure would have to be for each equation that it stands in to hold."""
    for view in field_to_sums(sheet, opened, address, None):
        if view.is_share:
            continue
        own_left = any(term.is_own for term in view.left)
        mine, others = (view.left, view.right) if own_left else (view.right, view.left)
        known = [term.text for term in (*mine, *others) if not term.is_own and term.text]
        if len(known) < len(mine) + len(others) - 1 and not all(t.text for t in others if not t.is_own):
            continue
        rest = sum((_figure(t) for t in others), start=_ZERO) - sum(
            (_figure(t) for t in mine if not t.is_own), start=_ZERO
        )
        if rest > 0:
            yield format(rest, "f")
    for equation in _equations(sheet, address):
        if equation.code == "share-mismatch" and equation.total == address.path:
            expected = equation.expected(budget_to_figures(_budget(sheet)))
            if expected is not None:
                yield f"{expected:f}%"


def _figure(term: Term) -> Decimal:
    return text_to_amount(term.text) or _ZERO


def field_to_sums(sheet: Sheet, opened: Opened, address: Address, value: str | None) -> Iterator[SumView]:
    """The equations that the field stands in, with its `value` and what stands in the other fields now."""

    def terms(paths: Iterable[str]) -> tuple[Term, ...]:
        return tuple(
            Term(
                ((value if path == address.path else opened.text(address.form, path)) or "").rstrip("%"),
                place_in_words(sheet.tree, path),
                path == address.path,
            )
            for path in paths
        )

    for equation in _equations(sheet, address):
        if equation.code in _SUM_CODES:
            yield SumView(equation.name, terms(equation.paths[:-1]), terms([equation.total]), False)
        elif equation.code == "share-mismatch":
            yield SumView(equation.name, terms(equation.paths[:2]), terms([equation.total]), True)
        else:
            sides = [
                [p for p in equation.paths if p.startswith(f"/budget/{s}/")]
                for s in ("income", "expenditure")
            ]
            yield SumView(equation.name, terms(sides[0]), terms(sides[1]), False)
