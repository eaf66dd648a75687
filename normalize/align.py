"""One row's cells onto a table's columns, in order: an edit alignment.

Cells match a column, or are skipped; columns are skipped; one cell may hold two glued columns. Blank cells
are evidence and stay. `backward` prices every start offset of many rows and all states at once; `best_alignment`
writes out the winner for one row and one state, with the margin of every cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalize.emissions import BLANK, COVERED, Costs, Emissions

OFFSETS = (-3, -2, -1, 0, 1, 2, 3, 4)
SKIP_BLANK, SKIP_FILLED, SKIP_COLUMN, ROW_ENDS, TRAILING_BLANK = 2.2, 9.0, 2.5, 0.4, 0.1
MARGIN = 3.0
"""Two readings of a row whose prices differ by less than this are both possible: a finding."""
HUGE = 1e4


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is aligned as one logical row: text numbers of its cells, whether its columns are ruled, extra price."""

    texts: tuple[int, ...]
    glued: tuple[Costs | None, ...]
    price: float


def skip_price(emissions: Emissions, text: int, trailing: bool = False) -> float:
    blank = emissions.texts[text] in (BLANK, COVERED)
    return (TRAILING_BLANK if trailing else SKIP_BLANK) if blank else SKIP_FILLED


def backward(emissions: Emissions, stretches: Sequence[Stretch]) -> NDArray[np.float32]:
    """[stretches, cases, offsets, states]: the price of each stretch for every case, start offset and state."""
    single = np.ascontiguousarray(np.moveaxis(emissions.single, 3, 1))  # [texts, cases, columns, states]
    columns, states = single.shape[2], single.shape[3]
    order = sorted(range(len(stretches)), key=lambda g: -len(stretches[g].texts))
    width = max((len(s.texts) for s in stretches), default=0)
    blank = single[emissions.index[BLANK]] + ROW_ENDS  # the columns after a row's last cell
    ended = np.zeros((single.shape[1], columns + 1, states), np.float32)
    ended[:, :columns] = np.cumsum(blank[:, ::-1], axis=1)[:, ::-1]
    # suffix[i] holds [stretches, cases, columns + 1, states]
    suffix = np.repeat(ended[None], len(stretches), axis=0)
    skips = _skips(emissions, stretches, order, width)
    history = [suffix]
    for i in reversed(range(width)):
        count = sum(len(stretches[g].texts) > i for g in order)
        active = [stretches[g] for g in order[:count]]
        fresh = suffix.copy()
        fresh[:count] = _step(
            single, emissions, active, i, suffix[:count], skips[0][:count, i], skips[1][:count, i]
        )
        suffix = fresh
        history.append(suffix)
    history.reverse()
    return _by_offset(emissions, stretches, order, history, skips[0])


def _skips(
    emissions: Emissions, stretches: Sequence[Stretch], order: list[int], width: int
) -> tuple[Costs, Costs]:
    """Price of skipping cell i of each (ordered) stretch, within the row and after its last column."""
    within = np.zeros((len(order), max(width, 1)), np.float32)
    after = np.zeros_like(within)
    for g, index in enumerate(order):
        for i, text in enumerate(stretches[index].texts):
            within[g, i] = skip_price(emissions, text)
            after[g, i] = skip_price(emissions, text, trailing=True)
    return within, after


def _step(
    single: Costs,
    emissions: Emissions,
    active: list[Stretch],
    i: int,
    later: Costs,
    within: Costs,
    after: Costs,
) -> Costs:
    """The suffix prices from cell i on, from those of cell i + 1."""
    columns = single.shape[2]
    price = single[np.array([s.texts[i] for s in active])]  # [stretches, cases, columns, states]
    fresh = np.empty_like(later)
    fresh[:, :, columns] = later[:, :, columns] + after[:, None, None]
    fresh[:, :, :columns] = np.minimum(
        price + later[:, :, 1:], later[:, :, :columns] + within[:, None, None, None]
    )
    for g, stretch in enumerate(active):
        pair = stretch.glued[i]
        if pair is not None:
            split = pair + later[g][:, 2:]
            fresh[g, :, : columns - 1] = np.minimum(fresh[g, :, : columns - 1], split)
    absent = single[emissions.index[BLANK]] + SKIP_COLUMN
    for j in reversed(range(columns)):
        np.minimum(fresh[:, :, j], fresh[:, :, j + 1] + absent[None, :, j], out=fresh[:, :, j])
    return fresh


def _by_offset(
    emissions: Emissions,
    stretches: Sequence[Stretch],
    order: list[int],
    history: list[Costs],
    within: Costs,
) -> Costs:
    count, cases, states = len(order), history[0].shape[1], history[0].shape[3]
    absent = np.cumsum(emissions.single[emissions.index[BLANK]], axis=0)  # [columns, states, cases]
    result = np.full((count, cases, len(OFFSETS), states), HUGE, np.float32)
    for o, offset in enumerate(OFFSETS):
        if offset >= 0:
            if offset < history[0].shape[2]:
                missing = absent[offset - 1].T if offset else np.zeros((cases, states), np.float32)
                result[:, :, o] = history[0][:, :, offset] + missing[None]
        elif -offset < len(history):
            # leading blank cells before the first column cost nothing: the offset's own price covers them
            lead = np.where(within[:, :-offset] > SKIP_BLANK, within[:, :-offset], 0.0).sum(axis=1)
            result[:, :, o] = history[-offset][:, :, 0] + lead[:, None, None].astype(np.float32)
    prices = np.array([stretches[g].price for g in order], np.float32)
    result += prices[:, None, None, None]
    inverse = np.empty(count, np.intp)
    inverse[np.array(order, np.intp)] = np.arange(count)
    return result[inverse]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each cell went: a column, two columns (glued), or `None` (skipped); and how sure that is.

    `gaps[i]`: how much dearer the row becomes when cell i goes anywhere else. `skipped`: filled cells no column took.
    """

    columns: tuple[tuple[int, ...], ...]
    cost: float
    gaps: tuple[float, ...]

    def cell_of(self, column: int) -> int | None:
        return next((i for i, taken in enumerate(self.columns) if column in taken), None)


def best_alignment(
    emissions: Emissions,
    stretch: Stretch,
    state: int,
    case: int,
    offset: int,
    forbidden: frozenset[tuple[int, int]] = frozenset(),
) -> Alignment:
    """The cheapest alignment of one row under one state; `forbidden` pairs (cell, column) are not used."""
    lattice = _Lattice(emissions, stretch, state, case, offset, forbidden)
    return lattice.trace()


class _Lattice:
    """The same alignment in plain numbers: forward and backward prices, so that every cell has its margin."""

    def __init__(
        self,
        emissions: Emissions,
        stretch: Stretch,
        state: int,
        case: int,
        offset: int,
        forbidden: frozenset[tuple[int, int]],
    ) -> None:
        self.cells, self.columns = len(stretch.texts), len(emissions.variant.columns)
        self.start = (max(0, -offset), max(0, offset))
        table = emissions.single[:, :, state, case]
        self.match = [[float(x) for x in table[t]] for t in stretch.texts]
        for cell, column in forbidden:
            self.match[cell][column] = HUGE
        self.pair = [None if p is None else [float(x) for x in p[case, :, state]] for p in stretch.glued]
        self.absent = [float(x) for x in table[emissions.index[BLANK]]]
        self.skip = [skip_price(emissions, t) for t in stretch.texts]
        self.after = [skip_price(emissions, t, trailing=True) for t in stretch.texts]
        self.filled = [s > SKIP_BLANK for s in self.skip]
        self.suffix = self._suffix()

    def _moves(self, i: int, j: int) -> list[tuple[float, int, int]]:
        """Steps from (cell i, column j): price, next cell, next column; best kinds first so that ties are fixed."""
        if i == self.cells:
            return [(self.absent[j] + ROW_ENDS, i, j + 1)] if j < self.columns else []
        if j == self.columns:
            return [(self.after[i], i + 1, j)]
        moves = [
            (self.match[i][j], i + 1, j + 1),
            (self.skip[i], i + 1, j),
            (self.absent[j] + SKIP_COLUMN, i, j + 1),
        ]
        pair = self.pair[i]
        if pair is not None and j + 1 < self.columns:
            moves.append((pair[j], i + 1, j + 2))
        return moves

    def _suffix(self) -> list[list[float]]:
        suffix = [[0.0] * (self.columns + 1) for _ in range(self.cells + 1)]
        for i in reversed(range(self.cells + 1)):
            for j in reversed(range(self.columns + 1)):
                moves = self._moves(i, j)
                suffix[i][j] = min((p + suffix[a][b] for p, a, b in moves), default=0.0)
        return suffix

    def trace(self) -> Alignment:
        i, j = self.start
        if i > self.cells:
            return Alignment(((),) * self.cells, HUGE, (0.0,) * self.cells)
        lead = sum(self.skip[k] for k in range(i) if self.filled[k]) + sum(self.absent[:j])
        taken: list[tuple[int, ...]] = [()] * self.cells
        while (i, j) != (self.cells, self.columns):
            moves = self._moves(i, j)
            _, a, b = min(moves, key=lambda m: m[0] + self.suffix[m[1]][m[2]])
            if a > i:
                taken[i] = tuple(range(j, b))
            i, j = a, b
        cost = lead + self.suffix[self.start[0]][self.start[1]]
        return Alignment(tuple(taken), cost, self._gaps(tuple(taken)))

    def _gaps(self, taken: tuple[tuple[int, ...], ...]) -> tuple[float, ...]:
        """Max-marginals: for each cell the best total with another use of it, less the best total."""
        prefix = [[HUGE] * (self.columns + 1) for _ in range(self.cells + 1)]
        prefix[self.start[0]][self.start[1]] = 0.0
        other = [HUGE] * self.cells
        best = self.suffix[self.start[0]][self.start[1]]
        for i in range(self.start[0], self.cells + 1):
            for j in range(self.start[1], self.columns + 1):
                if prefix[i][j] >= HUGE:
                    continue
                for price, a, b in self._moves(i, j):
                    reached = prefix[i][j] + price
                    prefix[a][b] = min(prefix[a][b], reached)
                    if a > i and tuple(range(j, b)) != taken[i]:
                        other[i] = min(other[i], reached + self.suffix[a][b])
        return tuple(cost - best for cost in other)
