"""From one row's state to the next one's: all prices of a table model as arrays, and the best way in and out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from normalize.table.lexicon import Costs
from normalize.table.model import CASES, TableModel
from normalize.table.table_prices import PRICES


class Transitions:
    """Best predecessors and successors of all states of a table model at once, for every column offset.

    `prices`: [cases, states, states + the beginning], the price of coming to the first from the second, `PRICES.impossible` where
    the case is another. A state has few predecessors that leave level 1 unchanged: only those are tried there.
    """

    def __init__(self, model: TableModel) -> None:
        size = len(model.states)
        self.prices = np.full((CASES, size, size + 1), PRICES.impossible, np.float32)
        for b, before in enumerate((*model.states, None)):
            for a, after in enumerate(model.states):
                self.prices[model.case(before, after), a, b] = model.transition(before, after)
        self._near = [_predecessors(prices) for prices in self.prices[:2]]
        self._from_near = [
            np.take_along_axis(prices.T, near, axis=0)[:, :, None]
            for prices, near in zip(self.prices, self._near, strict=False)
        ]
        self._from_far = np.ascontiguousarray(self.prices[2].T)[:, None, :]
        level1 = [*((state.variant, state.level1) for state in model.states), None]
        self._groups = np.cumsum([0, *(one != other for one, other in pairwise(level1))])
        self._firsts = np.flatnonzero(np.diff(self._groups, prepend=-1))
        self._ahead = np.array([self._most_ahead(state) for state in range(size + 1)], np.float32)

    def _most_ahead(self, state: int) -> float:
        """By how much at most any state of its level 1 is dearer as the predecessor of a state of another level 1."""
        group = self._from_far[self._groups == self._groups[state], 0]
        possible = group[0] < PRICES.impossible
        ahead = group[:, possible] - self._from_far[state, 0, possible]
        return float(ahead.max(initial=0.0))

    def arrive(self, reached: Costs) -> Costs:
        """[cases, offsets, states] from `reached` [offsets, states + the beginning]: the cheapest predecessor."""
        before = np.ascontiguousarray(reached.T)
        arrived = np.empty((CASES, len(reached), before.shape[0] - 1), np.float32)
        for case, (prices, numbers) in enumerate(zip(self._from_near, self._near, strict=True)):
            ways = before.take(numbers, axis=0)  # [predecessors, states, offsets]
            arrived[case] = np.minimum.reduce(np.add(ways, prices, out=ways), axis=0).T
        able = self._able(reached)
        far = self._from_far.take(able, axis=0) + before.take(able, axis=0)[:, :, None]
        np.minimum.reduce(far, axis=0, out=arrived[2])
        return arrived

    def _able(self, reached: Costs) -> NDArray[np.intp]:
        """The numbers of the predecessors that another one of their level 1 does not undercut wherever level 1 changes."""
        dearest = np.minimum.reduceat(reached.max(axis=0), self._firsts).take(self._groups)
        return np.flatnonzero(reached.min(axis=0) <= dearest + self._ahead + PRICES.rounding)

    def leave(self, left: Costs, states: NDArray[np.intp]) -> Costs:
        """[offsets, states + the beginning] from `left` [cases, offsets, some states]: the cheapest of these successors."""
        best: Costs = (self.prices[:, states, None, :] + left.swapaxes(1, 2)[:, :, :, None]).min(axis=(0, 1))
        return best


def _predecessors(prices: Costs) -> NDArray[np.intp]:
    """[predecessors, states]: the numbers of those that there are in one case, filled up with others."""
    longest = int((prices < PRICES.impossible).sum(axis=1).max())
    return np.argsort(prices, axis=1, kind="stable")[:, : max(longest, 1)].T
