"""The lines of text in a cell, and the one way in which each is cut out."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.lines.cell_lines import band_to_picture, cell_to_bands
from extract.scan.pixels.ink import Pixels, grey_to_ink, to_grey
from models.geometry import Box
from tests.scans import CHAR, blank_page, typed

CELL = Box(20, 20, 380, 280)


def ink_of(page: Pixels) -> Pixels:
    return grey_to_ink(to_grey(page))


def page_with(*tops: int) -> Pixels:
    page = blank_page(400, 300)
    for top in tops:
        typed(page, 60, top, 6)
    return page


def test_lines_are_found_from_top_to_bottom() -> None:
    bands = cell_to_bands(ink_of(page_with(40, 80)), CELL, CHAR)
    assert [(band.top, band.bottom, band.left) for band in bands] == [(40, 64, 60), (80, 104, 60)]


def test_lines_that_touch_are_cut_apart() -> None:
    page = page_with(40, 66, 92)
    cv2.rectangle(page, (100, 50), (101, 110), (0, 0, 0), -1)
    bands = cell_to_bands(ink_of(page), CELL, CHAR)
    assert [(band.top + 3) // 26 for band in bands] == [1, 2, 3]


def test_a_lone_dash_is_cut_as_high_as_a_line() -> None:
    page = blank_page(400, 300)
    cv2.rectangle(page, (100, 150), (120, 152), (0, 0, 0), -1)
    (band,) = cell_to_bands(ink_of(page), CELL, CHAR)
    assert band_to_picture(page, band, CHAR).shape[0] >= CHAR


def test_a_picture_shows_one_line_only() -> None:
    page = page_with(40, 65)
    first, second = cell_to_bands(ink_of(page), CELL, CHAR)
    for band in (first, second):
        picture = band_to_picture(page, band, CHAR)
        rows = np.flatnonzero((picture[:, :, 0] < 128).any(axis=1))
        assert len(rows) == CHAR


def test_a_blank_cell_has_no_lines_and_dirt_is_none() -> None:
    page = blank_page(400, 300)
    page[150:153, 200:203] = 0
    ink = ink_of(page)
    assert np.count_nonzero(ink) and cell_to_bands(ink, CELL, CHAR) == []


def test_specks_in_a_row_are_no_line_but_the_pieces_of_a_broken_character_are() -> None:
    page = page_with(40)
    for left in (70, 150, 220, 290):
        page[80:84, left : left + 4] = 0
    assert len(cell_to_bands(ink_of(page), CELL, CHAR)) == 1
    for left in (78, 86):
        page[80:84, left : left + 4] = 0
    assert len(cell_to_bands(ink_of(page), CELL, CHAR)) == 2
