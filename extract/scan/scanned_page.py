"""A page's picture made ready to be read: upright, without seals and ruling lines, its tables found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.ocr.engine import Engine, Reading
from extract.page.lattice import Lattice, rules_to_lattices
from extract.scan.clean.show_through import without_haze
from extract.scan.lines.cell_lines import usual_height, without_blots, without_rules, without_specks
from extract.scan.pictures import Picture
from extract.scan.pixel_rules.find import ink_to_rules
from extract.scan.pixels.ink import Pixels, grey_to_ink, lit_evenly, to_grey
from extract.scan.seals.black import without_dark_seals
from extract.scan.seals.red import without_seals
from extract.scan.seals.ring_text import Stamp, read_seals
from extract.scan.upright.desk import without_desk
from extract.scan.upright.turn import to_upright
from extract.scan.upright.warp import Points, Warp
from models.geometry import Box
from models.grid import Place

READER = "picture"
NARROWEST = 8
"""A table is at least so many characters wide; a large character of a title is not."""
EDGE = 5
"""Pixels by which a table's outer lines may stand out."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """An upright page ready to be read: its picture and ink without seals and ruling lines, and its tables.

    `density` pixels are a point; `lattices` are in points of the upright page, `warp` leads back to the
    picture as it was handed in. `height` is that of a usual line, in pixels.
    """

    number: int
    pixels: Pixels
    ink: Pixels
    density: float
    lattices: tuple[Lattice, ...]
    height: float
    warp: Warp
    seals: tuple[Stamp, ...]

    def place(self, box: Box) -> Place:
        """Where `box`, in pixels of the upright page, stands on the page as handed in."""
        return Place(self.number, self.warp.box(box).scaled(1 / self.density))

    def corners(self, box: Box) -> Points:
        """The corners of `box`, in pixels of the upright page, in points of the page as handed in, clockwise."""
        xs, ys = (box.x0, box.x1, box.x1, box.x0), (box.top, box.top, box.bottom, box.bottom)
        return self.warp.of(np.array(list(zip(xs, ys, strict=True)), np.float32)) / np.float32(self.density)


def picture_to_sheet(picture: Picture, engine: Engine) -> Sheet | None:
    """Everything about a page but its text; `None` when it is blank. The engine tells its head from its foot."""
    sheet = without_desk(picture.pixels)
    upright = to_upright(sheet, lambda lines: _certainty(engine.read(lines)))
    if upright is None:
        return None
    sealed = without_dark_seals(without_seals(upright.pixels))
    ink = grey_to_ink(to_grey(sealed.pixels))
    ruled = ink_to_rules(ink, picture.density, upright.height)
    lattices = _tables(rules_to_lattices(ruled.rules), upright.height / picture.density)
    ruled_mask = _within(lattices, ruled.mask, picture.density)
    pixels, text = without_rules(lit_evenly(sealed.pixels), ink, ruled_mask)
    pixels, text = without_blots(pixels, text, upright.height)
    pixels = without_haze(pixels, ink, text, picture.density)
    boxes = [
        lattice.span_to_box(span).scaled(picture.density) for lattice in lattices for span in lattice.spans
    ]
    text = without_specks(text, upright.height)
    height = usual_height(text, boxes)
    seals = read_seals(upright.pixels, sealed.boxes, engine)
    return Sheet(picture.number, pixels, text, picture.density, lattices, height, upright.warp, seals)


def _certainty(readings: Sequence[Reading]) -> float:
    """The mean probability of a character in the better half of some lines; 0 without any."""
    chars = sorted((r.confidence ** (1 / len(r.text)) if r.text else 0.0 for r in readings), reverse=True)
    return float(np.mean(chars[: (len(chars) + 1) // 2])) if chars else 0.0


def _tables(lattices: Sequence[Lattice], height: float) -> tuple[Lattice, ...]:
    """The lattices that are tables: in no other (that is a pen's or a seal's work), and larger than characters.

    `height` is that of a character in points.
    """
    large = [table for table in lattices if table.box.width >= NARROWEST * height]
    return tuple(
        inner
        for inner in large
        if not any(outer is not inner and outer.box.encloses(inner.box) for outer in large)
    )


def _within(lattices: Sequence[Lattice], mask: Pixels, density: float) -> Pixels:
    """What of `mask` lies in a table."""
    kept = np.zeros_like(mask)
    for lattice in lattices:
        box = lattice.box.scaled(density)
        rows, columns = (
            slice(max(0, int(box.top) - EDGE), int(box.bottom) + EDGE),
            slice(max(0, int(box.x0) - EDGE), int(box.x1) + EDGE),
        )
        kept[rows, columns] = mask[rows, columns]
    return kept
