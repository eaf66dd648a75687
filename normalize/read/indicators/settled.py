"""Which cells of a table of inferred rows stand where they were read, whatever the page leaves open.

Where a row begins and ends is a guess there. What its cells say speaks for the guess: a row that took a line of its
neighbour, or lost one, has two words of a closed list or none, half a name, a number with something behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.declaration import Value
from normalize.form.catalogue import BASES, CATEGORIES
from normalize.read.indicators.placed import HISTORY_COLUMNS, VALUE_COLUMNS, IndicatorRow
from normalize.table.logical_rows import FieldText, LogicalRow
from normalize.text.cell_values import NOTHING_WORD, is_measured, text_to_value
from normalize.text.fold import skeleton

_NEAR_TIMES = 4
"""Two values of one indicator differ by less, mostly; one that lost a digit, or took one, is ten times another. Chosen."""
_IDLE_ZERO = re.compile(r"\D?0\d")
_LISTED = {"basis": BASES, "category": CATEGORIES}
_COLUMNS = ("level3", *VALUE_COLUMNS, *_LISTED)


def settle_places(horizon: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The rows of one horizon, in order, with every cell `placed` that its own and its neighbours' words settle."""
    whole = [frozenset(name for name in _COLUMNS if is_whole_cell(row, name)) for row in horizon]
    settled = []
    for n, row in enumerate(horizon):
        if not _has_doubtful_place(row.row) or not whole[n].issuperset(_LISTED) or _is_odd(row.row):
            settled.append(row)
            continue
        around = [m for m in (n - 1, n + 1) if 0 <= m < len(horizon)]
        beside = all(_is_next(horizon[min(m, n)].row, horizon[max(m, n)].row) for m in around)
        sure = [
            name
            for name in whole[n]
            if _is_known(row, name) or (beside and all(name in whole[m] for m in around))
        ]
        settled.append(replace(row, row=_placed(row.row, sure)))
    return settled


def twin_confirms(row: IndicatorRow, level: str) -> bool:
    """Whether the twin of an own indicator has the same name, word for word, under the same labels.

    How far down a label reaches may be a wrong guess in both tables, so that one of the two must have level 2 in its own row.
    """
    here, there = row.row, row.twin
    if (
        there is None
        or not _is_known(row, "level3")
        or twin_contradicts(row, "level1")
        or twin_contradicts(row, "level2")
    ):
        return False
    return level == "level1" or "level2" in here.fields or "level2" in there.fields


def twin_contradicts(row: IndicatorRow, level: str) -> bool:
    """Whether the twin of an own indicator stands under another label of a level."""
    here, there = row.row, row.twin
    if there is None:
        return False
    if getattr(here.state, level) != getattr(there.state, level):
        return True
    labels = {skeleton(one.fields[level].text) for one in (here, there) if level in one.fields}
    return here.state.numbered and level == "level2" and len(labels) > 1


def is_whole(row: IndicatorRow) -> bool:
    """Whether every cell of a row that its table has says one whole thing."""
    history = HISTORY_COLUMNS if row.path.startswith("/annual") else ()
    return not _is_odd(row.row) and all(
        is_whole_cell(row, name) for name in ("level3", "target", *history, *_LISTED)
    )


def _has_doubtful_place(row: LogicalRow) -> bool:
    return any(
        not slot.placed for name in _COLUMNS if (piece := row.fields.get(name)) for slot in piece.slots
    )


def _is_odd(row: LogicalRow) -> bool:
    """Whether a cell of the row fits no column or perhaps another one, or the row may be another one."""
    return bool(row.skipped or row.rivals or not row.doubtful.isdisjoint(_COLUMNS))


def _is_next(above: LogicalRow, below: LogicalRow) -> bool:
    """Whether nothing that belongs to no row stands between two rows."""
    return above.rows[-1] + 1 == below.rows[0]


def is_whole_cell(row: IndicatorRow, name: str) -> bool:
    """Whether a cell says one whole thing that its column is for."""
    piece = row.piece(name)
    if piece is None or piece.joined or piece.glued:
        return False
    if name in _LISTED:
        return piece.text in _LISTED[name]
    if name == "level3":
        return _is_known(row, name)
    return _is_known(row, name) or _is_measure(row, name, piece)


def _is_known(row: IndicatorRow, name: str) -> bool:
    """Whether the catalogue, a closed list or the twin, whose lines are broken elsewhere, has a cell's text word for word."""
    piece, entry = row.piece(name), row.row.state.entry
    if piece is None:
        return False
    if name in _LISTED:
        return piece.text in _LISTED[name]
    if name == "level3":
        known = [entry.level3 or "", *entry.aliases]
        known += _texts(row.twin, ("level3",)) if row.row.state.own else []
    else:
        known = [NOTHING_WORD, entry.standard or "", *entry.accepted]
        known += _texts(row.twin, VALUE_COLUMNS)
    return skeleton(piece.text) in {skeleton(text) for text in known if text}


def _texts(row: LogicalRow | None, names: Sequence[str]) -> list[str]:
    return [row.fields[name].text for name in names if name in row.fields] if row else []


def _is_measure(row: IndicatorRow, name: str, piece: FieldText) -> bool:
    """Whether a value is a number like another one of the indicator or its twin: a part of a number or unit is not.

    A unit must be the twin's as well, since all values of a row may have lost its end.
    """
    value = text_to_value(piece.text)
    twin = [text_to_value(text) for text in _texts(row.twin, VALUE_COLUMNS)]
    beside = [text_to_value(text) for text in _texts(row.row, [one for one in VALUE_COLUMNS if one != name])]
    if (
        not is_measured(value)
        or _IDLE_ZERO.match(piece.text)
        or (value.unit and value.unit not in {one.unit for one in twin})
    ):
        return False
    return any(one.unit == value.unit and _are_near(value, one) for one in (*twin, *beside))


def _are_near(value: Value, other: Value) -> bool:
    if value.number is None or other.number is None:
        return value.number is other.number
    smaller, larger = sorted((abs(value.number), abs(other.number)))
    return larger <= _NEAR_TIMES * smaller


def _placed(row: LogicalRow, names: Sequence[str]) -> LogicalRow:
    """The row with the cells of these columns where they are."""
    settled = {
        name: replace(piece, slots=tuple(replace(slot, placed=True) for slot in piece.slots))
        for name, piece in row.fields.items()
        if name in names
    }
    return replace(row, fields={**row.fields, **settled})
