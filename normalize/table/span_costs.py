"""What every candidate row of a table costs in every state, and how its cells lie when it is one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from normalize.table.alignment import OFFSETS, Stretch, backward
from normalize.table.cell_margins import Alignment, Choice, best_alignments
from normalize.table.emissions import BLANK_TEXT, COVERED_TEXT, UNREAD_TEXT, Emissions
from normalize.table.glued_cells import gluer
from normalize.table.joined_rows import JoinedRows, raws
from normalize.table.lexicon import Costs, Lexicon
from normalize.table.model import CASES, TableModel

_CHUNK = 240
"""Spans priced together; bounds the memory of a table of thousands of rows."""


@dataclass(frozen=True, slots=True)
class SpanReading:
    """A span read in one way: its number, the case, state and (numbered) offset; `forbidden` as in `Choice`."""

    span: int
    case: int
    state: int
    offset: int
    forbidden: frozenset[tuple[int, int]] = frozenset()


class SpanCosts:
    """The prices of all spans of one table, worked out chunk by chunk."""

    def __init__(self, model: TableModel, spans: Sequence[JoinedRows]) -> None:
        self.model, self.spans = model, spans
        self._chunks = [_Chunk(model, spans[n : n + _CHUNK]) for n in range(0, len(spans), _CHUNK)]

    def of(self, spans: range) -> Costs:
        """[spans, cases, offsets, states] of some spans that follow one another."""
        parts = [
            self._chunks[n].costs[max(0, spans.start - n * _CHUNK) : max(0, spans.stop - n * _CHUNK)]
            for n in range(spans.start // _CHUNK, -(-spans.stop // _CHUNK))
        ]
        none = np.empty((0, CASES, len(OFFSETS), len(self.model.states)), np.float32)
        return parts[0] if len(parts) == 1 else np.concatenate([none, *parts])

    def alignments(self, readings: Sequence[SpanReading]) -> list[Alignment]:
        """How the cells of each reading lie best, in their order."""
        groups: dict[tuple[int, int], list[int]] = {}
        for n, reading in enumerate(readings):
            variant = self.model.states[reading.state].variant
            groups.setdefault((reading.span // _CHUNK, variant), []).append(n)
        found: dict[int, Alignment] = {}
        for (chunk, variant), members in groups.items():
            choices = [self._choice(readings[n], variant) for n in members]
            emissions = self._chunks[chunk].emissions[variant]
            found.update(zip(members, best_alignments(emissions, choices), strict=True))
        return [found[n] for n in range(len(readings))]

    def _choice(self, reading: SpanReading, variant: int) -> Choice:
        return Choice(
            self._chunks[reading.span // _CHUNK].stretches[reading.span % _CHUNK],
            reading.state - self.model.spans[variant].start,
            reading.case,
            OFFSETS[reading.offset],
            reading.forbidden,
        )

    def halves(self, reading: SpanReading, cell: int, column: int) -> tuple[str, str]:
        """The two texts that a cell over a column and the next one falls apart into."""
        variant = self.model.states[reading.state].variant
        state = reading.state - self.model.spans[variant].start
        chunk, span = self._chunks[reading.span // _CHUNK], self.spans[reading.span]
        cuts = chunk.cuts[span.texts[cell], raws(span)[cell]]
        cut = min(cuts, key=lambda cut: chunk.emissions[variant].cut_price(cut, column, state))
        return cut.left, cut.right


class _Chunk:
    """Spans priced together: what their texts cost, and how they may fall apart."""

    def __init__(self, model: TableModel, spans: Sequence[JoinedRows]) -> None:
        cells = [list(zip(span.texts, raws(span), strict=True)) for span in spans]
        options = gluer(model).options
        every = dict.fromkeys(cell for row in cells for cell in row)
        closed = (BLANK_TEXT, COVERED_TEXT, UNREAD_TEXT)
        self.cuts = {cell: cuts for cell in every if cell[0] not in closed and (cuts := options(*cell))}
        texts = dict.fromkeys([BLANK_TEXT, COVERED_TEXT, *(text for text, _ in every)])
        texts.update(
            dict.fromkeys(side for cuts in self.cuts.values() for c in cuts for side in (c.left, c.right))
        )
        lexicon = Lexicon(model, texts)
        glued = list(self.cuts.values())
        self.emissions = [Emissions(model, v, lexicon, glued) for v in range(len(model.variants))]
        numbers = {cell: n for n, cell in enumerate(self.cuts, 1)}
        index = self.emissions[0].index
        self.stretches = [
            Stretch(
                tuple(index[text] for text in span.texts),
                tuple(numbers.get(cell, 0) for cell in row),
                span.price,
            )
            for span, row in zip(spans, cells, strict=True)
        ]

    @cached_property
    def costs(self) -> Costs:
        """[spans, cases, offsets, all states]."""
        return backward(self.emissions, self.stretches)
