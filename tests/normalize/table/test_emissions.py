"""A text is cheap in the column and the row where it belongs, and dear elsewhere."""

from __future__ import annotations

import pytest

from normalize.form.catalogue import load_catalogue
from normalize.read.indicators.reader import indicator_model
from normalize.table.emissions import BLANK_TEXT, COVERED_TEXT, UNREAD_TEXT, Emissions
from normalize.table.glued_cells import Cut
from normalize.table.lexicon import Lexicon
from normalize.table.table_prices import PRICES

MODEL = indicator_model(load_catalogue())
TEXTS = (
    BLANK_TEXT,
    COVERED_TEXT,
    UNREAD_TEXT,
    "预算执行率",
    "预算执行卒",
    "≥98%",
    "效果明显",
    "计划标准",
    "预算执行",
    "法律援助件数",
)
CUTS = ((Cut("预算执行率", "≥98%", 4.5), Cut("预算执行", "≥98%", 3.0)),)
LONG = Emissions(MODEL, 0, Lexicon(MODEL, TEXTS), CUTS)
COLUMNS = [column.key for column in LONG.variant.columns]
EXECUTION = next(n for n, state in enumerate(LONG.states) if state.entry.level3 == "预算执行率")
WORDS = next(n for n, state in enumerate(LONG.states) if state.entry.level3 == "工作计划健全性")


def price(text: str, column: str, state: int = EXECUTION, case: int = 0) -> float:
    costs = LONG.single[COLUMNS.index(column)][LONG.index[text]]
    return float(costs[case if costs.shape[0] > 1 else 0, state if costs.shape[1] > 1 else 0])


def test_a_name_belongs_in_its_row() -> None:
    assert price("预算执行率", "level3") == pytest.approx(PRICES.known_text)
    assert price("预算执行率", "level3", WORDS) > 3


def test_a_misread_name_is_nearly_as_cheap() -> None:
    assert price("预算执行率", "level3") < price("预算执行卒", "level3") < price("法律援助件数", "level3")


def test_a_number_wants_an_entry_with_numbers() -> None:
    assert price("≥98%", "target") < 1 < price("≥98%", "target", WORDS)
    assert price("效果明显", "target", WORDS) < price("效果明显", "target")


def test_a_closed_word_belongs_in_its_column() -> None:
    assert price("计划标准", "basis") < 1
    assert price("计划标准", "target") > price("效果明显", "target")


def test_a_label_is_printed_where_it_changes_and_blank_below() -> None:
    assert price("预算执行", "level2", case=1) < price("预算执行", "level2", case=0)
    assert price(BLANK_TEXT, "level2", case=0) < price(BLANK_TEXT, "level2", case=1)
    assert price(COVERED_TEXT, "level2", case=0) < price(BLANK_TEXT, "level2", case=0)


def test_an_unread_cell_may_be_anything() -> None:
    assert {price(UNREAD_TEXT, column) for column in COLUMNS} == {PRICES.unread_cell}


def test_the_cheapest_cut_of_a_glued_cell_counts() -> None:
    name = COLUMNS.index("level3")
    whole = price("预算执行率", "level3") + price("≥98%", "target") + CUTS[0][0].price
    assert LONG.pair[name][1, 0, EXECUTION] == pytest.approx(whole)
    assert LONG.cut_price(CUTS[0][0], name, EXECUTION) == pytest.approx(whole)
