"""A form under damage: its rows, its truth, and the faults done so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.forge.form import Cell, Row, Style

Json = dict[str, Any]


@dataclass(slots=True)
class Draft:
    """A form under damage."""

    rows: list[Row]
    truth: Json
    style: Style
    rng: Random
    faults: list[list[str | None]] = field(default_factory=list)

    def note(self, name: str, before: str | None, after: str | None = None) -> None:
        """Record a fault."""
        self.faults.append([name, before, after])

    def cells(self) -> list[Cell]:
        """All cells, in reading order."""
        return [cell for row in self.rows for cell in row.cells]

    def indicator_rows(self, part: str = "") -> list[Row]:
        """Unmoved indicator rows of one table or of both."""
        return [
            row
            for row in self.rows
            if row.index is not None
            and row.part in (part or "long", part or "annual")
            and row.kind == "data"
            and not row.moved
        ]

    def chosen(self, rows: Sequence[Row], rate: float) -> list[Row]:
        """About ``rate`` of these rows (a number of rows, not a share), none twice."""
        count = int(rate) + (self.rng.random() < rate % 1)
        return self.rng.sample(list(rows), min(count, len(rows)))


def row_name(row: Row) -> str:
    """What to call a row in the list of faults: its longest name."""
    return max((cell.text for cell in row.cells[:4]), key=len, default="")


def table_rows(draft: Draft) -> list[Row]:
    """Unmoved rows of all tables of several columns; mostly indicators, as there are most of them."""
    return [
        row
        for row in draft.rows
        if row.part in ("budget", "projects", "long", "annual") and row.kind == "data" and not row.moved
    ]


def below(cell: Cell) -> Cell:
    """The blank below a cell, still under a merged one if it was."""
    return Cell(span=cell.span, covered=cell.covered or (cell.text if cell.closed else None))
