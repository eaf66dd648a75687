"""The pictures of an OFD page → the picture that the page is, as a scanner made it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from extract.files.refusals import TooLargeError, UnreadableError
from extract.ofd.drawing import PlacedPicture
from extract.ofd.limits import OFD_LIMITS, demand_ofd
from extract.ofd.parts import OfdParts
from extract.pdf.drawing.nouns import Point
from extract.scan.page_picture import (
    MOST_WHOLE_PX,
    PagePicture,
    PictureError,
    damaged_picture,
    to_reading_size,
)
from extract.scan.pictures import bytes_to_pixels
from extract.scan.pixels.ink import Pixels, as_pixels
from models.document import Problem

_FILLS_PT = 1.5
"""A picture whose corners are this near the page's is the page."""
_USUAL_DENSITY = 200 / 72
"""Pixels a point where no picture says more."""
_JBIG2 = (".jb2", ".gbig2", ".jbig2")


def pictures_to_page(
    number: int, size: tuple[float, float], pictures: Sequence[PlacedPicture], parts: OfdParts
) -> PagePicture:
    """Page `number` as its pictures show it, `size` its width and height in points.

    Raises `PictureError` when one of them cannot be decoded, `OverOfdLimitError` for too many pixels.
    """
    shown = [one for one in pictures if one.image.paint.alpha > 0 and not one.image.paint.layer_off]
    decoded = [(picture_pixels(one.part, number, parts), one.image.corners) for one in shown]
    demand_ofd(sum(p.shape[0] * p.shape[1] for p, _ in decoded), OFD_LIMITS.page_pixels, "图片像素数")
    wide, high = size
    if len(decoded) == 1 and _fills(decoded[0][1], size):
        pixels = decoded[0][0]
        return to_reading_size(number, pixels, pixels.shape[1] / wide)
    density = max((_density(pixels, corners) for pixels, corners in decoded), default=_USUAL_DENSITY)
    density = min(density, math.sqrt(MOST_WHOLE_PX / (wide * high)))
    canvas = np.full((max(1, round(high * density)), max(1, round(wide * density)), 3), 255, np.uint8)
    for pixels, corners in decoded:
        _paste(canvas, pixels, [(x * density, y * density) for x, y in corners])
    return to_reading_size(number, as_pixels(canvas), density)


def picture_pixels(part: str, number: int, parts: OfdParts) -> Pixels:
    """A picture of the file in colour; raises `PictureError`."""
    if part.endswith(_JBIG2):
        what = f"第{number}页图片是 JBIG2 格式，无法读取。请重新扫描为 PDF 或 JPEG 后提交。"
        raise PictureError(Problem("picture-damaged", what, "error", number))
    try:
        data = parts.read(part, OFD_LIMITS.picture_bytes)
    except (TooLargeError, UnreadableError) as error:
        raise PictureError(damaged_picture(number)) from error
    return bytes_to_pixels(data, number)


def _fills(corners: Sequence[Point], size: tuple[float, float]) -> bool:
    """Whether a picture stands upright on the whole page."""
    wide, high = size
    wanted = ((0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high))
    return all(
        max(abs(x - u), abs(y - v)) <= _FILLS_PT for (x, y), (u, v) in zip(corners, wanted, strict=True)
    )


def _density(pixels: Pixels, corners: Sequence[Point]) -> float:
    """Pixels a point along the longer side of a picture."""
    (ax, ay), (bx, by), _, (dx, dy) = corners
    across, down = math.hypot(bx - ax, by - ay), math.hypot(dx - ax, dy - ay)
    high, wide = pixels.shape[:2]
    return max(wide / across if across > 1 else 0.0, high / down if down > 1 else 0.0) or _USUAL_DENSITY


def _paste(canvas: Pixels, pixels: Pixels, corners: Sequence[Point]) -> None:
    """Draws a picture with its corners at `corners` (pixels of the canvas)."""
    high, wide = pixels.shape[:2]
    here = np.array([(0, 0), (wide, 0), (0, high)], np.float32)
    there = np.array([corners[0], corners[1], corners[3]], np.float32)
    matrix = cv2.getAffineTransform(here, there)
    size = (canvas.shape[1], canvas.shape[0])
    cv2.warpAffine(pixels, matrix, size, dst=canvas, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT)
