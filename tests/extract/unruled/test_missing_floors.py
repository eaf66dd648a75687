"""Rows between which a floor is missing are told from rows of wrapped text."""

from __future__ import annotations

from extract.page.tables import page_to_tables
from extract.unruled.missing_floors import JoinedRow, joined_rows
from models.geometry import Box
from models.page import Char
from tests.paper import boxes_to_rules, page_of, typed

CELLS = [Box(x, y, x + 90, y + 40) for y in (100, 140) for x in (50, 140, 230, 320)]


def found(*texts: tuple[str, float, float]) -> list[JoinedRow]:
    chars: list[Char] = [char for text, x, top in texts for char in typed(text, x, top)]
    return list(joined_rows(page_to_tables(page_of(chars, boxes_to_rules(CELLS)))))


def column(x: float, *texts: str) -> list[tuple[str, float, float]]:
    return [(text, x, 105.0 + 18 * n) for n, text in enumerate(texts)]


def test_columns_that_go_on_at_one_height_without_need_are_rows() -> None:
    (row,) = found(*column(55, "养护率", "完好率"), *column(145, "95%", "90%"), *column(235, "无", "无"))
    assert (row.box.top, row.box.bottom) == (100, 140)
    assert {(floor.start, floor.end) for floor in row.floors} == {(50, 140), (140, 230), (230, 320)}
    assert {round(floor.at) for floor in row.floors} == {119}


def test_words_alone_need_more_columns() -> None:
    three = [*column(55, "养护率", "完好率"), *column(145, "达标", "达标"), *column(235, "无", "无")]
    assert found(*three) == []
    assert len(found(*three, *column(325, "计划", "历史"))) == 1


def test_text_that_its_columns_were_too_narrow_for_is_one_row() -> None:
    wrapped = column(55, "农村公路列养率", "和优良中等路率")
    assert found(*wrapped, *((text, x + 90, top) for text, x, top in wrapped)) == []


def test_a_cell_whose_own_writer_broke_its_lines_is_one_row() -> None:
    assert found(*column(55, "一是养护", "二是管理"), *column(145, "95%")) == []
