"""A sheet photographed by hand on a desk."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from bench.forge.paper import WHITE, Effect, Field, Picture, Sheet, shade, smooth_field, to_picture

DESKS = ((70, 105, 140), (95, 110, 120), (60, 70, 85), (120, 150, 175))


def desk(shape: tuple[int, int], rng: Generator) -> Picture:
    """A wooden or grey table top, its grain running across."""
    colour = np.array(DESKS[rng.integers(len(DESKS))], np.float32)
    grain = smooth_field(shape, (shape[0] // 6, 3), rng)
    return to_picture(colour * (0.85 + 0.3 * grain[..., None]))


def hand_held_corners(page: tuple[int, int], frame: tuple[int, int], tilt: float, rng: Generator) -> Field:
    """Where the corners of the page (height, width) come to lie in the frame: 4 × 2 columns and rows, clockwise
    from the top left; each strays by up to `tilt` of the page's width."""
    height, width = page
    left, top = (frame[1] - width) / 2, (frame[0] - height) / 2
    right, bottom = left + width, top + height
    straight = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    return (straight + rng.uniform(-tilt, tilt, (4, 2)) * width).astype(np.float32)


def frame_to_page(
    page: tuple[int, int], frame: tuple[int, int], corners: Field, sag: float
) -> tuple[Field, Field]:
    """For every pixel of the frame the column and the row of the page seen there; the sheet sags by `sag` pixels."""
    height, width = page
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    back = np.asarray(cv2.getPerspectiveTransform(corners, flat), np.float64)
    x, y = np.meshgrid(np.arange(frame[1], dtype=np.float32), np.arange(frame[0], dtype=np.float32))
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    columns = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth
    rows = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth
    bow = np.sin(np.pi * np.clip(columns / width, 0, 1)) * (1 - 0.5 * rows / height)
    return columns.astype(np.float32), (rows + sag * bow).astype(np.float32)


def hand_shadow(shape: tuple[int, int], darkest: float, rng: Generator) -> Field:
    """Light (darkest…1) with the soft shadow of hand and telephone coming in from a lower corner."""
    height, width = shape[0] // 16, shape[1] // 16
    light = np.ones((height, width), np.float32)
    centre = (int(width * rng.choice((0.1, 0.9))), int(height * rng.uniform(0.7, 1.0)))
    axes = (int(width * rng.uniform(0.4, 0.6)), int(height * rng.uniform(0.25, 0.4)))
    cv2.ellipse(light, centre, axes, float(rng.uniform(-40, 40)), 0, 360, darkest, cv2.FILLED)
    soft = cv2.GaussianBlur(light, (0, 0), width / 12)
    return np.asarray(cv2.resize(soft, (shape[1], shape[0])), np.float32)


def photograph(tilt: float, sag_mm: float, shadow: float) -> Effect:
    """Taken by hand: corners astray by `tilt` of the width, paper bowed by `sag_mm`, `shadow` the light left in it.

    The picture is an eighth wider and higher than the page, and shows the desk around it.
    """

    def apply(picture: Picture, sheet: Sheet, rng: Generator) -> Picture:
        height, width = picture.shape[:2]
        frame = (height * 9 // 8, width * 9 // 8)
        corners = hand_held_corners((height, width), frame, tilt, rng)
        columns, rows = frame_to_page((height, width), frame, corners, sheet.pixels(sag_mm))
        seen = cv2.remap(picture, columns, rows, cv2.INTER_CUBIC, borderValue=WHITE)
        whole = np.full((height, width), 255, np.uint8)
        cover = cv2.remap(whole, columns, rows, cv2.INTER_LINEAR, borderValue=0)[..., None] / np.float32(255)
        warm = np.array((0.9, 0.96, 0.99), np.float32)
        laid = to_picture(seen * warm * cover + desk(frame, rng) * (1 - cover))
        return shade(laid, hand_shadow(frame, shadow, rng))

    return apply
