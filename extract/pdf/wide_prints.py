"""A sheet printed several pages wide: the rows of one page go on at the same heights on a later page.

Such a file is recognised and not read: alone, each of its pages is a table with cells missing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.page.underlines import drawn_across
from models.page import Page

_FEWEST_EDGES = 8
"""Pages with fewer row edges are alike by chance."""
_FEWEST_HEIGHTS = 3
"""Pages whose rows have fewer different heights are alike by chance."""
_SAME_EDGE_PT = 0.4
"""Row edges of two pages no further apart than this are at one height."""
_SHARED_EDGES_SHARE = 0.95
"""Pages that share this part of their row edges hold the same rows."""
_REPEATED_SHARE = 0.1
"""A page with this share of its characters at the same places is another copy of a form, no continuation."""
MOST_PAGES = 60
"""No form has more pages; longer files are not looked at."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is kept of a page: the heights of its row edges in points, and where its characters stand."""

    heights: tuple[float, ...]
    places: frozenset[tuple[str, int, int]]


def page_to_imprint(page: Page) -> Imprint:
    """What is kept of a page to compare it with the other pages of its file."""
    places = ((char.text, round(char.box.x0), round(char.box.top)) for char in page.chars if char.text != " ")
    return Imprint(tuple(sorted({line.at for line in drawn_across(page)})), frozenset(places))


def sheets_wide(pages: Sequence[Imprint]) -> int:
    """How many pages wide the sheet was printed, whichever way its pages follow each other; 1 for other files."""
    if not any(_is_varied(page) for page in pages):
        return 1
    for step in (n for n in range(1, len(pages) // 2 + 1) if len(pages) % n == 0):
        if all(_goes_on(left, right) for left, right in zip(pages, pages[step:], strict=False)):
            return len(pages) // step
    for width in (n for n in range(2, len(pages)) if len(pages) % n == 0):
        sheets = [pages[n : n + width] for n in range(0, len(pages), width)]
        if all(_goes_on(left, right) for sheet in sheets for left, right in pairwise(sheet)):
            return width
    return 1


def _is_varied(page: Imprint) -> bool:
    return len({round(below - above) for above, below in pairwise(page.heights)}) >= _FEWEST_HEIGHTS


def _goes_on(left: Imprint, right: Imprint) -> bool:
    fewer, more = sorted((left.heights, right.heights), key=len)
    shared = sum(_holds(more, height) for height in fewer)
    if len(fewer) < _FEWEST_EDGES or shared < _SHARED_EDGES_SHARE * len(fewer):
        return False
    return len(left.places & right.places) < _REPEATED_SHARE * max(
        1, min(len(left.places), len(right.places))
    )


def _holds(heights: Sequence[float], height: float) -> bool:
    place = bisect_left(heights, height - _SAME_EDGE_PT)
    return place < len(heights) and heights[place] <= height + _SAME_EDGE_PT
