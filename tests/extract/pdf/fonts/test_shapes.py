"""How like a drawn glyph is to the characters of the table."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from extract.pdf.fonts.shapes import SIDE, ink_to_fields, pictures_to_shapes, shape_table
from extract.pdf.fonts.specimen import GlyphCode, glyphs_to_pictures
from tests.extract.pdf.fonts.lying import printed, read_fonts

DIGITS = "0123456789"


def test_the_digits_of_a_face_that_is_not_in_the_table_are_known(tmp_path: Path) -> None:
    _, font = read_fonts(printed(tmp_path / "a.pdf", DIGITS))
    drawn = pictures_to_shapes(glyphs_to_pictures([GlyphCode(font.source, ord(digit)) for digit in DIGITS]))
    table = shape_table()
    assert "".join(char for _, char in table.most_alike(drawn)) == DIGITS
    assert min(table.likeness(drawn, DIGITS)) > 0.8
    assert table.likeness(drawn[3:4], "8")[0] < 0.85


def test_a_claim_that_is_not_in_the_table_has_no_likeness() -> None:
    assert math.isnan(shape_table().likeness(shape_table().shapes[:1], "龘")[0])


def test_a_shape_does_not_depend_on_size_and_place() -> None:
    small, large = np.zeros((60, 60), np.float32), np.zeros((60, 60), np.float32)
    small[5:29, 8:32] = np.kron(np.eye(6), np.ones((4, 4)))
    large[10:58, 6:54] = np.kron(np.eye(6), np.ones((8, 8)))
    assert float(np.abs(ink_to_fields(small) - ink_to_fields(large)).max()) < 0.1


def test_a_dash_is_not_stretched_to_a_block() -> None:
    dash = np.zeros((60, 60), np.float32)
    dash[30:32, 10:50] = 1
    fields = ink_to_fields(dash).reshape(SIDE, SIDE)
    assert float(fields[:3].max()) < 0.1 < float(fields[SIDE // 2 - 1 : SIDE // 2 + 1].min())


def test_no_ink_has_no_shape() -> None:
    blank = np.full((1, 20, 20), 255, np.uint8)
    assert not pictures_to_shapes(blank).any()


@pytest.mark.parametrize("char", ["年", "度", "万", "元", "7"])
def test_the_table_holds_what_forms_are_written_with(char: str) -> None:
    assert char in shape_table().rows
