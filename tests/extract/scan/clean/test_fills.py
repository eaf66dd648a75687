"""Dark fills with light print become dark print on paper; what is dark without print stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.scan.clean.fills import without_fills
from extract.scan.pixels.ink import Pixels
from tests.scans import CHAR, blank_page, form, typed

FILL = (100, 60, 500, 130)
"""Left, top, right and bottom."""


def filled(colour: tuple[int, int, int]) -> Pixels:
    """A fill with white print and a white line between two cells."""
    page = blank_page(600, 300)
    left, top, right, bottom = FILL
    page[top:bottom, left:right] = colour
    words = np.full((CHAR, 28 * 5, 3), 255, np.uint8)
    typed(words, 0, 0, 5)
    page[85 : 85 + CHAR, 130:270][words[:, :, 0] < 128] = 255
    cv2.line(page, (300, top), (300, bottom), (255, 255, 255), 2)
    return page


@pytest.mark.parametrize("colour", [(120, 60, 30), (90, 90, 90), (0, 0, 0), (40, 90, 160)])
def test_light_print_on_a_fill_becomes_dark_print_on_paper(colour: tuple[int, int, int]) -> None:
    page = without_fills(filled(colour), CHAR)
    plain = blank_page(600, 300)
    typed(plain, 130, 85, 5)
    words = page[80:112, 125:275, 0].astype(int)
    assert float(np.abs(words - plain[80:112, 125:275, 0]).mean()) < 8


def test_light_lines_and_the_sides_of_a_fill_become_lines() -> None:
    page = without_fills(filled((120, 60, 30)), CHAR)[:, :, 0]
    left, top, right, _ = FILL
    assert int(page[70:120, 300:302].max()) < 60
    assert int(page[top, left:right].max()) == int(page[70:120, left].max()) == 0


def test_a_page_without_fills_is_left_as_it_is() -> None:
    page = form()
    assert without_fills(page, CHAR) is page


def test_a_blot_without_print_is_no_fill() -> None:
    page = blank_page(600, 300)
    page[60:130, 100:500] = 40
    assert without_fills(page, CHAR) is page


def test_the_dark_margin_of_a_copy_is_no_fill() -> None:
    page = blank_page(600, 300)
    page[:70, :500] = 40
    page[20:40, 100:300] = 200
    assert without_fills(page, CHAR) is page
