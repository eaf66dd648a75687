"""What a print puts on every page and no form means: page numbers, running titles, a browser's date and address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from models.grid import Grid, Piece, TextLine

SAME_PLACE = 6.0
"""Points by which the same line may stand higher or lower on another page."""
_NUMBER = re.compile(r"\d+")
_ANSWER = re.compile(r"[\u4e00-\u9fff]\s*[:：]")
_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]*\d{1,3}[-—–―·\s]*|第\s*\d{1,3}\s*页(?:[/，,、\s]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)


def without_furniture(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a paged document without lines that stand in the same place on several pages.

    One that says the same everywhere is kept once where it may be the form's: its title, or a label with its answer.
    A lone page number above or below a page's tables goes too.
    """
    first_table = next((n for n, piece in enumerate(pieces) if isinstance(piece, Grid)), len(pieces))
    head = {id(piece) for piece in pieces[:first_table]}
    lines = [piece for piece in pieces if isinstance(piece, TextLine) and piece.place.box]
    repeated: dict[str, list[TextLine]] = defaultdict(list)
    for line in lines:
        repeated[_NUMBER.sub("#", re.sub(r"\s", "", line.text))].append(line)
    dropped = {id(line) for line in lines if _is_page_number(line, pieces)}
    for alike in repeated.values():
        running = [line for line in alike if any(_runs_on(line, other) for other in alike)]
        kept = len({line.text for line in running}) == 1 and (
            id(running[0]) in head or _ANSWER.search(running[0].text)
        )
        dropped |= {id(line) for line in running[1 if kept else 0 :]}
    return tuple(piece for piece in pieces if id(piece) not in dropped)


def _runs_on(line: TextLine, other: TextLine) -> bool:
    """Whether `other` is the same line on another page."""
    here, there = line.place.box, other.place.box
    assert here is not None
    assert there is not None
    return line.place.page != other.place.page and abs(here.top - there.top) <= SAME_PLACE


def _is_page_number(line: TextLine, pieces: Sequence[Piece]) -> bool:
    """Whether the line is a number outside its page's tables, or its page's first or last line."""
    if not _PAGE_NUMBER.fullmatch(line.text.strip()):
        return False
    page = [piece for piece in pieces if _page(piece) == line.place.page]
    tables = [n for n, piece in enumerate(page) if isinstance(piece, Grid)] or [1, len(page) - 2]
    place = next(n for n, piece in enumerate(page) if piece is line)
    return not tables[0] <= place <= tables[-1]


def _page(piece: Piece) -> int | None:
    if isinstance(piece, TextLine):
        return piece.place.page
    return piece.cells[0].place.page if piece.cells else None
