"""Walls between cells, and strokes of characters as long as a tight row is high."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.scan.pixel_rules.gaps import LinePiece
from extract.scan.pixel_rules.strokes import is_stroke, proven_walls
from extract.scan.pixels.ink import Pixels

HEIGHT = 20
"""Of a character."""
TIGHT = [LinePiece(float(y), 0, 400) for y in (20, 44, 68, 92)]
"""Lines across, of rows hardly higher than a character."""


def ink() -> Pixels:
    """Lying on its side, as walls are looked at: along the rows."""
    return np.zeros((400, 200), np.uint8)


def wall(page: Pixels, x: int, top: int, bottom: int) -> LinePiece:
    page[x - 1 : x + 1, top:bottom] = 255
    return LinePiece(float(x), float(top), float(bottom))


def character(page: Pixels, x: int, row: float) -> None:
    """Strokes that cross an upright one at `x`, in the row from `row` down."""
    for y in (row + 6, row + 17):
        cv2.rectangle(page, (int(y), x - 9), (int(y) + 1, x + 9), 255, -1)


def test_a_wall_with_paper_beside_it_is_a_wall() -> None:
    page = ink()
    run = wall(page, 100, 20, 44)
    assert proven_walls([run], TIGHT[:2], page, HEIGHT) == [run]


def test_an_upright_stroke_with_its_character_about_it_is_none() -> None:
    page = ink()
    run = wall(page, 100, 20, 44)
    character(page, 100, 20)
    assert proven_walls([run], TIGHT[:2], page, HEIGHT) == [None]


def test_the_same_character_in_row_after_row_makes_no_wall() -> None:
    page = ink()
    run = wall(page, 100, 20, 92)
    for row in (20, 44, 68):
        character(page, 100, row)
    assert proven_walls([run], TIGHT, page, HEIGHT) == [None]


def test_a_wall_is_one_if_some_row_leaves_paper_beside_it() -> None:
    page = ink()
    run = wall(page, 100, 20, 92)
    for row in (20, 68):
        character(page, 100, row)
    assert proven_walls([run], TIGHT, page, HEIGHT) == [LinePiece(100, 44, 68)]


def test_print_right_against_a_wall_on_one_side_is_borne_through_a_taller_row() -> None:
    page = ink()
    run = wall(page, 100, 20, 68)
    page[101:110, 20:68:6] = 255
    lines = [TIGHT[0], TIGHT[2]]
    assert proven_walls([run], lines, page, HEIGHT) == [run]
    assert proven_walls([wall(page, 100, 20, 44)], TIGHT[:2], page, HEIGHT) == [None]


def test_or_where_the_wall_goes_on_elsewhere() -> None:
    page = ink()
    run, other = wall(page, 100, 20, 44), wall(page, 101, 120, 190)
    page[101:110, 20:44:6] = 255
    lines = [*TIGHT[:2], LinePiece(120, 0, 400), LinePiece(190, 0, 400)]
    assert proven_walls([run, other], lines, page, HEIGHT) == [run, other]


@pytest.mark.parametrize(("length", "stroke"), [(24, True), (120, False)])
def test_a_short_piece_with_print_on_both_sides_may_be_a_stroke(length: int, stroke: bool) -> None:
    page = ink()
    run = wall(page, 100, 20, 20 + length)
    page[99:101, 30:36] = 0  # broken, so that it is not whole
    character(page, 100, 20)
    assert is_stroke(run, page, HEIGHT) is stroke
