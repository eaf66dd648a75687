"""A table as every bench hands it over: printed on a terminal, kept as JSON, written as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import rich.table
from rich.box import SIMPLE_HEAD
from rich.markup import escape


@dataclass(frozen=True, slots=True)
class Shown:
    """A heading, what the reader must know, and a table; without columns the note is all."""

    title: str
    note: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def to_markdown(self, level: int = 3) -> str:
        lines = [f"{'#' * level} {self.title}", "", *([self.note, ""] if self.note else [])]
        if self.columns:
            lines += [_line(self.columns), "|---" + "|---:" * (len(self.columns) - 1) + "|"]
            lines += [_line(row) for row in self.rows] + [""]
        return "\n".join(lines)

    def to_rich(self) -> rich.table.Table:
        made = rich.table.Table(
            title=self.title, title_justify="left", box=SIMPLE_HEAD, caption_justify="left"
        )
        for place, column in enumerate(self.columns):
            made.add_column(column, justify="right" if place else "left")
        for row in self.rows:
            made.add_row(*map(escape, row))
        return made


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def rich_to_shown(table: rich.table.Table, note: str = "") -> Shown:
    """A table that a bench prints, as it is."""
    columns = tuple(str(column.header) for column in table.columns)
    rows = tuple(zip(*(map(str, column.cells) for column in table.columns), strict=True))
    return Shown(str(table.title or ""), note, columns, rows)


def percent(part: float, whole: float, digits: int = 2) -> str:
    """`part` of `whole`; a dash where there is nothing to share.

    >>> percent(1, 3), percent(0, 0)
    ('33.33 %', '–')
    """
    return f"{100 * part / whole:.{digits}f} %" if whole else "–"
