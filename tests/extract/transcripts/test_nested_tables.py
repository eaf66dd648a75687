"""Tables that fill a cell of another table."""

from __future__ import annotations

from extract.transcripts.nested_tables import unfold
from models.grid import Cell, Grid, Place


def cell(text: str, row: int, column: int, row_span: int = 1, column_span: int = 1) -> Cell:
    return Cell(row, column, text, Place(), row_span, column_span)


def layout(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells]


INNER = Grid(
    tuple(cell(f"{r}{c}", r, c) for r in range(2) for c in range(3)), rows=2, columns=3, spans="ruled"
)


def test_rows_and_columns_that_are_lacking_are_added() -> None:
    outer = Grid((cell("a", 0, 0), cell("", 0, 1), cell("b", 1, 0, 1, 2)), rows=2, columns=2, spans="ruled")
    found = unfold(outer, {(0, 1): INNER})
    assert (found.rows, found.columns) == (3, 4)
    assert layout(found)[0] == ("a", 0, 0, 2, 1)
    assert layout(found)[-1] == ("b", 2, 0, 1, 4)
    assert [(c.text, c.row, c.column) for c in found.cells if c.text.isdigit()] == [
        (f"{r}{c}", r, c + 1) for r in range(2) for c in range(3)
    ]


def test_a_cell_with_room_is_shared_out_evenly() -> None:
    outer = Grid((cell("a", 0, 0, 2), cell("", 0, 1, 2, 6)), rows=2, columns=7, spans="ruled")
    found = unfold(outer, {(0, 1): INNER})
    assert (found.rows, found.columns) == (2, 7)
    assert [(c.column, c.column_span) for c in found.cells if c.row == 0] == [(0, 1), (1, 2), (3, 2), (5, 2)]


def test_two_nested_tables_in_one_row_keep_their_places() -> None:
    outer = Grid((cell("", 0, 0), cell("", 0, 1)), rows=1, columns=2, spans="ruled")
    found = unfold(outer, {(0, 0): INNER, (0, 1): INNER})
    assert [c.text for c in found.cells if c.row == 0] == ["00", "01", "02", "00", "01", "02"]
    assert (found.rows, found.columns) == (2, 6)
