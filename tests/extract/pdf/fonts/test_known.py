"""What fonts claim, which codes were drawn, and what a font is told that it draws."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdfminer.pdffont import PDFUnicodeNotDefined

from tests.extract.pdf.fonts.lying import printed, read_fonts


def test_codes_are_counted_as_they_are_drawn(tmp_path: Path) -> None:
    _, font = read_fonts(printed(tmp_path / "a.pdf", "1931"))
    assert {chr(code): count for code, count in font.used.items()} == {"1": 2, "9": 1, "3": 1}


def test_a_claim_is_the_files_own(tmp_path: Path) -> None:
    _, font = read_fonts(printed(tmp_path / "a.pdf", "3", {"3": "8"}))
    assert font.claim(ord("3")) == "8"


def test_what_is_drawn_takes_the_place_of_the_claim(tmp_path: Path) -> None:
    _, font = read_fonts(printed(tmp_path / "a.pdf", "3", {"3": "8"}))
    font.drawn[ord("3")] = "3"
    assert font.font.to_unichr(ord("3")) == "3"


def test_a_code_without_a_claim_has_none(tmp_path: Path) -> None:
    _, font = read_fonts(printed(tmp_path / "a.pdf", "3"))
    assert font.claim(700) is None
    with pytest.raises(PDFUnicodeNotDefined):
        font.to_unichr(700)
