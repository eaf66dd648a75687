"""A table as every bench hands it over: printed on a terminal, kept as JSON, written as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import rich.table
from rich.box import SIMPLE_HEAD
from rich.markup import escape

BETWEEN = re.compile(r"(?<!\\)\|")
"""The lines between the cells of a Markdown table."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A heading, what the reader must know, and a table; without columns the note is all."""

    title: str
    note: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def to_markdown(self, level: int = 3) -> str:
        lines = [f"{'#' * level} {self.title}", "", *([self.note, ""] if self.note else [])]
        return "\n".join([*lines, self.table(), ""] if self.columns else lines)

    def table(self) -> str:
        """Heading and rows as Markdown, without title and note."""
        columns = list(zip(self.columns, *self.rows, strict=True))
        rule = "|---|" + "".join(
            "---:|" if all(map(_is_figure, cells)) else "---|" for _, *cells in columns[1:]
        )
        return "\n".join([_line(self.columns), rule, *map(_line, self.rows)])

    def to_rich(self) -> rich.table.Table:
        made = rich.table.Table(
            title=self.title, title_justify="left", box=SIMPLE_HEAD, caption_justify="left"
        )
        for place, column in enumerate(self.columns):
            made.add_column(column, justify="right" if place else "left")
        for row in self.rows:
            made.add_row(*map(escape, row))
        return made


def _is_figure(cell: str) -> bool:
    return not cell or cell[0] in "–-" or cell[0].isdigit()


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("\\|", "|") for cell in BETWEEN.split(line.strip())[1:-1])


def markdown_to_shown(page: str, title: str) -> Shown:
    """The table that `page` has below the heading `title`; raises `ValueError` without one."""
    _, found, rest = page.partition(f"## {title}\n")
    section = rest.partition("\n## ")[0]
    lines = [_cells(line) for line in section.splitlines() if line.startswith("|")]
    if not found or len(lines) < 3:
        raise ValueError(f"no table below “{title}”")
    return Shown(title, section.partition("\n|")[0].strip(), lines[0], tuple(lines[2:]))


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
