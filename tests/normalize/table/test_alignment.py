"""One row's cells onto the columns, in order; the prices of many rows at once agree with one row's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.form.catalogue import load_catalogue
from normalize.read.indicators.reader import indicator_model
from normalize.table.alignment import OFFSETS, Stretch, backward
from normalize.table.cell_margins import Alignment, Choice, best_alignments
from normalize.table.emissions import BLANK_TEXT, COVERED_TEXT, Emissions
from normalize.table.glued_cells import Cut
from normalize.table.lexicon import Lexicon
from normalize.table.model import CASES
from normalize.table.table_prices import PRICES

MODEL = indicator_model(load_catalogue())
TEXTS = (
    BLANK_TEXT,
    COVERED_TEXT,
    "管理效率",
    "预算执行",
    "预算执行率",
    "98%",
    "无",
    "预算支出标准",
    "基本型",
    "效果明显",
    "法律援助件数",
)
LEXICON = Lexicon(MODEL, TEXTS)
TWO_IN_ONE = "预算执行率98%"
LONG = Emissions(MODEL, 0, LEXICON, [(Cut("预算执行率", "98%", 4.5), Cut("预算执行", "98%", 4.5))])
EXECUTION = next(n for n, state in enumerate(LONG.states) if state.entry.level3 == "预算执行率")
ROW = (BLANK_TEXT, "管理效率", "预算执行", "预算执行率", "98%", "预算支出标准", "基本型")
LINES = st.lists(st.sampled_from((*TEXTS, TWO_IN_ONE)), min_size=1, max_size=10)


def stretch(*texts: str, emissions: Emissions = LONG) -> Stretch:
    """A row of known texts; `TWO_IN_ONE` is known only by the two that it falls apart into."""
    numbers = tuple(emissions.index.get(text, emissions.index["法律援助件数"]) for text in texts)
    return Stretch(numbers, tuple(int(text == TWO_IN_ONE) for text in texts), 0.0)


def align(*texts: str, offset: int = 0, state: int = EXECUTION, case: int = 2) -> Alignment:
    return best_alignments(LONG, [Choice(stretch(*texts), state, case, offset)])[0]


def columns(alignment: Alignment) -> list[int | None]:
    return [taken[0] if taken else None for taken in alignment.columns]


def test_a_whole_row_fills_its_columns() -> None:
    assert columns(align(*ROW)) == [0, 1, 2, 3, 4, 5, 6]


def test_a_row_without_its_first_blank_begins_one_column_later() -> None:
    assert columns(align(*ROW[1:], offset=1)) == [1, 2, 3, 4, 5, 6]


def test_a_row_with_a_blank_too_many_begins_one_cell_later() -> None:
    assert columns(align(BLANK_TEXT, *ROW, offset=-1)) == [None, 0, 1, 2, 3, 4, 5, 6]


def test_a_missing_column_is_skipped() -> None:
    assert columns(align(*ROW[:4], *ROW[5:])) == [0, 1, 2, 3, 5, 6]


def test_a_blank_cell_too_many_is_skipped() -> None:
    assert columns(align(*ROW[:4], BLANK_TEXT, *ROW[4:])) == [0, 1, 2, 3, None, 4, 5, 6]


def test_a_filled_cell_too_many_is_skipped_at_a_price() -> None:
    whole, crowded = align(*ROW), align(*ROW, "98%")
    assert columns(crowded) == [0, 1, 2, 3, 4, 5, 6, None]
    assert crowded.cost > whole.cost + 8


def test_a_clear_row_has_wide_margins() -> None:
    assert min(align(*ROW).gaps[1:]) > 3


def test_a_value_that_fits_two_columns_has_a_narrow_margin() -> None:
    annual = Emissions(MODEL, 1, LEXICON)
    line = (
        BLANK_TEXT,
        BLANK_TEXT,
        BLANK_TEXT,
        "预算执行率",
        "98%",
        BLANK_TEXT,
        "98%",
        "预算支出标准",
        "基本型",
    )
    row = stretch(*line[:5], *line[6:], emissions=annual)
    state = next(n for n, s in enumerate(annual.states) if s.entry.level3 == "预算执行率")
    alignment = best_alignments(annual, [Choice(row, state, 0, 0)])[0]
    assert alignment.gaps[4] < 3 < alignment.gaps[3]


def test_two_cells_in_one_take_two_columns() -> None:
    alignment = align(*ROW[:3], TWO_IN_ONE, *ROW[5:])
    assert alignment.columns == ((0,), (1,), (2,), (3, 4), (5,), (6,))


def test_a_margin_is_the_price_of_the_next_best_place() -> None:
    whole = align(*ROW)
    for cell, gap in enumerate(whole.gaps):
        elsewhere = Choice(stretch(*ROW), EXECUTION, 2, 0, frozenset({(cell, cell)}))
        assert best_alignments(LONG, [elsewhere])[0].cost == pytest.approx(whole.cost + gap)


def test_a_forbidden_pair_is_not_used() -> None:
    forbidden = frozenset({(4, 4)})
    alignment = best_alignments(LONG, [Choice(stretch(*ROW), EXECUTION, 2, 0, forbidden)])[0]
    assert 4 not in alignment.columns[4]
    assert alignment.cost > align(*ROW).cost


@given(LINES, st.sampled_from(OFFSETS), st.integers(0, CASES - 1))
def test_cells_keep_their_order_and_no_column_is_taken_twice(line: list[str], offset: int, case: int) -> None:
    taken = [column for cell in align(*line, offset=offset, case=case).columns for column in cell]
    assert taken == sorted(set(taken))


@given(st.lists(LINES, min_size=1, max_size=4), st.integers(0, CASES - 1))
def test_many_rows_at_once_cost_what_each_costs_alone(lines: list[list[str]], case: int) -> None:
    together = backward([LONG], [stretch(*line) for line in lines])
    for line, price in zip(lines, together, strict=True):
        for o, offset in enumerate(OFFSETS):
            alone = align(*line, offset=offset, case=case).cost
            if alone < PRICES.impossible and -offset <= len(line):
                assert float(price[case, o, EXECUTION]) == pytest.approx(alone, abs=1e-3)


@given(st.lists(LINES, min_size=1, max_size=4), st.sampled_from(OFFSETS))
def test_rows_aligned_together_lie_as_each_lies_alone(lines: list[list[str]], offset: int) -> None:
    choices = [Choice(stretch(*line), EXECUTION, 1, offset) for line in lines]
    assert best_alignments(LONG, choices) == [best_alignments(LONG, [choice])[0] for choice in choices]
