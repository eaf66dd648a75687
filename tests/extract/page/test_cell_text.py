"""What a cell says: written in any direction, struck out, raised, one number above another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.page.cell_text import CellText, chars_to_cell_text
from models.geometry import Box
from models.page import Char
from tests.paper import typed

CELL = Box(50, 90, 150, 140)


def raised(text: str, x: float, top: float = 98.0) -> list[Char]:
    return typed(text, x, top, 5)


@pytest.mark.parametrize(
    ("number", "mark", "text"),
    [("402.87", "2", "402.87"), ("10", "4", "10⁴"), ("3268.4", "[1]", "3268.4"), ("30km", "2", "30km²")],
)
def test_a_raised_mark_is_an_exponent_or_a_footnote_s(number: str, mark: str, text: str) -> None:
    chars = [*typed(number, 60, 100), *raised(mark, 60 + 5 * len(number))]
    assert chars_to_cell_text(chars, CELL).text == text


def test_small_characters_on_the_line_are_part_of_it() -> None:
    chars = [*typed("面积", 60, 100), *typed("2", 80, 105, 5)]
    assert chars_to_cell_text(chars, CELL).text == "面积2"


def test_numbers_one_above_another_are_two() -> None:
    chars = [*typed("12", 95, 100), *typed("30", 95, 112)]
    assert chars_to_cell_text(chars, CELL) == CellText("12\n30", stacked=True)


def test_a_number_that_its_cell_was_too_narrow_for_is_one() -> None:
    chars = [*typed("1234567", 52, 100), *typed("89.5", 52, 112)]
    assert chars_to_cell_text(chars, Box(50, 90, 89, 140)) == CellText("123456789.5")


def test_words_below_a_number_are_not_stacked() -> None:
    chars = [*typed("12", 95, 100), *typed("公里", 90, 112)]
    assert chars_to_cell_text(chars, CELL) == CellText("12公里")


@pytest.mark.parametrize(("turn", "step"), [(1, 5.0), (3, -5.0)], ids=["downwards", "upwards"])
def test_turned_text_is_read_along_its_direction(turn: int, step: float) -> None:
    chars = [
        Char(digit, Box(90, 110 + step * n, 100, 115 + step * n), 10, turn=turn)
        for n, digit in enumerate("95.24%")
    ]
    assert chars_to_cell_text(chars, CELL).text == "95.24%"


def test_struck_words_are_left_out_beside_others_and_kept_alone() -> None:
    old, new = typed("3102.15", 55, 100), typed("3120.51", 100, 100)
    struck = frozenset(map(id, old))
    assert chars_to_cell_text([*old, *new], CELL, struck) == CellText("3120.51", struck="3102.15")
    assert chars_to_cell_text(old, CELL, struck) == CellText("3102.15", void=True)


def test_blanks_beside_struck_words_are_no_words() -> None:
    old = typed("3102.15", 55, 100)
    blank = replace(typed(" ", 95, 100)[0])
    assert chars_to_cell_text([*old, blank], CELL, frozenset(map(id, old))).void
