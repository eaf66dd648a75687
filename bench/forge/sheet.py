"""A printed form before any file format: ruled tables of cells with spans."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Typography:
    """Type of one print; sizes in points."""

    families: tuple[str, ...]
    size: float
    title_size: float
    padding: float
    line_height: float
    figures: Align
    breakable: bool  # a row may go on on the next page
    bold_labels: bool
    percent_numbers: bool  # a spreadsheet holds 98% as the number 0.98
    landscape: bool
    page_number: str  # below every page, with {page} and {pages}; empty: none
    browser_lines: bool  # a browser prints date, title, address and number on every page


def random_typography(rng: Random, families: tuple[str, ...], landscape: bool) -> Typography:
    """Type of one print; a size that a form of nine columns can bear."""
    return Typography(
        families=families if rng.random() < 0.8 else families[::-1],
        size=rng.choice((9, 9, 9.5, 10, 10.5) if not landscape else (9, 10, 10.5, 11, 12)),
        title_size=rng.choice((15, 16, 18)),
        padding=rng.choice((1.0, 2.0, 3.0)),
        line_height=rng.choice((1.2, 1.3, 1.45)),
        figures=rng.choice(("center", "center", "center", "right")),
        breakable=rng.random() < 0.4,
        bold_labels=rng.random() < 0.2,
        percent_numbers=rng.random() < 0.3,
        landscape=landscape,
        page_number=rng.choice(
            ("", "", "{page}", "{page} / {pages}", "第 {page} 页  共 {pages} 页", "— {page} —")
        ),
        browser_lines=rng.random() < 0.25,
    )


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of a ruled table; `text` with a line for every paragraph."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    align: Align
    label: bool  # words of the form
    figure: bool  # a number here may be one to a spreadsheet too


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in reading order; every place of the grid belongs to exactly one of them."""

    cells: tuple[SheetCell, ...]
    rows: int
    header_rows: int = 0  # printed again at the top of every page

    def by_row(self) -> list[list[SheetCell]]:
        """The cells that begin in each row."""
        found: list[list[SheetCell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            found[cell.row].append(cell)
        return found


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole form: the lines above its tables, the tables, and the columns' widths in units that add up to `units`."""

    attachment: str
    title: str
    day: str
    money_unit: str
    tables: tuple[Table, ...]
    widths: tuple[int, ...]
    type: Typography

    @property
    def units(self) -> int:
        """Width of the tables in units."""
        return sum(self.widths)
