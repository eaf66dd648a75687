"""Readings of spans → logical rows: which cell fills which column, and which fields another reading would fill else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalize.form.physical_rows import Row, Slot
from normalize.table.cell_margins import MARGIN, Alignment
from normalize.table.logical_rows import LogicalRow, Piece
from normalize.table.prices import Prices, Reading


class Fields:
    """Writes out the fields of readings; alignments are asked for all rows of a table at once."""

    def __init__(self, prices: Prices, rows: Sequence[Row]) -> None:
        self.prices, self.rows = prices, rows
        self.model = prices.model

    def logical_rows(
        self, readings: Sequence[Reading], rivals: Sequence[Sequence[Reading]]
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

    def _doubted(self, reading: Reading, alignment: Alignment) -> Iterable[Reading]:
        """The same reading without the place of a filled cell whose margin is narrow."""
        slots = self.prices.spans[reading.span].slots
        for i, (gap, taken) in enumerate(zip(alignment.gaps, alignment.columns, strict=True)):
            if gap < MARGIN and taken and any(slot.filled for slot in slots[i]):
                forbidden = frozenset((i, column) for column in taken)
                yield Reading(reading.span, reading.case, reading.state, reading.offset, forbidden)

    def _logical_row(
        self,
        reading: Reading,
        alignment: Alignment,
        others: Sequence[dict[str, Piece]],
        rivals: tuple[Reading, ...],
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
        )

    def _fields(self, reading: Reading, alignment: Alignment) -> tuple[dict[str, Piece], tuple[Slot, ...]]:
        """The pieces by column key, and the filled slots that no column took."""
        span = self.prices.spans[reading.span]
        columns = self.model.variants[self.model.states[reading.state].variant].columns
        fields: dict[str, Piece] = {}
        skipped: list[Slot] = []
        for i, (slots, taken) in enumerate(zip(span.slots, alignment.columns, strict=True)):
            filled = tuple(slot for slot in slots if slot.filled)
            if not taken:
                skipped += filled
            elif len(taken) == 1:
                if filled:
                    fields[columns[taken[0]].key] = Piece(filled, span.texts[i])
            else:
                halves = self.prices.halves(reading, i, taken[0])
                for column, half in zip(taken, halves, strict=True):
                    fields[columns[column].key] = Piece(filled, half, glued=True)
        return fields, tuple(skipped)


def _differing(one: dict[str, Piece], other: dict[str, Piece]) -> set[str]:
    keys = set(one) | set(other)
    return {k for k in keys if (one[k].text if k in one else "") != (other[k].text if k in other else "")}
