"""A sheet printed several pages wide: the rows of one page go on at the same heights on a later page.

Such a file is recognised and not read: alone, each of its pages is a table with cells missing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from extract.page.underlines import drawn_across
from extract.pdf.page_order import printed_number
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
_BESIDE_TITLES_SHARE = 0.2
"""Beside titles that come again on every page stand at most this many other characters, of the titles' number; and at
least this share of a page's characters stands right of them.
"""
_MARGIN_PT = 60.0
"""Page numbers and running titles stand this near a page's upper or lower edge."""
_FEWEST_CHARS = 100
"""Pages with fewer characters are alike by chance."""
MOST_PAGES = 60
"""No form has more pages; longer files are not looked at."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is kept of a page: the heights of its row edges in points, where its characters stand, its own height, and
    the number that is printed on it.
    """

    heights: tuple[float, ...]
    places: frozenset[tuple[str, int, int]]
    height: float
    number: int | None = None


def page_to_imprint(page: Page) -> Imprint:
    """What is kept of a page to compare it with the other pages of its file."""
    places = ((char.text, round(char.box.x0), round(char.box.top)) for char in page.chars if char.text != " ")
    return Imprint(
        tuple(sorted({line.at for line in drawn_across(page)})),
        frozenset(places),
        page.height,
        printed_number(page),
    )


def sheets_wide(pages: Sequence[Imprint]) -> int:
    """How many pages wide the sheet was printed, whichever way its pages follow each other; 1 for other files.

    The last of its pages may be missing.
    """
    count = len(pages)
    if not any(_is_varied(page) for page in pages):
        return 1
    for step in range(1, count):
        if all(_goes_on(left, right) for left, right in zip(pages, pages[step:], strict=False)):
            return ceil(count / step)
    for width in range(2, count):
        sheets = [pages[n : n + width] for n in range(0, count, width)]
        if all(_goes_on(left, right) for sheet in sheets for left, right in pairwise(sheet)):
            return width
    return 1


def repeated_pages(pages: Sequence[Imprint]) -> dict[int, int]:
    """Which pages (numbers from 0) are an earlier page once more: the number of that page for each."""
    first: dict[frozenset[tuple[str, int, int]], int] = {}
    repeated = {}
    for number, page in enumerate(pages):
        inner = frozenset(place for place in page.places if _MARGIN_PT < place[2] < page.height - _MARGIN_PT)
        if len(inner) < _FEWEST_CHARS:
            continue
        if inner in first:
            repeated[number] = first[inner]
        else:
            first[inner] = number
    return repeated


def _is_varied(page: Imprint) -> bool:
    return len({round(below - above) for above, below in pairwise(page.heights)}) >= _FEWEST_HEIGHTS


def _goes_on(left: Imprint, right: Imprint) -> bool:
    fewer, more = sorted((left.heights, right.heights), key=len)
    shared = sum(_holds(more, height) for height in fewer)
    if len(fewer) < _FEWEST_EDGES or shared < _SHARED_EDGES_SHARE * len(fewer):
        return False
    alike = left.places & right.places
    smaller = min(len(left.places), len(right.places))
    return len(alike) < _REPEATED_SHARE * max(1, smaller) or _are_titles(alike, left, right)


def _are_titles(alike: frozenset[tuple[str, int, int]], left: Imprint, right: Imprint) -> bool:
    """Whether what two pages share are columns of titles, repeated at the left of each: nothing else stands there."""
    reach = max(x for _, x, _ in alike)
    return all(
        sum(x <= reach for _, x, _ in page.places - alike) <= _BESIDE_TITLES_SHARE * len(alike)
        and sum(x > reach for _, x, _ in page.places) >= _BESIDE_TITLES_SHARE * len(page.places)
        for page in (left, right)
    )


def _holds(heights: Sequence[float], height: float) -> bool:
    place = bisect_left(heights, height - _SAME_EDGE_PT)
    return place < len(heights) and heights[place] <= height + _SAME_EDGE_PT
