"""Lines under and through words are told from borders."""

from __future__ import annotations

from extract.page.underlines import drawn_across, page_to_strokes
from models.geometry import Box
from models.page import Char, Rule
from tests.paper import across, boxes_to_rules, page_of, typed

WORDS = typed("3102.15", 60, 100)
CELL = boxes_to_rules([Box(50, 90, 150, 120)])


def struck(*rules: Rule) -> str:
    strokes = page_to_strokes(page_of(WORDS, [*CELL, *rules]))
    return "".join(char.text for char in WORDS if id(char) in strokes.struck)


def kept(*rules: Rule) -> int:
    """How many of `rules` are borders."""
    strokes = page_to_strokes(page_of(WORDS, [*CELL, *rules]))
    return len(strokes.rules) - len(CELL)


def test_a_line_through_words_strikes_them_out_and_is_no_border() -> None:
    assert struck(across(105, 59, 96)) == "3102.15"
    assert kept(across(105, 59, 96)) == 0


def test_a_line_through_some_of_the_words_strikes_those() -> None:
    assert struck(across(105, 59, 81)) == "3102"


def test_a_line_that_goes_on_beyond_the_words_is_a_border() -> None:
    assert struck(across(105, 52, 120)) == ""
    assert kept(across(105, 52, 120)) == 1


def test_a_line_from_wall_to_wall_is_a_border_even_through_words() -> None:
    assert (struck(across(105, 50, 150)), kept(across(105, 50, 150))) == ("", 1)


def test_a_line_above_or_below_the_middle_strikes_nothing() -> None:
    assert struck(across(101, 59, 96)) == struck(across(109, 59, 96)) == ""


def test_an_underline_is_no_border_and_strikes_nothing() -> None:
    assert (struck(across(110.5, 60, 95)), kept(across(110.5, 60, 95))) == ("", 0)


def test_the_lines_drawn_across_a_page_are_its_borders() -> None:
    chars: list[Char] = WORDS
    lines = drawn_across(page_of(chars, [across(50, 40, 500), across(110.5, 60, 95)]))
    assert [line.at for line in lines] == [50]
