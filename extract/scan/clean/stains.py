"""What is on a page's picture and is no text: specks, ruling lines with what frays out of them, solid blots."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pixels.blobs import CHAR_PART_HEIGHTS
from extract.scan.pixels.ink import Pixels, as_pixels, percentile_level
from extract.scan.pixels.pieces import ink_to_pieces

_BROKEN_STROKE_HEIGHTS = 0.3
"""Pieces of one broken stroke are nearer to each other than this (lengths here are in usual heights of a line)."""
_MARK_ASIDE_HEIGHTS = 1.2
"""A point or a comma stands no further than this before or behind a character."""
_MARK_BELOW_HEIGHTS = 0.25
"""A point or a comma stands no further than this above or below a character."""
_FRAY_PX = 3
"""A copied ruling line frays no further than this on either side; print that touches the line reaches further."""
_EVERY_PX = 4
"""The usual colour of the paper is that of every fourth pixel both ways."""
_BLOT_HEIGHTS = 0.8
"""Solid ink that is this large both ways is no part of a character, not even of a title's."""


def without_specks(ink: Pixels, height: float) -> Pixels:
    """A page's ink without dirt: specks further from any character than a point or a comma is.

    A usual line is `height` pixels high.
    """
    # a copier breaks strokes into pieces: what nearly touches is one
    size = round(_BROKEN_STROKE_HEIGHTS * height) | 1
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    pieces = ink_to_pieces(as_pixels(whole))
    sides = pieces.stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1)
    chars = np.where(sides >= CHAR_PART_HEIGHTS * height, 255, 0).astype(np.uint8)
    chars[0] = 0
    below, aside = round(_MARK_BELOW_HEIGHTS * height), round(_MARK_ASIDE_HEIGHTS * height)
    reach = np.ones((2 * below + 1, 2 * aside + 1), np.uint8)
    return as_pixels(cv2.bitwise_and(ink, cv2.dilate(pieces.painted(chars), reach)))


def without_rules(page: Pixels, ink: Pixels, rules: Pixels) -> tuple[Pixels, Pixels]:
    """A page's colour picture and ink with its ruling lines (the mask `rules`) painted over by paper.

    Where print touches a line, the print above and below it stays; what a copier frayed out of the line goes with it.
    """
    near = as_pixels(cv2.dilate(rules, np.ones((3, 3), np.uint8)))
    near |= _frayed(as_pixels(cv2.bitwise_and(ink, cv2.bitwise_not(near))), near)
    return _painted_over(page, near), as_pixels(cv2.bitwise_and(ink, cv2.bitwise_not(near)))


def without_blots(page: Pixels, ink: Pixels, height: float) -> tuple[Pixels, Pixels]:
    """A page's colour picture and ink with paper in the place of solid blots: punched holes, a clip, a corner of the lid.

    A usual line is `height` pixels high.
    """
    size = round(_BLOT_HEIGHTS * height)
    core = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    if not cv2.countNonZero(core):
        return page, ink
    near = as_pixels(cv2.dilate(core, np.ones((2 * round(height / 4) + 1,) * 2, np.uint8)))
    return _painted_over(page, near), as_pixels(cv2.bitwise_and(ink, cv2.bitwise_not(near)))


def _painted_over(page: Pixels, mask: Pixels) -> Pixels:
    """`page` with the usual colour of its paper where `mask` is set."""
    cleaned, seen = page.copy(), page[::_EVERY_PX, ::_EVERY_PX]
    paper = [int(percentile_level(seen[:, :, colour], 50)) for colour in range(page.shape[2])]
    cleaned.reshape(-1, page.shape[2])[np.flatnonzero(mask > 0)] = paper
    return cleaned


def _frayed(rest: Pixels, lines: Pixels) -> Pixels:
    """The pieces of `rest`, with the pixels they grey, that hang on `lines` and reach no further than `_FRAY_PX`."""
    pieces = ink_to_pieces(rest)
    inside = np.flatnonzero(rest > 0)
    of = pieces.labels.reshape(-1)[inside]
    touched, reached = (
        cv2.dilate(lines, np.ones((2 * reach + 1,) * 2, np.uint8)).reshape(-1)[inside] > 0
        for reach in (1, _FRAY_PX)
    )
    hanging = np.zeros(len(pieces.stats), np.uint8)
    hanging[of[touched]] = 255
    hanging[of[~reached]] = 0
    return as_pixels(cv2.dilate(pieces.painted(hanging), np.ones((3, 3), np.uint8)))
