"""How the paper is laid out: the same declaration printed in several ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bench.forge.form import COLUMNS, Row, printed
from bench.forge.money import Layout

SERIF = ("Noto Serif CJK SC", "AR PL UMing CN")
SANS = ("Noto Sans CJK SC", "AR PL UMing CN")
LIGHT = ("AR PL UMing CN",)

UNEVEN = {  # a form drawn by hand in a word processor: no two parts share their columns
    "head": (9, 25, 10, 4, 4, 4, 4),
    "budget": (7, 8, 13, 9, 7, 8, 8),
    "list": (7, 9, 9, 9, 9, 9, 8),
    "projects": (7, 12, 9, 8, 8, 8, 8),
    "summary": (7, 14, 12, 9, 6, 6, 6),
    "long": (7, 8, 9, 13, 11, 7, 5),
    "annual": (7, 5, 7, 9, 7, 7, 9, 5, 4),
}
HEADING = "heading"
"""The part of a row that holds a section's label alone."""
INDICATORS = frozenset({"long", "annual"})
SECTIONS = frozenset({"budget", "list", "projects", "summary", "long", "annual"})


@dataclass(frozen=True, slots=True)
class PaperLayout:
    """Columns of each part in units of the page's width, and where section labels and headers stand."""

    form: Layout = "hubei-2025"
    columns: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: COLUMNS)
    families: tuple[str, ...] = SERIF
    landscape: bool = False
    above: frozenset[str] = frozenset()  # parts whose label is a heading row above them, not a column beside
    repeated: bool = False  # indicator tables stand alone, their header again at the top of every page
    even: bool = True  # every unit is a column of the grid, as in the sample

    @property
    def units(self) -> int:
        """Width of the page in units."""
        return sum(self.columns["head"])


LAYOUTS: dict[str, PaperLayout] = {
    "standard": PaperLayout(),
    "labels-above": PaperLayout(above=SECTIONS),
    "landscape": PaperLayout(landscape=True, families=SANS),
    "repeated-headers": PaperLayout(above=INDICATORS, repeated=True),
    "2021": PaperLayout(form="hubei-2021", families=LIGHT),
    "plain-wide": PaperLayout(columns=UNEVEN, families=LIGHT, even=False),
}


def labels_above(rows: Sequence[Row], parts: frozenset[str]) -> Iterator[Row]:
    """Take the section's column from these parts and print its label in a row of its own.

    A row that a fault has moved loses its first cell only where that is blank.
    """
    for row in rows:
        if row.part not in parts or not row.cells or (row.moved and not row.cells[0].blank):
            yield row
            continue
        first, *rest = row.cells
        if first.covered is None and first.text:
            yield Row(HEADING, [printed(first.text)], "header")
        yield replace(row, cells=rest)
