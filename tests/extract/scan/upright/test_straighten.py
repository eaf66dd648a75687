"""Long lines that are bent tell how; the page comes straight, and nothing is bent without knowing."""

from __future__ import annotations

import numpy as np

from extract.scan.pixels.ink import Pixels
from extract.scan.upright.straighten import ink_to_bend, ink_to_heights, straightened
from extract.scan.upright.warp import unwarped

WIDE, HIGH = 640, 480


def lines(sag: float, count: int = 6, end: int = WIDE - 40) -> Pixels:
    """Horizontal lines whose middle hangs down by `sag` pixels."""
    ink = np.zeros((HIGH, WIDE), np.uint8)
    x = np.arange(40, end)
    for n in range(count):
        y = np.round(60 + 70 * n + sag * np.sin(np.pi * x / WIDE)).astype(int)
        for off in (0, 1):
            ink[y + off, x] = 255
    return ink


def spread(ink: Pixels) -> float:
    """By how many pixels the heights of the most crooked line differ."""
    line, _, y = ink_to_heights(ink)
    return max(float(np.ptp(y[line == n])) for n in np.unique(line))


def test_the_height_of_each_line_is_measured_along_its_way() -> None:
    line, x, y = ink_to_heights(lines(0, count=2))
    assert len(np.unique(line)) == 2
    assert 40 <= x.min() < 60 and WIDE - 60 < x.max() < WIDE - 40
    assert set(np.round(y)) == {60, 130}


def test_short_strokes_are_no_lines() -> None:
    assert len(ink_to_heights(lines(0, end=90))[0]) == 0


def test_bent_lines_come_level() -> None:
    ink = lines(12)
    warp, move = straightened(unwarped(WIDE, HIGH), ink)
    assert spread(ink) > 8 and move > 5
    assert spread((warp.take_page(ink) > 127).astype(np.uint8) * 255) < 2


def test_upright_lines_come_upright() -> None:
    ink = np.ascontiguousarray(lines(12).T)
    warp, _ = straightened(unwarped(HIGH, WIDE), ink)
    page = (warp.take_page(ink) > 127).astype(np.uint8) * 255
    assert spread(np.ascontiguousarray(page.T)) < 2


def test_straight_lines_are_left_alone() -> None:
    warp = unwarped(WIDE, HIGH)
    same, move = straightened(warp, lines(0))
    assert same is warp and move < 0.6


def test_two_lines_tell_nothing() -> None:
    assert ink_to_bend(lines(12, count=2)) is None


def test_a_bend_says_how_far_down_each_place_must_move() -> None:
    bend = ink_to_bend(lines(12))
    assert bend is not None
    middle, end = bend.at(np.array([WIDE / 2, 60.0]), np.array([270.0, 270.0]))
    assert 6 < end - middle < 14
