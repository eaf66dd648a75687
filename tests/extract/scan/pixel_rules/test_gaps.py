"""What is missing of a line between two crossings comes back where the ink shows it."""

from __future__ import annotations

import numpy as np

from extract.scan.pixel_rules.gaps import LinePiece, missing_pieces
from extract.scan.pixels.ink import Pixels

HEIGHT = 24
"""Pixels of a character."""
WALLS = [LinePiece(float(x), 10, 190) for x in (20, 120, 220, 320)]
ROW = 100


def ink_with(*stretches: tuple[int, int], row: int = ROW) -> Pixels:
    """A page of 200 × 340 pixels with a line of 2 pixels along `row` on these stretches."""
    ink = np.zeros((200, 340), np.uint8)
    for start, end in stretches:
        ink[row - 1 : row + 1, start:end] = 255
    return ink


def found(pieces: list[LinePiece], ink: Pixels, stroke: bool = False) -> list[tuple[float, float]]:
    missing = missing_pieces(pieces, WALLS, ink, ink, HEIGHT, lambda piece: stroke)
    return [(piece.start, piece.end) for piece in missing]


def test_a_way_on_which_pieces_lie_mostly_is_made_whole() -> None:
    assert found([LinePiece(ROW, 20, 90)], ink_with((20, 90))) == [(20, 120)]


def test_a_way_with_what_is_left_of_a_line_is_a_line() -> None:
    pieces = [LinePiece(ROW, 20, 120)]
    assert found(pieces, ink_with((20, 120), (122, 140), (150, 180), (190, 218))) == [(120, 220)]


def test_a_way_without_ink_is_none() -> None:
    assert found([LinePiece(ROW, 20, 120)], ink_with((20, 120))) == []


def test_a_way_next_to_no_ruled_one_is_not_looked_at() -> None:
    assert found([LinePiece(ROW, 20, 120)], ink_with((20, 120), (222, 318))) == []


def test_a_way_that_only_goes_on_from_a_line_may_be_a_stroke_of_a_character() -> None:
    ink = ink_with((20, 120), (122, 218))
    assert found([LinePiece(ROW, 20, 120)], ink) == [(120, 220)]
    assert found([LinePiece(ROW, 20, 120)], ink, stroke=True) == []


def test_between_two_pieces_of_a_line_a_stroke_is_part_of_it() -> None:
    ink = ink_with((20, 120), (122, 218), (220, 320))
    pieces = [LinePiece(ROW, 20, 120), LinePiece(ROW, 220, 320)]
    assert found(pieces, ink, stroke=True) == [(120, 220)]


def test_print_that_fills_the_row_is_no_line() -> None:
    ink = ink_with((20, 120))
    ink[ROW - 12 : ROW + 12, 125:216:6] = 255
    ink[ROW - 1 : ROW + 1, 125:216:2] = 255
    assert found([LinePiece(ROW, 20, 120)], ink) == []


def test_a_line_is_looked_for_where_it_slants_to() -> None:
    pieces = [LinePiece(ROW, 20, 120), LinePiece(ROW + 3, 120, 220)]
    assert found(pieces, ink_with((222, 318), row=ROW + 4)) == [(220, 320)]
    assert found(pieces, ink_with((222, 318), row=ROW - 2)) == []


def test_lines_that_end_together_make_the_open_side_of_a_table() -> None:
    walls = WALLS[:-1]
    lines = [LinePiece(float(y), 20, 320) for y in (40, 80, 120, 160)]
    short = LinePiece(100, 20, 300)
    ink = ink_with((20, 300))
    missing = missing_pieces([*lines, short], walls, ink, ink, HEIGHT, lambda piece: False)
    assert [(piece.start, piece.end) for piece in missing if piece.at == 100] == [(220, 320)]


def test_without_lines_across_nothing_is_missing() -> None:
    ink = ink_with((20, 90))
    assert list(missing_pieces([LinePiece(ROW, 20, 90)], [], ink, ink, HEIGHT, lambda piece: False)) == []
