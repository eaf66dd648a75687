"""A page whose own text is read: its tables where they are ruled, else as its words stand; and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.page.tables import PageTables, page_to_tables
from extract.pdf.oddities import disputed_cells, oddities, with_pictures_read
from extract.pdf.print_scale import reading_scale, scaled_print
from extract.pdf.prints import Print
from extract.unruled.missing_floors import JoinedRow, joined_rows
from extract.unruled.partly_ruled import is_partly_ruled
from extract.unruled.reader import unruled_page_to_tables
from models.cell_reading import UNREAD_CELL, CellReading, ReadCells
from models.document import PageContent, Piece, Problem
from models.geometry import Box
from models.grid import Grid, Place
from models.page import Page

_TAIL_SHARE = 0.3
"""A table's single row that is no higher than this share of its page is a row, not a frame around many."""
_INFERRED = "的表格没有框线，行列按文字位置推断，请核对"
_PARTLY = "的表格只画了一部分框线，其余行列按文字位置推断，请核对"


def read_print(seen: Print, read_cells: ReadCells | None) -> PageContent:
    """What stands on a page by its own text; single cells that only their picture can decide are read by `read_cells`."""
    scale = reading_scale(seen.page)
    if scale == 1.0:
        return _read_print_of_usual_size(seen, read_cells)

    def read_larger(number: int, turn: int, boxes: Sequence[Box]) -> Sequence[CellReading]:
        assert read_cells is not None
        return read_cells(number, turn, [box.scaled(1 / scale) for box in boxes])

    content = _read_print_of_usual_size(scaled_print(seen, scale), read_larger if read_cells else None)
    return _scaled_content(content, 1 / scale)


def _scaled_content(content: PageContent, scale: float) -> PageContent:
    """What stands on a page, placed on the page made `scale` times larger."""

    def scaled(place: Place) -> Place:
        return replace(place, box=place.box.scaled(scale)) if place.box else place

    pieces: list[Piece] = []
    for piece in content.pieces:
        if isinstance(piece, Grid):
            cells = tuple(replace(cell, place=scaled(cell.place)) for cell in piece.cells)
            edges = tuple((page, tuple(x * scale for x in xs)) for page, xs in piece.edges)
            pieces.append(replace(piece, cells=cells, edges=edges))
        else:
            pieces.append(replace(piece, place=scaled(piece.place)))
    problems = (replace(one, places=tuple(map(scaled, one.places))) for one in content.problems)
    return replace(content, pieces=tuple(pieces), problems=tuple(problems))


def _read_print_of_usual_size(seen: Print, read_cells: ReadCells | None) -> PageContent:
    page = seen.page
    tables = page_to_tables(page)
    joined = list(joined_rows(tables))
    problems: list[Problem] = []
    ruled = has_ruled_table(tables.pieces, page)
    if not ruled or is_partly_ruled(page, tables, joined):
        tables = unruled_page_to_tables(page)
        if any(isinstance(piece, Grid) and piece.spans == "inferred" for piece in tables.pieces):
            problems.append(_unruled_problem(page, partly=ruled))
    elif joined:
        tables = _with_missing_floors(page, joined)
        problems.append(_joined_problem(page, joined))
    pieces = tables.pieces
    disputed = disputed_cells(seen, tables)
    if disputed:
        boxes = [cell.box for cell in disputed]
        readings = read_cells(page.number, seen.turn, boxes) if read_cells else [UNREAD_CELL] * len(boxes)
        pieces, doubts = with_pictures_read(pieces, disputed, readings, page.number)
        problems += doubts
    return PageContent(pieces, (*problems, *oddities(seen, tables)))


def _unruled_problem(page: Page, *, partly: bool) -> Problem:
    """What to tell of a page whose rows and columns were inferred; where rules are missing here and there, no row is sure."""
    if not partly:
        return Problem("page-unruled", f"第{page.number}页{_INFERRED}。", "warning", page.number)
    whole = Place(page.number, Box(0.0, 0.0, page.width, page.height))
    return Problem("page-unruled", f"第{page.number}页{_PARTLY}。", "warning", page.number, (whole,))


def _with_missing_floors(page: Page, joined: Sequence[JoinedRow]) -> PageTables:
    """The tables of a page with the floors that they lack between rows."""
    floors = [rule for row in joined for rule in row.floors]
    return page_to_tables(replace(page, rules=(*page.rules, *floors)))


def _joined_problem(page: Page, joined: Sequence[JoinedRow]) -> Problem:
    """Where rows of a page were parted by a guess."""
    places = tuple(Place(page.number, row.box) for row in joined)
    message = f"第{page.number}页有{len(joined)}行可能缺少行线，行按文字位置推断，请核对。"
    return Problem("rows-joined", message, "warning", page.number, places)


def has_ruled_table(pieces: Iterable[Piece], page: Page) -> bool:
    """Whether one of the tables of a page is drawn with rules that part its rows and columns."""
    return any(isinstance(piece, Grid) and _is_ruled(piece, page) for piece in pieces)


def _is_ruled(grid: Grid, page: Page) -> bool:
    """Whether rules part a table's rows and columns; a row alone may be the tail of the page before."""
    if min(grid.rows, grid.columns) > 1:
        return True
    walls = [rule for rule in page.rules if rule.axis == "vertical"]
    drawn = max((rule.end for rule in walls), default=0.0) - min((rule.start for rule in walls), default=0.0)
    closed = any(rule.axis == "horizontal" for rule in page.rules)
    return grid.columns > 1 and closed and drawn <= _TAIL_SHARE * page.height
