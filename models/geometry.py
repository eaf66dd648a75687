"""Geometry of a page: points (1/72 inch) from the top left corner, y grows downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle `x0 <= x1`, `top <= bottom`, in points from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def scaled(self, factor: float) -> Box:
        """The same rectangle in another unit, of which `factor` are one of this."""
        return Box(self.x0 * factor, self.top * factor, self.x1 * factor, self.bottom * factor)

    def contains(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def encloses(self, other: Box) -> bool:
        return self.contains(other.x0, other.top) and self.contains(other.x1, other.bottom)


def union(boxes: Iterable[Box]) -> Box | None:
    """The smallest box around all `boxes`, `None` when there are none."""
    found = list(boxes)
    if len(found) < 2:
        return found[0] if found else None
    return Box(
        min([b.x0 for b in found]),
        min([b.top for b in found]),
        max([b.x1 for b in found]),
        max([b.bottom for b in found]),
    )
