"""What is put on a form by hand: the unit's round seal, and a signature."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bench.forge.paper import Effect, Field, Picture, Sheet, multiply, smooth_field, to_picture

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
# a county department's seal measures 42 mm: 国发〔1999〕25号
SEAL_MM = 42.0
SEAL_SIZE = 640
RED = (38, 32, 214)
BLACK = (40, 40, 40)
BLUE = (120, 50, 30)


@cache
def seal_font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The first of `FONTS` there is; else Pillow's own, whose empty boxes cover the print just as well."""
    for path in FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)


def star_points(centre: float, radius: float) -> list[tuple[float, float]]:
    """Corners of a five-pointed star, one of them upwards."""
    turns = [np.pi * (i / 5 - 0.5) for i in range(10)]
    # the inner corners of a regular pentagram stand at 0.382 of its radius
    reach = [radius * (0.382 if i % 2 else 1.0) for i in range(10)]
    return [
        (centre + r * float(np.cos(t)), centre + r * float(np.sin(t)))
        for r, t in zip(reach, turns, strict=True)
    ]


@cache
def seal_mask(unit: str) -> Field:
    """How much ink (0…1) a clean seal leaves, SEAL_SIZE square: ring, star, and the unit's name along the ring."""
    middle, width = SEAL_SIZE / 2, SEAL_SIZE // 36
    drawn = Image.new("L", (SEAL_SIZE, SEAL_SIZE))
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((2, 2, SEAL_SIZE - 3, SEAL_SIZE - 3), outline=255, width=width)
    pen.polygon(star_points(middle, SEAL_SIZE * 0.16), fill=255)
    size = round(min(SEAL_SIZE * 0.15, SEAL_SIZE * 1.5 / max(len(unit), 1)))
    spread = min(280.0, 30.0 * max(len(unit) - 1, 0))
    for place, character in enumerate(unit):
        share = place / (len(unit) - 1) - 0.5 if len(unit) > 1 else 0.0
        glyph = Image.new("L", drawn.size)
        ImageDraw.Draw(glyph).text(
            (middle, width * 1.8 + size / 2), character, fill=255, font=seal_font(size), anchor="mm"
        )
        turned = glyph.rotate(-share * spread, Image.Resampling.BICUBIC)
        drawn.paste(255, mask=turned)
    return np.asarray(drawn, np.float32) / np.float32(255)


def inked_centre(picture: Picture, rng: Generator) -> tuple[int, int]:
    """Column and row of a place within the printed part of the page, not at its very edge."""
    rows, columns = np.nonzero(picture[::8, ::8].min(axis=2) < 128)
    if not len(rows):
        return picture.shape[1] // 2, picture.shape[0] // 2
    across = np.quantile(columns, rng.uniform(0.3, 0.75))
    down = np.quantile(rows, rng.uniform(0.25, 0.85))
    return int(across) * 8, int(down) * 8


def stain(picture: Picture, ink: Field, colour: tuple[int, int, int], centre: tuple[int, int]) -> Picture:
    """Ink (0…1, height × width) of a colour laid over the page around a centre (column, row); cut at the edges."""
    height, width = ink.shape
    left, top = centre[0] - width // 2, centre[1] - height // 2
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + width, picture.shape[1]), min(top + height, picture.shape[0])
    part = ink[y0 - top : y1 - top, x0 - left : x1 - left, None]
    stained = picture.copy()
    tint = to_picture(255 - part * (255 - np.array(colour, np.float32)))
    stained[y0:y1, x0:x1] = multiply(picture[y0:y1, x0:x1], tint)
    return stained


def seal(colour: tuple[int, int, int], strength: float) -> Effect:
    """The unit's seal over the text, a little turned and unevenly inked; `strength` 1 is full ink."""

    def apply(picture: Picture, sheet: Sheet, rng: Generator) -> Picture:
        size = round(sheet.pixels(SEAL_MM))
        turn = cv2.getRotationMatrix2D((SEAL_SIZE / 2, SEAL_SIZE / 2), rng.uniform(-15, 15), 1.0)
        turned = cv2.warpAffine(seal_mask(sheet.unit), turn, (SEAL_SIZE, SEAL_SIZE))
        mask = cv2.resize(turned, (size, size), interpolation=cv2.INTER_AREA)
        pressure = 0.65 + 0.35 * smooth_field((size, size), (5, 5), rng)
        grain = 1 - 0.5 * (smooth_field((size, size), (size // 3, size // 3), rng) > 0.8)
        ink = np.asarray(mask * pressure * grain * strength, np.float32)
        return stain(picture, ink, colour, inked_centre(picture, rng))

    return apply


def spline(points: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    """A smooth line (Catmull–Rom) through N × 2 points, so many steps between two of them."""
    ends = np.vstack([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        bend = (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        pieces.append((2 * b + (c - a) * t + bend) / 2)
    return np.vstack(pieces)


def signature(size: tuple[int, int], thickness: int, rng: Generator) -> Field:
    """Ink (0…1) of a hasty three-character name, height × width = `size`."""
    height, width = size
    drawn = np.zeros(size, np.uint8)
    for start in (0.05, 0.35, 0.65):
        for _ in range(2):
            across = start + np.cumsum(rng.uniform(-0.05, 0.12, 6))
            down = rng.uniform(0.1, 0.9, 6)
            line = spline(np.column_stack([across * width, down * height]), 12)
            cv2.polylines(drawn, [np.rint(line).astype(np.int32)], False, 255, thickness, cv2.LINE_AA)
    return np.asarray(drawn, np.float32) / np.float32(255)


def handwriting(count: int) -> Effect:
    """So many signatures in black or blue ink, written over the print."""

    def apply(picture: Picture, sheet: Sheet, rng: Generator) -> Picture:
        for _ in range(count):
            size = (round(sheet.pixels(rng.uniform(9, 13))), round(sheet.pixels(rng.uniform(26, 36))))
            ink = 0.9 * signature(size, max(1, round(sheet.pixels(0.35))), rng)
            picture = stain(picture, ink, (BLACK, BLUE)[rng.integers(2)], inked_centre(picture, rng))
        return picture

    return apply
