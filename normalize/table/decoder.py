"""Rows of cells that have moved → logical rows of a known table, by dynamic programming over the rows.

Hidden state of a logical row: variant (horizon), catalogue entry or own slot, column offset. A logical row spans
one to three physical rows; a foreign row keeps the state. Nothing is decided before the sum over the whole table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise

import numpy as np

from normalize.form.physical_rows import Row
from normalize.table.alignment import OFFSETS
from normalize.table.joined_rows import row_to_spans
from normalize.table.lexicon import Costs
from normalize.table.logical_rows import Decoded, Fields, Hint
from normalize.table.model import TableModel
from normalize.table.span_costs import SpanCosts, SpanReading
from normalize.table.table_prices import PRICES
from normalize.table.transitions import Transitions

_Step = int | SpanReading
"""One step of a path over the rows: a foreign row's number, or a logical row."""


def decode(model: TableModel, rows: Sequence[Row], hints: Sequence[Hint | None] | None = None) -> Decoded:
    """Decode a table. `hints[r]`: what a heading directly above row r says, `None` where there is none."""
    if not rows:
        return Decoded((), (), 0.0)
    return _Decoder(model, rows, hints or [None] * len(rows)).decode()


@cache
def transitions(model: TableModel) -> Transitions:
    return Transitions(model)


class _Decoder:
    def __init__(self, model: TableModel, rows: Sequence[Row], hints: Sequence[Hint | None]) -> None:
        self.model, self.rows, self.hints = model, rows, hints
        starting = [list(row_to_spans(rows, r, model.closed)) for r in range(len(rows))]
        self.spans = [span for spans in starting for span in spans]
        bounds = accumulate(map(len, starting), initial=0)
        self.by_start = [range(first, end) for first, end in pairwise(bounds)]
        self.ends = [[span.start + span.length for span in spans] for spans in starting]
        self.prices = SpanCosts(model, self.spans)
        self.transitions = transitions(model)
        self.costs = [self._costs(r) for r in range(len(rows))]

    def _costs(self, r: int) -> Costs:
        """[spans, cases, offsets, states] of the spans that start at row r, with what a heading above it says."""
        costs, hint = self.prices.of(self.by_start[r]), self.hints[r]
        if hint is None:
            return costs
        costs = costs.copy()
        for v, states in enumerate(self.model.spans):
            if v != hint.variant:
                costs[..., states] += hint.price
        return costs

    def decode(self) -> Decoded:
        forward, arrived = self._forward()
        best = float(forward[-1].min())
        backwards = self._backward(arrived, best + PRICES.margin + PRICES.rounding)
        steps = list(self._trace(forward, arrived))
        readings = [step for step in steps if isinstance(step, SpanReading)]
        rivals = [self._rivals(reading, arrived, backwards, best) for reading in readings]
        foreign: list[tuple[int, Row]] = []
        for n, step in enumerate(steps):
            if not isinstance(step, SpanReading):
                foreign.append((n - len(foreign), self.rows[step]))
        logical = Fields(self.prices, self.rows).logical_rows(readings, rivals)
        return Decoded(logical, tuple(foreign), best)

    def _forward(self) -> tuple[Costs, list[Costs]]:
        """forward[r][offset, state]: the best price of the rows before r, the last state being the table's beginning.

        arrived[r][case, offset, state]: the best price of the rows before r with the step into each state of row r.
        """
        scores = self._nothing()
        scores[0][:, -1] = 0.0
        arrived: list[Costs] = []
        for r, row in enumerate(self.rows):
            np.minimum(scores[r + 1], scores[r] + _foreign(row), out=scores[r + 1])
            arrived.append(self._arrive(scores[r], row))
            if not self.by_start[r]:
                continue
            best = np.minimum.reduce(self.costs[r] + arrived[r], axis=1)
            for end, price in zip(self.ends[r], best, strict=True):
                np.minimum(scores[end, :, :-1], price, out=scores[end, :, :-1])
        return scores, arrived

    def _nothing(self) -> Costs:
        """[rows + 1, offsets, states + the beginning]: no price is known yet."""
        shape = len(self.rows) + 1, len(OFFSETS), len(self.model.states) + 1
        return np.full(shape, PRICES.impossible, np.float32)

    def _arrive(self, score: Costs, row: Row) -> Costs:
        """[cases, offsets, states]: best price of entering each state with each case, from `score`."""
        reached = np.minimum.reduce(score[:, None, :] + _offset_prices(row.gap)[:, :, None], axis=0)
        reached[:, -1] = score[0, -1] + _start_offsets()
        return self.transitions.arrive(reached)

    def _backward(self, arrived: Sequence[Costs], limit: float) -> Costs:
        """backwards[r][offset, state]: best price of the rows from r on, right where the whole costs less than `limit`."""
        scores = self._nothing()
        scores[-1][...] = 0.0
        for r in reversed(range(len(self.rows))):
            scores[r] = scores[r + 1] + _foreign(self.rows[r])
            if not self.by_start[r]:
                continue
            rest = np.minimum.reduce(self.costs[r] + self._after(scores, r), axis=0)
            # a row has few states that a path below the limit goes through
            states = np.flatnonzero((arrived[r] + rest < limit).any(axis=(0, 1)))
            if len(states):
                prices = _offset_prices(self.rows[r].gap)[None, :, :, None]
                left = (rest[:, None, :, states] + prices).min(axis=2)
                np.minimum(scores[r], self.transitions.leave(left, states), out=scores[r])
        return scores

    def _after(self, backwards: Costs, r: int) -> Costs:
        """[spans, 1, offsets, states]: the best price of what follows each span that starts at row r."""
        return backwards[self.ends[r]][:, None, :, :-1]

    def _trace(self, forward: Costs, arrived: Sequence[Costs]) -> Iterator[_Step]:
        """The winning path, first row first."""
        ends: list[list[int]] = [[] for _ in range(len(self.rows) + 1)]
        for n, span in enumerate(self.spans):
            ends[span.start + span.length].append(n)
        path: list[_Step] = []
        r = len(self.rows)
        offset, state = (int(x) for x in np.unravel_index(int(forward[r].argmin()), forward[r].shape))
        while r > 0:
            least, step = float(forward[r - 1][offset, state]) + _foreign(self.rows[r - 1]), -1
            for n in ends[r] if state < len(self.model.states) else ():
                total = self._total(n, arrived, offset, state)
                if total <= least and (total < least or step < 0):
                    least, step = total, n
            if step < 0:
                path.append(r := r - 1)
                continue
            reading, state, offset = self._came_from(forward, step, state, offset)
            path.append(reading)
            r = self.spans[step].start
        yield from reversed(path)

    def _total(self, n: int, arrived: Sequence[Costs], offset: int, state: int) -> float:
        """The best price up to the end of span n as a row of this state."""
        start = self.spans[n].start
        prices = self.costs[start][n - self.by_start[start].start]
        return float((arrived[start][:, offset, state] + prices[:, offset, state]).min())

    def _came_from(self, forward: Costs, n: int, state: int, offset: int) -> tuple[SpanReading, int, int]:
        """The best way into span n as a row of this state: its reading, the state and offset before it."""
        start = self.spans[n].start
        row, score = self.rows[start], forward[start]
        reached = score + _offset_prices(row.gap)[:, offset][:, None]
        reached[:, -1] = PRICES.impossible
        reached[0, -1] = score[0, -1] + _start_offsets()[offset]
        price = self.costs[start][n - self.by_start[start].start, :, offset, state]
        totals = self.transitions.prices[:, state] + reached.min(axis=0) + price[:, None]
        case, before = (int(x) for x in np.unravel_index(int(totals.argmin()), totals.shape))
        return SpanReading(n, case, state, offset), before, int(reached[:, before].argmin())

    def _rivals(
        self, chosen: SpanReading, arrived: Sequence[Costs], backwards: Costs, best: float
    ) -> list[SpanReading]:
        """Other readings of the row (entry or extent) whose whole table would cost less than a margin more."""
        first = self.spans[chosen.span].start
        total = arrived[first] + self.costs[first] + self._after(backwards, first)
        near = (total < best + PRICES.margin).any(axis=(1, 2))
        rivals = []
        for n, state in np.argwhere(near).tolist():
            span = self.by_start[first][n]
            if (span, state) != (chosen.span, chosen.state):
                case, offset = np.unravel_index(int(total[n, :, :, state].argmin()), total.shape[1:3])
                rivals.append(SpanReading(span, int(case), state, int(offset)))
        return rivals


def _foreign(row: Row) -> float:
    return PRICES.foreign_row + PRICES.foreign_cell * len(row.filled)


@cache
def _offset_prices(gap: bool) -> Costs:
    change = PRICES.offset_change_at_gap if gap else PRICES.offset_change
    return np.array(
        [
            [PRICES.offset_same if a == b else change + PRICES.offset_step * abs(a - b) for b in OFFSETS]
            for a in OFFSETS
        ],
        np.float32,
    )


@cache
def _start_offsets() -> Costs:
    return np.array([PRICES.offset_same + PRICES.offset_start * abs(o) for o in OFFSETS], np.float32)
