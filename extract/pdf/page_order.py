"""Pages that lie in another order than their printed numbers say, or of which one is missing between others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.page.text_lines import chars_to_lines, line_to_text, split_line
from models.document import PageContent, Piece, Problem
from models.grid import Grid
from models.page import Page

_EDGE_PT = 60.0
"""A page's number stands at most this far from its upper or lower edge."""
_GAP_SIZES = 1.2
"""A gap of more type sizes parts a page's number from what else stands on its line."""
_BARE = re.compile(r"[-—–―·\s]*(\d{1,3})[-—–―·\s]*")
_NAMED = re.compile(r"第\s*(\d{1,3})\s*页(?:[/，,、\s]*共\s*\d{1,3}\s*页)?|(\d{1,3})\s*/\s*\d{1,3}")


def printed_number(page: Page) -> int | None:
    """The number that is printed at the foot or the head of a page; a bare one stands alone on its line."""
    printed = [char for char in page.chars if char.text != " " and not char.turn]
    low = chars_to_lines(char for char in printed if char.box.top > page.height - _EDGE_PT)
    high = chars_to_lines(char for char in printed if char.box.bottom < _EDGE_PT)
    for line in (*low[-1:], *high[:1]):
        pieces = [line_to_text(piece).strip() for piece in split_line(line, _GAP_SIZES)]
        named = [found for piece in pieces if (found := _NAMED.fullmatch(piece))]
        bare = _BARE.fullmatch(pieces[0]) if len(pieces) == 1 else None
        if named:
            return int(named[0][1] or named[0][2])
        if bare:
            return int(bare[1])
    return None


def in_printed_order(
    contents: Sequence[PageContent], numbers: Sequence[int | None]
) -> tuple[list[PageContent], list[Problem]]:
    """The pages of a file in the order of their printed numbers, and what is odd about these.

    Nothing is said where a page has no number or two have the same: a file of several forms counts anew.
    """
    known = [number for number in numbers if number is not None]
    if len(known) < max(2, len(contents)) or len(set(known)) < len(known):
        return [*contents], []
    missing = [n for n in range(min(known), max(known)) if n not in known]
    order = sorted(range(len(known)), key=known.__getitem__)
    if order == list(range(len(known))) and not missing:
        return [*contents], []
    printed = "、".join(map(str, known))
    what = f"缺第{'、'.join(map(str, missing))}页" if missing else "页面次序颠倒，已按印刷的页码读取"
    message = f"各页印刷的页码依次为{printed}：{what}。请核对。"
    ordered = [_continuing(contents[n], place > 0) for place, n in enumerate(order)]
    return ordered, [Problem("pages-unordered", message)]


def _continuing(content: PageContent, continues: bool) -> PageContent:
    """A page whose first table goes on from the page before, or does not."""
    pieces: list[Piece] = [*content.pieces]
    first = next((n for n, piece in enumerate(pieces) if isinstance(piece, Grid)), None)
    if first is None:
        return content
    grid = pieces[first]
    assert isinstance(grid, Grid)
    pieces[first] = replace(grid, breaks=frozenset({0} if continues else ()))
    return replace(content, pieces=tuple(pieces))
