"""Hair lines too pale to be ink are found; grain, short strokes and broad shade are none."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.pixel_rules.pale import grey_to_pale_lines
from extract.scan.pixels.ink import Pixels

HEIGHT = 24
"""Pixels of a character."""


def paper(noise: float = 0) -> Pixels:
    grain = np.random.default_rng(3).normal(0, noise, (300, 400)) if noise else 0
    return np.clip(np.full((300, 400), 245.0) + grain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("level", [175, 200, 225])
def test_a_hair_line_is_found_across_and_down(level: int) -> None:
    grey = paper(noise=3)
    grey[150, 50:350] = level
    grey[50:250, 200] = level
    lines = grey_to_pale_lines(grey, HEIGHT) > 0
    assert lines[149:152, 70:330].any(axis=0).mean() > 0.95
    assert lines[70:230, 199:202].any(axis=1).mean() > 0.95


def test_grain_is_no_line() -> None:
    assert not grey_to_pale_lines(paper(noise=6), HEIGHT).any()


def test_a_short_stroke_is_no_line() -> None:
    grey = paper()
    grey[150, 100:150] = 200
    assert not grey_to_pale_lines(grey, HEIGHT).any()


def test_broad_shade_is_no_line() -> None:
    grey = paper()
    grey[140:170] = 225
    assert not grey_to_pale_lines(grey, HEIGHT).any()
