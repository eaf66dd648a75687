"""Places of an upright page and where they were in its picture."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.pixels.ink import Pixels
from extract.scan.upright.warp import Points, Warp, rewarped, scaled_warp, unwarped
from models.geometry import Box


def points(*places: tuple[float, float]) -> Points:
    return np.array(places, np.float32)


def moved(warp: Warp, right: float, down: float) -> Warp:
    """The page of `warp` whose places lie further right and down by this."""
    return rewarped(warp, warp.width, warp.height, lambda there: there + points((right, down)))


def picture() -> Pixels:
    """A dark rectangle on paper, from (50, 30) to (70, 60)."""
    page = np.full((120, 160), 250, np.uint8)
    page[30:60, 50:70] = 10
    return page


def test_any_number_of_places_is_looked_up() -> None:
    places = np.random.default_rng(1).uniform(0, 2900, (70_000, 2)).astype(np.float32)
    assert np.allclose(unwarped(4000, 3000).to_source(places), places, atol=0.5)


def test_a_picture_of_a_poster_has_a_warp() -> None:
    poster = scaled_warp(unwarped(5000, 4000), 2, 10_000, 8_000)
    assert np.allclose(poster.to_source(points((9000, 7000))), [[9000, 7000]], atol=0.5)


def test_a_warp_leads_from_the_page_to_its_source() -> None:
    warp = moved(unwarped(160, 120), 10, -4)
    assert np.allclose(warp.to_source(points((20, 20), (50, 30))), [[30, 16], [60, 26]], atol=1e-3)


def test_a_warp_of_a_warp_leads_all_the_way_back() -> None:
    warp = moved(moved(unwarped(160, 120), 10, -4), 5, 1)
    assert np.allclose(warp.to_source(points((80, 60))), [[95, 57]], atol=1e-3)


def test_a_page_is_taken_from_where_its_warp_leads() -> None:
    page = moved(unwarped(160, 120), 10, -4).take_page(picture())
    assert np.array_equal(page[40:58, 42:58], picture()[36:54, 52:68])


def test_beyond_its_edges_a_picture_goes_on_as_it_ends() -> None:
    source = picture()
    source[:, -1] = 90
    assert (moved(unwarped(160, 120), 40, 0).take_page(source)[:, 125:] == 90).all()


def test_a_page_that_is_its_source_is_not_copied() -> None:
    source = picture()
    assert unwarped(160, 120).take_page(source) is source


def test_a_box_in_the_source_holds_all_of_a_box_whose_sides_are_bent() -> None:
    def bulge(places: Points) -> Points:
        x, y = places.T
        return np.stack([x, y - 9 * np.sin(np.pi * x / 160)], axis=1).astype(np.float32)

    box = rewarped(unwarped(160, 120), 160, 120, bulge).box_in_source(Box(0, 40, 160, 80))
    assert (box.x0, box.x1) == pytest.approx((0, 160), abs=0.1)
    assert (box.top, box.bottom) == pytest.approx((31, 80), abs=0.3)


def test_the_warp_of_a_sketch_is_that_of_its_picture() -> None:
    whole = scaled_warp(moved(unwarped(80, 60), 5, 2), 2, 160, 120)
    assert np.allclose(whole.to_source(points((80, 60))), [[90, 64]], atol=0.01)
    assert not whole.is_straight
