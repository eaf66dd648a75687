"""Characters too faint to be ink in a cell that looks blank."""

from __future__ import annotations

import numpy as np

from extract.scan.lines.faint_lines import faint_line
from extract.scan.pixels.ink import Pixels
from models.geometry import Box

HEIGHT = 24.0
"""Pixels of a usual line."""
CELL = Box(0, 0, 200, 60)
"""The cell that is looked at."""


def page(level: int, *sides: int) -> Pixels:
    """Paper, and a mark of this brightness in the box `sides` (left, top, right, bottom)."""
    pixels = np.full((60, 200, 3), 250, np.uint8)
    left, top, right, bottom = sides
    pixels[top:bottom, left:right] = level
    return pixels


def test_a_faint_character_is_found_where_it_stands() -> None:
    band = faint_line(page(215, 90, 20, 102, 40), CELL, HEIGHT)
    assert band is not None
    assert abs(band.left - 90) <= 1 and abs(band.right - 102) <= 1
    assert abs(band.top - 20) <= 1 and abs(band.bottom - 40) <= 1


def test_a_speck_a_border_and_clean_paper_are_no_characters() -> None:
    assert faint_line(page(215, 90, 20, 94, 24), CELL, HEIGHT) is None
    assert faint_line(page(215, 0, 0, 200, 3), CELL, HEIGHT) is None
    assert faint_line(page(250, 0, 0, 1, 1), CELL, HEIGHT) is None


def test_haze_lighter_than_a_copier_leaves_is_paper() -> None:
    assert faint_line(page(242, 90, 20, 102, 40), CELL, HEIGHT) is None


def test_a_shade_higher_than_a_line_is_no_text() -> None:
    assert faint_line(page(215, 90, 8, 102, 52), CELL, HEIGHT) is None


def test_a_cell_lower_than_a_line_has_none() -> None:
    assert faint_line(page(215, 0, 0, 50, 12), Box(0, 0, 200, 14), HEIGHT) is None
