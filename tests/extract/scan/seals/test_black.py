"""Black seals are taken off, the print under them stays."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels, to_grey
from extract.scan.seals.black import without_dark_seals
from extract.scan.seals.red import Sealed, without_seals
from tests.scans import form

CENTRE, RADIUS = (400, 330), 150


def stamped(page: Pixels, start: int = 0) -> Pixels:
    """The page under a black ring, drawn from `start` degrees on: ink on ink multiplies."""
    tint = np.full_like(page, 255)
    cv2.ellipse(tint, CENTRE, (RADIUS, RADIUS), 0, start, 360, (110, 110, 110), 9)
    return np.asarray(np.rint(page.astype(np.float32) * tint / 255), np.uint8)


def cleared(page: Pixels) -> Sealed:
    return without_dark_seals(without_seals(page))


def test_a_black_ring_becomes_paper_and_print_stays() -> None:
    found = cleared(stamped(form()))
    printed = to_grey(form()) < 128
    assert (to_grey(found.pixels)[printed] < 128).mean() > 0.98
    assert (to_grey(found.pixels)[~printed] < 200).mean() < 0.001


def test_the_ring_is_reported_where_it_was() -> None:
    (box,) = cleared(stamped(form())).boxes
    assert abs(box.centre[0] - CENTRE[0]) < 8 and abs(box.width - 2 * RADIUS) < 24


def test_half_a_ring_is_left_alone() -> None:
    page = stamped(form(), start=180)
    assert np.array_equal(cleared(page).pixels, page)


def test_a_page_without_a_seal_is_left_alone() -> None:
    assert np.array_equal(cleared(form()).pixels, form())
