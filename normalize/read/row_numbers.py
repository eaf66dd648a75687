"""Numbers before the names of a table's rows (automatic list numbers of Word among them) are no part of the names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.list_marks import first_list_mark
from normalize.form.physical_rows import Row, RowSlot

_LEAST_ROWS = 2
"""One number alone may be part of a name; so many that count on are not."""
_BARE = re.compile(r"\s*(\d{1,2})[ \u3000]+(?=[\u4e00-\u9fff]{2})")
"""A number parted from the name by a blank only, as Word writes one whose format has no mark."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A slot of a column (row and position in it), its number with how it is marked, and the text behind it."""

    row: int
    position: int
    kind: str
    number: int
    rest: str


def without_row_numbers(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with the numbers gone that count the cells of a column: 1, 2, 3, … one a row, also from 1 again."""
    columns: dict[int, list[_Numbered | None]] = {}
    for r, row in enumerate(rows):
        for position, slot in enumerate(row.slots):
            if slot.filled:
                columns.setdefault(slot.column, []).append(_numbered(r, position, slot))
    counted = [one for column in columns.values() for one in _counted(column)]
    if not counted:
        return tuple(rows)
    slots = [list(row.slots) for row in rows]
    for one in counted:
        slots[one.row][one.position] = slots[one.row][one.position].part(one.rest)
    return tuple(replace(row, slots=tuple(each)) for row, each in zip(rows, slots, strict=True))


def _numbered(row: int, position: int, slot: RowSlot) -> _Numbered | None:
    mark, bare = first_list_mark(slot.raw), _BARE.match(slot.raw)
    if bare:
        return _Numbered(row, position, "1", int(bare[1]), slot.raw[bare.end() :])
    rest = slot.raw[mark.end :].strip() if mark else ""
    return _Numbered(row, position, mark.kind, mark.number, rest) if mark and rest else None


def _counted(column: Sequence[_Numbered | None]) -> Iterator[_Numbered]:
    """The slots of a column that are numbered one after the other, each beginning its text."""
    runs: list[list[_Numbered]] = [[]]
    for one in column:
        last = runs[-1][-1] if runs[-1] else None
        if one and last and one.kind == last.kind and one.number == last.number + 1:
            runs[-1].append(one)
        else:
            runs.append([one] if one and one.number == 1 else [])
    kinds = {run[0].kind for run in runs if len(run) >= _LEAST_ROWS}
    yield from (one for run in runs for one in run if one.kind in kinds)
