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
_SAME_WIDTH_SHARE = 0.9
"""The tables of two pages on one sheet are equally wide but for this: a form's columns are as wide on every page."""
_PAGE_HEIGHT_SHARE = 0.25
"""On a sheet of two pages one table is this high at least, of the width of both: less is no page."""
_MIDDLE_SHARES = (0.35, 0.65)
"""Between two pages and the two below them the gap lies in this part of what is printed."""
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
    return all(isinstance(content.pieces[0], Grid) for content in contents[:-1] if content.pieces)


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
    """What stands on a sheet, page by page where two pages of equal size lie side by side on it, or two above two."""
    boxes = [_place(piece) for piece in content.pieces]
    tables = [
        box for piece, box in zip(content.pieces, boxes, strict=True) if isinstance(piece, Grid) and box
    ]
    gutter = _gutter(tables)
    if gutter is None or any(box and box.x0 < gutter < box.x1 for box in boxes):
        return content
    floor = _floor(tables)
    pages: dict[tuple[bool, bool], list[Piece]] = {}
    for piece, box in zip(content.pieces, boxes, strict=True):
        x, y = box.centre if box else (0.0, 0.0)
        pages.setdefault((floor is not None and y > floor, x > gutter), []).append(piece)
    first = next(piece.edges[0][0] for piece in content.pieces if isinstance(piece, Grid) and piece.edges)
    ordered = [
        _continuing(PageContent(tuple(pages[place])), n > 0 or first > 1)
        for n, place in enumerate(sorted(pages))
    ]
    return replace(content, pieces=tuple(piece for page in ordered for piece in page.pieces))


def _gutter(tables: Sequence[Box]) -> float | None:
    """Where the gap between two pages of a sheet lies, from the boxes of its tables; `None` where there are no two."""
    around = union(tables)
    for one in tables if around else ():
        left = union(table for table in tables if table.x0 < one.x1)
        right = union(table for table in tables if table.x0 >= one.x1)
        if around is None or left is None or right is None or left.x1 > right.x0:
            continue
        alike = min(left.width, right.width) >= _SAME_WIDTH_SHARE * max(left.width, right.width)
        if alike and max(left.height, right.height) >= _PAGE_HEIGHT_SHARE * around.width:
            return (left.x1 + right.x0) / 2
    return None


def _floor(tables: Sequence[Box]) -> float | None:
    """Where the gap lies between two pages and the two below them, on a sheet that is higher than wide."""
    around = union(tables)
    if around is None or around.height < around.width:
        return None
    for one in tables:
        above = max(table.bottom for table in tables if table.top < one.bottom)
        below = min((table.top for table in tables if table.top >= one.bottom), default=around.bottom)
        share = ((above + below) / 2 - around.top) / around.height
        if above <= below < around.bottom and _MIDDLE_SHARES[0] <= share <= _MIDDLE_SHARES[1]:
            return (above + below) / 2
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
