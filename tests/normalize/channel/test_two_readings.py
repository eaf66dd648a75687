"""Of two readings of a cell the picture chooses; the layer's record on the page counts."""

from __future__ import annotations

import numpy as np
import pytest

from models.grid import Cell, Grid, Place
from models.posteriors import dense_to_posteriors
from normalize.channel.two_readings import ChosenReading, choose_readings
from normalize.form.physical_rows import RowSlot, pieces_to_rows
from normalize.notes.notes import Notebook


def cell(text: str, second: str | None, doubt: dict[str, float] | None = None) -> Cell:
    """A cell read as `text`, whose last character could also be one of `doubt`."""
    alphabet = list(dict.fromkeys(text + "".join(doubt or ())))
    matrix = np.zeros((2 * len(text) + 1, len(alphabet) + 1), np.float32)
    matrix[::2, 0] = 1.0
    for n, char in enumerate(text):
        matrix[2 * n + 1, alphabet.index(char) + 1] = 1.0
    for char, probability in (doubt or {}).items():
        matrix[2 * len(text) - 1, alphabet.index(text[-1]) + 1] -= probability
        matrix[2 * len(text) - 1, alphabet.index(char) + 1] = probability
    return Cell(0, 0, text, Place(), posteriors=dense_to_posteriors(matrix, alphabet), second=second)


RIGHT = [cell("计划标准", "计划标准")] * 30
WRONG = [cell("计划标准", "历史标准")] * 30
DOUBTFUL = {"5": 0.4}


def settled(one: Cell, layer: list[Cell]) -> ChosenReading:
    return choose_readings([*layer, one])[-1]


def test_where_both_say_the_same_the_reading_is_surer_the_better_the_layer() -> None:
    alone, trusted, mistrusted = (
        settled(cell("12.3", second, DOUBTFUL), layer)
        for second, layer in ((None, RIGHT), ("12.3", RIGHT), ("12.3", WRONG))
    )
    assert alone.confidence == mistrusted.confidence == pytest.approx(0.6, abs=0.01)
    assert trusted.confidence == 0.99 and trusted.rival is None


def test_width_and_blanks_are_no_difference() -> None:
    assert settled(cell("（8%）", "( 8％ )"), RIGHT) == ChosenReading("（8%）", 0.99)


def test_a_trusted_layer_wins_where_the_picture_hesitates_and_ours_stays_in_sight() -> None:
    found = settled(cell("12.3", "12.5", DOUBTFUL), RIGHT)
    assert found == ChosenReading("12.5", found.confidence, "12.3", from_layer=True)
    assert found.confidence == pytest.approx(0.98, abs=0.01)


def test_a_wrong_layer_never_wins_and_is_heard_only_where_the_picture_may_show_it() -> None:
    near, far = settled(cell("12.3", "12.5", DOUBTFUL), WRONG), settled(cell("12.3", "98.7"), WRONG)
    assert (near.text, near.rival) == ("12.3", "12.5")
    assert (far.text, far.rival) == ("12.3", None)
    assert far.confidence == pytest.approx(1.0, abs=1e-4)


def test_a_trusted_layer_that_contradicts_a_clear_picture_is_not_passed_over() -> None:
    found = settled(cell("12.3", "98.7"), RIGHT)
    assert (found.text, found.rival) == ("12.3", "98.7")


def test_where_nothing_was_read_only_a_trusted_layer_is_believed() -> None:
    blank = Cell(0, 0, "", Place(), state="blank", second="0")
    assert settled(blank, RIGHT) == ChosenReading("0", None, "", from_layer=True)
    assert settled(blank, WRONG) == ChosenReading("", None)


def test_the_other_reading_reaches_the_row_and_points_at_the_value() -> None:
    grid = Grid((*(c for c in RIGHT), cell("12.3", "98.7")), 1, 1, reader="picture")
    (*_, slot) = pieces_to_rows([grid])[0].slots
    assert (slot.text, slot.rival) == ("12.3", "98.7")
    book = Notebook()
    book.read_at("/phone", [RowSlot("12.3", Place(), "12.3", confidence=0.5, rival="12.5")])
    (found,) = book.notes().findings
    assert (found.code, found.severity, found.path) == ("readers-differ", "warning", "/phone")


def test_a_clear_choice_between_two_readings_is_only_information() -> None:
    book = Notebook()
    book.read_at("/phone", [RowSlot("12.3", Place(), "12.3", confidence=0.9, rival="12.5")])
    assert [finding.severity for finding in book.notes().findings] == ["info"]
