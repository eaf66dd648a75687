"""Letters that stand where only digits can are read as these, where the font has no such digit."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pdf.fonts.audit import FontAudit, Lie
from extract.pdf.fonts.number_company import claims_in_numbers, disguised_codes
from tests.extract.pdf.fonts.lying import printed, read_fonts
from tests.extract.pdf.fonts.test_audit import unsure
from tests.paper import typed


def claims(*words: str) -> set[str]:
    chars = (char for n, word in enumerate(words) for char in typed(word, 60, 100 + 20 * n))
    return set(claims_in_numbers(chars, "OlgSG,"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("2O26年", "14O8.3", "1OO%", "≤O"), {"O"}),
        (("2g.94", "29.4g", "g.8g5"), {"g"}),
        (("13l93l5", "2l3.8%", "24l7"), {"l"}),
        (("1001,06", "45,5%", "877,93"), {","}),
        (("1,001,060", "877,930", "12,345"), set()),
        (("1,2,3", "4,5", "6,7"), set()),
        (("S203", "S318", "S512"), set()),
        (("5G", "4G", "3G"), set()),
        (("2O26年", "14O8.3", "CO2", "1OO%"), set()),
        (("2O26年", "1408.3"), set()),
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
def test_a_letter_among_digits_only_is_one(words: tuple[str, ...], found: set[str]) -> None:
    assert claims(*words) == found


def test_the_font_is_told_what_it_draws(tmp_path: Path) -> None:
    text = "2026 1408.3 100% 5070"
    fonts, font = read_fonts(printed(tmp_path / "a.pdf", text, {"0": "O"}))
    chars = typed(text.replace("0", "O"), 100, 400, 12)
    assert FontAudit(unsure).look(fonts, chars) == (Lie(font.font.fontname, "O", "0"),)
    assert font.font.to_unichr(ord("0")) == "0"


def test_a_font_that_shows_the_digit_has_the_letter_too(tmp_path: Path) -> None:
    text = "2026 1408.3 597 2O26 2O26 2O26"
    fonts, _ = read_fonts(printed(tmp_path / "a.pdf", text))
    assert list(disguised_codes(fonts, typed(text.replace("2026", ""), 100, 400, 12))) == []


def test_a_font_of_few_digits_draws_what_another_one_of_the_file_does(tmp_path: Path) -> None:
    text = "2026 1408.3 100% 5070"
    fonts, _ = read_fonts(printed(tmp_path / "a.pdf", text, {"0": "O"}))
    others, few = read_fonts(printed(tmp_path / "b.pdf", "2028 2020", {"0": "O"}))
    chars = typed(text.replace("0", "O"), 100, 400, 12)
    assert list(disguised_codes(others, chars)) == []
    fonts.fonts |= {"few": few}
    assert {lie.drawn for lie in FontAudit(unsure).look(fonts, chars)} == {"0"}
    assert few.font.to_unichr(ord("0")) == "0"


def test_one_number_suffices_for_a_letter_that_is_known() -> None:
    chars = typed("2O28", 100, 400, 12)
    assert claims_in_numbers(chars, "O") == frozenset()
    assert claims_in_numbers(chars, "O", {"O"}) == {"O"}
