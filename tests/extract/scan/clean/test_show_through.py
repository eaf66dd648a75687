"""A back that shows through goes; a clean page stays as it is."""

from __future__ import annotations

import numpy as np

from extract.scan.clean.show_through import without_show_through
from extract.scan.pixels.ink import Pixels, grey_to_ink, to_grey
from tests.scans import blank_page, typed

DENSITY = 200 / 72
PALE = 228


def cleaned(page: Pixels) -> Pixels:
    ink = grey_to_ink(to_grey(page))
    return without_show_through(page, ink, ink, DENSITY)


def shining_through() -> Pixels:
    back = blank_page(400, 300)
    for top in range(60, 260, 30):
        typed(back, 30, top, 10)
    return np.maximum(back, PALE)


def test_a_back_that_shows_through_goes_and_print_stays() -> None:
    front = blank_page(400, 300)
    typed(front, 50, 100, 6)
    page = np.minimum(front, shining_through())
    clean = to_grey(cleaned(page))
    ink = to_grey(front) < 128
    assert (clean[ink] == to_grey(page)[ink]).all()
    away = np.ones_like(ink)
    away[95:130, 45:235] = False
    assert clean[away].min() >= 250


def test_a_faint_character_alone_stays() -> None:
    page = blank_page(400, 300)
    typed(page, 50, 100, 6)
    page[200:220, 300:303] = PALE
    assert cleaned(page) is page
