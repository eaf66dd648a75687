"""Levels of a picture."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.pixels.ink import percentile_level


@pytest.mark.parametrize("percent", [2, 50, 80, 85])
def test_a_level_is_numpys_percentile(percent: float) -> None:
    pixels = np.random.default_rng(7).integers(0, 256, (30, 211)).astype(np.uint8)
    assert percentile_level(pixels, percent) == pytest.approx(np.percentile(pixels, percent), abs=1e-9)


def test_the_level_of_a_whole_page_is_numpys_too() -> None:
    pixels = np.random.default_rng(7).integers(0, 256, (900, 700)).astype(np.uint8)
    assert percentile_level(pixels, 85) == pytest.approx(np.percentile(pixels, 85), abs=1e-9)


def test_one_pixel_has_its_own_level() -> None:
    assert percentile_level(np.full((1, 1), 40, np.uint8), 85) == 40
