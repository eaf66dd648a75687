"""Specks beside a line of text go, faint characters at its ends come in."""

from __future__ import annotations

import cv2

from extract.scan.lines.cell_lines import Band, band_to_picture, cell_to_bands
from extract.scan.lines.line_ends import with_faint_ends, without_strays
from extract.scan.pixels.ink import Pixels, grey_to_ink, to_grey
from models.geometry import Box
from tests.scans import CHAR, blank_page, typed

CELL = Box(20, 20, 380, 280)
TEXT = (60, 250)
"""Where the six characters of a line begin, and where the next would stand."""


def line() -> Pixels:
    page = blank_page(400, 300)
    typed(page, TEXT[0], 40, 6)
    return page


def cleared(page: Pixels) -> Band:
    ink = grey_to_ink(to_grey(page))
    (band,) = cell_to_bands(ink, CELL, CHAR)
    return without_strays(band, page, ink, CHAR)


def test_a_speck_before_a_line_goes_and_its_picture_is_as_if_it_had_not_been() -> None:
    clean, dirty = line(), line()
    dirty[50:53, 44:47] = 0
    band = cleared(dirty)
    assert band.box == cleared(clean).box
    assert (band_to_picture(dirty, band, CHAR) == band_to_picture(clean, band, CHAR)).all()


def test_a_comma_behind_a_line_stays() -> None:
    page = line()
    page[60:64, 232:236] = 0
    assert cleared(page).right == 236


def test_pieces_of_a_broken_character_stay() -> None:
    page = line()
    for top in (42, 50, 58):
        page[top : top + 3, 44:48] = 0
    assert cleared(page).left == 44


def test_a_piece_of_a_faint_character_stays() -> None:
    page = line()
    page[42:62, 36:50] = 215
    page[50:53, 42:45] = 0
    assert cleared(page).left == 42


def test_a_faint_last_character_is_part_of_the_line() -> None:
    page = line()
    cv2.rectangle(page, (230, 42), (240, 62), (225, 225, 225), 3)
    band = with_faint_ends(cleared(page), page, CELL, CHAR)
    assert band.left == TEXT[0] and 240 <= band.right <= 244


def test_faint_dirt_is_no_character() -> None:
    page = line()
    page[50:53, 230:250] = 225
    band = cleared(page)
    assert with_faint_ends(band, page, CELL, CHAR) == band


def test_a_minus_before_a_line_stays() -> None:
    page = line()
    page[51:53, 46:51] = 0
    assert cleared(page).left == 46


def test_a_speck_behind_the_upper_part_of_a_line_goes_and_one_below_its_middle_stays() -> None:
    high, low = line(), line()
    high[42:45, 231:234] = 0
    low[59:62, 231:234] = 0
    assert cleared(high).right == cleared(line()).right
    assert cleared(low).right == 234


def test_a_point_a_third_below_the_top_of_a_line_may_be_a_comma() -> None:
    page = line()
    page[46:49, 225:228] = 0
    assert cleared(page).right == 228
