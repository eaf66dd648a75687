"""Pages of a sheet that was printed several pages wide, put side by side where their columns fit: one wide page.

A program that prints so cuts between two columns and draws what stands across the cut on both pages, clipped at the cut:
the page at the right goes on where the rows of the one at the left end. Columns of titles come again on every page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.page.furniture import without_page_number
from extract.page.underlines import drawn_across
from extract.pdf.prints import Print
from extract.pdf.sight.visibility import Unseen
from extract.pdf.wide_prints import FEWEST_TITLE_CHARS
from models.cell_reading import CellReading, ReadCells
from models.document import PageContent, Piece
from models.geometry import Box
from models.grid import Grid, Place
from models.page import Char, Page, Rule

_LEVEL_PT = 1.0
"""Rows end at one abscissa, and a character is drawn on two pages, when they differ by no more than this."""
_LEVEL_SHARE = 0.5
"""This share of the rows of a page ends where its widest row does: there the sheet was cut."""
_PAPER_EDGE_PT = 2.0
"""A table that ends this near the paper's edge goes on beyond it: the paper was cut, not the sheet."""
_TITLES_SHARE = 0.9
"""This share of the characters in columns of titles comes again on the other page."""
_OVERLAP_SHARE = 0.5
"""Characters of two pages that share this part of the narrower one's width cannot both stand there."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a page lies on its sheet: its number, its quarter turns, the abscissa on the sheet where it begins, and how
    far to the right of its own place it lies, in points.
    """

    number: int
    turn: int
    begin: float
    shift: float


@dataclass(frozen=True, slots=True)
class JoinedPrint:
    """A sheet as one page, whose number is that of its first tile, and its tiles from left to right."""

    seen: Print
    tiles: tuple[Tile, ...]


def join_prints(rows: Sequence[Sequence[Print]]) -> list[JoinedPrint] | None:
    """The pages of a sheet, from left to right in each of the rows from top to bottom, as one page for each row.

    `None` where their columns do not fit.
    """
    if any(one.damaged or one.pictured for row in rows for one in row):
        return None
    rows = [[replace(one, page=without_page_number(one.page)) for one in row] for row in rows]
    try:
        titles = _end_of_titles([(row[0].page, one.page) for row in rows for one in row[1:]])
        return [_row_to_sheet(row, titles) for row in rows]
    except _MisfitError:
        return None


class _MisfitError(Exception):
    """Pages of a sheet that cannot be put side by side."""


def _row_to_sheet(row: Sequence[Print], titles: float) -> JoinedPrint:
    sheet = row[0]
    tiles = [Tile(sheet.page.number, sheet.turn, 0.0, 0.0)]
    for right in row[1:]:
        end, start = _end_of_rows(sheet.page), max(titles, _start_of_rows(right.page))
        moved = _moved(_without_titles(right, row[0], titles), start, end - start)
        sheet = _joined(sheet, moved, end)
        tiles.append(Tile(right.page.number, right.turn, end, end - start))
    return JoinedPrint(sheet, tuple(tiles))


def _end_of_rows(page: Page) -> float:
    """Where the rows of a page end at the right, if they end together, and before the paper does."""
    ends = [line.end for line in drawn_across(page)]
    last = max(ends, default=page.width)
    level = sum(last - end <= _LEVEL_PT for end in ends) >= _LEVEL_SHARE * len(ends)
    if not level or last >= page.width - _PAPER_EDGE_PT:
        raise _MisfitError
    return last


def _start_of_rows(page: Page) -> float:
    """Where the rows of a page begin at the left, if right of the paper's edge."""
    begin = min((line.start for line in drawn_across(page)), default=0.0)
    if begin <= _PAPER_EDGE_PT:
        raise _MisfitError
    return begin


def _end_of_titles(pairs: Sequence[tuple[Page, Page]]) -> float:
    """Where the columns end that come again at the left of every page; 0 where none do.

    `pairs` are the first page of its row of pages and another one of it.
    """
    here = {(n, *place) for n, (_, page) in enumerate(pairs) for place in _places(page)}
    there = {(n, *place) for n, (first, _) in enumerate(pairs) for place in _places(first)}
    if len(here & there) < FEWEST_TITLE_CHARS:
        return 0.0
    walls = {rule.at for _, page in pairs for rule in page.rules if rule.axis == "vertical"}
    for wall in sorted(walls, reverse=True):
        inside = [{place for place in places if place[2] < wall} for places in (here, there)]
        if len(inside[0] & inside[1]) >= max(FEWEST_TITLE_CHARS, _TITLES_SHARE * max(map(len, inside))):
            return wall
    raise _MisfitError


def _without_titles(seen: Print, first: Print, end: float) -> Print:
    """A page without the characters at the left of `end` that stand at the same place of its row's first page."""
    if not end:
        return seen
    printed = [char for char in first.page.chars if char.box.x0 < end]
    printed += (char for char in _clipped(first.unseen) if char.box.x0 < end)
    chars = tuple(_without_twins(seen.page.chars, printed))
    clipped = set(map(id, _without_twins(_clipped(seen.unseen), printed)))
    unseen = tuple(one for one in seen.unseen if one[1] != "clipped" or id(one[0]) in clipped)
    return replace(seen, page=replace(seen.page, chars=chars), unseen=unseen)


def _places(page: Page) -> set[tuple[str, int, int]]:
    return {(c.text, round(c.box.centre[0]), round(c.box.top)) for c in page.chars if c.text != " "}


def _moved(seen: Print, start: float, shift: float) -> Print:
    """What stands right of `start` on a page, moved to the right."""

    def boxes(all_of_them: Iterable[Box]) -> tuple[Box, ...]:
        return tuple(_moved_box(box, shift) for box in all_of_them if box.x1 > start)

    def chars(all_of_them: Iterable[Char]) -> tuple[Char, ...]:
        return tuple(replace(c, box=_moved_box(c.box, shift)) for c in all_of_them if c.box.x1 > start)

    page = seen.page
    rules = tuple(_moved_rules(page.rules, start, shift))
    marks = (replace(mark, box=_moved_sides(mark.box, shift)) for mark in seen.marks if mark.box[2] > start)
    return replace(
        seen,
        page=replace(page, width=page.width + shift, chars=chars(page.chars), rules=rules),
        unseen=tuple((moved, why) for char, why in seen.unseen for moved in chars([char])),
        overlaid=chars(seen.overlaid),
        marks=tuple(marks),
        outlined=boxes(seen.outlined),
        pictures=boxes(seen.pictures),
        strays=boxes(seen.strays),
        crossed=boxes(seen.crossed),
    )


def _moved_sides(box: tuple[float, float, float, float], shift: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return (left + shift, top, right + shift, bottom)


def _moved_box(box: Box, shift: float) -> Box:
    return Box(box.x0 + shift, box.top, box.x1 + shift, box.bottom)


def _moved_rules(rules: Iterable[Rule], start: float, shift: float) -> Iterator[Rule]:
    for rule in rules:
        if rule.axis == "vertical" and rule.at >= start - _LEVEL_PT:
            yield replace(rule, at=max(rule.at, start) + shift)
        elif rule.axis == "horizontal" and rule.end > start:
            yield replace(rule, start=max(rule.start, start) + shift, end=rule.end + shift)


def _joined(left: Print, right: Print, seam: float) -> Print:
    """Two parts of a sheet as one, if no two characters stand at one place at the seam.

    What lies beyond the paper of one of them stands on the other.
    """
    runs = max((char.run for char in left.page.chars), default=0)
    added = _without_twins(right.page.chars, left.page.chars)
    if _collide(left.page.chars, added, seam):
        raise _MisfitError
    chars = (*left.page.chars, *(replace(char, run=char.run and char.run + runs) for char in added))
    halved = _twins(_clipped(left.unseen), _clipped(right.unseen))
    chars = (*chars, *(char for char in halved if _is_cut_at(seam, char, left.page)))
    page = replace(
        left.page,
        width=max(left.page.width, right.page.width),
        height=max(left.page.height, right.page.height),
        chars=chars,
        rules=(*left.page.rules, *right.page.rules),
    )
    clipped = _without_twins(_clipped((*left.unseen, *right.unseen)), chars)
    unseen = [one for one in (*left.unseen, *right.unseen) if one[1] != "clipped"]
    return Print(
        page,
        0,
        0.0,
        left.outlines + right.outlines,
        (*unseen, *((char, "clipped") for char in clipped)),
        (*left.overlaid, *right.overlaid),
        marks=(*left.marks, *right.marks),
        outlined=(*left.outlined, *right.outlined),
        pictures=(*left.pictures, *right.pictures),
        strays=(*left.strays, *right.strays),
        crossed=(*left.crossed, *right.crossed),
    )


def _is_cut_at(seam: float, char: Char, page: Page) -> bool:
    """Whether a character was cut in two at the seam, not above or below the rows as well."""
    rows = [line.at for line in drawn_across(page)]
    return char.box.x0 < seam < char.box.x1 and rows[0] < char.box.centre[1] < rows[-1]


def _clipped(unseen: Iterable[tuple[Char, Unseen]]) -> list[Char]:
    return [char for char, why in unseen if why == "clipped"]


def _without_twins(chars: Iterable[Char], others: Iterable[Char]) -> list[Char]:
    """The characters that are not among the others at the same place."""
    chars = list(chars)
    twins = {id(char) for char in _twins(chars, others)}
    return [char for char in chars if id(char) not in twins]


def _twins(chars: Iterable[Char], others: Iterable[Char]) -> list[Char]:
    """The characters that are among the others at the same place."""
    near = {
        (char.text, round(char.box.x0 / _LEVEL_PT) + dx, round(char.box.top / _LEVEL_PT) + dy)
        for char in others
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    }
    return [c for c in chars if (c.text, round(c.box.x0 / _LEVEL_PT), round(c.box.top / _LEVEL_PT)) in near]


def _collide(left: Iterable[Char], right: Iterable[Char], seam: float) -> bool:
    """Whether a character of the left part stands where one of the right part does: it was not cut at the seam."""
    reaching = [char for char in left if char.box.x1 > seam and char.text.strip()]
    begun = [char for char in right if char.box.x0 < seam + char.size and char.text.strip()]
    return any(_overlap(one.box, other.box) for one in reaching for other in begun)


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > _OVERLAP_SHARE * min(one.width, other.width) and down > _OVERLAP_SHARE * min(
        one.height, other.height
    )


def on_their_pages(content: PageContent, tiles: Sequence[Tile]) -> PageContent:
    """What stands on a sheet, each thing placed on the page where it was printed."""

    def placed(place: Place) -> Place:
        if place.box is None:
            return place
        tile = _tile_at(tiles, place.box.centre[0])
        return replace(place, page=tile.number, box=_moved_box(place.box, -tile.shift))

    pieces: list[Piece] = []
    for piece in content.pieces:
        if isinstance(piece, Grid):
            cells = tuple(replace(cell, place=placed(cell.place)) for cell in piece.cells)
            pieces.append(replace(piece, cells=cells))
        else:
            pieces.append(replace(piece, place=placed(piece.place)))
    problems = (replace(one, places=tuple(map(placed, one.places))) for one in content.problems)
    return replace(content, pieces=tuple(pieces), problems=tuple(problems))


def reading_tiles(read_cells: ReadCells, tiles: Sequence[Tile]) -> ReadCells:
    """Reads cells of a sheet in the pictures of the pages where most of each was printed."""

    def read(number: int, turn: int, boxes: Sequence[Box]) -> list[CellReading]:
        found: list[CellReading] = []
        for box in boxes:
            tile = _tile_at(tiles, box.centre[0])
            found += read_cells(tile.number, tile.turn, [_moved_box(box, -tile.shift)])
        return found

    return read


def _tile_at(tiles: Sequence[Tile], x: float) -> Tile:
    return next(tile for tile in reversed(tiles) if x >= tile.begin or tile is tiles[0])
