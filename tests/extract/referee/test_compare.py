"""Two readings of one table are compared by text, by how they are cut, and by row and column."""

from __future__ import annotations

from dataclasses import replace

from extract.referee.camelot_tables import RefereeCell
from extract.referee.compare import find_disputes
from models.geometry import Box
from models.grid import Cell, Place

WIDE, HIGH = 80.0, 20.0
"""Points of a cell; its text stands in the middle."""


def ours(rows: int = 4, columns: int = 3) -> list[Cell]:
    return [
        Cell(row, column, f"{row}行{column}列", Place(1, text_box(row, column)))
        for row in range(rows)
        for column in range(columns)
    ]


def text_box(row: int, column: int) -> Box:
    return Box(column * WIDE + 10, row * HIGH + 5, column * WIDE + 60, row * HIGH + 15)


def theirs(rows: int = 4, columns: int = 3) -> list[RefereeCell]:
    """The same table; rows and columns are numbered from elsewhere."""
    return [
        RefereeCell(
            0,
            row + 1,
            2 * column,
            1,
            2,
            Box(column * WIDE, row * HIGH, (column + 1) * WIDE, (row + 1) * HIGH),
            f"{row}行{column}列",
        )
        for row in range(rows)
        for column in range(columns)
    ]


def differences(cells: list[Cell], referee: list[RefereeCell]) -> list[tuple[str, str]]:
    return [(dispute.difference, dispute.ours) for dispute in find_disputes([cells], referee)]


def test_equal_readings_have_no_disputes_however_they_number_rows() -> None:
    assert differences(ours(), theirs()) == []


def test_blanks_and_widths_do_not_matter() -> None:
    cells = ours()
    cells[4] = replace(cells[4], text="1 行\n１列")
    assert differences(cells, theirs()) == []


def test_a_text_that_lost_a_character_is_disputed() -> None:
    cells = ours()
    cells[4] = replace(cells[4], text="1行列")
    assert differences(cells, theirs()) == [("text", "1行列")]


def test_a_text_that_is_nowhere_here_is_lost() -> None:
    (dispute,) = find_disputes([[cell for cell in ours() if (cell.row, cell.column) != (1, 1)]], theirs())
    assert (dispute.difference, dispute.theirs) == ("lost", "1行1列")


def test_a_cell_cut_in_two_is_disputed_on_both_sides() -> None:
    cells = ours()
    whole = cells[4]
    left, right = Box(90, 25, 115, 35), Box(115, 25, 140, 35)
    cells[4:5] = [
        replace(whole, text="1行", place=Place(1, left)),
        replace(whole, text="1列", place=Place(1, right)),
    ]
    assert differences(cells, theirs()) == [("cut", "1行"), ("cut", "1列")]


def test_two_rows_read_as_one_are_disputed() -> None:
    cells = ours()
    lower = cells.pop(7)
    cells[4] = replace(cells[4], text=f"{cells[4].text}\n{lower.text}", row_span=2)
    assert [difference for difference, _ in differences(cells, theirs())] == ["text", "lost"]


def test_a_cell_in_the_wrong_column_or_row_is_astray() -> None:
    cells = ours()
    cells[4] = replace(cells[4], column=2)
    assert differences(cells, theirs()) == [("column", "1行1列")]
    cells[4] = replace(cells[4], column=1, row=2)
    assert differences(cells, theirs()) == [("row", "1行1列")]


def test_what_the_referee_has_not_seen_is_not_disputed() -> None:
    assert differences(ours(), theirs(rows=2)) == []


def test_tables_of_one_page_do_not_mix_their_rows() -> None:
    first, second = ours(2), [replace(cell, row=cell.row - 2) for cell in ours(4)[6:]]
    upper = theirs(2)
    lower = [replace(cell, table=1, row=cell.row - 3) for cell in theirs(4)[6:]]
    assert find_disputes([first, second], [*upper, *lower]) == []
