"""A second reader of born-digital pages, camelot: its tables with their cells, in points from the page's top left corner.

It shares nothing with our own readers: another parser (playa), another way from lines to cells, and its own way without
lines. It is slow to load and is loaded when a page is doubtful.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from extract.page.text_lines import chars_to_lines, lines_to_text
from models.geometry import Box, union
from models.page import Char, Page

Flavour = Literal["lattice", "network", "hybrid"]
"""How camelot finds tables: along drawn lines, by how words are aligned, or by both."""


class RefereeError(Exception):
    """The referee is not installed, or could not read a page; the cause is what it raised."""


@dataclass(frozen=True, slots=True)
class RefereeCell:
    """A cell as camelot sees it, of table number `table` of the page: first row and column, how many it covers.

    The box is in points from the page's top left corner, the text in lines; `ink` is around the text, `None` without.
    """

    table: int
    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    text: str
    ink: Box | None = None


def is_available() -> bool:
    """Whether camelot is installed."""
    return find_spec("camelot") is not None


def pdf_to_referee_cells(
    path: Path, page: Page, chars: Sequence[Char], flavour: Flavour
) -> list[RefereeCell]:
    """The cells of the tables that the referee sees on `page` of the PDF file at `path`.

    Their texts are those of `chars` that stand in the referee's cells: it finds lines exactly, but places the characters
    of some fonts a line too low. Raises `RefereeError`.
    """
    if not is_available():
        raise RefereeError("camelot is not installed")
    options = {"engine": "vector"} if flavour == "lattice" else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tables = _camelot().read_pdf(
                str(path), pages=str(page.number), flavor=flavour, suppress_stdout=True, **options
            )
        except Exception as error:  # broken content makes it raise whatever it likes
            raise RefereeError(f"camelot: {type(error).__name__}") from error
    cells = [cell for n, table in enumerate(tables) for cell in _table_to_cells(n, table.cells, page.height)]
    held: list[list[Char]] = [[] for _ in cells]
    for char in chars:
        holder = next((n for n, cell in enumerate(cells) if cell.box.contains(*char.box.centre)), None)
        if holder is not None:
            held[holder].append(char)
    return [_with_text(cell, own) for cell, own in zip(cells, held, strict=True)]


def _with_text(cell: RefereeCell, chars: Sequence[Char]) -> RefereeCell:
    ink = union(char.box for char in chars if char.text != " ")
    return replace(cell, text=lines_to_text(chars_to_lines(chars)), ink=ink)


def _camelot() -> Any:
    """The library, without matplotlib where that is installed: it takes a second to load and writes into the user's home."""
    drawing = sys.modules.get("matplotlib")
    sys.modules["matplotlib"] = drawing  # type: ignore[assignment]  # None: not to be found
    try:
        return import_module("camelot.io")
    finally:
        if drawing is None:
            del sys.modules["matplotlib"]


def _table_to_cells(table: int, rows: list[list[Any]], height: float) -> Iterator[RefereeCell]:
    """The cells of a table, still without text; those between which no line is drawn are one."""
    taken: set[tuple[int, int]] = set()
    for row, across in enumerate(rows):
        for column, cell in enumerate(across):
            if (row, column) in taken:
                continue
            end = column + 1
            while end < len(across) and not across[end - 1].right and (row, end) not in taken:
                end += 1
            foot = row + 1
            while foot < len(rows) and not rows[foot - 1][column].bottom:
                foot += 1
            taken.update((r, c) for r in range(row, foot) for c in range(column, end))
            box = Box(cell.x1, height - cell.y2, across[end - 1].x2, height - rows[foot - 1][column].y1)
            yield RefereeCell(table, row, column, foot - row, end - column, box, "")
