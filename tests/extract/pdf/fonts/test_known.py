"""What fonts claim, which codes were drawn, and what a font is told that it draws."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from extract.page.symbols import UNREADABLE
from extract.pdf.drawing.streams import Fonts
from extract.pdf.pages import file_to_pages
from extract.pdf.prints import page_to_print
from extract.pdf.sight.rendering import Renderer
from tests.drawn import objects_to_pdf
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


def test_a_glyph_whose_name_says_nothing_is_not_the_letter_that_usually_has_its_code(tmp_path: Path) -> None:
    glyph, content = b"600 0 d0 0 0 500 700 re f", b"BT /F 10 Tf 60 700 Td (A1) Tj ET"
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 49/LastChar 65"
        b"/Widths["
        + b"600 " * 17
        + b"]/CharProcs<</g7 6 0 R/one 6 0 R>>/Encoding<</Differences[49/one 65/g7]>>>>"
    )
    streams = [b"<</Length %d>>stream\n" % len(data) + data + b"\nendstream" for data in (content, glyph)]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    path = tmp_path / "a.pdf"
    path.write_bytes(objects_to_pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, page, font, *streams]))
    pages = (page_to_print(raw, Renderer(None)).page for raw in file_to_pages(path, 1))
    assert [char.text for page in pages for char in page.chars] == [UNREADABLE, "1"]


def test_a_font_of_two_dictionaries_with_a_usual_map_is_whole_and_says_what_the_map_says() -> None:
    mapped = b"begincmap 1 beginbfchar <0013> <4EA7> endbfchar endcmap"
    inner = {"Subtype": LIT("CIDFontType2"), "BaseFont": LIT("A"), "FontDescriptor": {"FontName": LIT("A")}}
    fonts = Fonts()
    font = fonts.get_font(
        7,
        {
            "Subtype": LIT("Type0"),
            "BaseFont": LIT("A"),
            "Encoding": LIT("Identity-H"),
            "DescendantFonts": [inner],
            "ToUnicode": PDFStream({}, mapped),
        },
    )
    assert font.to_unichr(0x13) == "产"
    assert not fonts.broken
