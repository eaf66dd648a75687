"""A blue pen over print goes, one beside it stays."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.clean.pen import without_pen
from extract.scan.pixels.ink import Pixels, grey_to_ink, to_grey
from tests.scans import CHAR, blank_page, ruled, typed

BLUE = (150, 60, 40)
"""A ball pen's ink: blue, green, red."""
INK_LEVEL = 128
"""Darker than this is ink."""


def written(page: Pixels, *points: tuple[int, int]) -> Pixels:
    """The page with a pen's stroke through `points`: ink on ink is darker."""
    pen = np.full_like(page, 255)
    cv2.polylines(pen, [np.array(points)], False, BLUE, 4, cv2.LINE_AA)
    return cv2.multiply(page, pen, scale=1 / 255).astype(np.uint8)


def ink(page: Pixels) -> Pixels:
    return grey_to_ink(to_grey(page))


def test_print_beneath_a_pen_is_as_without_it() -> None:
    page = blank_page()
    typed(page, 100, 100, 12)
    penned = without_pen(written(page, (90, 80), (200, 140), (260, 90), (400, 130)), CHAR)
    assert penned.mask is not None
    differing = cv2.countNonZero(cv2.absdiff(ink(penned.pixels), ink(page)))
    assert differing < 0.1 * cv2.countNonZero(ink(page))


def test_what_was_written_on_paper_is_content() -> None:
    page = blank_page()
    typed(page, 100, 100, 12)
    assert without_pen(written(page, (100, 300), (200, 360), (260, 310)), CHAR).mask is None


def test_a_figure_written_beside_print_is_content() -> None:
    page = blank_page()
    typed(page, 100, 100, 4)
    assert without_pen(written(page, (212, 100), (215, 124), (225, 118)), CHAR).mask is None


def test_blue_ruling_lines_are_no_pen() -> None:
    page = np.full((700, 900, 3), 250, np.uint8)
    for y in (60, 130):
        cv2.line(page, (60, y), (840, y), BLUE, 2)
    typed(page, 100, 50, 12)
    assert without_pen(page, CHAR).mask is None


def test_a_page_in_black_stays_as_it_is() -> None:
    page = blank_page()
    ruled(page, (60, 250, 520), (120, 190, 260))
    assert without_pen(page, CHAR).pixels is page
