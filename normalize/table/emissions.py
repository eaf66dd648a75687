"""−ln P(cell text | column, state, case), for all texts of a table at once.

Open text costs the same in every open column, so only names and closed lists anchor a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np

from normalize.table.glued_cells import Cut
from normalize.table.lexicon import Costs, Lexicon
from normalize.table.model import CASES, TableColumn, TableModel, Variant
from normalize.table.table_prices import PRICES
from normalize.text.cell_values import is_amount

BLANK_TEXT, COVERED_TEXT, UNREAD_TEXT = "", "\x00", "\x01"

_SHARE = re.compile(r"[-+]?\d[\d,]*(\.\d*)?%")
_SHORT_WORD = 10
"""A word beside the usual ones of a column has at most this many characters."""


class Emissions:
    """Costs of all texts of a table under one variant's columns.

    `single[c]`: [texts, cases, states], what text t costs alone in column c; `pair[c]`: [1 + cells, cases, states],
    what the n-th of `cells` costs when it is cut over columns c and c + 1 (number 0: never). An axis on which a price
    does not depend has length 1. Texts must hold `BLANK_TEXT` and both sides of all cuts; `COVERED_TEXT` and `UNREAD_TEXT` are optional.
    """

    def __init__(
        self, model: TableModel, variant: int, lexicon: Lexicon, cells: Sequence[tuple[Cut, ...]] = ()
    ) -> None:
        self.variant: Variant = model.variants[variant]
        self.states = model.states[model.spans[variant]]
        self.texts = lexicon.texts
        self.index = {text: n for n, text in enumerate(self.texts)}
        self.idle = np.array([text in (BLANK_TEXT, COVERED_TEXT) for text in self.texts])
        self._foreign_labels = [label for v in model.variants for label in v.labels if v is not self.variant]
        self._lexicon = lexicon
        self.single = [self._shared(column, variant, model) for column in self.variant.columns]
        self.blank = [costs[self.index[BLANK_TEXT]] for costs in self.single]
        self.pair = self._pairs(cells)

    def cut_price(self, cut: Cut, column: int, state: int) -> float:
        """What a cut over a column and the next one costs, each half in its best case."""
        left, right = (
            costs[self.index[text]][:, state if costs.shape[2] > 1 else 0].min()
            for costs, text in zip(self.single[column:], (cut.left, cut.right), strict=False)
        )
        return float(left + right) + cut.price

    def _shared(self, column: TableColumn, variant: int, model: TableModel) -> Costs:
        """The prices of a column; what two columns or two variants have in common is worked out once."""
        owner = variant if column.kind == "section" else model.alike[variant]
        known = self._lexicon.priced
        if (column.kind, column.words, owner) not in known:
            known[column.kind, column.words, owner] = self._column(column)
        return known[column.kind, column.words, owner]

    def _column(self, column: TableColumn) -> Costs:
        make: dict[str, Callable[[TableColumn], Costs]] = {
            "section": self._section,
            "level1": self._level1,
            "level2": self._level2,
            "name": self._name,
            "value": lambda c: self._value(c, PRICES.target_blank),
            "history": lambda c: self._value(c, PRICES.history_blank),
            "closed": self._closed,
            "amount": lambda c: self._figure(is_amount),
            "share": lambda c: self._figure(_is_share),
            "text": self._text,
            "class": self._class,
        }
        costs = make[column.kind](column)
        if UNREAD_TEXT in self.index:
            costs[self.index[UNREAD_TEXT]] = PRICES.unread_cell
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
            pair = np.full((1 + len(cells), cases, states), PRICES.impossible, np.float32)
            for k in range(most):
                costs = one.take(left[k], axis=0) + other.take(right[k], axis=0) + price[k]
                np.minimum(pair[1:], costs, out=pair[1:])
            pairs.append(pair)
        return pairs

    def _everywhere(self, costs: Iterable[float]) -> Costs:
        return np.fromiter(costs, np.float32, len(self.texts))[:, None, None]

    def _section(self, column: TableColumn) -> Costs:
        own = self._lexicon.near(self.variant.labels).min(axis=1)
        other = self._lexicon.near(self._foreign_labels).min(axis=1)
        costs = self._everywhere(
            np.minimum(PRICES.foreign_text, np.minimum(own, other + PRICES.other_variant))
        )
        return self._blanks(costs, PRICES.section_blank, PRICES.section_covered)

    def _level1(self, column: TableColumn) -> Costs:
        return self._label([state.level1 for state in self.states], changed_from=2)

    def _level2(self, column: TableColumn) -> Costs:
        costs = self._label([state.level2 or "" for state in self.states], changed_from=1)
        for s, state in enumerate(self.states):
            if state.numbered:
                costs[self.index[BLANK_TEXT], 1, s] = PRICES.number_blank
            if state.level2 is None:
                costs[:, :, s] = (PRICES.any_level2 + self._lexicon.oddness)[:, None]
                costs[self.index[BLANK_TEXT], :, s] = PRICES.any_level2_blank
        return costs

    def _label(self, names: list[str], changed_from: int) -> Costs:
        """A merged label cell: printed where it changes, blank below."""
        costs = np.repeat((self._lexicon.near(names) + PRICES.known_text)[:, None, :], CASES, axis=1)
        costs[:, :changed_from] += PRICES.label_printed_same
        blank, covered = self.index[BLANK_TEXT], self.index.get(COVERED_TEXT)
        costs[blank] = PRICES.label_blank_same
        costs[blank, changed_from:] = PRICES.label_blank_changed
        if covered is not None:
            costs[covered] = PRICES.label_covered_same
            costs[covered, changed_from:] = PRICES.label_covered_changed
        return costs

    def _name(self, column: TableColumn) -> Costs:
        costs = self._lexicon.near([state.entry.level3 or "" for state in self.states]) + PRICES.known_text
        for s, state in enumerate(self.states):
            for alias in state.entry.aliases:
                costs[:, s] = np.minimum(costs[:, s], self._lexicon.near([alias])[:, 0] + PRICES.alias)
            if state.own:
                costs[:, s] = PRICES.own_name + self._lexicon.oddness
        return self._blanks(costs[:, None, :], PRICES.name_blank, PRICES.name_blank)

    def _value(self, column: TableColumn, blank: float) -> Costs:
        kinds = {
            "quantitative": PRICES.quantitative,
            "qualitative": PRICES.qualitative,
            None: PRICES.either,
        }
        entries = [state.entry for state in self.states]
        table = {kind: self._lexicon.value_costs(prices) for kind, prices in kinds.items()}
        costs = np.stack([table[entry.kind] for entry in entries], axis=1)
        standards = self._lexicon.near([entry.standard or "" for entry in entries])
        has = np.array([bool(entry.standard) for entry in entries])
        costs = np.where(has, np.minimum(costs, standards + PRICES.standard_text), costs)
        unusual = min(blank, PRICES.unusual_target_blank)
        absent = [blank if entry.basis is not None else unusual for entry in entries]
        return self._blanks(costs[:, None, :], np.array(absent, np.float32), blank)

    def _closed(self, column: TableColumn) -> Costs:
        near = self._lexicon.near(column.words).min(axis=1)
        costs = np.minimum(near + PRICES.listed_word, PRICES.foreign_text)[:, None, None]
        absent = np.array(
            [
                PRICES.unusual_basis_blank if state.entry.basis is None else PRICES.basis_blank
                for state in self.states
            ],
            np.float32,
        )
        return self._blanks(np.repeat(costs, len(absent), axis=2), absent, absent)

    def _figure(self, fits: Callable[[str], bool]) -> Costs:
        costs = self._everywhere(
            PRICES.figure if fits(t) else PRICES.odd_figure if any(map(str.isdigit, t)) else PRICES.no_figure
            for t in self.texts
        )
        return self._blanks(costs, PRICES.figure_blank, PRICES.figure_blank)

    def _class(self, column: TableColumn) -> Costs:
        """A column of usual words where a clerk may write another short one."""
        near = self._lexicon.near(column.words).min(axis=1)
        other = [
            PRICES.class_figure
            if is_amount(t)
            else PRICES.class_other
            if len(t) <= _SHORT_WORD
            else PRICES.class_long
            for t in self.texts
        ]
        costs = self._everywhere(np.minimum(near + PRICES.listed_word, np.array(other, np.float32)))
        return self._blanks(costs, PRICES.text_blank, PRICES.text_blank)

    def _text(self, column: TableColumn) -> Costs:
        costs = self._everywhere(
            PRICES.text_figure if is_amount(t) else PRICES.text_other for t in self.texts
        )
        return self._blanks(costs, PRICES.text_blank, PRICES.text_blank)

    def _blanks(self, costs: Costs, blank: float | Costs, covered: float | Costs) -> Costs:
        costs[self.index[BLANK_TEXT]] = blank
        if COVERED_TEXT in self.index:
            costs[self.index[COVERED_TEXT]] = covered
        return costs


def _is_share(text: str) -> bool:
    return _SHARE.fullmatch(text) is not None
