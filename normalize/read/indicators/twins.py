"""Which rows of the two indicator tables are the same indicator, told from what was read of them."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.form.twins import IndicatorName, pair_names
from normalize.table.logical_rows import LogicalRow


def pair_rows(long: Sequence[LogicalRow], annual: Sequence[LogicalRow]) -> tuple[tuple[int, int], ...]:
    """Pairs (long index, annual index), both in order; every row at most once."""
    return pair_names([_row_to_name(row) for row in long], [_row_to_name(row) for row in annual])


def _row_to_name(row: LogicalRow) -> IndicatorName:
    state, name = row.state, row.fields.get("level3")
    entry = None if state.own else state.entry.code
    return IndicatorName(entry, state.level1, state.level2, name.text if name else None)
