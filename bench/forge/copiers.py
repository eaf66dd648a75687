"""Machines that know only black and white: the photocopier whose toner runs out, and the fax."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from bench.forge.paper import Effect, Picture, Sheet, smooth_field, to_picture


def broken_strokes(loss: float) -> Effect:
    """A copy of a copy: strokes thin out and break up, commas go; `loss` 0…1 is the toner missing where it is worst.

    The page is cut at a threshold that wanders over the page and from one pixel to the next; what is just above it
    (thin strokes, commas) is lost. A little blur, as by the copier's optics, keeps the edges grey.
    """

    def apply(picture: Picture, _: Sheet, rng: Generator) -> Picture:
        shape = picture.shape[:2]
        dark = 255 - cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (0, 0), 0.6).astype(
            np.float32
        )
        patches = smooth_field(shape, (shape[0] // 60, shape[1] // 60), rng)
        grain = smooth_field(shape, (shape[0] // 2, shape[1] // 2), rng) - 0.5
        threshold = 255 * loss * (0.5 + 0.5 * patches + 0.6 * grain)
        toner = np.clip((dark - threshold) * (3 / 255), 0, 0.9)
        soft = np.asarray(cv2.GaussianBlur(toner.astype(np.float32), (0, 0), 0.5), np.float32)
        copied = to_picture(255 * (1 - soft))
        return np.asarray(cv2.cvtColor(copied, cv2.COLOR_GRAY2BGR), np.uint8)

    return apply


def speckle(share: float) -> Effect:
    """Dust on the glass: black dots of one or two pixels; `share` of the pixels are the centre of one."""

    def apply(picture: Picture, _: Sheet, rng: Generator) -> Picture:
        height, width = picture.shape[:2]
        spotted = picture.copy()
        for _dot in range(rng.poisson(share * height * width)):
            row, column, size = rng.integers((0, 0, 1), (height, width, 3))
            spotted[row : row + size, column : column + size] = rng.integers(0, 90)
        return spotted

    return apply


def one_bit(threshold: int, grain: float) -> Effect:
    """Every pixel black or white, cut at a threshold that trembles by `grain` grey levels."""

    def apply(picture: Picture, _: Sheet, rng: Generator) -> Picture:
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        cut = threshold + grain * rng.standard_normal(grey.shape, np.float32)
        bits = np.where(grey < cut, 0, 255).astype(np.uint8)
        return np.asarray(cv2.cvtColor(bits, cv2.COLOR_GRAY2BGR), np.uint8)

    return apply


def lost_lines(count: int) -> Effect:
    """Scan lines lost on the telephone line: so many, each shown as the line before it."""

    def apply(picture: Picture, _: Sheet, rng: Generator) -> Picture:
        received = picture.copy()
        for row in rng.integers(1, picture.shape[0], count):
            received[row] = received[row - 1]
        return received

    return apply


def fax_header(picture: Picture, sheet: Sheet, _: Generator) -> Picture:
    """The line that a fax machine prints at the head of every page."""
    headed = picture.copy()
    text = f"FROM: FAX  NOV-22-2025  09:14     P.{sheet.number:02d}"
    place = (round(sheet.pixels(12)), round(sheet.pixels(5)))
    cv2.putText(headed, text, place, cv2.FONT_HERSHEY_PLAIN, sheet.dpi / 130, (0, 0, 0), 2)
    return headed
