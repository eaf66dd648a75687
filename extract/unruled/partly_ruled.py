"""Pages on which only a part of the tables is ruled: what looks like a cell, or stands beside the tables, are rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.page.tables import PageTables
from extract.page.text_lines import chars_to_lines
from extract.unruled.column_rivers import line_to_words
from extract.unruled.missing_floors import JoinedRow
from models.page import Char, Page

_FEWEST_WORDS = 3
"""As many words far apart on a line are a row of a table; the lines above a form (its date and its unit) have two."""
_FEWEST_LINES = 3
"""As many such lines are rows of a table whose rules are missing."""
_FAR_SIZES = 1.5
"""Words further apart than this many type sizes stand in columns of their own."""
_FEWEST_JOINED = 2
"""Where as many rows of a ruled table lack the floor between them and the next one, its rules part no rows."""


def is_partly_ruled(page: Page, tables: PageTables, joined: Sequence[JoinedRow]) -> bool:
    """Whether rows of a page's tables are not parted by rules, although other ones are.

    `tables` are the page's tables by its rules alone, `joined` their rows that hold several.
    """
    if len(joined) >= _FEWEST_JOINED or sum(_rows_in(cell.lines) for cell in tables.cells) >= _FEWEST_LINES:
        return True
    inside = {id(char) for cell in tables.cells for char in cell.chars}
    beside = [char for char in page.chars if id(char) not in inside and not char.turn]
    return _rows_in(chars_to_lines(beside)) >= _FEWEST_LINES


def _rows_in(lines: Iterable[Sequence[Char]]) -> int:
    """How many lines of some text are cut into several columns."""
    unordered = ([replace(char, run=0) for char in line] for line in lines)
    return sum(len(line_to_words(line, _FAR_SIZES)) >= _FEWEST_WORDS for line in unordered)
