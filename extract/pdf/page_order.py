"""Pages that lie in another order than their printed numbers or their titles say, or of which one is missing between
others; and pages of a form side by side on one sheet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extract.page.text_lines import chars_to_lines, line_to_text, split_line
from models.document import PageContent, Piece, Problem
from models.geometry import Box, union
from models.grid import Grid
from models.page import Page

_EDGE_PT = 60.0
"""A page's number stands at most this far from its upper or lower edge."""
_GAP_SIZES = 1.2
"""A gap of more type sizes parts a page's number from what else stands on its line."""
_TITLE_TIMES = 1.2
"""A title's type is this many times as large as the page's usual type; of the forms known the smallest is 1.3 times."""
_FEWEST_TITLE_CHARS = 4
"""A title has this many characters at least."""
_MIDDLE_SHARES = (0.4, 0.6)
"""Between two pages of equal size on one sheet the gap lies in this part of what is printed."""
_PAGE_ROWS = 4
"""A table of a page on such a sheet has this many rows at least."""
_NUMBERED_SHARE = 0.5
"""Where fewer pages have a number, it is a value that stands at the foot by chance."""
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


def is_titled(page: Page) -> bool:
    """Whether words in larger type stand at the head of a page, above its first line: a form begins there."""
    sizes = [char.size for char in page.chars if char.text != " "]
    if not sizes:
        return False
    first = min((rule.at for rule in page.rules if rule.axis == "horizontal"), default=page.height / 2)
    least = _TITLE_TIMES * median(sizes)
    large = (char for char in page.chars if char.size >= least and char.box.bottom <= first and not char.turn)
    return sum(char.text != " " for char in large) >= _FEWEST_TITLE_CHARS


def in_printed_order(
    contents: Sequence[PageContent], numbers: Sequence[int | None], titled: Sequence[bool] = ()
) -> tuple[list[PageContent], list[Problem]]:
    """The pages of a file in the order of their printed numbers, and what is odd about these; where they have none and
    the only page that is `titled` is the last, in the reverse order.

    Nothing is said where some pages have no number or two have the same: a file of several forms counts anew.
    """
    known = [number for number in numbers if number is not None]
    if len(known) < _NUMBERED_SHARE * len(contents) and _is_reversed(contents, titled):
        message = "各页没有印刷的页码，表名在最后一页：页面次序颠倒，已按相反的次序读取。请核对。"
        return _continued(contents[::-1]), [Problem("pages-unordered", message)]
    if len(known) < max(2, len(contents)) or len(set(known)) < len(known):
        return [*contents], []
    missing = [n for n in range(min(known), max(known)) if n not in known]
    order = sorted(range(len(known)), key=known.__getitem__)
    if order == list(range(len(known))) and not missing:
        return [*contents], []
    printed = "、".join(map(str, known))
    what = f"缺第{'、'.join(map(str, missing))}页" if missing else "页面次序颠倒，已按印刷的页码读取"
    message = f"各页印刷的页码依次为{printed}：{what}。请核对。"
    return _continued([contents[n] for n in order]), [Problem("pages-unordered", message)]


def _is_reversed(contents: Sequence[PageContent], titled: Sequence[bool]) -> bool:
    """Whether a form begins on the last page only, and every page before it begins with a table."""
    if len(titled) < 2 or not titled[-1] or any(titled[:-1]):
        return False
    return all(content.pieces and isinstance(content.pieces[0], Grid) for content in contents[:-1])


def _continued(contents: Sequence[PageContent]) -> list[PageContent]:
    return [_continuing(content, place > 0) for place, content in enumerate(contents)]


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


def sheet_in_order(content: PageContent) -> PageContent:
    """What stands on a sheet, page by page from left to right where two pages of equal size lie side by side on it."""
    tables = [(piece, box) for piece in content.pieces if isinstance(piece, Grid) and (box := _place(piece))]
    gutter = _gutter([box for table, box in tables if table.rows >= _PAGE_ROWS])
    if gutter is None or any(box.x0 < gutter < box.x1 for piece in content.pieces if (box := _place(piece))):
        return content
    left = [piece for piece in content.pieces if (box := _place(piece)) is None or box.x1 <= gutter]
    right = [piece for piece in content.pieces if (box := _place(piece)) is not None and box.x0 >= gutter]
    number = min(piece.edges[0][0] for piece, _ in tables)
    first, second = (replace(content, pieces=tuple(half)) for half in (left, right))
    ordered = (*_continuing(first, number > 1).pieces, *_continuing(second, True).pieces)
    return replace(content, pieces=ordered)


def _gutter(tables: Sequence[Box]) -> float | None:
    """Where the gap between two pages of a sheet lies, from the boxes of its tables; `None` where there are no two."""
    around = union(tables)
    if around is None:
        return None
    for one in tables:
        beyond = [other for other in tables if other.x0 >= one.x1]
        others = [other for other in tables if other.x0 < one.x1]
        if not beyond or any(other.x1 > min(box.x0 for box in beyond) for other in others):
            continue
        gutter = (max(other.x1 for other in others) + min(box.x0 for box in beyond)) / 2
        share = (gutter - around.x0) / around.width
        if _MIDDLE_SHARES[0] <= share <= _MIDDLE_SHARES[1]:
            return gutter
    return None


def _place(piece: Piece) -> Box | None:
    """Where a piece stands: a table from its first edge to its last."""
    if not isinstance(piece, Grid):
        return piece.place.box
    box = union(cell.place.box for cell in piece.cells if cell.place.box)
    if box is None or not piece.edges:
        return None
    xs = piece.edges[0][1]
    return Box(min(xs[0], box.x0), box.top, max(xs[-1], box.x1), box.bottom)
