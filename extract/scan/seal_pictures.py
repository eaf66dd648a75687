"""The picture of a seal alone, as electronic signatures hold it → what its ring says."""

from __future__ import annotations

import cv2

from extract.ocr.engine import Engine
from extract.scan.pixels.ink import Pixels, as_pixels
from extract.scan.seals.ring_text import Stamp, read_seal
from models.geometry import Box

_SIDE_PX = 420
"""The ring is read best when the seal is this large: 42 mm, as units have it, at about 250 dpi."""
_LARGEST_RATIO = 1.15
"""A seal whose size is within this ratio of the best one stays as it is."""


def picture_to_stamp(pixels: Pixels, engine: Engine) -> Stamp:
    """What the seal says that fills a colour picture; no text where it is not round."""
    high, wide = pixels.shape[:2]
    scale = _SIDE_PX / max(high, wide, 1)
    if not 1 / _LARGEST_RATIO <= scale <= _LARGEST_RATIO:
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        size = (max(1, round(wide * scale)), max(1, round(high * scale)))
        pixels = as_pixels(cv2.resize(pixels, size, interpolation=way))
    high, wide = pixels.shape[:2]
    return read_seal(pixels, Box(0.0, 0.0, float(wide), float(high)), engine)
