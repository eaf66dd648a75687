"""−ln P(cell text | column, state, case), for all texts of a table at once.

Open text costs the same in every open column, so only names and closed lists anchor a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from normalize.catalogue import NUMBER_MARK, Entry
from normalize.channel.misread import misreading, slip
from normalize.tables import Column, TableModel, Variant
from normalize.text import key

Costs = NDArray[np.float32]

BLANK, COVERED, UNREAD = "", "\x00", "\x01"
CASES = 3
FOREIGN = 14.0
"""A text that has nothing to do with the name or closed list of its column."""
TEMPERED = 0.25
"""Weight of a misreading while rows are decoded: open text is priced flat there, so the channel is tempered alike."""
MATCH = 0.1
LABEL_BLANK_CHANGED, LABEL_COVERED_CHANGED = 2.5, 6.0
LABEL_BLANK_SAME, LABEL_PRINTED_SAME = 0.05, 2.0
NUMBER_BLANK = 1.0
"""A blank level 2 in a numbered slot: one more indicator under the same number."""
GLUED = 4.5

_NUMBER = re.compile(r"[≥≤<>=±约]?[-+]?\d[\d,]*(\.\d+)?\s*[%‰]?\D{0,8}")
_FIGURE_TAIL = re.compile(r"[\u3400-\u9fff）)][≥≤]?-?\d+(\.\d+)?[%‰]$|[≥≤]")
_AMOUNT = re.compile(r"[-+]?\d[\d,]*(\.\d+)?(万?元)?")
_SHARE = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%")


def is_number(text: str) -> bool:
    """Whether a text is a number with its sign and unit (≥800件/年)."""
    return _NUMBER.fullmatch(text) is not None


def is_amount(text: str) -> bool:
    return _AMOUNT.fullmatch(text) is not None


class Emissions:
    """Costs of all texts of a table under one variant's columns.

    `single[t, c, s, case]` prices text t alone in column c; `pair[t][c, s, case]` prices it glued over c and c+1.
    """

    def __init__(self, model: TableModel, variant: int, texts: Sequence[str]) -> None:
        self.variant: Variant = model.variants[variant]
        self.states = model.states[model.spans[variant]]
        self.index = {text: n for n, text in enumerate(texts)}
        self.texts = tuple(texts)
        self._foreign_labels = [label for v in model.variants for label in v.labels if v is not self.variant]
        self._lexicon = _Lexicon(model, self.texts)
        layers = [self._column(column) for column in self.variant.columns]
        self.single: Costs = np.stack(layers, axis=1).astype(np.float32)
        for special, cost in ((UNREAD, 3.0),):
            if special in self.index:
                self.single[self.index[special]] = cost

    def _column(self, column: Column) -> Costs:
        """[texts, states, cases] for one column."""
        make = {
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
        }[column.kind]
        return make(column)

    def _everywhere(self, costs: Iterable[float]) -> Costs:
        column = np.fromiter(costs, np.float32, len(self.texts))
        return np.broadcast_to(column[:, None, None], (len(self.texts), len(self.states), CASES)).copy()

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
                costs[self.index[BLANK], s, 1] = NUMBER_BLANK
            if state.level2 is None:
                costs[:, s, :] = (4.0 + self._lexicon.oddness)[:, None]
                costs[self.index[BLANK], s, :] = 6.0
        return costs

    def _label(self, names: list[str], changed_from: int) -> Costs:
        """A merged label cell: printed where it changes, blank below."""
        near = self._lexicon.near(names)
        costs = np.empty((len(self.texts), len(names), CASES), np.float32)
        costs[...] = near[:, :, None] + MATCH
        costs[:, :, :changed_from] += LABEL_PRINTED_SAME
        blank, covered = self.index[BLANK], self.index.get(COVERED)
        costs[blank] = LABEL_BLANK_SAME
        costs[blank, :, changed_from:] = LABEL_BLANK_CHANGED
        if covered is not None:
            costs[covered] = 0.01
            costs[covered, :, changed_from:] = LABEL_COVERED_CHANGED
        return costs

    def _name(self, column: Column) -> Costs:
        costs = np.empty((len(self.texts), len(self.states), CASES), np.float32)
        names = [state.entry.level3 or "" for state in self.states]
        costs[...] = (self._lexicon.near(names) + MATCH)[:, :, None]
        for s, state in enumerate(self.states):
            for alias in state.entry.aliases:
                costs[:, s, :] = np.minimum(costs[:, s, :], self._lexicon.near([alias]) + 1.0)
            if state.own:
                costs[:, s, :] = (4.0 + self._lexicon.oddness)[:, None]
        return self._blanks(costs, 8.0, 8.0)

    def _value(self, column: Column, blank: float) -> Costs:
        kinds = {
            "quantitative": (0.3, 4.5, 1.5, 5.0),
            "qualitative": (5.0, 6.0, 2.5, 4.5),
            None: (1.0, 3.5, 2.5, 3.0),
        }
        table = {kind: self._lexicon.value_costs(*prices) for kind, prices in kinds.items()}
        costs = np.stack([table[state.entry.kind] for state in self.states], axis=1)
        standards = self._lexicon.near([state.entry.standard or "" for state in self.states])
        has = np.array([bool(state.entry.standard) for state in self.states])
        costs = np.where(has[None, :], np.minimum(costs, standards + 0.2), costs)
        spread = np.repeat(costs[:, :, None], CASES, axis=2)
        for s, state in enumerate(self.states):
            expected = blank if state.entry.basis is not None or blank < 3 else 3.0
            spread[self.index[BLANK], s, :] = expected
        if COVERED in self.index:
            spread[self.index[COVERED]] = blank
        return spread

    def _closed(self, column: Column) -> Costs:
        near = self._lexicon.near(column.words).min(axis=1)
        costs = self._everywhere(np.minimum(near + 0.3, FOREIGN))
        absent = np.array([0.5 if state.entry.basis is None else 4.0 for state in self.states])
        costs[self.index[BLANK]] = absent[:, None]
        if COVERED in self.index:
            costs[self.index[COVERED]] = absent[:, None]
        return costs

    def _figure(self, fits: object, blank: float) -> Costs:
        assert callable(fits)
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

    def _blanks(self, costs: Costs, blank: float, covered: float) -> Costs:
        costs[self.index[BLANK]] = blank
        if COVERED in self.index:
            costs[self.index[COVERED]] = covered
        return costs


def _is_share(text: str) -> bool:
    return _SHARE.fullmatch(text) is not None


class _Lexicon:
    """Distances of the texts to everything the catalogue names, each computed once."""

    def __init__(self, model: TableModel, texts: tuple[str, ...]) -> None:
        self.texts = texts
        self._keys = [key(text) for text in texts]
        self._columns: dict[str, Costs] = {}
        self._model = model
        entries = [state.entry for state in model.states]
        words = [w for v in model.variants for c in v.columns for w in c.words]
        labels = [e.level1 for e in entries] + [e.level2 for e in entries]
        self._closed = self._exact(words)
        self._labels = self._exact(labels)
        self._names = self._exact([e.level3 for e in entries if e.level3])
        self._standards = self._exact([e.standard for e in entries if e.standard and e.standard != "无"])
        self._glued = self._ends_elsewhere([w for w in words if len(w) > 2], entries)
        self.numeric = np.array([is_number(t) for t in texts]) & ~self._glued
        self.digits = np.array([any(map(str.isdigit, t)) and len(t) <= 16 for t in texts])
        self.nothing = np.array([t == "无" for t in texts])

    @cached_property
    def oddness(self) -> Costs:
        """How little a text looks like an own name, beyond the usual price of open text."""
        penalty = 10.0 * self._closed + 9.0 * self.numeric + 8.0 * self.nothing + 6.0 * self._standards
        penalty = penalty + 4.0 * np.array([_FIGURE_TAIL.search(t) is not None for t in self.texts])
        penalty = penalty + 4.0 * self._labels + 4.0 * self._names + 6.0 * self._glued
        costs: Costs = (penalty + 2.0 * np.array([len(t) > 25 for t in self.texts])).astype(np.float32)
        return costs

    def value_costs(self, number: float, digits: float, nothing: float, text: float) -> Costs:
        """[texts]: the price in a value column, dear for what belongs elsewhere."""
        costs = np.full(len(self.texts), text, np.float32)
        costs[self.digits] = digits
        costs[self.numeric] = number
        costs[self.nothing] = nothing
        belongs_elsewhere: Costs = 6.0 * self._closed + 5.0 * self._names + 4.0 * self._labels
        return (costs + belongs_elsewhere + 4.0 * self._standards).astype(np.float32)

    def near(self, names: Sequence[str]) -> Costs:
        """[texts, names]: the channel's price where a text may be the name at all, else `FOREIGN`."""
        fresh = [name for name in dict.fromkeys(names) if name not in self._columns]
        if fresh:
            keys = [key(name.replace(NUMBER_MARK, "")) for name in fresh]
            distance = cdist(self._keys, keys, scorer=Levenshtein.distance)
            bare = cdist([k.rstrip("0123456789") for k in self._keys], keys, scorer=Levenshtein.distance)
            for n, name in enumerate(fresh):
                numbered = NUMBER_MARK in name
                self._columns[name] = self._near(
                    name, keys[n], (bare if numbered else distance)[:, n], numbered
                )
        return np.stack([self._columns[name] for name in names], axis=1) if names else self._none()

    def _none(self) -> Costs:
        return np.full((len(self.texts), 1), FOREIGN, np.float32)

    def _near(self, name: str, target: str, distance: NDArray[np.integer], numbered: bool) -> Costs:
        costs = np.full(len(self.texts), FOREIGN, np.float32)
        if not target:
            return costs
        for t in np.flatnonzero(distance <= (len(target) + 1) // 2):
            seen = self._keys[t].rstrip("0123456789") if numbered else self._keys[t]
            if seen:
                unnumbered = 0.5 if numbered and seen == self._keys[t] else 0.0
                costs[t] = min(FOREIGN, TEMPERED * _explained(seen, target) + unnumbered)
        return costs

    def _ends_elsewhere(self, words: Sequence[str], entries: Sequence[Entry]) -> NDArray[np.bool_]:
        """Texts that end with a closed list's word or begin with a numbered label: two cells glued into one."""
        stems = {key(e.level2.replace(NUMBER_MARK, "")) for e in entries if NUMBER_MARK in e.level2}
        tails = tuple({key(word) for word in words})
        found = [
            (k.endswith(tails) and k not in tails)
            or any(k.startswith(s) and k[len(s) :].strip("0123456789") for s in stems)
            for k in self._keys
        ]
        return np.array(found, np.bool_)

    def _exact(self, names: Iterable[str]) -> NDArray[np.bool_]:
        known = {key(name.replace(NUMBER_MARK, "")) for name in names} - {""}
        return np.array([k in known or k.rstrip("0123456789") in known - {k} for k in self._keys])


@lru_cache(maxsize=65536)
def _explained(seen: str, true: str) -> float:
    return min(misreading(seen, true), slip(seen, true))
