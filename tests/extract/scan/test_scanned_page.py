"""A page made ready to be read: its tables, its ink without lines and seals, and the way back to its picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.scan.page_picture import PagePicture
from extract.scan.pixels.ink import Pixels, as_pixels
from extract.scan.scanned_page import ScannedPage, picture_to_scanned_page
from models.geometry import Box
from tests.scans import CHAR, DENSITY, XS, YS, CountingEngine, blank_page, form, ruled, typed


def scanned(page: Pixels) -> ScannedPage:
    found = picture_to_scanned_page(PagePicture(2, page, DENSITY), CountingEngine())
    assert found is not None
    return found


def test_the_table_is_found_in_points() -> None:
    (table,) = scanned(form()).lattices
    assert table.xs == pytest.approx([x / DENSITY for x in XS], abs=0.5)


def test_ruling_lines_are_no_ink_of_text() -> None:
    page = scanned(form())
    assert not page.ink[:, XS[1] - 2 : XS[1] + 3].any() and not page.ink[YS[1] - 2 : YS[1] + 3].any()
    assert page.ink[YS[0] + 20 : YS[0] + 44, XS[0] + 20 : XS[0] + 40].any()
    assert int(page.pixels[YS[1] - 1 : YS[1] + 2].min()) > 200


def test_the_height_of_a_line_is_measured() -> None:
    assert scanned(form()).height == pytest.approx(CHAR, abs=1)


def test_a_blank_page_is_none() -> None:
    assert picture_to_scanned_page(PagePicture(1, blank_page(), DENSITY), CountingEngine()) is None


def test_a_box_around_a_large_character_of_a_title_is_no_table() -> None:
    page = form()
    ruled(page, (400, 480), (20, 100))
    assert len(scanned(page).lattices) == 1


def test_a_table_drawn_in_a_cell_is_part_of_its_cell() -> None:
    page = form()
    ruled(page, (540, 680, 820), (450, 500, 550))
    assert [len(table.xs) for table in scanned(page).lattices] == [len(XS)]


def test_a_red_seal_is_kept_apart_from_the_text() -> None:
    page = form()
    cv2.circle(page, (680, 500), 50, (40, 40, 220), 6)
    found = scanned(page)
    (seal,) = found.seals
    assert seal.box.x0 < 640 and seal.box.x1 > 720
    assert not found.ink[YS[4] + 5 : YS[5] - 5, XS[2] + 5 : XS[3] - 5].any()


def test_a_place_leads_back_to_the_page_as_handed_in() -> None:
    page = as_pixels(cv2.rotate(form(), cv2.ROTATE_180))
    found = scanned(page)
    place, corners = found.place(Box(0, 0, 90, 70)), found.corners(Box(0, 0, 90, 70))
    assert place.page == 2 and place.box is not None
    assert (place.box.x0 * DENSITY, place.box.top * DENSITY) == pytest.approx((810, 630), abs=2)
    assert (corners * DENSITY).tolist()[0] == pytest.approx([899, 699], abs=2)


def test_print_outside_tables_stays() -> None:
    page = form()
    typed(page, 100, 620, 5)
    assert scanned(page).ink[620:644, 100:240].any()


@pytest.mark.parametrize("level", [180, 225])
def test_a_table_of_pale_hair_lines_is_found(level: int) -> None:
    page = form(lined=False)
    for x in XS:
        cv2.line(page, (x, YS[0]), (x, YS[-1]), (level,) * 3, 1)
    for y in YS:
        cv2.line(page, (XS[0], y), (XS[-1], y), (level,) * 3, 1)
    assert [len(table.spans) for table in scanned(page).lattices] == [15]


def test_hair_lines_in_a_dark_frame_are_found() -> None:
    page = form(lined=False)
    for x in XS:
        cv2.line(page, (x, YS[0]), (x, YS[-1]), (190,) * 3, 1)
    for y in YS:
        cv2.line(page, (XS[0], y), (XS[-1], y), (190,) * 3, 1)
    cv2.rectangle(page, (XS[0], YS[0]), (XS[-1], YS[-1]), (0, 0, 0), 2)
    assert [len(table.spans) for table in scanned(page).lattices] == [15]


def test_a_heading_in_white_on_a_dark_fill_is_part_of_the_table() -> None:
    page = form()
    heading = page[YS[0] : YS[1], XS[0] : XS[-1]]
    page[YS[0] : YS[1], XS[0] : XS[-1]] = np.where(heading < 128, 255, 70)
    found = scanned(page)
    assert [len(table.spans) for table in found.lattices] == [15]
    assert found.ink[YS[0] + 20 : YS[0] + 44, XS[0] + 20 : XS[0] + 40].any()
