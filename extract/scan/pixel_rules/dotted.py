"""Dotted ruling lines made whole, so that they are found like drawn ones.

The function knows one axis, horizontal lines; the other is had by transposing. Lengths are in heights of a character.
"""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.pixels.ink import Pixels, as_pixels

FLAT, FLATTEST = 0.2, 4
"""A dot is at most so high; it may have so many pixels, as a scanner's blur widens it."""
GAP = 0.3
"""The next one is at most so far."""
LONG = 1.5
"""A line of them is at least so long, from one row to the next; dots that stand for what is left out lead nowhere."""
INKED = 0.3
"""So much of its length is ink."""
ASIDE, FREE = 0.2, 0.25
"""So far above and below it lies paper: other ink, that of lines across it, is on at most this share of its length.
Pieces of broken characters have more of themselves there."""


def with_dots_joined(ink: Pixels, height: float) -> Pixels:
    """`ink` with its horizontal lines of dots filled in; a character is `height` pixels high."""
    high = max(FLATTEST, round(FLAT * height))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    flat = np.where(stats[:, cv2.CC_STAT_HEIGHT] <= high, 255, 0).astype(np.uint8)
    flat[0] = 0
    dots = flat[labels]
    # a line that runs a little slanted goes on in the next row
    thick = cv2.dilate(dots, np.ones((3, 1), np.uint8))
    joined = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, _row(GAP * height))
    lines = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _row(LONG * height))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    whole = ink.copy()
    aside = round(ASIDE * height)
    for label, (x, y, wide, tall, _) in enumerate(stats[1:].tolist(), start=1):
        columns, rows = slice(x, x + wide), slice(y, y + tall)
        own = dots[rows, columns].any(axis=0).mean()
        above, below = ink[max(0, y - aside) : y, columns], ink[y + tall : y + tall + aside, columns]
        beside = (above.any(axis=0).mean() + below.any(axis=0).mean()) / 2
        if tall <= high + 2 and own >= INKED and beside <= FREE:
            whole[rows, columns][labels[rows, columns] == label] = 255
    return whole


def _row(length: float) -> Pixels:
    return as_pixels(np.ones((1, max(1, round(length)))))
