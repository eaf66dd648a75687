"""Tables as spreadsheets save them as text: tabs, commas, semicolons or bars between cells, quotes around what holds them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from extract.files.limits import UNFOLDING
from extract.transcripts.lost_merges import counts_rows, restore_merges
from models.grid import Cell, Grid, Place

_DELIMITERS = "\t,;|"
_MARKDOWN = re.compile(r"\|?(?:[ \t]*+:?-++:?[ \t]*+\|)++[ \t]*+(?::?-++:?)?")
"""The line below the head of a Markdown table."""
_FEWEST_COLUMNS = 4
"""A form has no fewer columns; running text with a comma in each line has two parts."""
_FEWEST_ROWS = 5
_ALIKE_SHARE = 0.8
"""This share of the rows is as wide as the widest: a spreadsheet pads its rows, running text does not."""

_TEXT_FORMULA = re.compile(r'\s*="([^"]*)"\s*')
"""How programs keep Excel from taking a telephone number for a number."""
_UNNAMED = re.compile(r"Unnamed: \d+(?:_level_\d+)?")
"""What pandas calls a column without a name."""
_PADDED_ROWS = 16
"""Excel pads this many rows at the top whatever they hold."""
_BLANK_SHARE = 0.25
"""This share of the cells between commas is blank under merges; running text has a word after each comma."""


def text_to_grid(text: str) -> Grid | None:
    """The table that the whole text is, every row as wide as the widest; `None` for any other text.

    Places are `line N` of the text, rows that hold nothing are left out.
    """
    for delimiter in _DELIMITERS:
        if delimiter == "|" and _is_markdown(text):
            break
        rows = _rows(text, delimiter)
        if rows is not None:
            return rows_to_padded_grid(rows)
    return None


def _is_markdown(text: str) -> bool:
    """Whether the bars of a text are those of a Markdown table: a line of dashes, or a bar before every row."""
    rows = [line.strip() for line in text.splitlines() if "|" in line]
    return all(row.startswith("|") for row in rows) or any(_MARKDOWN.fullmatch(row) for row in rows)


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]] | None:
    """The rows with the lines on which they begin, or `None` where `delimiter` does not part them alike."""
    if text.count(delimiter) < _FEWEST_ROWS * (_FEWEST_COLUMNS - 1):
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    begin = 1
    try:
        for row in reader:
            rows += [(begin, [_unformulated(text) for text in row])] if row else []
            begin = reader.line_num + 1
    except csv.Error:
        return None
    widest = max((len(row) for _, row in rows), default=0)
    if not _FEWEST_COLUMNS <= widest <= UNFOLDING.table_columns or len(rows) < _FEWEST_ROWS:
        return None
    if widest * len(rows) > UNFOLDING.cells or not _is_table([row for _, row in rows], widest, delimiter):
        return None
    return rows


def _unformulated(text: str) -> str:
    if text.startswith("Unnamed: ") and _UNNAMED.fullmatch(text):
        return ""
    found = _TEXT_FORMULA.fullmatch(text) if text.lstrip().startswith("=") else None
    return found[1] if found else text


def _is_table(rows: Sequence[Sequence[str]], widest: int, delimiter: str) -> bool:
    """Whether the rows are as wide as each other, or many of their cells are blank: running text is neither.

    Excel drops the last commas of a row from the 17th on. Blanks between tabs say nothing: OCR has them, too, but it
    writes a line outside the table without any.
    """
    if delimiter == "\t" and any(len(row) == 1 for row in rows[:_PADDED_ROWS]):
        return False
    if sum(len(row) == widest for row in rows) >= _ALIKE_SHARE * len(rows):
        return True
    parted = [row for row in rows if len(row) >= _FEWEST_COLUMNS]
    cells = [text for row in parted for text in row]
    blanks = sum(not text.strip() for text in cells)
    return delimiter != "\t" and 2 * len(parted) >= len(rows) and blanks >= _BLANK_SHARE * len(cells)


def rows_to_padded_grid(rows: Sequence[tuple[int, list[str]]]) -> Grid:
    """The rows of a sheet, each with its line in the file and padded with blanks, as a grid whose merges are found again."""
    rows = (
        [(line, row[1:]) for line, row in rows] if counts_rows([row[0] for _, row in rows if row]) else rows
    )
    lines = [line for line, row in rows if any(text.strip() for text in row)]
    columns = max(len(row) for _, row in rows)
    texts = [
        [text.strip() for text in (*row, *[""] * (columns - len(row)))]
        for _, row in rows
        if any(text.strip() for text in row)
    ]
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            cell.text,
            Place(part=f"line {lines[cell.row]}"),
            cell.row_span,
            cell.column_span,
            "read" if cell.text else "blank",
        )
        for cell in restore_merges(texts)
    )
    return Grid(cells, len(texts), columns, "inferred", reader="markup")
