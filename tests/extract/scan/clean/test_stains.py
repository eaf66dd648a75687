"""Specks, ruling lines and blots go; print stays."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.clean.stains import without_blots, without_rules, without_specks
from extract.scan.pixels.ink import Pixels, grey_to_ink, to_grey
from tests.scans import CHAR, blank_page, ruled, typed


def ink_of(page: Pixels) -> Pixels:
    return grey_to_ink(to_grey(page))


def page_with(*tops: int) -> Pixels:
    page = blank_page(400, 300)
    for top in tops:
        typed(page, 60, top, 6)
    return page


def test_a_speck_far_from_text_goes_and_a_point_behind_it_stays() -> None:
    page = page_with(40)
    page[60:64, 235:239] = 0
    page[200:204, 300:304] = 0
    ink = without_specks(ink_of(page), CHAR)
    assert ink[62, 237] and not ink[202, 302]


def test_ruling_lines_are_painted_over() -> None:
    page = page_with(40)
    clean = page.copy()
    ruled(page, (20, 380), (20, 280))
    mask = cv2.absdiff(to_grey(page), to_grey(clean))
    painted, ink = without_rules(page, ink_of(page), np.where(mask > 0, 255, 0).astype(np.uint8))
    assert np.array_equal(painted, clean) and np.array_equal(ink, ink_of(clean))


def test_what_a_copier_frayed_out_of_a_line_goes_with_it_and_print_on_the_line_stays() -> None:
    page = np.full((300, 400, 3), 250, np.uint8)
    ruled(page, (20, 380), (20, 280))
    mask = np.where(page[:, :, 0] < 128, 255, 0).astype(np.uint8)
    page[276:279, 100:109] = 0  # a tooth of the lowest line
    page[255:279, 200:203] = 0  # a stroke that stands on it
    painted, ink = without_rules(page, ink_of(page), mask)
    assert not ink[270:, 95:115].any() and int(painted[270:279, 95:115].min()) == 250
    assert ink[255:276, 201].all()


def test_a_punched_hole_becomes_paper_and_print_beside_it_stays() -> None:
    page = page_with(40)
    clean = page.copy()
    cv2.circle(page, (320, 180), 22, (30, 30, 30), cv2.FILLED)
    painted, ink = without_blots(page, ink_of(page), CHAR)
    assert np.array_equal(ink, ink_of(clean)) and int(painted.astype(int).min(axis=(0, 1))[0]) < 128
    assert int(painted[150:210, 290:350].min()) > 200
