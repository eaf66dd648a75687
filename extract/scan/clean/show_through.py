"""A page's back, showing through thin paper, off its picture: print too pale to be of this side."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scan.pixels.ink import Pixels, as_pixels, grey_to_paper, percentile_level, to_grey

_FAR_PT = 1.2
"""Paper this far from any ink is not darkened by the page's own print."""
_CHAR_RIM_PT = 0.9
"""The blurred edge of a character reaches this far, and stays."""
_EDGE_PARTS = 12
"""One part of this many of the page's height and width at each side is not looked at: the scanner's lid shades it."""
_USUAL_PERCENT = 95
"""The page's usual haze is the darkness that this percentage of its far paper does not reach; a crease may be darker."""
_DARKEST_HAZE_RATIO = 1.6
"""The darkest haze is this many times as dark as the usual."""
_LEAST_HAZE_LEVELS = 15
"""Weaker haze (levels of 255) does not matter: a clean scan has 6, a photocopy 10, a back that shines through 19 to 38."""


def without_show_through(page: Pixels, ink: Pixels, text: Pixels, density: float) -> Pixels:
    """A colour picture with paper in the place of its back's print; the same picture when nothing shows through.

    `ink` is all ink of the page, `text` that without ruling lines; `density` pixels are a point. How dark the back's
    print is, the page itself says: a back shows through everywhere, a faint character of this side stands alone.
    """
    grey = to_grey(page)
    paper = grey_to_paper(grey)
    flat = cv2.blur(cv2.divide(grey, paper, scale=255), (3, 3))
    high, wide = ink.shape
    inner = (
        slice(high // _EDGE_PARTS, high - high // _EDGE_PARTS),
        slice(wide // _EDGE_PARTS, wide - wide // _EDGE_PARTS),
    )
    far = flat[inner][_away(ink[inner], _FAR_PT * density)]
    if not far.size:
        return page
    haze = _DARKEST_HAZE_RATIO * (255 - percentile_level(as_pixels(far), 100 - _USUAL_PERCENT))
    if haze < _LEAST_HAZE_LEVELS:
        return page
    pale = (flat > 255 - haze) & _away(text, _CHAR_RIM_PT * density)
    return np.where(pale[:, :, None], paper[:, :, None], page)


def _away(ink: Pixels, reach: float) -> NDArray[np.bool_]:
    """Where there is no ink within `reach` pixels."""
    grown = cv2.dilate(ink, np.ones((2 * round(reach) + 1,) * 2, np.uint8))
    return np.asarray(grown == 0, np.bool_)
