"""−ln P(cell text | column, state, case), for all texts of a table at once.

Open text costs the same in every open column, so only names and closed lists anchor a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np

from normalize.table.glued_cells import Cut
from normalize.table.lexicon import FOREIGN, Costs, Lexicon
from normalize.table.model import CASES, Column, TableModel, Variant
from normalize.text.cell_values import is_amount

BLANK, COVERED, UNREAD = "", "\x00", "\x01"
MATCH = 0.1
LABEL_BLANK_CHANGED, LABEL_COVERED_CHANGED = 2.5, 6.0
LABEL_BLANK_SAME, LABEL_PRINTED_SAME = 0.05, 2.0
NUMBER_BLANK = 1.0
"""A blank level 2 in a numbered slot: one more indicator under the same number."""
UNREAD_CELL = 3.0
HUGE = 1e4

_SHARE = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%")


class Emissions:
    """Costs of all texts of a table under one variant's columns.

    `single[c]`: [texts, cases, states], what text t costs alone in column c; `pair[c]`: [1 + cells, cases, states],
    what the n-th of `cells` costs when it is cut over columns c and c + 1 (number 0: never). An axis on which a price
    does not depend has length 1. Texts must hold `BLANK` and both sides of all cuts; `COVERED` and `UNREAD` are optional.
    """

    def __init__(
        self, model: TableModel, variant: int, lexicon: Lexicon, cells: Sequence[tuple[Cut, ...]] = ()
    ) -> None:
        self.variant: Variant = model.variants[variant]
        self.states = model.states[model.spans[variant]]
        self.texts = lexicon.texts
        self.index = {text: n for n, text in enumerate(self.texts)}
        self.idle = np.array([text in (BLANK, COVERED) for text in self.texts])
        self._foreign_labels = [label for v in model.variants for label in v.labels if v is not self.variant]
        self._lexicon = lexicon
        self.single = [self._shared(column, variant, model) for column in self.variant.columns]
        self.blank = [costs[self.index[BLANK]] for costs in self.single]
        self.pair = self._pairs(cells)

    def cut_price(self, cut: Cut, column: int, state: int) -> float:
        """What a cut over a column and the next one costs, each half in its best case."""
        left, right = (
            costs[self.index[text]][:, state if costs.shape[2] > 1 else 0].min()
            for costs, text in zip(self.single[column:], (cut.left, cut.right), strict=False)
        )
        return float(left + right) + cut.price

    def _shared(self, column: Column, variant: int, model: TableModel) -> Costs:
        """The prices of a column; what two columns or two variants have in common is worked out once."""
        owner = variant if column.kind == "section" else model.alike[variant]
        known = self._lexicon.priced
        if (column.kind, column.words, owner) not in known:
            known[column.kind, column.words, owner] = self._column(column)
        return known[column.kind, column.words, owner]

    def _column(self, column: Column) -> Costs:
        make: dict[str, Callable[[Column], Costs]] = {
            "section": self._section,
            "level1": self._level1,
            "level2": self._level2,
            "name": self._name,
            "value": lambda c: self._value(c, 5.0),
            "history": lambda c: self._value(c, 2.5),
            "closed": self._closed,
            "amount": lambda c: self._figure(is_amount, 1.2),
            "share": lambda c: self._figure(_is_share, 1.2),
            "text": self._text,
            "class": self._class,
        }
        costs = make[column.kind](column)
        if UNREAD in self.index:
            costs[self.index[UNREAD]] = UNREAD_CELL
        return costs

    def _pairs(self, cells: Sequence[tuple[Cut, ...]]) -> list[Costs]:
        """The cheapest cut of each cell over each two neighbouring columns."""
        most = max(map(len, cells), default=0)
        # the cut that a cell has not is its first one again
        cuts = [[cell[k if k < len(cell) else 0] for cell in cells] for k in range(most)]
        left = [np.array([self.index[cut.left] for cut in row]) for row in cuts]
        right = [np.array([self.index[cut.right] for cut in row]) for row in cuts]
        price = [np.array([cut.price for cut in row], np.float32)[:, None, None] for row in cuts]
        pairs = []
        for one, other in pairwise(self.single):
            cases, states = np.broadcast_shapes(one.shape[1:], other.shape[1:])
            pair = np.full((1 + len(cells), cases, states), HUGE, np.float32)
            for k in range(most):
                costs = one.take(left[k], axis=0) + other.take(right[k], axis=0) + price[k]
                np.minimum(pair[1:], costs, out=pair[1:])
            pairs.append(pair)
        return pairs

    def _everywhere(self, costs: Iterable[float]) -> Costs:
        return np.fromiter(costs, np.float32, len(self.texts))[:, None, None]

    def _section(self, column: Column) -> Costs:
        own = self._lexicon.near(self.variant.labels).min(axis=1)
        other = self._lexicon.near(self._foreign_labels).min(axis=1)
        costs = self._everywhere(np.minimum(FOREIGN, np.minimum(own, other + 8.0)))
        return self._blanks(costs, 0.05, 0.02)

    def _level1(self, column: Column) -> Costs:
        return self._label([state.level1 for state in self.states], changed_from=2)

    def _level2(self, column: Column) -> Costs:
        costs = self._label([state.level2 or "" for state in self.states], changed_from=1)
        for s, state in enumerate(self.states):
            if state.numbered:
                costs[self.index[BLANK], 1, s] = NUMBER_BLANK
            if state.level2 is None:
                costs[:, :, s] = (4.0 + self._lexicon.oddness)[:, None]
                costs[self.index[BLANK], :, s] = 6.0
        return costs

    def _label(self, names: list[str], changed_from: int) -> Costs:
        """A merged label cell: printed where it changes, blank below."""
        costs = np.repeat((self._lexicon.near(names) + MATCH)[:, None, :], CASES, axis=1)
        costs[:, :changed_from] += LABEL_PRINTED_SAME
        blank, covered = self.index[BLANK], self.index.get(COVERED)
        costs[blank] = LABEL_BLANK_SAME
        costs[blank, changed_from:] = LABEL_BLANK_CHANGED
        if covered is not None:
            costs[covered] = 0.01
            costs[covered, changed_from:] = LABEL_COVERED_CHANGED
        return costs

    def _name(self, column: Column) -> Costs:
        costs = self._lexicon.near([state.entry.level3 or "" for state in self.states]) + MATCH
        for s, state in enumerate(self.states):
            for alias in state.entry.aliases:
                costs[:, s] = np.minimum(costs[:, s], self._lexicon.near([alias])[:, 0] + 1.0)
            if state.own:
                costs[:, s] = 4.0 + self._lexicon.oddness
        return self._blanks(costs[:, None, :], 8.0, 8.0)

    def _value(self, column: Column, blank: float) -> Costs:
        kinds = {
            "quantitative": (0.3, 4.5, 1.5, 5.0),
            "qualitative": (5.0, 6.0, 2.5, 4.5),
            None: (1.0, 3.5, 2.5, 3.0),
        }
        entries = [state.entry for state in self.states]
        table = {kind: self._lexicon.value_costs(*prices) for kind, prices in kinds.items()}
        costs = np.stack([table[entry.kind] for entry in entries], axis=1)
        standards = self._lexicon.near([entry.standard or "" for entry in entries])
        has = np.array([bool(entry.standard) for entry in entries])
        costs = np.where(has, np.minimum(costs, standards + 0.2), costs)
        absent = [blank if entry.basis is not None or blank < 3 else 3.0 for entry in entries]
        return self._blanks(costs[:, None, :], np.array(absent, np.float32), blank)

    def _closed(self, column: Column) -> Costs:
        near = self._lexicon.near(column.words).min(axis=1)
        costs = np.minimum(near + 0.3, FOREIGN)[:, None, None]
        absent = np.array([0.5 if state.entry.basis is None else 4.0 for state in self.states], np.float32)
        return self._blanks(np.repeat(costs, len(absent), axis=2), absent, absent)

    def _figure(self, fits: Callable[[str], bool], blank: float) -> Costs:
        costs = self._everywhere(
            0.2 if fits(t) else 3.5 if any(map(str.isdigit, t)) else 10.0 for t in self.texts
        )
        return self._blanks(costs, blank, blank)

    def _class(self, column: Column) -> Costs:
        """A column of usual words where a clerk may write another short one."""
        near = self._lexicon.near(column.words).min(axis=1)
        other = [9.0 if is_amount(t) else 3.0 if len(t) <= 10 else 6.0 for t in self.texts]
        costs = self._everywhere(np.minimum(near + 0.3, np.array(other, np.float32)))
        return self._blanks(costs, 3.0, 3.0)

    def _text(self, column: Column) -> Costs:
        costs = self._everywhere(7.0 if is_amount(t) else 2.0 for t in self.texts)
        return self._blanks(costs, 3.0, 3.0)

    def _blanks(self, costs: Costs, blank: float | Costs, covered: float | Costs) -> Costs:
        costs[self.index[BLANK]] = blank
        if COVERED in self.index:
            costs[self.index[COVERED]] = covered
        return costs


def _is_share(text: str) -> bool:
    return _SHARE.fullmatch(text) is not None
