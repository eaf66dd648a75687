"""A row of an indicator table with its place in the result, and the columns that hold values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from normalize.table.logical_rows import FieldText, LogicalRow

HISTORY_COLUMNS = ("year_before_last", "last_year")
VALUE_COLUMNS = (*HISTORY_COLUMNS, "target")
PRINTED_LABEL_NATS = 8.0
"""How much less likely it is that a clerk rewords a label that the form prints by itself than one that is typed."""
Texts = Mapping[str, str | None]
"""What cells say, by the path of their value; `None` for a cell that is blank or was not read."""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A logical row with its path in the result and its twin in the other horizon."""

    row: LogicalRow
    path: str
    twin: LogicalRow | None
    twin_path: str | None

    def piece(self, name: str) -> FieldText | None:
        """What was read in a column; `None` where nothing was, be it blank or print that could not be read."""
        piece = self.row.fields.get(name)
        return None if piece is None or piece.unread else piece

    def value_path(self, name: str) -> str:
        """Where a column's value stands in the result."""
        return f"{self.path}/history/{name}" if name in HISTORY_COLUMNS else f"{self.path}/{name}"

    def text_path(self, name: str) -> str:
        """Where a column's text stands in the result: a value's text stands beside its number."""
        return f"{self.value_path(name)}/text" if name in VALUE_COLUMNS else self.value_path(name)
