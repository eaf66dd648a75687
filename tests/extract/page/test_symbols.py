"""Symbol fonts say the same whichever file they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.page.symbols import UNREADABLE, is_symbol_font, symbol_to_text
from extract.pdf.glyphs import glyph_to_text
from tests.word_markup import cell_text, par

SHOWN = [
    ("Wingdings", 0xFB, "×"),
    ("Wingdings", 0xFC, "√"),
    ("Wingdings", 0xFD, "☒"),
    ("Wingdings", 0xFE, "☑"),
    ("Wingdings", 0xA8, "□"),
    ("Wingdings", 0x81, "①"),
    ("Wingdings 2", 0x50, "√"),
    ("Wingdings 2", 0x52, "☑"),
    ("Symbol", 0xB3, "≥"),
    ("Symbol", 0xB7, "•"),
    ("Symbol", 0x73, "σ"),
    ("Wingdings", 0xFF, UNREADABLE),
]


@pytest.mark.parametrize(("font", "code", "shown"), SHOWN)
def test_word_and_pdf_read_a_symbol_alike(tmp_path: Path, font: str, code: int, shown: str) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="F0{code:02X}"/></w:r>'
    assert cell_text(tmp_path, par(symbol)) == shown
    assert glyph_to_text(chr(0xF000 + code), f"ABCDEF+{font}") == shown


@pytest.mark.parametrize(
    "font", ["Symbol", "SymbolMT", "Wingdings-Regular", "ABCDEF+Wingdings", "Wingdings,Bold"]
)
def test_symbol_fonts_are_known_by_name(font: str) -> None:
    assert is_symbol_font(font)


def test_other_fonts_have_letters() -> None:
    assert not is_symbol_font("SimSun")
    assert symbol_to_text("SimSun", 0xF0FC) is None
