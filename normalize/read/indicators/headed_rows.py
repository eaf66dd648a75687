"""The rows of the indicator tables, wherever they stand in a form, with what the headings between them say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.form.physical_rows import Row
from normalize.form.sections import SectionRow
from normalize.table.logical_rows import Hint

_LONG_TERM, _ANNUAL = 0, 1
_CLEAR_HEADING_NATS = 8.0
"""Price of a row of the other horizon below a heading that only one of the tables has."""
_VAGUE_HEADING_NATS = 3.0
"""Price of a row of the other horizon below a heading that either table may have."""


@dataclass(frozen=True, slots=True)
class HeadedRow:
    """A row, and what a heading directly above it says about its table."""

    row: Row
    hint: Hint | None


def marked_to_headed(rows: Sequence[SectionRow]) -> tuple[HeadedRow, ...]:
    """The rows of the section `indicators`, in order.

    Rows with as many cells as the first one below the annual table's heading are still that table's, also where their
    history is blank.
    """
    headed: list[HeadedRow] = []
    pending: Hint | None = None
    annual_cells = 0
    for row in rows:
        if row.section != "indicators":
            continue
        if row.is_heading:
            pending = _hint(row, pending)
        elif not row.row.line:
            # a heading repeated at a page's top stands between the parts of a broken row
            below = replace(row.row, gap=row.row.gap or pending is not None)
            cells = len(row.row.slots)
            if pending:
                annual_cells = cells if pending.price == _CLEAR_HEADING_NATS else 0
            elif cells == annual_cells:
                pending = Hint(_ANNUAL, _CLEAR_HEADING_NATS if row.row.ruled else _VAGUE_HEADING_NATS)
            headed.append(HeadedRow(below, pending))
            pending = None
    return tuple(headed)


def _hint(row: SectionRow, pending: Hint | None) -> Hint:
    """A heading with 近两年指标值 or 前年 is the annual table's; one without may be either's first line."""
    if any(hit and hit.label.name == "annual" for hit in row.hits):
        return Hint(_ANNUAL, _CLEAR_HEADING_NATS)
    labels = [hit.label.text for hit in row.hits if hit and hit.label.name == "indicators"]
    if "年度绩效指标" in labels:
        return Hint(_ANNUAL, _VAGUE_HEADING_NATS)
    return pending or Hint(_LONG_TERM, _VAGUE_HEADING_NATS)
