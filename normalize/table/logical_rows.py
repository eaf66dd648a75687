"""What a table is decoded to: logical rows, each with its state, its fields and what is doubtful about it.

`Fields` writes them out: which cell fills which column, and which fields another reading of the row would fill else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from normalize.channel.observation import FileText, Observation, OcrText, PictureText
from normalize.form.physical_rows import Row, RowSlot
from normalize.table.cell_margins import Alignment
from normalize.table.model import RowState
from normalize.table.span_costs import SpanCosts, SpanReading
from normalize.table.table_prices import PRICES


@dataclass(frozen=True, slots=True)
class Hint:
    """What a heading row says about the rows below it: a variant, and the price of being another one."""

    variant: int
    price: float


@dataclass(frozen=True, slots=True)
class FieldText:
    """One cell (or the part of a glued cell) that a field was read from; several when a row was split.

    `unread`: there is something (or a part of it) that could not be read.
    """

    slots: tuple[RowSlot, ...]
    text: str
    glued: bool = False
    unread: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "unread", any(slot.unread for slot in self.slots))

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
            return FileText(self.text)
        posteriors = None if self.glued or self.joined else self.slots[0].posteriors
        return OcrText(self.text) if posteriors is None else PictureText(self.text, posteriors)


@dataclass(frozen=True, slots=True)
class LogicalRow:
    """One row of the table: its state, the pieces by column key, and what is doubtful about it.

    `inferred`: nothing is drawn around its cells, whose characters are the file's own.
    """

    state: RowState
    case: int
    rows: tuple[int, ...]
    fields: dict[str, FieldText]
    doubtful: frozenset[str]
    skipped: tuple[RowSlot, ...]
    rivals: tuple[RowState, ...]
    gap: bool
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Decoded:
    """All logical rows in order, and the rows that belong to none (each with how many logical rows precede it)."""

    rows: tuple[LogicalRow, ...]
    foreign: tuple[tuple[int, Row], ...]
    cost: float


class Fields:
    """Writes out the fields of readings; alignments are asked for all rows of a table at once."""

    def __init__(self, prices: SpanCosts, rows: Sequence[Row]) -> None:
        self.prices, self.rows = prices, rows
        self.model = prices.model

    def logical_rows(
        self, readings: Sequence[SpanReading], rivals: Sequence[Sequence[SpanReading]]
    ) -> tuple[LogicalRow, ...]:
        """The readings as logical rows; `rivals[n]` are the other possible ones of reading n."""
        alignments = self.prices.alignments(readings)
        others = [
            [*self._doubted(reading, alignment), *rival]
            for reading, alignment, rival in zip(readings, alignments, rivals, strict=True)
        ]
        every = [other for row in others for other in row]
        lying = dict(zip(every, self.prices.alignments(every), strict=True))
        return tuple(
            self._logical_row(reading, alignment, [self._fields(o, lying[o])[0] for o in other], tuple(rival))
            for reading, alignment, other, rival in zip(readings, alignments, others, rivals, strict=True)
        )

    def _doubted(self, reading: SpanReading, alignment: Alignment) -> Iterable[SpanReading]:
        """The same reading without the place of a filled cell whose margin is narrow."""
        slots = self.prices.spans[reading.span].slots
        for i, (gap, taken) in enumerate(zip(alignment.gaps, alignment.columns, strict=True)):
            if gap < PRICES.margin and taken and any(slot.filled for slot in slots[i]):
                forbidden = frozenset((i, column) for column in taken)
                yield SpanReading(reading.span, reading.case, reading.state, reading.offset, forbidden)

    def _logical_row(
        self,
        reading: SpanReading,
        alignment: Alignment,
        others: Sequence[dict[str, FieldText]],
        rivals: tuple[SpanReading, ...],
    ) -> LogicalRow:
        fields, skipped = self._fields(reading, alignment)
        span, states = self.prices.spans[reading.span], self.model.states
        rows = range(span.start, span.start + span.length)
        return LogicalRow(
            state=states[reading.state],
            case=reading.case,
            rows=tuple(rows),
            fields=fields,
            doubtful=frozenset(name for other in others for name in _differing(fields, other)),
            skipped=skipped,
            rivals=tuple(dict.fromkeys(states[r.state] for r in rivals if r.state != reading.state)),
            gap=any(self.rows[r].gap for r in rows),
            inferred=any(self.rows[r].inferred for r in rows),
        )

    def _fields(
        self, reading: SpanReading, alignment: Alignment
    ) -> tuple[dict[str, FieldText], tuple[RowSlot, ...]]:
        """The pieces by column key, and the filled slots that no column took."""
        span = self.prices.spans[reading.span]
        columns = self.model.variants[self.model.states[reading.state].variant].columns
        fields: dict[str, FieldText] = {}
        skipped: list[RowSlot] = []
        for i, (slots, taken) in enumerate(zip(span.slots, alignment.columns, strict=True)):
            filled = tuple(slot for slot in slots if slot.filled)
            if not taken:
                skipped += filled
            elif len(taken) == 1:
                if filled:
                    fields[columns[taken[0]].key] = FieldText(filled, span.texts[i])
            else:
                halves = self.prices.halves(reading, i, taken[0])
                for column, half in zip(taken, halves, strict=True):
                    fields[columns[column].key] = FieldText(filled, half, glued=True)
        return fields, tuple(skipped)


def _differing(one: dict[str, FieldText], other: dict[str, FieldText]) -> set[str]:
    keys = set(one) | set(other)
    return {k for k in keys if (one[k].text if k in one else "") != (other[k].text if k in other else "")}
