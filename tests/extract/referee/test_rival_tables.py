"""A page with the referee's tables in place of ours is another reading; where it would lose a text there is none."""

from __future__ import annotations

from extract.referee.camelot_tables import RefereeCell
from extract.referee.rival_tables import REFEREE, cells_to_rival
from models.document import Piece, TextLine
from models.geometry import Box
from models.grid import Cell, Grid, Place


def ours(row: int, column: int, text: str, box: Box, row_span: int = 1) -> Cell:
    return Cell(row, column, text, Place(2, box), row_span=row_span, state="read" if text else "blank")


def theirs(row: int, column: int, text: str, box: Box) -> RefereeCell:
    return RefereeCell(0, row, column, 1, 1, box, text, box)


UPPER, LOWER = Box(0, 0, 100, 20), Box(0, 20, 100, 40)
JOINED = Grid(
    (ours(0, 0, "一\n二", Box(5, 5, 95, 18), 2),), 2, 1, "ruled", frozenset({0}), reader="text-layer"
)
TWO = [theirs(0, 0, "一", UPPER), theirs(1, 0, "二", LOWER)]


def grid(pieces: tuple[Piece, ...]) -> Grid:
    (found,) = (piece for piece in pieces if isinstance(piece, Grid))
    return found


def test_the_referees_rows_stand_in_place_of_ours() -> None:
    rival = cells_to_rival([JOINED], TWO, 2)
    assert rival is not None and rival.page == 2
    found = grid(rival.pieces)
    assert [(cell.row, cell.text) for cell in found.cells] == [(0, "一"), (1, "二")]
    assert (found.rows, found.columns, found.reader, found.breaks) == (2, 1, REFEREE, frozenset({0}))
    assert found.edges == ((2, (0, 100)),)


def test_what_both_read_alike_keeps_our_text_and_place() -> None:
    cell = ours(0, 0, "部门\n名称", Box(10, 5, 40, 15))
    rival = cells_to_rival([Grid((cell,), 1, 1, "ruled")], [theirs(0, 0, "部门名称", UPPER)], 2)
    assert rival is not None
    assert (grid(rival.pieces).cells[0].text, grid(rival.pieces).cells[0].place) == (cell.text, cell.place)


def test_a_reading_that_would_lose_a_text_is_none() -> None:
    assert cells_to_rival([JOINED], [theirs(0, 0, "二", Box(200, 0, 300, 40))], 2) is None


def test_a_line_inside_the_referees_table_is_not_there_twice() -> None:
    inside = TextLine("二", Place(2, Box(5, 25, 95, 35)))
    above = TextLine("标题", Place(2, Box(5, -30, 95, -10)))
    rival = cells_to_rival([above, JOINED, inside], TWO, 2)
    assert rival is not None
    assert [piece for piece in rival.pieces if isinstance(piece, TextLine)] == [above]


def test_edges_at_which_no_cell_ends_are_left_out() -> None:
    wide = RefereeCell(0, 3, 2, 1, 2, UPPER, "一二", UPPER)
    rival = cells_to_rival([JOINED], [wide], 2)
    assert rival is not None
    (cell,) = grid(rival.pieces).cells
    assert (cell.row, cell.column, cell.row_span, cell.column_span) == (0, 0, 1, 1)
