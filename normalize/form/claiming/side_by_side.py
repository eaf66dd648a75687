"""Forms that stand beside each other on one sheet are taken one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from normalize.form.claiming.evidence import RowEvidence, rows_to_evidence
from normalize.form.physical_rows import Row

_TWICE = 3
"""At least this many rows that say the same label once more, in one column, are rows of two forms."""


def one_below_other(rows: Sequence[Row]) -> tuple[RowEvidence, ...]:
    """What the rows show, those of a table that holds two forms side by side parted: first the left form, then the right."""
    parted: list[RowEvidence] = []
    for _, group in groupby(rows, key=lambda row: (row.table, row.line and row.table == 0)):
        parted += _parted(rows_to_evidence(tuple(group)))
    return tuple(parted)


def _parted(evidence: tuple[RowEvidence, ...]) -> tuple[RowEvidence, ...]:
    column = _second_column(evidence) if len(evidence) >= _TWICE else None
    if column is None:
        return evidence
    rows = [one.row for one in evidence]
    left = (_side(row, range(column)) for row in rows)
    right = (_side(row, range(column, max(s.column for s in row.slots) + 1), column) for row in rows)
    parts = ([row for row in side if row.filled] for side in (left, right))
    return rows_to_evidence([row for part in parts for row in part])


def _side(row: Row, columns: range, first: int = 0) -> Row:
    slots = (replace(slot, column=slot.column - first) for slot in row.slots if slot.column in columns)
    # the right form is a table of its own
    return replace(row, slots=tuple(slots), table=-1 - row.table if first else row.table)


def _second_column(evidence: Sequence[RowEvidence]) -> int | None:
    """Where the second form begins: rows print their first label there once more, one of them says whose form it is."""
    again = [tuple(_said_again(one)) for one in evidence]
    column = min((c for row in again for c, whose in row if whose), default=None)
    if column is None or sum(any(c >= column for c, _ in row) for row in again) < _TWICE:
        return None
    return column


def _said_again(one: RowEvidence) -> Iterator[tuple[int, bool]]:
    """Columns where a row says its first label again, and whether that names somebody."""
    labelled = [
        (slot, hit) for slot, hit in zip(one.row.slots, one.hits, strict=True) if hit and slot.column >= 0
    ]
    if one.row.line or not labelled:
        return
    first = labelled[0][1].label
    for slot, hit in labelled[1:]:
        if hit.label.text == first.text:
            yield slot.column, bool(one.names(hit)) and not one.is_heading
