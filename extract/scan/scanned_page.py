"""A page's picture made ready to be read: upright, without seals and ruling lines, its tables found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.ocr.engine import Engine, Reading
from extract.page.lattice import Lattice, rules_to_lattices
from extract.scan.clean.fills import without_fills
from extract.scan.clean.pen import without_pen
from extract.scan.clean.show_through import without_show_through
from extract.scan.clean.stains import without_blots, without_rules, without_specks
from extract.scan.lines.cell_lines import usual_height
from extract.scan.page_picture import PagePicture
from extract.scan.pixel_rules.find import ink_to_rules
from extract.scan.pixel_rules.pale import grey_to_pale_lines
from extract.scan.pixels.ink import Pixels, as_pixels, grey_to_ink, lit_evenly, to_grey
from extract.scan.seals.black import without_dark_seals
from extract.scan.seals.red import without_seals
from extract.scan.seals.ring_text import Stamp, read_seals
from extract.scan.upright.desk import without_desk
from extract.scan.upright.turn import to_upright
from extract.scan.upright.warp import Points, Warp
from models.geometry import Box
from models.grid import Place

READER = "picture"
_NARROWEST_TABLE_HEIGHTS = 8
"""A table is at least this many characters' heights wide; a large character of a title is not."""
_TABLE_RIM_PX = 5
"""The outer lines of a table may lie outside its box by this."""


@dataclass(frozen=True, slots=True, eq=False)
class ScannedPage:
    """An upright page ready to be read: its colour picture and ink without seals and ruling lines, and its tables.

    `density` pixels are a point; `lattices` are in points of the upright page, `warp` leads back to the
    picture as it was handed in. A usual line is `height` pixels high. `pen` is where a pen's ink was taken off (255).
    """

    number: int
    pixels: Pixels
    ink: Pixels
    density: float
    lattices: tuple[Lattice, ...]
    height: float
    warp: Warp
    seals: tuple[Stamp, ...]
    pen: Pixels | None = None

    def place(self, box: Box) -> Place:
        """Where `box`, in pixels of the upright page, stands on the page as handed in."""
        return Place(self.number, self.warp.box_in_source(box).scaled(1 / self.density))

    def is_written_over(self, box: Box) -> bool:
        """Whether a pen ran over `box`, in pixels of the upright page: what is printed there may have been struck out."""
        if self.pen is None:
            return False
        rows, columns = slice(int(box.top), int(box.bottom)), slice(int(box.x0), int(box.x1))
        return bool(self.pen[rows, columns].any())

    def corners(self, box: Box) -> Points:
        """The corners of `box`, in pixels of the upright page, in points of the page as handed in, clockwise."""
        xs, ys = (box.x0, box.x1, box.x1, box.x0), (box.top, box.top, box.bottom, box.bottom)
        return self.warp.to_source(np.array(list(zip(xs, ys, strict=True)), np.float32)) / np.float32(
            self.density
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Clean:
    """An upright page without fills, seals and pens; a character is `height` pixels high. The pictures between are not kept:
    each takes 12 MB.
    """

    pixels: Pixels
    warp: Warp
    height: float
    seals: tuple[Stamp, ...]
    pen: Pixels | None


def picture_to_scanned_page(picture: PagePicture, engine: Engine) -> ScannedPage | None:
    """Everything about a page but its text; `None` when it is blank. The engine tells its head from its foot."""
    clean = _cleaned(picture, engine)
    if clean is None:
        return None
    grey = to_grey(clean.pixels)
    ink = grey_to_ink(grey)
    ruled = ink_to_rules(ink, picture.density, clean.height)
    lattices = _tables(rules_to_lattices(ruled.rules), clean.height / picture.density)
    if all(len(lattice.spans) == 1 for lattice in lattices):
        # no table, or nothing but a frame: its lines may be too pale to be ink
        pale = grey_to_pale_lines(grey, clean.height)
        ruled = ink_to_rules(as_pixels(cv2.bitwise_or(ink, pale)), picture.density, clean.height)
        lattices = _tables(rules_to_lattices(ruled.rules), clean.height / picture.density)
    ruled_mask = _within(lattices, ruled.mask, picture.density)
    pixels, text = without_rules(lit_evenly(clean.pixels), ink, ruled_mask)
    pixels, text = without_blots(pixels, text, clean.height)
    pixels = without_show_through(pixels, ink, text, picture.density)
    boxes = [
        lattice.span_to_box(span).scaled(picture.density) for lattice in lattices for span in lattice.spans
    ]
    text = without_specks(text, clean.height)
    height = usual_height(text, boxes)
    found = (pixels, text, picture.density, lattices, height, clean.warp, clean.seals, clean.pen)
    return ScannedPage(picture.number, *found)


def _cleaned(picture: PagePicture, engine: Engine) -> _Clean | None:
    """The page of `picture` without what was put on its print later; `None` when it is blank."""
    upright = to_upright(without_desk(picture.pixels), lambda lines: _certainty(engine.read(lines)))
    if upright is None:
        return None
    red = without_seals(without_fills(upright.pixels, upright.height))
    penned = without_pen(red.pixels, upright.height)
    sealed = without_dark_seals(replace(red, pixels=penned.pixels))
    seals = read_seals(upright.pixels, sealed.boxes, engine)
    return _Clean(sealed.pixels, upright.warp, upright.height, seals, penned.mask)


def _certainty(readings: Sequence[Reading]) -> float:
    """The mean probability of a character in the better half of some lines; 0 without any."""
    chars = sorted((r.confidence ** (1 / len(r.text)) if r.text else 0.0 for r in readings), reverse=True)
    return float(np.mean(chars[: (len(chars) + 1) // 2])) if chars else 0.0


def _tables(lattices: Sequence[Lattice], height: float) -> tuple[Lattice, ...]:
    """The lattices that are tables: in no other (that is a pen's or a seal's work), and larger than characters.

    `height` is that of a character in points.
    """
    large = [table for table in lattices if table.box.width >= _NARROWEST_TABLE_HEIGHTS * height]
    return tuple(
        inner
        for inner in large
        if not any(outer is not inner and outer.box.encloses(inner.box) for outer in large)
    )


def _within(lattices: Sequence[Lattice], mask: Pixels, density: float) -> Pixels:
    """The part of `mask` that lies in a table."""
    kept = np.zeros_like(mask)
    for lattice in lattices:
        box = lattice.box.scaled(density)
        rows, columns = (
            slice(max(0, int(box.top) - _TABLE_RIM_PX), int(box.bottom) + _TABLE_RIM_PX),
            slice(max(0, int(box.x0) - _TABLE_RIM_PX), int(box.x1) + _TABLE_RIM_PX),
        )
        kept[rows, columns] = mask[rows, columns]
    return kept
