"""A red seal over black print: the seal goes, the print stays, the rest of the page is not touched."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.seals.red import without_seals
from tests.scans import blank_page, typed

SEAL = (80, 80, 225)


def test_print_under_a_seal_stays_and_the_seal_becomes_paper() -> None:
    page = blank_page(400, 300)
    seal = page.copy()
    cv2.circle(seal, (200, 150), 80, SEAL, 12)
    typed(page, 100, 140, 8)
    stamped = np.minimum(page, seal)
    sealed = without_seals(stamped)
    assert int(cv2.absdiff(sealed.pixels, page).max()) < 40
    assert np.array_equal(sealed.pixels[sealed.mask == 0], stamped[sealed.mask == 0])
    (box,) = sealed.boxes
    assert max(abs(box.x0 - 114), abs(box.top - 64), abs(box.x1 - 286), abs(box.bottom - 236)) < 12


def test_a_page_without_red_is_returned_as_it_is() -> None:
    page = blank_page(400, 300)
    typed(page, 100, 140, 8)
    sealed = without_seals(page)
    assert sealed.pixels is page and sealed.boxes == ()
