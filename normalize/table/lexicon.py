"""How far the texts of a table are from everything its model names; nothing here depends on a column or a state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from normalize.channel.misreading import misread_or_slipped
from normalize.form.catalogue import NUMBER_MARK, Entry
from normalize.table.model import TableModel
from normalize.table.table_prices import PRICES, ValuePrices
from normalize.text.cell_values import is_number
from normalize.text.fold import is_chinese, skeleton

Costs = NDArray[np.float32]


_FIGURE_TAIL = re.compile(r"[\u3400-\u9fff）)][≥≤]?-?\d+(\.\d+)?[%‰]$|[≥≤]")
_DIGITS = "0123456789"
_LONG_NAME = 25
"""A name of an indicator has hardly ever more characters than this."""
_SHORT_LISTED = 2
"""A listed word with at most this many characters may well end a text of prose."""
_SHORT_VALUE = 16
"""A text with digits and at most this many characters may be a value that was misread."""


class Lexicon:
    """Distances of the texts of one table to everything the catalogue names, each computed once."""

    def __init__(self, model: TableModel, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        self._keys = [skeleton(text) for text in self.texts]
        self._bare = [k.rstrip(_DIGITS) for k in self._keys]
        self._columns: dict[str, Costs] = {}
        self.priced: dict[tuple[str, tuple[str, ...], int], Costs] = {}
        """What `Emissions` has worked out for these texts, by kind of column, closed list and variant."""
        entries = [state.entry for state in model.states]
        words = [w for v in model.variants for c in v.columns for w in c.words]
        labels = [e.level1 for e in entries] + [e.level2 for e in entries]
        self._closed = self._exact(words)
        self._labels = self._exact(labels)
        self._names = self._exact([e.level3 for e in entries if e.level3])
        self._standards = self._exact([e.standard for e in entries if e.standard and e.standard != "无"])
        self._glued = self._ends_elsewhere([w for w in words if len(w) > _SHORT_LISTED], entries)
        self.numeric = np.array([is_number(t) for t in self.texts]) & ~self._glued
        self.digits = np.array([len(t) <= _SHORT_VALUE and any(map(str.isdigit, t)) for t in self.texts])
        self._wordless = np.array([not any(map(is_chinese, key)) for key in self._keys])
        self.nothing = np.array([t == "无" for t in self.texts])

    @cached_property
    def oddness(self) -> Costs:
        """How little a text looks like an own name, beyond the usual price of open text."""
        penalty = PRICES.odd_listed * self._closed + PRICES.odd_number * self.numeric
        penalty = penalty + PRICES.odd_nothing * self.nothing + PRICES.odd_standard * self._standards
        penalty = penalty + PRICES.odd_figure_tail * np.array(
            [_FIGURE_TAIL.search(t) is not None for t in self.texts]
        )
        penalty = (
            penalty
            + PRICES.odd_label * self._labels
            + PRICES.odd_known * self._names
            + PRICES.odd_glued * self._glued
            + PRICES.odd_wordless * self._wordless
        )
        costs: Costs = (
            penalty + PRICES.odd_long * np.array([len(t) > _LONG_NAME for t in self.texts])
        ).astype(np.float32)
        return costs

    def value_costs(self, prices: ValuePrices) -> Costs:
        """[texts]: the price in a value column, dear for what belongs elsewhere."""
        costs = np.full(len(self.texts), prices.other, np.float32)
        costs[self.digits] = prices.digits
        costs[self.numeric] = prices.number
        costs[self.nothing] = prices.nothing
        belongs_elsewhere: Costs = (
            PRICES.value_listed * self._closed
            + PRICES.value_known * self._names
            + PRICES.value_label * self._labels
        )
        return (costs + belongs_elsewhere + PRICES.value_standard * self._standards).astype(np.float32)

    def near(self, names: Sequence[str]) -> Costs:
        """[texts, names]: the channel's price where a text may be the name at all, else `PRICES.foreign_text`."""
        fresh = [name for name in dict.fromkeys(names) if name not in self._columns]
        self._measure([name for name in fresh if NUMBER_MARK not in name], self._keys, numbered=False)
        self._measure([name for name in fresh if NUMBER_MARK in name], self._bare, numbered=True)
        if not names:
            return np.full((len(self.texts), 1), PRICES.foreign_text, np.float32)
        return np.stack([self._columns[name] for name in names], axis=1)

    def _measure(self, names: Sequence[str], seen: Sequence[str], numbered: bool) -> None:
        """Price the texts, as they are `seen` without their numbers or with them, against every name."""
        if not names:
            return
        targets = [skeleton(name.replace(NUMBER_MARK, "")) for name in names]
        costs = np.full((len(targets), len(seen)), PRICES.foreign_text, np.float32)
        limits = np.array([(len(target) + 1) // 2 for target in targets])
        near = cdist(targets, seen, scorer=Levenshtein.distance) <= limits[:, None]
        for n, t in np.argwhere(near).tolist():
            if seen[t] and targets[n]:
                unnumbered = PRICES.unnumbered if numbered and seen[t] == self._keys[t] else 0.0
                costs[n, t] = min(
                    PRICES.foreign_text,
                    PRICES.tempered_share * misread_or_slipped(seen[t], targets[n]) + unnumbered,
                )
        self._columns.update(zip(names, costs, strict=True))

    def _ends_elsewhere(self, words: Sequence[str], entries: Sequence[Entry]) -> NDArray[np.bool_]:
        """Texts that end with a closed list's word or begin with a numbered label: two cells glued into one."""
        stems = {skeleton(e.level2.replace(NUMBER_MARK, "")) for e in entries if NUMBER_MARK in e.level2}
        tails = tuple({skeleton(word) for word in words})
        found = [
            (k.endswith(tails) and k not in tails)
            or any(k.startswith(s) and k[len(s) :].strip(_DIGITS) for s in stems)
            for k in self._keys
        ]
        return np.array(found, np.bool_)

    def _exact(self, names: Iterable[str]) -> NDArray[np.bool_]:
        known = {skeleton(name.replace(NUMBER_MARK, "")) for name in names} - {""}
        pairs = zip(self._keys, self._bare, strict=True)
        return np.array([k in known or (bare != k and bare in known) for k, bare in pairs])
