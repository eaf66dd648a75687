"""Lines at a page's upper and lower edge that no table of it goes on with: its number, a browser's date and address.

Rules part them from a ruled table; on a page without rules they would be its last row, or the last line of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.page.text_lines import chars_to_lines, line_to_text, split_line
from models.page import Char, Page

_EDGE_PT = 70.0
"""Margins with something in them are no deeper: an inch, less the lower half of a line."""
_GAP_SIZES = 1.2
"""A gap of more type sizes parts a page's number from what else stands on its line; within the number are blanks."""
_CENTRED_PT = 6.0
"""A bare number is its page's when its middle is this near the paper's, or the table's own text is as far away."""
_OWN_NUMBER = re.compile(
    r"第\s*(\d{1,3})\s*[页⻚](?:[/，,、\s]*共\s*\d{1,3}\s*[页⻚])?|(\d{1,3})\s*/\s*\d{1,3}"
)
_BARE_NUMBER = re.compile(r"[-—–―·\s]*(\d{1,3})[-—–―·\s]*")
_PRINTED_AT = re.compile(
    r"\d{2,4}[/-]\d{1,2}[/-]\d{1,4}[,，]?\s*(?:上午|下午)?\s*\d{1,2}[:：]\d{2}(?:\s*[AP]M)?"
)
_ADDRESS = re.compile(r"(?:https?|file)[:：]//\S+|about[:：]blank")


def without_edges(page: Page) -> Page:
    """The page without its own number in its first or last line, and without the lines that a browser prints there."""
    edges = {id(char) for line in _edge_lines(page) for char in line}
    return replace(page, chars=tuple(c for c in page.chars if id(c) not in edges)) if edges else page


def _edge_lines(page: Page) -> Iterator[Sequence[Char]]:
    printed = [char for char in page.chars if not char.turn]
    low = chars_to_lines(char for char in printed if char.box.top > page.height - _EDGE_PT)
    high = chars_to_lines(char for char in printed if char.box.bottom < _EDGE_PT)
    for line in (*low[-1:], *high[:1]):
        if any(char.text.strip() for char in line) and _is_edge(line, page):
            yield line


def _is_edge(line: Sequence[Char], page: Page) -> bool:
    pieces = [piece for piece in split_line(line, _GAP_SIZES) if line_to_text(piece).strip()]
    texts = [line_to_text(piece).strip() for piece in pieces]
    if any(_PRINTED_AT.fullmatch(text) or _ADDRESS.fullmatch(text) for text in (texts[0], texts[-1])):
        return True
    whole = "".join(texts)
    named, bare = _OWN_NUMBER.fullmatch(whole), _BARE_NUMBER.fullmatch(whole)
    if named:
        return page.number == int(named[1] or named[2])
    middle = (pieces[0][0].box.x0 + pieces[-1][-1].box.x1) / 2
    centred = abs(middle - page.width / 2) <= _CENTRED_PT
    return bare is not None and centred and page.number == int(bare[1])
