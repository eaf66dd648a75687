"""A page's picture turned upright: which way its text runs, how far it is askew, and how its lines are bent.

Everything is decided in a sketch of half the size; the full picture is resampled once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels, as_pixels, grey_to_ink, is_blank_page, to_grey
from extract.scan.pixels.pieces import ink_to_pieces
from extract.scan.upright.straighten import straightened
from extract.scan.upright.warp import Points, Warp, rewarped, scaled_warp, unwarped

_SKETCH_SCALE = 0.5
"""The sketch is this many times as large as the picture: about 100 dpi; pixels below are the sketch's."""
_RULE_PX = 40
"""Unbroken ink longer than this is a ruling line, no stroke of a character."""
_CHAR_GAP_PX = 9
"""The gap between two characters of a line is bridged when it is narrower than this."""
_STEEPEST_DEGREES = 12.0
"""A page is askew by at most this."""
_COARSE_STEP_DEGREES = 0.25
"""The slant is searched for in steps of this first."""
_FINE_STEP_DEGREES = 0.025
"""Around the best of these the slant is searched for in steps of this."""
_LOWEST_LINE_PX = 7
"""A line of text is at least this high."""
_USUAL_LINE_PX = 13
"""A line of text is this high on a page that has too few lines to measure their height."""
_HIGHEST_LINE_PX = 30
"""A line of text is at most this high."""
_STRIP_PX = 16
"""For the slant, a page is cut into upright strips of this width."""
_LEAST_SKEW_DEGREES = 0.03
"""A slant less than this moves a line of a page by less than a pixel."""
_SAMPLES = 6
"""This many lines at most are read to tell the head of a page from its foot."""
_GLANCED = 3
"""So many short lines are read first: on most pages they are read so surely that no long ones need be."""
_GLANCE_CERTAINTY = 0.95
"""Short lines whose characters are read with more than this mean probability stand upright."""
_SHORTEST_HEIGHTS = 4
"""A line that is read to tell this is at least so many times longer than it is high."""
_SHORT_HEIGHTS = 6
"""Short lines are at most so many times longer than they are high."""
_LONG_HEIGHTS = 16
"""Long lines are at most so many times longer than they are high."""
_UPRIGHT_CERTAINTY = 0.9
"""Lines whose characters are read with more than this mean probability are not upside down."""
_LEVEL_CERTAINTY = 0.6
"""Lines whose characters are read with more than this mean probability do not lie on their side."""
_STRAIGHTENING_ROUNDS = 3
"""Lines are straightened this many times at most."""
_SETTLED_PX = 3.0
"""Lines are straight when straightening has moved no place further than this."""

LineScorer = Callable[[Sequence[Pixels]], float]
"""How sure the recogniser is of some pictures of lines: the mean probability of a character, 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Upright:
    """An upright page: its colour picture, and `warp`, which leads back to the picture that it was taken from.

    It was turned by `turn` quarters clockwise; its characters are usually `height` pixels high.
    """

    pixels: Pixels
    warp: Warp
    turn: int
    height: float


def to_upright(pixels: Pixels, score: LineScorer) -> Upright | None:
    """The page of the colour picture `pixels` upright and with straight lines; `None` when it is blank.

    `score` tells the head of lines from their foot.
    """
    small = as_pixels(
        cv2.resize(to_grey(pixels), None, fx=_SKETCH_SCALE, fy=_SKETCH_SCALE, interpolation=cv2.INTER_AREA)
    )
    ink = grey_to_ink(small)
    if is_blank_page(ink):
        return None
    warp, turn = _turned_up(small, ink, score)
    ink = grey_to_ink(warp.take_page(small))
    for _ in range(_STRAIGHTENING_ROUNDS):
        straight, move = straightened(warp, ink)
        if straight is not warp:
            warp, ink = straight, grey_to_ink(straight.take_page(small))
        if move < _SETTLED_PX:
            break
    height = char_height(ink) / _SKETCH_SCALE
    if warp.is_straight:
        return Upright(pixels, unwarped(pixels.shape[1], pixels.shape[0]), 0, height)
    wide, high = (round(side / _SKETCH_SCALE) for side in (warp.width, warp.height))
    full = scaled_warp(warp, 1 / _SKETCH_SCALE, wide, high)
    return Upright(full.take_page(pixels), full, turn, height)


def _turned_up(small: Pixels, ink: Pixels, score: LineScorer) -> tuple[Warp, int]:
    """The warp of the sketch whose text is level and reads from left to right, and its quarter turns."""
    best: tuple[float, Warp, int] | None = None
    along = 1 if runs_down(ink) else 0
    for first in (along, 1 - along):
        warp = _turned(unwarped(small.shape[1], small.shape[0]), first)
        warp = _rotated(warp, ink_to_skew(warp.take_page(ink)))
        page = warp.take_page(small)
        if score(sample_lines(page, _SHORT_HEIGHTS, _GLANCED)) > _GLANCE_CERTAINTY:
            return warp, first
        lines = sample_lines(page, _LONG_HEIGHTS, _SAMPLES)
        for half in (0, 2):
            sure = score(
                lines if not half else [as_pixels(cv2.rotate(line, cv2.ROTATE_180)) for line in lines]
            )
            if best is None or sure > best[0]:
                best = sure, _turned(warp, half), first + half
            if sure > _UPRIGHT_CERTAINTY:
                return best[1:]
        if best is not None and best[0] > _LEVEL_CERTAINTY:
            break
    assert best is not None
    return best[1:]


def runs_down(ink: Pixels) -> bool:
    """Whether the text of a page runs down or up instead of across.

    Characters of a line stand closer than lines do: bridging small gaps along the lines leaves fewer pieces.
    """
    text = _without_rules(ink)
    across, down = (
        cv2.connectedComponents(cv2.morphologyEx(text, cv2.MORPH_CLOSE, np.ones(size, np.uint8)))[0]
        for size in ((1, _CHAR_GAP_PX), (_CHAR_GAP_PX, 1))
    )
    return down < across


def ink_to_skew(ink: Pixels) -> float:
    """By how many degrees lines fall to the right: the slant along which ink gathers in the fewest rows."""
    high, wide = ink.shape
    strips = wide // _STRIP_PX
    cut = (ink[:, : strips * _STRIP_PX] > 0).reshape(high, strips, _STRIP_PX)
    profiles = cut.sum(axis=2, dtype=np.float32).T
    centres = (np.arange(strips) - (strips - 1) / 2) * _STRIP_PX
    coarse = _sharpest(
        profiles, centres, np.arange(-_STEEPEST_DEGREES, _STEEPEST_DEGREES + 0.01, _COARSE_STEP_DEGREES)
    )
    return _sharpest(profiles, centres, coarse + np.arange(-_COARSE_STEP_DEGREES, 0.26, _FINE_STEP_DEGREES))


def _sharpest(
    profiles: NDArray[np.float32], centres: NDArray[np.float64], angles: NDArray[np.float64]
) -> float:
    high = profiles.shape[1]
    shifts = np.rint(np.tan(np.radians(angles))[:, None] * centres).astype(int)
    # beyond the page there is no ink, whatever a copier's dark margin has left in its last row
    beyond = int(np.abs(shifts).max(initial=0))
    profiles = np.pad(profiles, ((0, 0), (beyond, beyond)))
    best = (-1.0, 0.0)
    for angle, shift in sorted(zip(angles.tolist(), shifts.tolist(), strict=True), key=_slant):
        gathered = np.zeros(high, np.float32)
        for profile, down in zip(profiles, shift, strict=True):
            gathered += profile[beyond + down : beyond + down + high]
        best = max(best, (float(np.square(gathered).sum()), angle), key=lambda found: found[0])
    return best[1]


def _slant(angle: tuple[float, list[int]]) -> float:
    """Of equally sharp slants the least is taken."""
    return abs(angle[0])


def sample_lines(page: Pixels, longest: int, count: int) -> list[Pixels]:
    """`count` pictures of lines of text from all over a level page: the longest of those at most `longest` heights long."""
    x, y, wide, high = _joined(grey_to_ink(page))
    usual = np.median(high) if len(high) else 0
    is_line = (abs(high - usual) <= 0.4 * usual) & (wide >= _SHORTEST_HEIGHTS * usual)
    lines = np.flatnonzero(is_line & (wide <= longest * usual))
    chosen = lines[np.argsort(-wide[lines], kind="stable")[:count]]
    grey = (
        page[max(0, y[i] - 2) : y[i] + high[i] + 2, max(0, x[i] - 3) : x[i] + wide[i] + 3] for i in chosen
    )
    return [as_pixels(cv2.cvtColor(line, cv2.COLOR_GRAY2BGR)) for line in grey]


def char_height(ink: Pixels) -> float:
    """The usual height of a character in the ink of a level page, in pixels: that of most pieces of a line."""
    _, _, wide, high = _joined(ink)
    if not len(high):
        return _USUAL_LINE_PX
    counts = np.bincount(high, wide)
    return float(np.argmax(np.convolve(counts, np.ones(3), "same")))


def _joined(ink: Pixels) -> tuple[NDArray[np.intp], ...]:
    """Left, top, width and height of the pieces of lines of text of a level page."""
    joined = cv2.morphologyEx(_without_rules(ink), cv2.MORPH_CLOSE, np.ones((1, _CHAR_GAP_PX), np.uint8))
    stats = ink_to_pieces(as_pixels(joined)).stats
    pieces = stats[1:][(stats[1:, 3] >= _LOWEST_LINE_PX) & (stats[1:, 3] <= _HIGHEST_LINE_PX)]
    return tuple(side.astype(np.intp) for side in pieces[:, :4].T)


def _without_rules(ink: Pixels) -> Pixels:
    across, down = (
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(size, np.uint8))
        for size in ((1, _RULE_PX), (_RULE_PX, 1))
    )
    rules = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    return as_pixels(cv2.bitwise_and(ink, cv2.bitwise_not(rules)))


def _turned(warp: Warp, quarters: int) -> Warp:
    """The page of `warp` turned by so many quarters clockwise."""
    wide, high = warp.width - 1, warp.height - 1
    places: dict[int, Callable[[Points], Points]] = {
        1: lambda p: np.stack([p[:, 1], high - p[:, 0]], axis=1),
        2: lambda p: np.stack([wide - p[:, 0], high - p[:, 1]], axis=1),
        3: lambda p: np.stack([wide - p[:, 1], p[:, 0]], axis=1),
    }
    if not quarters:
        return warp
    sides = (warp.height, warp.width) if quarters % 2 else (warp.width, warp.height)
    return rewarped(warp, *sides, places[quarters])


def _rotated(warp: Warp, degrees: float) -> Warp:
    """The page of `warp` with lines level that fell by `degrees`, as large as it must be to lose no corner."""
    if abs(degrees) < _LEAST_SKEW_DEGREES:
        return warp
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    wide = round(warp.width * cos + warp.height * abs(sin))
    high = round(warp.height * cos + warp.width * abs(sin))
    matrix = np.array([[cos, sin], [-sin, cos]])
    middle, centre = np.array([wide - 1, high - 1]) / 2, np.array([warp.width - 1, warp.height - 1]) / 2
    return rewarped(warp, wide, high, lambda p: ((p - middle) @ matrix + centre).astype(np.float32))
