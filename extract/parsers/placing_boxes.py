"""Boxes as other parsers write them → boxes in points from the page's top left corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from extract.parsers.json_shapes import list_of, number_of
from models.geometry import Box


def four_to_box(value: object, across: float = 1.0, down: float | None = None) -> Box | None:
    """`[x0, y0, x1, y1]` in units of which `across` (and `down`) are points; `None` for anything else."""
    numbers = [number_of(one) for one in list_of(value)]
    if len(numbers) != 4 or None in numbers:
        return None
    down = across if down is None else down
    x0, y0, x1, y1 = (number or 0.0 for number in numbers)
    return Box(min(x0, x1) * across, min(y0, y1) * down, max(x0, x1) * across, max(y0, y1) * down)


def polygon_to_box(value: object, scale: float) -> Box | None:
    """The box around a polygon: `[x, y, x, y, …]` or `[[x, y], …]`, in units of which `scale` are points."""
    flat: list[Any] = []
    for one in list_of(value):
        flat += one if isinstance(one, list) else [one]
    numbers = [number for number in map(number_of, flat) if number is not None]
    if len(numbers) < 4 or len(numbers) != len(flat) or len(numbers) % 2:
        return None
    xs, ys = numbers[0::2], numbers[1::2]
    return Box(min(xs) * scale, min(ys) * scale, max(xs) * scale, max(ys) * scale)


def sides_to_box(value: Mapping[str, Any], page_height: float | None) -> Box | None:
    """`{l, t, r, b, coord_origin}` in points, as docling has it; measured from the foot of the page unless it says else."""
    sides = [number_of(value.get(key)) for key in ("l", "t", "r", "b")]
    if None in sides:
        return None
    left, top, right, bottom = (side or 0.0 for side in sides)
    if value.get("coord_origin", "TOPLEFT") == "BOTTOMLEFT":
        if page_height is None:
            return None
        top, bottom = page_height - top, page_height - bottom
    return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def shared(one: Box, other: Box) -> float:
    """The area that two boxes share, in square points."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, wide) * max(0.0, high)


def in_rows(boxes: Sequence[Box], rows: Sequence[int]) -> bool:
    """Whether boxes, in the order of cells that begin in `rows`, stand as those would: no row's begin above the row before."""
    middles: dict[int, list[float]] = {}
    for box, row in zip(boxes, rows, strict=True):
        middles.setdefault(row, []).append(box.top)
    tops = [min(middles[row]) for row in sorted(middles)]
    heights = sorted(box.height for box in boxes)
    slack = heights[len(heights) // 2] / 2 if heights else 0.0
    return all(upper <= lower + slack for upper, lower in pairwise(tops))
