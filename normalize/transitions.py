"""From one row's state to the next one's: all prices of a table model as arrays, and the best way in and out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from normalize.lexicon import Costs
from normalize.tables import CASES, NEVER, State, TableModel


class Transitions:
    """Best predecessors and successors of all states of a table model at once, for every column offset.

    `prices`: [cases, states, states + the beginning], the price of coming to the first from the second, `NEVER` where
    the case is another. Only neighbours (states under the same level 1) follow each other with levels unchanged.
    """

    def __init__(self, model: TableModel) -> None:
        size = len(model.states)
        self.prices = np.full((CASES, size, size + 1), NEVER, np.float32)
        for b, before in enumerate((*model.states, None)):
            for a, after in enumerate(model.states):
                self.prices[model.case(before, after), a, b] = model.transition(before, after)
        self._near = _neighbours(model.states)
        every = np.arange(size)
        self._from_near = [np.ascontiguousarray(p[every, self._near])[:, :, None] for p in self.prices[:2]]
        self._to_near = [np.ascontiguousarray(p[self._near, every])[:, :, None] for p in self.prices[:2]]
        self._from_far = np.ascontiguousarray(self.prices[2].T)[:, None, :]
        self._to_far = np.ascontiguousarray(self.prices[2])[:, None, :]

    def arrive(self, reached: Costs) -> Costs:
        """[cases, offsets, states] from `reached` [offsets, states + the beginning]: the cheapest predecessor."""
        before = np.ascontiguousarray(reached.T)
        near = before.take(self._near, axis=0)  # [neighbours, states, offsets]
        far = (self._from_far + before[:, :, None]).min(axis=0)
        return np.stack([*((prices + near).min(axis=0).T for prices in self._from_near), far])

    def leave(self, left: Costs) -> Costs:
        """[offsets, states + the beginning] from `left` [cases, offsets, states]: the cheapest successor of any case."""
        same, branch, other = (np.ascontiguousarray(case.T) for case in left)
        best: Costs = (self._to_far + other[:, :, None]).min(axis=0)
        for prices, after in zip(self._to_near, (same, branch), strict=True):
            near = (prices + after.take(self._near, axis=0)).min(axis=0).T
            np.minimum(best[:, :-1], near, out=best[:, :-1])
        return best


def _neighbours(states: tuple[State, ...]) -> NDArray[np.intp]:
    """[neighbours, states]: the numbers of the states under the same level 1, filled up with the state itself."""
    groups: dict[tuple[int, str], list[int]] = {}
    for n, state in enumerate(states):
        groups.setdefault((state.variant, state.level1), []).append(n)
    own = [groups[state.variant, state.level1] for state in states]
    longest = max(map(len, own))
    filled = [group + [n] * (longest - len(group)) for n, group in enumerate(own)]
    return np.array(filled, np.intp).T
