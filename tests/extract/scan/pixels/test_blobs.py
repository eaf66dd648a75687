"""Pieces of ink as boxes, how far they are from each other, and which of them are text."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.pixels.blobs import Boxes, count_near, gaps_to, hull_of, ink_to_blobs, is_text
from extract.scan.pixels.ink import Pixels

HEIGHT = 24
"""Pixels of a usual line."""


def ink_with(*boxes: tuple[int, int, int, int]) -> Pixels:
    """Ink where `boxes` (left, top, right, bottom) are."""
    ink = np.zeros((100, 200), np.uint8)
    for left, top, right, bottom in boxes:
        ink[top:bottom, left:right] = 255
    return ink


def box(*sides: int) -> Boxes:
    return np.array(sides, np.intp)


def test_pieces_that_nearly_touch_are_one() -> None:
    blobs = ink_to_blobs(ink_with((10, 10, 20, 30), (22, 10, 30, 30), (60, 10, 70, 30)), HEIGHT)
    assert sorted(blobs.tolist()) == [[10, 10, 30, 30], [60, 10, 70, 30]]


def test_a_piece_at_the_edge_keeps_its_box() -> None:
    assert ink_to_blobs(ink_with((0, 0, 10, 20)), HEIGHT).tolist() == [[0, 0, 10, 20]]


def test_no_ink_has_no_pieces() -> None:
    assert ink_to_blobs(ink_with(), HEIGHT).shape == (0, 4)


def test_the_hull_holds_all() -> None:
    assert hull_of(np.stack([box(10, 40, 20, 50), box(15, 5, 90, 45)])).tolist() == [10, 5, 90, 50]


def test_a_gap_is_measured_on_the_axis_on_which_it_is_wider() -> None:
    boxes = np.stack([box(30, 0, 40, 10), box(12, 50, 20, 60), box(5, 5, 15, 15)])
    assert gaps_to(boxes, box(0, 0, 10, 10)).tolist() == [20, 40, -1]


def test_a_box_is_near_itself_and_what_lies_within_reach() -> None:
    boxes = np.stack([box(0, 0, 4, 4), box(10, 0, 14, 4), box(30, 0, 34, 4)])
    assert count_near(boxes, boxes[0], 6) == 2


@pytest.mark.parametrize(
    ("boxes", "text"),
    [
        ([(10, 10, 14, 20)], True),
        ([(10, 10, 14, 14)], False),
        ([(10, 10, 14, 14), (20, 10, 24, 14), (10, 22, 14, 26)], True),
        ([(10, 10, 14, 14), (60, 10, 64, 14), (110, 10, 114, 14)], False),
    ],
    ids=["part of a character", "speck", "pieces near each other", "specks far from each other"],
)
def test_text_is_more_than_specks(boxes: list[tuple[int, int, int, int]], text: bool) -> None:
    assert is_text(ink_to_blobs(ink_with(*boxes), HEIGHT), HEIGHT) is text


def test_pieces_three_pixels_apart_are_two() -> None:
    assert len(ink_to_blobs(ink_with((10, 10, 20, 30), (24, 10, 30, 30)), HEIGHT)) == 2


def test_in_larger_print_pieces_five_pixels_apart_are_still_two() -> None:
    assert len(ink_to_blobs(ink_with((10, 10, 20, 30), (24, 10, 30, 30)), 34)) == 1
    assert len(ink_to_blobs(ink_with((10, 10, 20, 30), (25, 10, 30, 30)), 34)) == 2
