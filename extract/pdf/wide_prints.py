"""A sheet printed several pages wide: the rows of one page go on at the same heights on a later page.

Alone, each of its pages is a table with cells missing: they are put together (`joined_prints.py`) or not read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from extract.page.underlines import drawn_across
from extract.pdf.page_order import is_titled, printed_number
from models.document import Problem
from models.geometry import Box
from models.grid import Place
from models.page import Page

_FEWEST_EDGES = 8
"""Pages that share fewer row edges in all are alike by chance."""
_FEWEST_HEIGHTS = 3
"""Pages whose rows have fewer different heights are alike by chance."""
_SAME_EDGE_PT = 0.4
"""Row edges of two pages no further apart than this are at one height."""
_SHARED_EDGES_SHARE = 0.95
"""Pages that share this part of their row edges hold the same rows."""
_SAME_ROWS_SHARE = 0.8
"""Pages of which both have this share of their row edges surely lie side by side."""
_REPEATED_SHARE = 0.1
"""A page with this share of its characters at the same places is another copy of a form, no continuation."""
_BESIDE_TITLES_SHARE = 0.2
"""Beside titles that come again on every page stand at most this many other characters, of the titles' number; and at
least this share of a page's characters stands right of them.
"""
FEWEST_TITLE_CHARS = 20
"""Titles with fewer characters are alike by chance."""
_OTHER_ROWS_SHARE = 0.1
"""Of two pages below each other one has this share more row edges where it is seen that their order comes again."""
_MARGIN_PT = 60.0
"""Page numbers and running titles stand this near a page's upper or lower edge."""
_FEWEST_CHARS = 100
"""Pages with fewer characters are alike by chance."""
_CHANGED_SHARE = 0.04
"""Two pages of which at most this share of the characters differs are one page, changed. A changed row of figures is a
hundredth of a page; of two departments' forms a tenth of the least filled page differed (counted on forged ones)."""
_SAME_PLACES_SHARE = 0.5
"""Pages with a smaller share of their characters at the very same places are not looked at closely."""
_CHARACTER_PT = 8.0
"""About the size of a character of which only the left upper corner is known."""
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
MOST_PAGES = 60
"""No form has more pages; longer files are not looked at."""


_CharPlace = tuple[str, int, int]
"""A character, and its left upper corner in whole points."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is kept of a page: the heights of its row edges in points, where its characters stand, its own height, and
    the number that is printed on it; `titled`: a form begins on it.
    """

    heights: tuple[float, ...]
    places: frozenset[tuple[str, int, int]]
    height: float
    number: int | None = None
    titled: bool = False


def page_to_imprint(page: Page) -> Imprint:
    """What is kept of a page to compare it with the other pages of its file."""
    places = ((char.text, round(char.box.x0), round(char.box.top)) for char in page.chars if char.text != " ")
    return Imprint(
        tuple(sorted({line.at for line in drawn_across(page)})),
        frozenset(places),
        page.height,
        printed_number(page),
        is_titled(page),
    )


Tiles = tuple[tuple[int, ...], ...]
"""The pages (from 0) that lie side by side, from left to right, for each page's height of a sheet from top to bottom."""


def wide_tiles(pages: Sequence[Imprint]) -> Tiles:
    """How the pages of a sheet lie that was printed several pages wide, whichever way they follow each other; nothing
    for other files.

    The last of its pages may be missing. Where all rows are equally high, pages that lie below each other may look as if
    they lay side by side: the way is taken in which the pages side by side have most row edges in common.
    """
    possible = [tiles for tiles in _possible_tiles(len(pages)) if _are_tiles(tiles, pages)]
    return max(possible, key=lambda tiles: _how_likely(tiles, pages), default=())


def _how_likely(tiles: Tiles, pages: Sequence[Imprint]) -> tuple[bool, bool, int, float]:
    """Whether all pages side by side have nearly the same row edges, whether none is missing, how many pairs these are,
    and how alike.
    """
    alike = [_alike(*pair) for pair in _pairs(tiles, pages)]
    sure = min(alike) >= _SAME_ROWS_SHARE
    return sure, len({len(row) for row in tiles}) == 1, sure * len(alike), min(alike)


def _pairs(tiles: Tiles, pages: Sequence[Imprint]) -> list[tuple[Imprint, Imprint]]:
    return [(pages[left], pages[right]) for row in tiles for left, right in pairwise(row)]


def _alike(left: Imprint, right: Imprint) -> float:
    """Which share of all row edges of two pages both have."""
    fewer, more = sorted((left.heights, right.heights), key=len)
    return sum(_holds(more, height) for height in fewer) / len(more)


def _possible_tiles(count: int) -> Iterator[Tiles]:
    """The ways to lay pages side by side: down first, then across first."""
    for high in range(1, count):
        yield tuple(tuple(range(n, count, high)) for n in range(high))
    for width in range(2, count):
        yield tuple(tuple(range(n, min(n + width, count))) for n in range(0, count, width))


def _are_tiles(tiles: Tiles, pages: Sequence[Imprint]) -> bool:
    pairs = _pairs(tiles, pages)
    shared = sum(min(len(left.heights), len(right.heights)) for left, right in pairs)
    if shared < _FEWEST_EDGES or not all(_goes_on(left, right) for left, right in pairs):
        return False
    return (
        any(_is_varied(page) for page in pages)
        or any(len(left.places & right.places) >= FEWEST_TITLE_CHARS for left, right in pairs)
        or _comes_again([[len(pages[n].heights) for n in row] for row in tiles])
    )


def _comes_again(edges: Sequence[Sequence[int]]) -> bool:
    """Whether pages side by side have equally many row edges, and others than those below them: no chance, although
    all rows are equally high.
    """
    whole = len({len(row) for row in edges}) == 1
    level = all(max(row) - min(row) <= _OTHER_ROWS_SHARE * max(row) for row in edges)
    most, fewest = max(row[0] for row in edges), min(row[0] for row in edges)
    return whole and level and most - fewest > 2 * _OTHER_ROWS_SHARE * most


@dataclass(frozen=True, slots=True)
class Repeat:
    """A page that is an earlier one once more: the number of that page (from 0), and where the earlier one is otherwise."""

    first: int
    changed: tuple[Box, ...] = ()


def repeated_pages(pages: Sequence[Imprint]) -> dict[int, Repeat]:
    """Which pages (numbers from 0) are an earlier page once more.

    Changed pages are told only in a file of one form: those of two forms may be as like. A first page with other words on
    it, not only figures, is of somebody else's form, and so are the pages behind it.
    """
    inner = [
        frozenset(place for place in page.places if _MARGIN_PT < place[2] < page.height - _MARGIN_PT)
        for page in pages
    ]
    repeated: dict[int, Repeat] = {}
    another = False
    for number, places in enumerate(inner):
        if len(places) < _FEWEST_CHARS:
            continue
        earlier = [n for n in range(number) if n not in repeated]
        alike = max(earlier, key=lambda n: len(places & inner[n]), default=None)
        if alike is None or len(places & inner[alike]) < _SAME_PLACES_SHARE * len(places):
            continue
        changed = _beyond(places, inner[alike]) | _beyond(inner[alike], places)
        if len(changed) > _CHANGED_SHARE * len(places):
            continue
        if alike == 0 or pages[alike].titled:
            another = any(_IDEOGRAPH.match(text) for text, _, _ in changed)
        if not another:
            repeated[number] = Repeat(alike, tuple(_changed_boxes(changed)))
    if sum(page.titled for n, page in enumerate(pages) if n not in repeated) > 1:
        return {number: repeat for number, repeat in repeated.items() if not repeat.changed}
    return repeated


def repeat_problem(number: int, repeat: Repeat) -> Problem:
    """What is said of page `number` (from 1) that is an earlier one once more."""
    first = repeat.first + 1
    if not repeat.changed:
        message = f"第{number}页与第{first}页相同，只读取一次。请核对是否缺页。"
        return Problem("page-repeated", message, "warning", number)
    message = f"第{number}页与第{first}页几乎相同，有几处不同，只读取了第{first}页。请核对哪一页有效。"
    places = tuple(Place(first, box) for box in repeat.changed)
    return Problem("page-repeated", message, "warning", number, places)


def _beyond(places: Set[_CharPlace], others: Set[_CharPlace]) -> set[_CharPlace]:
    """The places of characters of which `others` has none, nor one a point beside: places are rounded."""
    steps = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    return {
        (char, x, y)
        for char, x, y in places - others
        if not any((char, x + dx, y + dy) in others for dx, dy in steps)
    }


def _changed_boxes(places: Iterable[_CharPlace]) -> Iterator[Box]:
    for _, x, y in sorted(places, key=lambda place: (place[2], place[1])):
        yield Box(x, y, x + _CHARACTER_PT, y + _CHARACTER_PT)


def _is_varied(page: Imprint) -> bool:
    return len({round(below - above) for above, below in pairwise(page.heights)}) >= _FEWEST_HEIGHTS


def _goes_on(left: Imprint, right: Imprint) -> bool:
    fewer, more = sorted((left.heights, right.heights), key=len)
    shared = sum(_holds(more, height) for height in fewer)
    if not fewer or shared < _SHARED_EDGES_SHARE * len(fewer):
        return False
    alike = left.places & right.places
    smaller = min(len(left.places), len(right.places))
    return len(alike) < _REPEATED_SHARE * max(1, smaller) or _are_titles(alike, left, right)


def _are_titles(alike: frozenset[tuple[str, int, int]], left: Imprint, right: Imprint) -> bool:
    """Whether what two pages share are columns of titles, repeated at the left of each: nothing else stands there.

    Single characters further right are alike by chance.
    """
    smaller = min(len(left.places), len(right.places))
    for reach in sorted({x for _, x, _ in alike}, reverse=True):
        titles = {place for place in alike if place[1] <= reach}
        if len(alike) - len(titles) >= _REPEATED_SHARE * smaller:
            return False
        if all(_holds_titles(titles, reach, page) for page in (left, right)):
            return True
    return False


def _holds_titles(titles: Set[tuple[str, int, int]], reach: int, page: Imprint) -> bool:
    within = sum(x <= reach for _, x, _ in page.places)
    beside, beyond = within - len(titles), len(page.places) - within
    return beside <= _BESIDE_TITLES_SHARE * len(titles) and beyond >= _BESIDE_TITLES_SHARE * len(page.places)


def _holds(heights: Sequence[float], height: float) -> bool:
    place = bisect_left(heights, height - _SAME_EDGE_PT)
    return place < len(heights) and heights[place] <= height + _SAME_EDGE_PT
