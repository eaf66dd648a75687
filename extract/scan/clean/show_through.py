"""A page's back, showing through thin paper, off its picture: print too pale to be of this side."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels, grey_to_paper, to_grey

FAR = 1.2
"""Points from any ink to where print no longer darkens the paper by itself."""
RIM = 0.9
"""Points around a character that are its own blurred edge, and stay."""
EDGE = 12
"""This part of the page's height and width at each side is not looked at: shade of the scanner's lid."""
SHARE = 95
"""Per cent of the far paper that is paler than a page's usual haze; what is darker may be a crease."""
ABOVE = 1.6
"""The darkest haze is so much darker than the usual."""
LEAST = 15
"""Levels (of 255) of haze that matter; a clean scan has 6, a photocopy 10, a back that shines through 19 to 38."""


def without_haze(page: Pixels, ink: Pixels, text: Pixels, density: float) -> Pixels:
    """A colour picture with paper where it is pale and away from `text`, its ink without lines; itself when it is clean.

    What is haze, the page itself says: a back shows through everywhere, a faint character stands alone.
    """
    grey = to_grey(page)
    paper = grey_to_paper(grey)
    flat = cv2.blur(cv2.divide(grey, paper, scale=255), (3, 3))
    high, wide = ink.shape
    inner = slice(high // EDGE, high - high // EDGE), slice(wide // EDGE, wide - wide // EDGE)
    far = flat[inner][_away(ink[inner], FAR * density)]
    if not far.size:
        return page
    haze = ABOVE * (255 - float(np.percentile(far, 100 - SHARE)))
    if haze < LEAST:
        return page
    pale = (flat > 255 - haze) & _away(text, RIM * density)
    return np.where(pale[:, :, None], paper[:, :, None], page)


def _away(ink: Pixels, reach: float) -> NDArray[np.bool_]:
    """Where there is no ink within `reach` pixels."""
    grown = cv2.dilate(ink, np.ones((2 * round(reach) + 1,) * 2, np.uint8))
    return np.asarray(grown == 0, np.bool_)
