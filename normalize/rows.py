"""Rows of cells that have moved → logical rows of a known table, by dynamic programming over the rows.

Hidden state of a logical row: variant (horizon), catalogue entry or own slot, column offset. A logical row spans
one to three physical rows; a foreign row keeps the state. Nothing is decided before the sum over the whole table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from normalize.align import HUGE, MARGIN, OFFSETS, Alignment, Stretch, backward, best_alignment
from normalize.channel.observation import Observation, Own, Picture, Transcript
from normalize.emissions import BLANK, CASES, COVERED, UNREAD, Costs, Emissions
from normalize.glue import Cut, gluer
from normalize.spans import Span, raws, row_to_spans
from normalize.stream import Row, Slot
from normalize.tables import State, TableModel

FOREIGN_ROW, FOREIGN_CELL = 6.0, 4.5
OFFSET_SAME, OFFSET_CHANGE, OFFSET_STEP, OFFSET_CHANGE_AT_GAP = 0.1, 2.0, 0.5, 1.0
CHUNK = 240
"""Stretches priced together; bounds the memory of a table of thousands of rows."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a heading row says about the rows below it: a variant, and the price of being another one."""

    variant: int
    price: float


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell (or the part of a glued cell) that a field was read from; several when a row was split."""

    slots: tuple[Slot, ...]
    text: str
    glued: bool = False

    @property
    def exact(self) -> bool:
        """Whether the characters are the file's own, and whole in one cell."""
        return all(slot.exact for slot in self.slots) and not self.joined

    @property
    def joined(self) -> bool:
        return len(self.slots) > 1

    @property
    def observation(self) -> Observation:
        """How the text was seen. A part of a cell, or a text joined from several, has no picture of its own."""
        if self.exact:
            return Own(self.text)
        posteriors = None if self.glued or self.joined else self.slots[0].posteriors
        return Transcript(self.text) if posteriors is None else Picture(self.text, posteriors)


@dataclass(frozen=True, slots=True)
class LogicalRow:
    """One row of the table: its state, the pieces by column key, and what is doubtful about it."""

    state: State
    case: int
    rows: tuple[int, ...]
    fields: dict[str, Piece]
    doubtful: frozenset[str]
    skipped: tuple[Slot, ...]
    rivals: tuple[State, ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class Decoded:
    """All logical rows in order, and the rows that belong to none (`after[i]`: how many logical rows precede)."""

    rows: tuple[LogicalRow, ...]
    foreign: tuple[tuple[int, Row], ...]
    cost: float


def decode(model: TableModel, rows: Sequence[Row], hints: Sequence[Hint | None] | None = None) -> Decoded:
    """Decode a table. `hints[r]`: what a heading directly above row r says, `None` where there is none."""
    if not rows:
        return Decoded((), (), 0.0)
    return _Decoder(model, rows, hints or [None] * len(rows)).decode()


class _Decoder:
    def __init__(self, model: TableModel, rows: Sequence[Row], hints: Sequence[Hint | None]) -> None:
        self.model, self.rows, self.hints = model, rows, hints
        self.spans = [span for r in range(len(rows)) for span in row_to_spans(rows, r)]
        self.gluer = gluer(model)
        self.by_start: list[list[int]] = [[] for _ in rows]
        for n, span in enumerate(self.spans):
            self.by_start[span.start].append(n)
        self.matrices = model.transitions
        self.arrived: list[Costs] = []
        self._emissions: dict[int, tuple[list[Emissions], list[list[Stretch]]]] = {}
        self.prices: list[Costs] = [self._price(n) for n in range(0, len(self.spans), CHUNK)]

    def _price(self, first: int) -> Costs:
        """[stretches of a chunk, cases, offsets, all states]."""
        chunk = self.spans[first : first + CHUNK]
        options = {
            (text, raw): self.gluer.options(text, raw)
            for span in chunk
            for text, raw in zip(span.texts, raws(span), strict=True)
            if text not in (BLANK, COVERED, UNREAD)
        }
        texts = dict.fromkeys([BLANK, COVERED] + [t for span in chunk for t in span.texts])
        texts.update(
            dict.fromkeys(side for cuts in options.values() for cut in cuts for side in (cut.left, cut.right))
        )
        emissions = [Emissions(self.model, v, list(texts)) for v in range(len(self.model.variants))]
        stretches = [_stretches(chunk, e, options) for e in emissions]
        self._emissions[first] = (emissions, stretches)
        return np.concatenate([backward(e, s) for e, s in zip(emissions, stretches, strict=True)], axis=3)

    def _span_price(self, n: int) -> Costs:
        price: Costs = self.prices[n // CHUNK][n % CHUNK]
        hint = self.hints[self.spans[n].start]
        if hint is None:
            return price
        price = price.copy()
        for v, states in enumerate(self.model.spans):
            if v != hint.variant:
                price[:, :, states] += hint.price
        return price

    def decode(self) -> Decoded:
        forward = self._forward()
        backwards = self._backward()
        steps = list(self._trace(forward))
        best = float(forward[-1].min())
        logical: list[LogicalRow] = []
        foreign: list[tuple[int, Row]] = []
        for step in steps:
            if isinstance(step, int):
                foreign.append((len(logical), self.rows[step]))
            else:
                rivals = self._rivals(step, backwards, best)
                logical.append(self._logical(*step, rivals))
        return Decoded(tuple(logical), tuple(foreign), best)

    # forward[r][offset, state]: best price of the rows before r; the last state is the table's beginning
    def _forward(self) -> list[Costs]:
        scores = self._nothing()
        scores[0][:, -1] = 0.0
        for r, row in enumerate(self.rows):
            np.minimum(scores[r + 1], scores[r] + _foreign(row), out=scores[r + 1])
            self.arrived.append(self._arrive(scores[r], row))
            for n in self.by_start[r]:
                end = r + self.spans[n].length
                best = (self.arrived[r] + self._span_price(n)).min(axis=0)
                np.minimum(scores[end][:, :-1], best, out=scores[end][:, :-1])
        return scores

    def _nothing(self) -> list[Costs]:
        size = len(self.model.states) + 1
        return [np.full((len(OFFSETS), size), HUGE, np.float32) for _ in range(len(self.rows) + 1)]

    def _arrive(self, score: Costs, row: Row) -> Costs:
        """[cases, offsets, states]: best price of entering each state with each case, from `score`."""
        reached = (score[:, None, :] + _offset_prices(row.gap)[:, :, None]).min(axis=0)
        reached[:, -1] = score[0, -1] + _start_offsets()
        return np.stack([(m[None] + reached[:, :, None]).min(axis=1) for m in self.matrices])

    def _backward(self) -> list[Costs]:
        scores = self._nothing()
        scores[-1][...] = 0.0
        transposed = [np.ascontiguousarray(m.T) for m in self.matrices]
        for r in reversed(range(len(self.rows))):
            scores[r] = scores[r + 1] + _foreign(self.rows[r])
            rest = np.full((CASES, len(OFFSETS), len(self.model.states)), HUGE, np.float32)
            for n in self.by_start[r]:
                after = scores[r + self.spans[n].length][None, :, :-1]
                np.minimum(rest, self._span_price(n) + after, out=rest)
            left = (rest[:, None] + _offset_prices(self.rows[r].gap)[None, :, :, None]).min(axis=2)
            for m, x in zip(transposed, left, strict=True):
                np.minimum(scores[r], (m[None] + x[:, :, None]).min(axis=1), out=scores[r])
        return scores

    def _trace(self, forward: list[Costs]) -> Iterator[int | tuple[int, int, int, int]]:
        """The winning path, first row first: foreign rows as numbers, logical rows as (span, case, state, offset)."""
        path: list[int | tuple[int, int, int, int]] = []
        r = len(self.rows)
        offset, state = (int(x) for x in np.unravel_index(int(forward[r].argmin()), forward[r].shape))
        while r > 0:
            choices: list[tuple[float, int | tuple[int, int, int, int], int, int]] = []
            if state < len(self.model.states):
                for n in (n for s in range(max(0, r - 3), r) for n in self.by_start[s]):
                    if self.spans[n].start + self.spans[n].length == r:
                        choices.append(self._came_from(forward, n, state, offset))
            stay = float(forward[r - 1][offset, state]) + _foreign(self.rows[r - 1])
            choices.append((stay, r - 1, state, offset))
            _, step, state, offset = min(choices, key=lambda choice: choice[0])
            path.append(step)
            r = step if isinstance(step, int) else self.spans[step[0]].start
        yield from reversed(path)

    def _came_from(
        self, forward: list[Costs], n: int, state: int, offset: int
    ) -> tuple[float, tuple[int, int, int, int], int, int]:
        span = self.spans[n]
        row, score = self.rows[span.start], forward[span.start]
        reached = score + _offset_prices(row.gap)[:, offset][:, None]
        reached[:, -1] = HUGE
        reached[0, -1] = score[0, -1] + _start_offsets()[offset]
        best = reached.min(axis=0)
        price = self._span_price(n)[:, offset, state]
        totals = np.stack([m[:, state] + best for m in self.matrices]) + price[:, None]
        case, before = (int(x) for x in np.unravel_index(int(totals.argmin()), totals.shape))
        return float(totals.min()), (n, case, state, offset), before, int(reached[:, before].argmin())

    def _rivals(
        self, step: tuple[int, int, int, int], backwards: list[Costs], best: float
    ) -> tuple[tuple[int, int, int, int], ...]:
        """Other readings of the row (entry or extent) whose whole table would cost less than a margin more."""
        chosen, _, chosen_state, _ = step
        first = self.spans[chosen].start
        rivals = []
        for n in self.by_start[first]:
            span = self.spans[n]
            total = self.arrived[first] + self._span_price(n) + backwards[first + span.length][None, :, :-1]
            by_state = total.min(axis=(0, 1))
            for state in np.flatnonzero(by_state < best + MARGIN):
                if (n, int(state)) != (chosen, chosen_state):
                    case, offset = np.unravel_index(int(total[:, :, state].argmin()), total.shape[:2])
                    rivals.append((n, int(case), int(state), int(offset)))
        return tuple(rivals)

    def _align(
        self, n: int, case: int, state: int, offset: int, forbid: frozenset[tuple[int, int]]
    ) -> Alignment:
        variant = self.model.states[state].variant
        emissions, stretches = self._emissions[n // CHUNK * CHUNK]
        within = state - self.model.spans[variant].start
        stretch = stretches[variant][n % CHUNK]
        return best_alignment(emissions[variant], stretch, within, case, OFFSETS[offset], forbid)

    def _fields(self, n: int, state: int, alignment: Alignment) -> tuple[dict[str, Piece], tuple[Slot, ...]]:
        span, columns = self.spans[n], self.model.variants[self.model.states[state].variant].columns
        emissions = self._emissions[n // CHUNK * CHUNK][0][self.model.states[state].variant]
        within = state - self.model.spans[self.model.states[state].variant].start
        fields: dict[str, Piece] = {}
        skipped: list[Slot] = []
        for slots, text, raw, taken in zip(
            span.slots, span.texts, raws(span), alignment.columns, strict=True
        ):
            filled = tuple(slot for slot in slots if slot.filled)
            if not taken:
                skipped += filled
            elif len(taken) == 1:
                if filled:
                    fields[columns[taken[0]].key] = Piece(filled, text)
            else:
                halves = self._cheapest_cut(emissions, within, text, raw, taken)
                for column, half in zip(taken, halves, strict=True):
                    fields[columns[column].key] = Piece(filled, half, glued=True)
        return fields, tuple(skipped)

    def _cheapest_cut(
        self, emissions: Emissions, state: int, text: str, raw: str, taken: tuple[int, ...]
    ) -> tuple[str, str]:
        def price(cut: Cut) -> float:
            left, right = (emissions.single[emissions.index[t]] for t in (cut.left, cut.right))
            return float(left[taken[0], state].min() + right[taken[1], state].min()) + cut.price

        cut = min(self.gluer.options(text, raw), key=price)
        return cut.left, cut.right

    def _logical(
        self, n: int, case: int, state: int, offset: int, rivals: tuple[tuple[int, int, int, int], ...]
    ) -> LogicalRow:
        alignment = self._align(n, case, state, offset, frozenset())
        fields, skipped = self._fields(n, state, alignment)
        doubtful = set()
        for i, gap in enumerate(alignment.gaps):
            if gap < MARGIN and alignment.columns[i] and any(s.filled for s in self.spans[n].slots[i]):
                forbid = frozenset((i, column) for column in alignment.columns[i])
                other, _ = self._fields(n, state, self._align(n, case, state, offset, forbid))
                doubtful |= _differing(fields, other)
        for rival in rivals:
            other, _ = self._fields(rival[0], rival[2], self._align(*rival, frozenset()))
            doubtful |= _differing(fields, other)
        span = self.spans[n]
        return LogicalRow(
            state=self.model.states[state],
            case=case,
            rows=tuple(range(span.start, span.start + span.length)),
            fields=fields,
            doubtful=frozenset(doubtful),
            skipped=skipped,
            rivals=tuple(dict.fromkeys(self.model.states[r[2]] for r in rivals if r[2] != state)),
            gap=any(self.rows[r].gap for r in range(span.start, span.start + span.length)),
        )


def _differing(one: dict[str, Piece], other: dict[str, Piece]) -> set[str]:
    keys = set(one) | set(other)
    return {k for k in keys if (one[k].text if k in one else "") != (other[k].text if k in other else "")}


def _foreign(row: Row) -> float:
    return FOREIGN_ROW + FOREIGN_CELL * len(row.filled)


@cache
def _offset_prices(gap: bool) -> Costs:
    change = OFFSET_CHANGE_AT_GAP if gap else OFFSET_CHANGE
    return np.array(
        [[OFFSET_SAME if a == b else change + OFFSET_STEP * abs(a - b) for b in OFFSETS] for a in OFFSETS],
        np.float32,
    )


@cache
def _start_offsets() -> Costs:
    return np.array([OFFSET_SAME + 0.2 * abs(o) for o in OFFSETS], np.float32)


def _stretches(
    chunk: Sequence[Span], emissions: Emissions, options: dict[tuple[str, str], tuple[Cut, ...]]
) -> list[Stretch]:
    """The spans as numbers; the price of a glued cell is worked out once for all cells that read alike."""
    pairs = {cell: _pair(emissions, cuts) for cell, cuts in options.items() if cuts}
    return [
        Stretch(
            tuple(emissions.index[text] for text in span.texts),
            tuple(pairs.get(cell) for cell in zip(span.texts, raws(span), strict=True)),
            span.price,
        )
        for span in chunk
    ]


def _pair(emissions: Emissions, cuts: tuple[Cut, ...]) -> Costs:
    """[cases, columns − 1, states]: the cheapest cut of a glued cell over each two neighbouring columns."""
    left = np.array([emissions.index[cut.left] for cut in cuts])
    right = np.array([emissions.index[cut.right] for cut in cuts])
    price = np.array([cut.price for cut in cuts], np.float32)
    costs = (emissions.single[left, :-1] + emissions.single[right, 1:] + price[:, None, None, None]).min(
        axis=0
    )
    return np.ascontiguousarray(np.moveaxis(costs, 2, 0))
