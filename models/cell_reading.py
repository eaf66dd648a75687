"""What the recogniser read in the picture of one cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.geometry import Box
from models.posteriors import Posteriors


@dataclass(frozen=True, slots=True)
class CellReading:
    """A cell's text as its picture shows it, `""` without ink; how probable it is, and what else it could say."""

    text: str
    confidence: float | None
    posteriors: Posteriors | None


UNREAD_CELL = CellReading("", None, None)
"""What is known of a cell whose picture nobody read."""

ReadCells = Callable[[int, int, Sequence[Box]], Sequence[CellReading]]
"""Reads cells of a page as pictures: its number, by how many quarter turns clockwise it was turned upright, and the
cells' boxes in points of the upright page.
"""
