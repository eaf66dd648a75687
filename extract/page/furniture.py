"""What a print puts on every page and no form means: page numbers, running titles, a browser's date and address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from extract.page.text_lines import chars_to_lines, line_to_text, split_line
from models.document import Piece, TextLine
from models.grid import Grid
from models.page import Page

_SAME_PLACE_PT = 6.0
"""The same line stands at most this much higher or lower on another page."""
_FOOT_PT = 60.0
"""A page's number stands at most this far above the page's bottom edge."""
_NUMBER_GAP_SIZES = 1.2
"""A gap of more type sizes parts a page's number from what else stands on its line; within the number are blanks."""
_ALIKE_SHARE = 0.8
"""A recogniser reads the same line alike in this share of its characters at least."""
_NUMBER = re.compile(r"\d+")
_ANSWER = re.compile(r"[\u4e00-\u9fff]\s*[:：]")
_PAGE_NUMBER = re.compile(
    r"[-—–―·\s]*\d{1,3}[-—–―·\s]*|第\s*\d{1,3}\s*页(?:[/，,、\s]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
)


def without_furniture(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a paged document without lines that stand in the same place on pages that follow each other.

    The title of another form in the same file comes again some pages later, and is no furniture.
    One that says the same everywhere is kept once where it may be the form's: its title, or a label with its answer.
    A lone page number above or below a page's tables goes too.
    """
    first_table = next((n for n, piece in enumerate(pieces) if isinstance(piece, Grid)), len(pieces))
    head = {id(piece) for piece in pieces[:first_table]}
    lines = [piece for piece in pieces if isinstance(piece, TextLine) and piece.place.box]
    dropped = {id(line) for line in lines if _is_page_number(line, pieces)}
    for alike in _repeated(lines):
        running = [line for line in alike if any(_runs_on(line, other) for other in alike)]
        kept = len({tuple(_NUMBER.findall(line.text)) for line in running}) == 1 and (
            id(running[0]) in head or _ANSWER.search(running[0].text)
        )
        dropped |= {id(line) for line in running[1 if kept else 0 :]}
    return tuple(piece for piece in pieces if id(piece) not in dropped)


def _repeated(lines: Sequence[TextLine]) -> Iterable[list[TextLine]]:
    """Lines that say the same but for their numbers, or nearly so where a recogniser read them."""
    groups: dict[str, list[TextLine]] = {}
    for line in lines:
        said = _NUMBER.sub("#", re.sub(r"\s", "", line.text))
        if said not in groups and line.confidence is not None:
            said = next(
                (s for s in groups if Levenshtein.normalized_similarity(s, said) >= _ALIKE_SHARE), said
            )
        groups.setdefault(said, []).append(line)
    return groups.values()


def without_page_number(page: Page) -> Page:
    """The page without its own number in the middle of its last line, where a table's frame may run over it."""
    low = [char for char in page.chars if char.box.top > page.height - _FOOT_PT]
    if not low:
        return page
    for piece in split_line(chars_to_lines(low)[-1], _NUMBER_GAP_SIZES):
        text = line_to_text(piece).strip()
        found = _NUMBER.search(text)
        if (
            found
            and text != found.group()
            and _PAGE_NUMBER.fullmatch(text)
            and int(found.group()) == page.number
        ):
            number = {id(char) for char in piece}
            return replace(page, chars=tuple(char for char in page.chars if id(char) not in number))
    return page


def _runs_on(line: TextLine, other: TextLine) -> bool:
    """Whether `other` is the same line on the page before or after."""
    here, there = line.place, other.place
    assert here.page is not None
    assert there.page is not None
    assert here.box is not None
    assert there.box is not None
    return abs(here.page - there.page) == 1 and abs(here.box.top - there.box.top) <= _SAME_PLACE_PT


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
