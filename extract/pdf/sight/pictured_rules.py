"""Ruling lines that a page draws as pictures or as shadings: borders of a web page, lines of a drawing program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil, floor

from extract.pdf.drawing.nouns import Image
from extract.pdf.sight.rendering import Grey
from models.geometry import Box
from models.page import Rule

_THICKEST_PT = 2.0
"""A picture no thicker than this shows no character: it is a line, or the corner of one."""
_INK_LEVEL = 232
"""A line has a pixel darker than this (of 255) all along: one of three quarters of a point and half grey does."""
_DRAWN_SHARE = 0.9
"""A line is drawn on this share of its way."""
_FAINTEST_ALPHA = 0.05
"""What is less opaque is not seen."""


def is_line(image: Image) -> bool:
    """Whether a picture is so thin that it can only be a line or a part of one."""
    box = _box(image)
    return min(box.width, box.height) <= _THICKEST_PT


def images_to_rules(images: Iterable[Image], grey: Grey | None, wide: float) -> Iterator[Rule]:
    """The lines that pictures on a page, `wide` points, draw where the page as a viewer shows it (`grey`) has ink."""
    if grey is None:
        return
    density = grey.shape[1] / wide
    for image in images:
        paint = image.paint
        if paint.layer_off or paint.annotation or paint.alpha < _FAINTEST_ALPHA or not is_line(image):
            continue
        box, clip = _box(image), paint.clip
        box = Box(
            max(box.x0, clip.x0), max(box.top, clip.top), min(box.x1, clip.x1), min(box.bottom, clip.bottom)
        )
        if box.x0 <= box.x1 and box.top <= box.bottom and _is_dark(grey, box, density):
            x, y = box.centre
            if box.width >= box.height:
                yield Rule("horizontal", y, box.x0, box.x1)
            if box.height >= box.width:
                yield Rule("vertical", x, box.top, box.bottom)


def _box(image: Image) -> Box:
    xs, ys = [x for x, _ in image.corners], [y for _, y in image.corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _is_dark(grey: Grey, box: Box, density: float) -> bool:
    """Whether there is ink all along a thin box, given in points."""
    top, bottom = floor(box.top * density), ceil(box.bottom * density) + 1
    left, right = floor(box.x0 * density), ceil(box.x1 * density) + 1
    seen = grey[max(0, top) : bottom, max(0, left) : right]
    if not seen.size:
        return False
    darkest = seen.min(axis=0 if box.width >= box.height else 1)
    return float((darkest < _INK_LEVEL).mean()) >= _DRAWN_SHARE
