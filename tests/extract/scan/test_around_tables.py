"""What stands above, between and below the tables of a page; seals and dirt are no text."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from extract.ocr.engine import Picture, Quadrilateral
from extract.page.lattice import Lattice
from extract.scan.around_tables import lines_outside
from extract.scan.pixels.ink import Pixels, grey_to_ink, to_grey
from extract.scan.scanned_page import ScannedPage
from extract.scan.seals.ring_text import Stamp
from extract.scan.upright.warp import unwarped
from models.geometry import Box
from tests.scans import CHAR, CountingEngine, blank_page, typed


@dataclass(frozen=True)
class FindingEngine(CountingEngine):
    """Finds one line in a strip: the rows and columns of its ink, loosely."""

    def detect(self, picture: Picture) -> list[Quadrilateral]:
        rows, columns = np.nonzero(picture[:, :, 0] < 128)
        left, right, top, bottom = (
            float(side) for side in (columns.min() - 4, columns.max() + 4, rows.min() - 4, rows.max() + 4)
        )
        return [((left, top), (right, top), (right, bottom), (left, bottom))]


def scanned(pixels: Pixels, *tables: Box, seals: tuple[Stamp, ...] = ()) -> ScannedPage:
    """A page of a pixel a point with tables of one cell."""
    lattices = tuple(Lattice((box.top, box.bottom), (box.x0, box.x1), ()) for box in tables)
    high, wide = pixels.shape[:2]
    ink = grey_to_ink(to_grey(pixels))
    return ScannedPage(3, pixels, ink, 1.0, lattices, CHAR, unwarped(wide, high), seals)


def texts(page: ScannedPage) -> list[tuple[int, str]]:
    return [(round(box.top), line.text) for box, line in lines_outside(page, FindingEngine())]


def test_lines_stand_above_between_and_below_tables() -> None:
    pixels = blank_page()
    for top in (50, 300, 650):
        typed(pixels, 100, top, 5)
    tables = (Box(60, 350, 800, 600), Box(60, 100, 800, 280))
    assert texts(scanned(pixels, *tables)) == [(50, "字" * 5), (300, "字" * 5), (650, "字" * 5)]


def test_what_stands_in_a_table_is_not_looked_at() -> None:
    pixels = blank_page()
    typed(pixels, 100, 200, 5)
    assert texts(scanned(pixels, Box(60, 100, 800, 280))) == []


def test_a_line_knows_its_page_and_place() -> None:
    pixels = blank_page()
    typed(pixels, 100, 50, 5)
    ((_, line),) = lines_outside(scanned(pixels), FindingEngine())
    assert (line.place.page, line.reader, line.confidence) == (3, "picture", 1.0)
    assert line.place.box is not None and abs(line.place.box.x0 - 100) < 1


def test_dirt_is_not_given_to_the_recogniser() -> None:
    pixels = blank_page()
    pixels[50:53, 300:303] = 0
    assert texts(scanned(pixels)) == []


def test_the_number_of_a_seal_is_no_line_but_print_under_a_seal_is() -> None:
    pixels = blank_page()
    typed(pixels, 100, 50, 2)
    seal = Stamp(Box(50, 20, 400, 120))
    page = scanned(pixels, seals=(seal,))
    assert texts(page) == []
    assert texts(replace(page, seals=())) == [(50, "字字")]
    typed(pixels, 156, 50, 3)
    assert texts(scanned(pixels, seals=(seal,))) == [(50, "字" * 5)]
