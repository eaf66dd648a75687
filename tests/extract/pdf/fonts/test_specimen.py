"""Glyphs drawn one by one, whatever their file claims them to be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pdfminer.psparser import PSLiteral

from extract.pdf.fonts import specimen
from extract.pdf.fonts.specimen import CELL_PX, GlyphCode, SpecimenError, glyphs_to_pictures, is_drawable
from tests.extract.pdf.fonts.lying import printed, read_fonts


def codes(text: str) -> list[int]:
    return [ord(char) for char in text]


def test_each_glyph_stands_alone_in_its_cell(tmp_path: Path) -> None:
    _, font = read_fonts(printed(tmp_path / "a.pdf", "1932"))
    pictures = glyphs_to_pictures([GlyphCode(font.source, code) for code in codes("1932")])
    assert pictures.shape == (4, CELL_PX, CELL_PX)
    edges = np.concatenate([pictures[:, 0], pictures[:, -1], pictures[:, :, 0], pictures[:, :, -1]])
    assert int(edges.min()) == 255 and (pictures.min(axis=(1, 2)) < 64).all()


def test_what_a_font_claims_does_not_change_what_it_draws(tmp_path: Path) -> None:
    pictures = []
    for name, claims in (("a.pdf", {}), ("b.pdf", {"3": "8"})):
        _, font = read_fonts(printed(tmp_path / name, "3", claims))
        pictures.append(glyphs_to_pictures([GlyphCode(font.source, ord("3"))]))
    assert np.array_equal(pictures[0], pictures[1])


def test_more_glyphs_than_a_row_holds_keep_their_order(tmp_path: Path) -> None:
    _, font = read_fonts(printed(tmp_path / "a.pdf", "1932"))
    many = glyphs_to_pictures([GlyphCode(font.source, code) for code in codes("1932" * 10)])
    assert np.array_equal(many[:4], many[36:])


def test_an_embedded_font_can_be_drawn_and_others_not(tmp_path: Path) -> None:
    _, font = read_fonts(printed(tmp_path / "a.pdf", "3"))
    assert is_drawable(font.source)
    assert not is_drawable({"Subtype": PSLiteral("Type1"), "BaseFont": PSLiteral("Helvetica")})
    assert not is_drawable({"Subtype": PSLiteral("Type3")})


def test_a_font_that_is_too_large_is_not_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, font = read_fonts(printed(tmp_path / "a.pdf", "3"))
    monkeypatch.setattr(specimen, "_MOST_BYTES", 10_000)
    with pytest.raises(SpecimenError):
        glyphs_to_pictures([GlyphCode(font.source, ord("3"))])
