"""What a table is expected to hold: its columns, and the states that a logical row can be in.

One model serves the indicator tables (two horizons), the budget table and the project table. Costs are nats.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from normalize.form.catalogue import NUMBER_MARK, Entry
from normalize.table.table_prices import PRICES

ColumnKind = Literal[
    "section", "level1", "level2", "name", "value", "history", "closed", "amount", "share", "class", "text"
]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: what it is called in the result, what kind of content it has, its closed list if any."""

    key: str
    kind: ColumnKind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """One set of columns, with the labels that may stand beside the table (vertical merged cell)."""

    name: str
    columns: tuple[TableColumn, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowState:
    """What a logical row can be: a catalogue entry, or an own slot under a level 2 (`None`: any level 2)."""

    variant: int
    level1: str
    level2: str | None
    entry: Entry
    order: float
    usual: bool

    @property
    def own(self) -> bool:
        return self.entry.own

    @property
    def numbered(self) -> bool:
        """Whether every row of this slot has a level 2 of its own (核心业务产出1, 2, …)."""
        return self.level2 is not None and NUMBER_MARK in self.level2


CASES = 3
"""Levels 1 and 2 unchanged, level 2 changed, both changed."""


@dataclass(frozen=True, eq=False)
class TableModel:
    """States in a fixed order (ties decide bytes), grouped by variant."""

    variants: tuple[Variant, ...]
    states: tuple[RowState, ...]

    @cached_property
    def spans(self) -> tuple[slice, ...]:
        """For each variant, where its states stand."""
        bounds = []
        for v in range(len(self.variants)):
            members = [i for i, s in enumerate(self.states) if s.variant == v]
            bounds.append(slice(members[0], members[-1] + 1))
        return tuple(bounds)

    @cached_property
    def closed(self) -> frozenset[str]:
        """The words of all closed lists."""
        columns = (column for variant in self.variants for column in variant.columns)
        return frozenset(word for column in columns if column.kind == "closed" for word in column.words)

    @cached_property
    def alike(self) -> tuple[int, ...]:
        """For each variant the first one whose states are the same entries under the same labels."""
        found = [[(s.level1, s.level2, s.entry) for s in self.states[span]] for span in self.spans]
        return tuple(found.index(one) for one in found)

    def case(self, before: RowState | None, after: RowState) -> int:
        """0: levels 1 and 2 unchanged, 1: level 2 changed, 2: both changed."""
        if before is None or before.variant != after.variant or before.level1 != after.level1:
            return 2
        same = before.level2 == after.level2 and not after.numbered and after.level2 is not None
        return 0 if same else 1

    def transition(self, before: RowState | None, after: RowState) -> float:
        """Price of `after` following `before` (`None`: the table begins): the catalogue's order, with omissions."""
        entering = (
            0.0 if after.usual else (PRICES.open_level2 if after.level2 is None else PRICES.unusual_own)
        )
        if before is None:
            return entering + self._skipped(-1.0, after)
        if before.variant != after.variant:
            turn = PRICES.variant_on if before.variant < after.variant else PRICES.variant_back
            return turn + entering + self._skipped(-1.0, after)
        if before == after:
            return PRICES.repeat_own if after.own else PRICES.repeat_fixed
        if before.level2 == after.level2 and before.level1 == after.level1 and (before.own or after.own):
            return PRICES.within_level2 + entering
        if after.order < before.order:
            return PRICES.back + entering
        return entering + self._skipped(before.order, after)

    @cached_property
    def _fixed(self) -> tuple[tuple[float, ...], ...]:
        """For each variant the places of its catalogue entries, in order."""
        return tuple(
            tuple(s.order for s in self.states if s.variant == v and not s.own)
            for v in range(len(self.variants))
        )

    def _skipped(self, order: float, after: RowState) -> float:
        places = self._fixed[after.variant]
        left_out = bisect_left(places, after.order) - bisect_right(places, order)
        return PRICES.next_entry if left_out == 0 else PRICES.skip_first + PRICES.skip_more * left_out


def indicator_states(entries: tuple[Entry, ...], variants: int) -> tuple[RowState, ...]:
    """States of an indicator table: every entry, an own slot under every level 2, and one per level 1 for others."""
    states: list[RowState] = []
    for variant in range(variants):
        order = 0.0
        for n, entry in enumerate(entries):
            states.append(
                RowState(variant, entry.level1, entry.level2, entry, order := order + 1, usual=True)
            )
            last = n + 1 == len(entries) or entries[n + 1].level2 != entry.level2
            owned = any(e.own and e.level2 == entry.level2 and e.level1 == entry.level1 for e in entries)
            if last and not owned:
                slot = own_entry(entry.level1, entry.level2)
                states.append(RowState(variant, entry.level1, entry.level2, slot, order + 0.5, usual=False))
            if n + 1 == len(entries) or entries[n + 1].level1 != entry.level1:
                slot = own_entry(entry.level1, "")
                states.append(RowState(variant, entry.level1, None, slot, order + 0.7, usual=False))
    return tuple(states)


def own_entry(level1: str, level2: str) -> Entry:
    """A slot for a department's own indicator where the catalogue does not foresee one."""
    return Entry("", level1, level2, None, True, None, None, None, "", "", None, ())
