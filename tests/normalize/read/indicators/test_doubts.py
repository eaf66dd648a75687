"""Blanks, cells without a column, and rows of one horizon only are told where they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.transcripts.markup import text_to_pieces
from models.grid import Place
from normalize.form.physical_rows import pieces_to_rows
from normalize.read.indicators.doubts import note_doubts
from normalize.read.indicators.inferred_rows import catalogue_to_labels
from normalize.read.indicators.placed import IndicatorRow
from normalize.read.indicators.reader import decoded_to_indicators
from normalize.table.decoder import decode
from tests.normalize.read.indicators.tables import ANNUAL, CATALOGUE, LONG, MODEL, decoded, indicators
from tests.normalize.read.marked_rows import codes


def test_whole_tables_leave_nothing_to_ask() -> None:
    assert codes(indicators(LONG + ANNUAL).notes) == set()


def test_a_blank_cell_is_told_at_its_place() -> None:
    read = indicators(LONG.replace("≥30公里\t计划标准", "≥30公里\t") + ANNUAL)
    assert codes(read.notes) == {("missing-value", "/long_term/indicators/2/basis")}


def test_a_blank_history_is_asked_about_only_where_its_row_lacks_more() -> None:
    blank = ANNUAL.replace("26公里\t28公里", "\t")
    assert codes(indicators(LONG + blank).notes) == set()
    less = blank.replace("≥30公里\t计划标准", "≥30公里\t")
    assert ("missing-value", "/annual/indicators/2/history/last_year") in codes(indicators(LONG + less).notes)


def test_an_indicator_of_one_horizon_only_is_told_in_the_other() -> None:
    lines = [line for line in ANNUAL.splitlines(keepends=True) if "工作计划健全性" not in line]
    read = indicators(LONG + "".join(lines))
    assert codes(read.notes) == {("indicator-without-twin", "/annual/indicators")}


@pytest.mark.parametrize("only", [LONG, ANNUAL])
def test_in_a_form_that_prints_one_table_no_twin_is_missing(only: str) -> None:
    assert {code for code, _ in codes(indicators(only).notes)} & {"indicator-without-twin"} == set()


def test_a_value_that_could_not_be_read_is_nothing_and_told() -> None:
    rows = pieces_to_rows(text_to_pieces(LONG + ANNUAL))
    unread = [
        replace(
            row,
            slots=tuple(
                replace(s, raw="", text="", unread=True) if s.text == "28公里" else s for s in row.slots
            ),
        )
        for row in rows
    ]
    read = decoded_to_indicators(decode(MODEL, unread), CATALOGUE)
    assert read.value.annual[2].history.last_year is None
    assert codes(read.notes) == {("missing-value", "/annual/indicators/2/history/last_year")}


def rivalled(rival_level2: str, twin_level2: str | None) -> set[tuple[str, str | None]]:
    """What is said of an own row that may also stand under `rival_level2`, its twin under `twin_level2`."""
    rows = decoded(LONG + ANNUAL).rows
    row, twin = rows[2], rows[6]
    row = replace(row, rivals=(replace(row.state, level2=rival_level2),))
    placed = replace(twin, state=replace(twin.state, level2=twin_level2)) if twin_level2 else None
    place = IndicatorRow(row, "/long_term/indicators/2", placed, None)
    return codes(note_doubts(place, catalogue_to_labels(CATALOGUE)))


def test_a_row_that_may_belong_to_another_level_is_told_at_that_level() -> None:
    level2 = decoded(LONG + ANNUAL).rows[2].state.level2 or ""
    told = {("ambiguous-row", "/long_term/indicators/2/level2")}
    assert rivalled("社会效益", None) == told
    assert rivalled("社会效益", "社会效益") == told
    assert rivalled("社会效益", level2) == set()
    assert rivalled(level2, None) == set()


def on_pages(*pages: int) -> list[str | None]:
    """The paths told of disorder where the third and fourth row, which come first in the catalogue, stand on a later page."""
    lines = LONG.splitlines()
    swapped = "\n".join((lines[2].replace("\t履职", "长期绩效指标\t履职", 1), lines[3], lines[0], lines[1]))
    rows = [
        replace(row, slots=tuple(replace(slot, place=Place(page)) for slot in row.slots))
        for row, page in zip(pieces_to_rows(text_to_pieces(swapped)), pages, strict=True)
    ]
    read = decoded_to_indicators(decode(MODEL, rows), CATALOGUE)
    return [path for code, path in codes(read.notes) if code == "pages-unordered"]


def test_rows_before_others_of_the_catalogue_on_the_next_page_are_told() -> None:
    assert on_pages(3, 3, 4, 4) == ["/long_term/indicators"]


def test_a_department_s_own_order_within_a_page_is_not() -> None:
    assert on_pages(3, 3, 3, 3) == []


def test_an_entry_of_the_catalogue_that_comes_twice_is_told_at_both_rows() -> None:
    again = "\t\t\t工作计划健全性\t工作计划制定明确，与部门职能和中长期规划相符\t计划标准\t基本型\n"
    told = codes(indicators(LONG + again + ANNUAL).notes)
    assert {path for code, path in told if code == "ambiguous-row"} >= {
        "/long_term/indicators/1",
        "/long_term/indicators/4",
    }
