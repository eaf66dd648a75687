"""Places of an upright page and where they were in its picture."""

from __future__ import annotations

import numpy as np

from extract.scan.upright.warp import scaled_warp, unwarped


def test_any_number_of_places_is_looked_up() -> None:
    places = np.random.default_rng(1).uniform(0, 2900, (70_000, 2)).astype(np.float32)
    assert np.allclose(unwarped(4000, 3000).to_source(places), places, atol=0.5)


def test_a_picture_of_a_poster_has_a_warp() -> None:
    poster = scaled_warp(unwarped(5000, 4000), 2, 10_000, 8_000)
    assert np.allclose(poster.to_source(np.array([[9000, 7000]], np.float32)), [[9000, 7000]], atol=0.5)
