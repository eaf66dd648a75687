"""Tables whose lines the page description lacks: ruled in pixels only, or words aligned in columns."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from extract import lattice
from extract.pieces import page_to_pieces
from extract.textlines import chars_to_lines, chars_to_text_line, lines_to_text, split_line, text_to_state
from models.geometry import union
from models.grid import Cell, Grid, Piece, Place
from models.page import Char, Page, Rule

WORD_GAP = 1.0
"""A gap of this many type sizes parts two columns."""
FEWEST_COLUMNS, FEWEST_LINES = 3, 3
"""Fewer aligned columns, or fewer lines that fill that many of them, are text and not a table."""

Words = list[list[Char]]
"""The words of one line."""


def unruled_page_to_pieces(page: Page, picture: Path | None) -> tuple[Piece, ...]:
    """The pieces of a page without drawn tables.

    `picture` is its file when the page is a picture under a text layer: then camelot looks for lines in the
    pixels, when it is installed. Without lines, words aligned in columns are a table of inferred spans.
    """
    rules = _pixel_rules(picture, page) if picture is not None and lattice.is_available() else ()
    if rules:
        return page_to_pieces(replace(page, rules=rules, reader=lattice.READER))
    pieces: list[Piece] = []
    lines = [(line, split_line(line, WORD_GAP)) for line in chars_to_lines(page.chars)]
    lines = [(line, words) for line, words in lines if words]
    index = 0
    while index < len(lines):
        block = _aligned_block([words for _, words in lines[index:]])
        if block:
            pieces.append(_block_to_grid(block, page))
            index += len(block)
        else:
            pieces += (chars_to_text_line(chars, page) for chars in split_line(lines[index][0]))
            index += 1
    return tuple(pieces)


def _pixel_rules(picture: Path, page: Page) -> tuple[Rule, ...]:
    try:
        return lattice.page_to_rules(picture, page)
    except Exception as error:  # camelot has a parser of its own, which broken files break in its own ways
        logging.getLogger(__name__).warning("page %d: no lines from pixels: %s", page.number, error)
        return ()


def _aligned_block(lines: Sequence[Words]) -> list[Words]:
    """The longest run of lines from the first on that keeps three columns apart; empty when none does."""
    best: list[Words] = []
    if len(lines[0]) < FEWEST_COLUMNS:
        return best
    block: list[Words] = []
    for words in lines:
        if len(words) == 1 and len(_columns([*block, words])) < len(_columns(block)):
            break
        block.append(words)
        if len(_columns(block)) < FEWEST_COLUMNS:
            break
        if sum(len(line) >= FEWEST_COLUMNS for line in block) >= FEWEST_LINES:
            best = list(block)
    return best


def _columns(lines: Sequence[Words]) -> list[tuple[float, float]]:
    """From where to where the words of `lines` reach, words that overlap in any line taken together."""
    reaches = sorted((words[0].box.x0, words[-1].box.x1) for line in lines for words in line)
    columns = reaches[:1]
    for start, end in reaches[1:]:
        if start < columns[-1][1]:
            columns[-1] = columns[-1][0], max(end, columns[-1][1])
        else:
            columns.append((start, end))
    return columns


def _block_to_grid(block: Sequence[Words], page: Page) -> Grid:
    columns = _columns(block)
    rows: list[list[Words]] = []
    for line in block:
        filled = {_column_of(words, columns): words for words in line}
        if not rows or 0 in filled or len(filled) > len(columns) // 2:
            rows.append([[] for _ in columns])
        for column, words in filled.items():
            rows[-1][column].append(words)
    cells = []
    for number, row in enumerate(rows):
        for column, lines in enumerate(row):
            text = lines_to_text(lines)
            box = union(char.box for line in lines for char in line)
            cells.append(Cell(number, column, text, Place(page.number, box), state=text_to_state(text)))
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    edges = ((page.number, (columns[0][0], *middles, columns[-1][1])),)
    return Grid(tuple(cells), len(rows), len(columns), "inferred", edges=edges, reader=page.reader)


def _column_of(words: Sequence[Char], columns: Sequence[tuple[float, float]]) -> int:
    return next(i for i, (start, end) in enumerate(columns) if start <= words[0].box.x0 <= end)
