"""One row of an indicator table: levels with their scores, values with sign and unit in columns of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize.read.parts.indicator_cells import (
    IndicatorCells,
    is_sign,
    read_core,
    read_level,
    read_listed_word,
    read_plain,
    read_value,
    read_weight,
)
from tests.normalize.read.marked_rows import codes
from tests.normalize.read.parts.taken_apart import layout, slot

PATH = "/annual/indicators/0"


def cells(**texts: str) -> IndicatorCells:
    return IndicatorCells({name: slot(text) for name, text in texts.items()}, {}, PATH)


def pictured(**texts: str) -> IndicatorCells:
    slots = {name: slot(text, exact=False, confidence=0.9) for name, text in texts.items()}
    return IndicatorCells(slots, {}, PATH)


def test_past_values_stand_in_the_history() -> None:
    row = cells()
    assert row.value_path("last_year") == f"{PATH}/history/last_year"
    assert row.value_path("target") == f"{PATH}/target"


def test_a_level_is_parted_from_its_score() -> None:
    read = read_level(cells(level1="产出指标（50分）"), "level1", layout()).value
    assert (read.text, read.score) == ("产出指标", "50分")


def test_a_level_without_a_column_is_none() -> None:
    assert read_level(cells(), "level1", layout()).value.text is None


def test_a_misread_word_of_a_closed_list_is_repaired_and_told() -> None:
    read = read_listed_word(pictured(kind="定量指杯"), "kind", ("定量指标", "定性指标"))
    assert read.value == "定量指标"
    assert read.notes.repairs


def test_a_text_of_the_file_itself_is_no_misreading() -> None:
    read = read_listed_word(cells(kind="定量指杯"), "kind", ("定量指标", "定性指标"))
    assert read.value == "定量指杯"


def test_sign_and_unit_of_their_own_columns_belong_to_the_target() -> None:
    read = read_value(cells(comparator=">=", target="95", unit="%"), "target").value
    assert read is not None
    assert (read.text, read.comparator, read.number, read.unit) == ("≥95%", ">=", Decimal(95), "%")


def test_a_sign_of_a_file_stays_as_it_is_printed() -> None:
    read = read_value(cells(target="≦5%"), "target").value
    assert read is not None
    assert (read.text, read.comparator) == ("≦5%", "<=")


def test_a_pictured_sign_is_the_usual_one() -> None:
    read = read_value(pictured(target="≦5%"), "target").value
    assert read is not None
    assert read.text == "≤5%"


def test_a_unit_that_the_value_says_already_is_not_said_twice() -> None:
    read = read_value(cells(target="95%", unit="%"), "target").value
    assert read is not None
    assert read.text == "95%"


def test_a_sign_of_its_own_column_belongs_to_a_value_with_its_unit() -> None:
    value = read_value(cells(target="48场", comparator="≥"), "target").value
    assert value is not None and (value.comparator, value.number, value.unit) == (">=", 48, "场")


def test_a_sign_beside_words_is_doubted() -> None:
    read = read_value(cells(comparator="≥", target="明显提高"), "target")
    assert codes(read.notes) == {("unparsed-value", f"{PATH}/target")}


def test_a_blank_cell_has_no_value() -> None:
    assert read_value(cells(target=""), "target").value is None
    assert read_value(cells(), "target").value is None


@pytest.mark.parametrize("printed", ["10", "10%", "10分", "10％"])
def test_a_weight_is_a_number_without_its_sign(printed: str) -> None:
    assert read_weight(cells(weight=printed)).value == 10


def test_a_weight_that_is_no_number_is_told() -> None:
    read = read_weight(cells(weight="十分"))
    assert read.value is None
    assert codes(read.notes) == {("unparsed-value", f"{PATH}/weight")}


@pytest.mark.parametrize(("printed", "core"), [("是", True), ("√", True), ("否", False), ("□", False)])
def test_a_core_indicator_is_marked(printed: str, core: bool) -> None:
    assert read_core(cells(core=printed)).value is core


def test_a_mark_of_another_kind_is_told_and_means_nothing() -> None:
    read = read_core(cells(core="待定"))
    assert read.value is None
    assert codes(read.notes) == {("unparsed-value", f"{PATH}/core")}


def test_a_text_of_the_writer_stays_as_it_is() -> None:
    assert read_plain(cells(basis="县委会议纪要"), "basis").value == "县委会议纪要"
    assert read_plain(cells(), "basis").value is None


@pytest.mark.parametrize(("text", "sign"), [("≥", True), ("大于等于", True), ("定性", False), ("", False)])
def test_what_a_column_of_signs_says(text: str, sign: bool) -> None:
    assert is_sign(text) is sign
