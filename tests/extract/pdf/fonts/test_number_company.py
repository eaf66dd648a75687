"""Letters that stand where only digits can are read as these, where the font has no such digit."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pdf.fonts.audit import FontAudit, Lie
from extract.pdf.fonts.number_company import claims_in_numbers, disguised_codes
from tests.extract.pdf.fonts.lying import printed, read_fonts
from tests.extract.pdf.fonts.test_audit import unsure
from tests.paper import typed


def claims(*words: str) -> dict[str, str]:
    return claims_in_numbers(char for n, word in enumerate(words) for char in typed(word, 60, 100 + 20 * n))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("2O26年", "14O8.3", "1OO%", "≤O"), {"O": "0"}),
        (("2g.94", "29.4g", "g.8g5"), {"g": "9"}),
        (("13l93l5", "2l3.8%", "24l7"), {"l": "1"}),
        (("1001,06", "45,5%", "877,93"), {",": "."}),
        (("1,001,060", "877,930", "12,345"), {}),
        (("1,2,3", "4,5", "6,7"), {}),
        (("S203", "S318", "S512"), {}),
        (("5G", "4G", "3G"), {}),
        (("2O26年", "14O8.3", "CO2", "1OO%"), {}),
        (("2O26年", "1408.3"), {}),
    ],
    ids=[
        "O",
        "g beside points",
        "l",
        "comma",
        "thousands",
        "a list",
        "roads",
        "behind digits",
        "a word",
        "one slip",
    ],
)
def test_a_letter_among_digits_only_is_one(words: tuple[str, ...], found: dict[str, str]) -> None:
    assert claims(*words) == found


def test_the_font_is_told_what_it_draws(tmp_path: Path) -> None:
    text = "2026 1408.3 100% 5070"
    fonts, font = read_fonts(printed(tmp_path / "a.pdf", text, {"0": "O"}))
    chars = typed(text.replace("0", "O"), 100, 400, 12)
    assert FontAudit(unsure).look(fonts, chars) == (Lie(font.font.fontname, "O", "0"),)
    assert font.font.to_unichr(ord("0")) == "0"


def test_a_font_that_shows_the_digit_has_the_letter_too(tmp_path: Path) -> None:
    fonts, _ = read_fonts(printed(tmp_path / "a.pdf", "2026 1408.3 2O26"))
    assert list(disguised_codes(fonts, {"O": "0"})) == []
