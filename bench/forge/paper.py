"""What happens to a sheet of paper and to its picture in a scanner: skew, light, noise, folds, the other side, holes.

A damage is `(picture, sheet, rng) → picture`; every picture is uint8, height × width × 3, blue-green-red.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Field = NDArray[np.float32]
WHITE = (255, 255, 255)
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a damage may ask of the page it falls on; `back` is the page printed on the other side."""

    number: int
    dpi: int
    unit: str
    back: Picture

    def pixels(self, mm: float) -> float:
        return mm * self.dpi / MM_PER_INCH


Effect = Callable[[Picture, Sheet, Generator], Picture]


def to_picture(values: NDArray[np.floating]) -> Picture:
    """Rounded and held within 0…255."""
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)


def smooth_field(shape: tuple[int, int], cells: tuple[int, int], rng: Generator) -> Field:
    """Height × width values of 0…1 that change softly; `cells` is how many hills fit down and across."""
    coarse = rng.random((cells[0] + 1, cells[1] + 1)).astype(np.float32)
    field = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(field, 0, 1), np.float32)


def shade(picture: Picture, light: Field) -> Picture:
    """Every pixel times its light (height × width, 1 = unchanged)."""
    return to_picture(picture * light[..., None])


def multiply(picture: Picture, ink: Picture) -> Picture:
    """Ink on paper: what is beneath stays to be seen, and nothing becomes lighter."""
    return to_picture(picture.astype(np.float32) * ink / 255)


def skew(degrees: float) -> Effect:
    """Turned by so many degrees, to the left or to the right by chance; the corners are white."""

    def apply(picture: Picture, _: Sheet, rng: Generator) -> Picture:
        height, width = picture.shape[:2]
        angle = degrees * rng.choice((-1, 1))
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        return np.asarray(
            cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=WHITE), np.uint8
        )

    return apply


def turn(degrees: int) -> Effect:
    """Laid on the glass turned clockwise by 90, 180 or 270 degrees."""

    def apply(picture: Picture, _sheet: Sheet, _rng: Generator) -> Picture:
        return np.ascontiguousarray(np.rot90(picture, -degrees // 90))

    return apply


def blur(sigma: float) -> Effect:
    """Out of focus; `sigma` in pixels."""

    def apply(picture: Picture, _sheet: Sheet, _rng: Generator) -> Picture:
        return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)

    return apply


def noise(sigma: float) -> Effect:
    """The sensor's noise, alike in the three colours; `sigma` in grey levels."""

    def apply(picture: Picture, _: Sheet, rng: Generator) -> Picture:
        grain = rng.standard_normal(picture.shape[:2], np.float32) * np.float32(sigma)
        return to_picture(picture + grain[..., None])

    return apply


def jpeg(quality: int) -> Effect:
    """Written as JPEG and read again."""

    def apply(picture: Picture, _sheet: Sheet, _rng: Generator) -> Picture:
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)

    return apply


def fade(black: int, white: int) -> Effect:
    """Low contrast: the grey levels 0…255 squeezed into `black`…`white`."""

    def apply(picture: Picture, _sheet: Sheet, _rng: Generator) -> Picture:
        return to_picture(black + picture.astype(np.float32) * ((white - black) / 255))

    return apply


def uneven_light(darkest: float) -> Effect:
    """Light falls off towards one side of the sheet, with soft patches; `darkest` is the light left there."""

    def apply(picture: Picture, _: Sheet, rng: Generator) -> Picture:
        height, width = picture.shape[:2]
        angle = rng.uniform(0, 2 * np.pi)
        across = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :] * np.float32(np.cos(angle))
        down = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None] * np.float32(np.sin(angle))
        slope = (across + down) / np.float32(abs(np.cos(angle)) + abs(np.sin(angle))) + np.float32(0.5)
        dark = 0.8 * slope + 0.2 * smooth_field((height, width), (3, 2), rng)
        return shade(picture, np.asarray(1 - (1 - darkest) * dark, np.float32))

    return apply


def fold(depth: float) -> Effect:
    """Folded once across and unfolded: a shadow on one side of the crease, a shift, toner gone along it."""

    def apply(picture: Picture, sheet: Sheet, rng: Generator) -> Picture:
        height, width = picture.shape[:2]
        middle, slant = height * rng.uniform(0.3, 0.7), height * rng.uniform(-0.01, 0.01)
        crease = middle + slant * np.linspace(-1, 1, width, dtype=np.float32)[None, :]
        below = np.arange(height, dtype=np.float32)[:, None] - crease
        reach = np.float32(sheet.pixels(12))
        slope = np.sign(below) * np.exp(-np.abs(below) / reach)
        columns = np.broadcast_to(np.arange(width, dtype=np.float32)[None, :], below.shape)
        rows = np.arange(height, dtype=np.float32)[:, None] + slope * np.float32(sheet.pixels(0.12))
        bent = cv2.remap(picture, np.ascontiguousarray(columns), rows, cv2.INTER_LINEAR, borderValue=WHITE)
        worn = smooth_field((height, width), (height // 8, width // 8), rng)
        crack = np.exp(-((below / sheet.pixels(0.18)) ** 2)) * (worn > 0.4)
        lit = bent * (1 - depth * np.maximum(slope, 0) - 0.3 * depth * np.maximum(-slope, 0))[..., None]
        return to_picture(lit + (235 - lit) * crack[..., None])

    return apply


def show_through(strength: float) -> Effect:
    """The other side of thin paper, mirrored and blurred; `strength` 1 would be as black as the front."""

    def apply(picture: Picture, sheet: Sheet, rng: Generator) -> Picture:
        height, width = picture.shape[:2]
        back = cv2.resize(sheet.back, (width, height), interpolation=cv2.INTER_AREA)[:, ::-1]
        shifted = np.roll(back, rng.integers(-12, 13, 2), axis=(0, 1))
        soft = cv2.GaussianBlur(shifted, (0, 0), sheet.pixels(0.15)).astype(np.float32)
        return multiply(picture, to_picture(255 - strength * (255 - soft)))

    return apply


def dark_margins(mm: float) -> Effect:
    """The open lid of the scanner: dark strips, each up to `mm` wide, at the outer edge and at the foot."""

    def apply(picture: Picture, sheet: Sheet, rng: Generator) -> Picture:
        height, width = picture.shape[:2]
        side, foot = (sheet.pixels(mm * rng.uniform(0.5, 1)) for _ in range(2))
        inward = np.arange(width, dtype=np.float32)
        inward = inward if sheet.number % 2 == 0 else inward[::-1]
        edge = np.minimum((inward - side)[None, :], (np.arange(height)[::-1] - foot)[:, None])
        return shade(picture, np.clip(edge / sheet.pixels(0.6), 0.12, 1).astype(np.float32))

    return apply


def punch_holes(picture: Picture, sheet: Sheet, rng: Generator) -> Picture:
    """Two holes of a binder, 80 mm apart, at the bound edge: left on odd pages, right on even ones."""
    height, width = picture.shape[:2]
    holed, inset = picture.copy(), sheet.pixels(11 + rng.uniform(-1, 1))
    column = round(inset if sheet.number % 2 else width - inset)
    for side in (-1, 1):
        centre = (column, round(height / 2 + side * sheet.pixels(40)))
        cv2.circle(holed, centre, round(sheet.pixels(3)), (48, 48, 48), cv2.FILLED, cv2.LINE_AA)
    return holed
