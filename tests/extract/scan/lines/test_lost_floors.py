"""Cells of two rows that a copier ran together, by where their lines of text stand."""

from __future__ import annotations

from extract.scan.lines.cell_lines import Band
from extract.scan.lines.lost_floors import lost_floors

HEIGHT = 25
"""Pixels of a usual line."""
ROWS = (0, 70, 140)
"""Borders of two rows, each of which has room for two lines."""


def line(top: int, wide: int = 100, high: int = HEIGHT) -> Band:
    return Band(top, top + high, 10, 10 + wide, 0, 140)


def test_two_lines_each_in_the_middle_of_its_row_are_two_cells() -> None:
    assert lost_floors([line(22), line(92)], ROWS, HEIGHT) == [1]


def test_two_lines_next_to_each_other_are_one_cell() -> None:
    assert lost_floors([line(40), line(76)], ROWS, HEIGHT) == []


def test_even_steps_from_line_to_line_are_one_cell() -> None:
    assert lost_floors([line(5), line(40), line(75), line(110)], ROWS, HEIGHT) == []


def test_a_wider_step_at_the_border_parts_two_cells() -> None:
    assert lost_floors([line(4), line(36), line(78), line(110)], ROWS, HEIGHT) == [1]


def test_what_is_left_of_the_line_parts_a_cell_from_a_blank_one() -> None:
    assert lost_floors([line(68, wide=20, high=4), line(92)], ROWS, HEIGHT) == [1]


def test_a_line_of_text_on_the_border_is_in_one_cell() -> None:
    assert lost_floors([line(57)], ROWS, HEIGHT) == []


def test_characters_of_a_label_one_below_the_other_are_one_cell() -> None:
    assert lost_floors([line(22, wide=25), line(92, wide=25)], ROWS, HEIGHT) == []


def test_text_at_the_top_of_a_merged_cell_is_no_cell_of_its_own() -> None:
    assert lost_floors([line(22)], ROWS, HEIGHT) == []


def test_each_of_three_rows_is_found() -> None:
    assert lost_floors([line(22), line(92), line(162)], (0, 70, 140, 210), HEIGHT) == [1, 2]
