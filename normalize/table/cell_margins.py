"""The winning alignment of single rows, each under one state, with the margin of every cell.

The same prices as `normalize.table.alignment.backward`, in double precision and with the way taken. All rows are worked out
together: the last axis of every array is the row, and a shorter row begins with cells that none of its ways leads through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalize.table.alignment import Stretch, skip_prices
from normalize.table.emissions import Emissions
from normalize.table.lexicon import Costs
from normalize.table.table_prices import PRICES

_MATCH, _SKIP_CELL, _SKIP, _PAIR = range(4)
_STEPS = ((1, 1), (1, 0), (0, 1), (1, 2))
"""How many cells and columns each move takes; among equals the first wins."""
_Exact = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """A row, the state, case and start offset it is read with; `forbidden` pairs (cell, column) are not used."""

    stretch: Stretch
    state: int
    case: int
    offset: int
    forbidden: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each cell went: a column, two columns (glued), or none (skipped); and how sure that is.

    `gaps[i]`: how much dearer the row becomes when cell i goes anywhere else.
    """

    columns: tuple[tuple[int, ...], ...]
    cost: float
    gaps: tuple[float, ...]


def best_alignments(emissions: Emissions, choices: Sequence[Choice]) -> list[Alignment]:
    """The cheapest alignment of every choice, in their order."""
    return _Lattice(emissions, choices).alignments() if choices else []


class _Lattice:
    """Nodes (cells used, columns used) of rows; `moves[kind]` leads from each node, `pads[n]` cells come before those of row n."""

    def __init__(self, emissions: Emissions, choices: Sequence[Choice]) -> None:
        self.choices = choices
        self.cells = max(len(choice.stretch.texts) for choice in choices)
        self.columns = len(emissions.single)
        self.pads = [self.cells - len(choice.stretch.texts) for choice in choices]
        self.texts = self._padded([choice.stretch.texts for choice in choices])
        self.states = np.array([choice.state for choice in choices])
        self.cases = np.array([choice.case for choice in choices])
        within, after = (prices[self.texts] for prices in skip_prices(emissions))
        self.absent = np.array([self._of(costs) for costs in emissions.blank])
        self.lead = np.where(within > PRICES.skip_blank, within, 0.0)
        for n, pad in enumerate(self.pads):
            self.lead[:pad, n] = 0.0
        self.moves = self._moves(emissions, within, after)
        self.suffix = self._suffix()

    def _padded(self, rows: Sequence[tuple[int, ...]]) -> NDArray[np.intp]:
        """[cells, rows]: the numbers of each row, after as many zeros as it is shorter."""
        padded = [(0,) * pad + row for pad, row in zip(self.pads, rows, strict=True)]
        return np.array(padded, np.intp).reshape(len(rows), self.cells).T

    def _of(self, costs: Costs, numbers: NDArray[np.intp] | None = None) -> _Exact:
        """The prices of each row's own case and state; of its own texts (or cells) where `numbers` are given."""
        shape = costs.shape if numbers is None else costs.shape[1:]
        case, state = (
            np.zeros_like(axis) if length == 1 else axis
            for axis, length in zip((self.cases, self.states), shape[-2:], strict=True)
        )
        own: Costs = costs[case, state] if numbers is None else costs[numbers, case, state]
        return own.astype(np.float64)

    def _moves(self, emissions: Emissions, within: _Exact, after: _Exact) -> _Exact:
        """[kinds, cells + 1, columns + 1, rows]: the price of every move from every node, infinite where there is none."""
        cells, columns = self.cells, self.columns
        glued = self._padded([choice.stretch.glued for choice in self.choices])
        moves = np.full((len(_STEPS), cells + 1, columns + 1, len(self.choices)), np.inf)
        for j, single in enumerate(emissions.single):
            moves[_MATCH, :cells, j] = self._of(single, self.texts)
        for j, pair in enumerate(emissions.pair):
            moves[_PAIR, :cells, j] = np.where(glued > 0, self._of(pair, glued), np.inf)
        moves[_SKIP_CELL, :cells, :columns] = within[:, None]
        moves[_SKIP_CELL, :cells, columns] = after
        moves[_SKIP, :cells, :columns] = self.absent + PRICES.skip_column
        moves[_SKIP, cells, :columns] = self.absent + PRICES.row_ends
        for n, choice in enumerate(self.choices):
            for cell, column in choice.forbidden:
                moves[_MATCH, self.pads[n] + cell, column, n] = PRICES.impossible
        return moves

    def _suffix(self) -> _Exact:
        """[cells + 2, columns + 3, rows]: the price from each node to the end, infinite beyond it."""
        suffix = np.full((self.cells + 2, self.columns + 3, len(self.choices)), np.inf)
        suffix[self.cells, self.columns] = 0.0
        for i in reversed(range(self.cells + 1)):
            for kind in (_MATCH, _SKIP_CELL, _PAIR):
                down, right = _STEPS[kind]
                onward = self.moves[kind, i] + suffix[i + down, right : right + self.columns + 1]
                np.minimum(suffix[i, :-2], onward, out=suffix[i, :-2])
            for j in reversed(range(self.columns)):
                np.minimum(suffix[i, j], self.moves[_SKIP, i, j] + suffix[i, j + 1], out=suffix[i, j])
        return suffix

    def alignments(self) -> list[Alignment]:
        """The cheapest alignment of every row, in their order."""
        onward = [
            self.moves[kind] + self.suffix[down : down + self.cells + 1, right : right + self.columns + 1]
            for kind, (down, right) in enumerate(_STEPS)
        ]
        best_move = np.stack(onward).argmin(axis=0)
        starts = [
            (pad + max(0, -choice.offset), max(0, choice.offset))
            for pad, choice in zip(self.pads, self.choices, strict=True)
        ]
        ways = [self._way(best_move[:, :, n].tolist(), start) for n, start in enumerate(starts)]
        gaps = self._gaps(starts, ways)
        return [self._alignment(n, starts[n], ways[n], gaps[n]) for n in range(len(starts))]

    def _way(self, best_move: list[list[int]], start: tuple[int, int]) -> dict[int, tuple[int, int]]:
        """For each cell the kind of move it was used by, and from which column."""
        (i, j), used = start, {}
        while i <= self.cells and (i, j) != (self.cells, self.columns):
            kind = best_move[i][j]
            down, right = _STEPS[kind]
            if down:
                used[i] = (kind, j)
            i, j = i + down, j + right
        return used

    def _alignment(
        self, n: int, start: tuple[int, int], way: dict[int, tuple[int, int]], gaps: list[float]
    ) -> Alignment:
        (i, j), pad = start, self.pads[n]
        if i > self.cells:
            cells = self.cells - pad
            return Alignment(((),) * cells, PRICES.impossible, (0.0,) * cells)
        cost = self.lead[:i, n].sum() + self.absent[:j, n].sum() + self.suffix[i, j, n]
        taken = [()] * (i - pad) + [tuple(range(j, j + _STEPS[kind][1])) for kind, j in way.values()]
        return Alignment(tuple(taken), float(cost), tuple(gaps[pad:]))

    def _gaps(
        self, starts: Sequence[tuple[int, int]], ways: Sequence[dict[int, tuple[int, int]]]
    ) -> list[list[float]]:
        """Max-marginals, by row: for each cell the best total with another use of it, less the best total."""
        prefix = self._prefix(starts)
        other = np.full((self.cells, len(ways)), PRICES.impossible)
        for kind in (_MATCH, _SKIP_CELL, _PAIR):
            down, right = _STEPS[kind]
            ahead = self.suffix[down : down + self.cells, right : right + self.columns + 1]
            total = prefix[: self.cells, : self.columns + 1] + self.moves[kind, : self.cells] + ahead
            for n, way in enumerate(ways):
                for i, (used, j) in way.items():
                    if used == kind:
                        total[i, slice(None) if kind == _SKIP_CELL else j, n] = np.inf
            np.minimum(other, total.min(axis=1), out=other)
        best = [self.suffix[min(i, self.cells), j, n] for n, (i, j) in enumerate(starts)]
        gaps: list[list[float]] = (other - np.array(best)).T.tolist()
        return gaps

    def _prefix(self, starts: Sequence[tuple[int, int]]) -> _Exact:
        """[cells + 2, columns + 3, rows]: the price from each row's start to each node."""
        prefix = np.full((self.cells + 2, self.columns + 3, len(starts)), np.inf)
        for n, (i, j) in enumerate(starts):
            prefix[min(i, self.cells + 1), j, n] = 0.0
        for i in range(self.cells + 1):
            for j in range(self.columns):
                np.minimum(prefix[i, j + 1], prefix[i, j] + self.moves[_SKIP, i, j], out=prefix[i, j + 1])
            for kind in (_MATCH, _SKIP_CELL, _PAIR):
                down, right = _STEPS[kind]
                reached = prefix[i, :-2] + self.moves[kind, i]
                ahead = prefix[i + down, right : right + self.columns + 1]
                np.minimum(ahead, reached, out=ahead)
        return prefix
