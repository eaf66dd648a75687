"""Lines of dots are filled in; dots that are no line, and print, stay as they are."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.pixel_rules.dotted import with_dots_joined
from extract.scan.pixels.ink import Pixels

HEIGHT = 24
"""Pixels of a character."""


def dots(ink: Pixels, row: int, start: int, end: int, step: int = 6) -> Pixels:
    """Dots of 3 × 3 pixels from column `start` to `end`."""
    for left in range(start, end, step):
        ink[row : row + 3, left : left + 3] = 255
    return ink


def paper() -> Pixels:
    return np.zeros((100, 300), np.uint8)


def test_a_line_of_dots_becomes_a_line() -> None:
    whole = with_dots_joined(dots(paper(), 50, 20, 280), HEIGHT)
    assert whole[51, 20:275].all() and not whole[:48].any() and not whole[55:].any()


def test_a_slanted_line_of_dots_is_one() -> None:
    ink = dots(dots(paper(), 50, 20, 150), 51, 152, 280)
    assert with_dots_joined(ink, HEIGHT)[51, 20:275].all()


@pytest.mark.parametrize(("end", "step"), [(44, 6), (280, 14)], ids=["too short", "too far apart"])
def test_other_dots_stay_dots(end: int, step: int) -> None:
    ink = dots(paper(), 50, 20, end, step)
    assert np.array_equal(with_dots_joined(ink, HEIGHT), ink)


def test_what_is_left_of_broken_characters_stays() -> None:
    ink = dots(paper(), 50, 20, 280)
    for left in range(20, 280, 8):
        ink[44:49, left : left + 3] = ink[54:58, left : left + 3] = 255
    assert np.array_equal(with_dots_joined(ink, HEIGHT), ink)


def test_lines_across_a_line_of_dots_do_not_hide_it() -> None:
    ink = dots(paper(), 50, 20, 280, 8)
    ink[:, 104:107] = ink[:, 208:211] = 255
    whole = with_dots_joined(ink, HEIGHT)
    assert whole[51, 20:275].all()
