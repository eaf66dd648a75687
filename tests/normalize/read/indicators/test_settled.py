"""Cells of inferred rows: settled by what they say, doubted where a line of theirs may stand in the next row."""

from __future__ import annotations

import pytest

from tests.normalize.read.indicators.tables import ANNUAL, LONG, inferred
from tests.normalize.read.marked_rows import codes

FORM = LONG + ANNUAL


def unsettled(text: str) -> set[str | None]:
    """The paths of the cells whose row or column is left open."""
    return {path for code, path in codes(inferred(text).notes) if code == "ambiguous-cell"}


def test_rows_that_say_one_whole_thing_in_every_cell_leave_nothing_open() -> None:
    assert codes(inferred(FORM).notes) == set()


def test_a_name_that_lost_its_end_to_the_next_row_is_open() -> None:
    torn = FORM.replace("\t县乡道改造里程\t≥", "\t县乡道改造\t≥").replace(
        "\t查处超限车辆\t≥", "\t里程查处超限车辆\t≥"
    )
    assert {f"/long_term/indicators/{n}/level3" for n in (2, 3)} <= unsettled(torn)


def test_a_number_in_a_unit_that_the_twin_does_not_have_is_open() -> None:
    torn = FORM.replace("≥800件/年\t历史标准\t约束型\n年", "≥800件/\t历史标准\t约束型\n年")
    assert "/long_term/indicators/3/target" in unsettled(torn)


def test_a_number_beside_one_that_is_none_is_open() -> None:
    torn = FORM.replace(
        "\t≥30公里\t计划标准\t约束型\n\t\t核心业务产出2\t查处超限车辆\t≥800件/年\t历",
        "\t≥30公里≥800件/年\t计划标准\t约束型\n\t\t核心业务产出2\t查处超限车辆\t\t历",
    )
    assert "/long_term/indicators/2/target" in {path for _, path in codes(inferred(torn).notes)}


def test_a_row_with_two_words_of_a_closed_list_settles_none_of_its_cells() -> None:
    two = FORM.replace("≥800件/年\t历史标准\t约束型\n年", "≥800件/年\t历史标准计划标准\t约束型\n年")
    assert {f"/long_term/indicators/3/{name}" for name in ("level3", "target", "category")} <= unsettled(two)


def test_an_own_indicator_that_only_one_table_has_is_open() -> None:
    alone = FORM + "\t\t核心业务产出3\t检测路面里程\t20公里\t25公里\t≥30公里\t计划标准\t约束型\n"
    assert {f"/annual/indicators/4/{name}" for name in ("level1", "level2", "level3")} <= unsettled(alone)


def test_a_label_that_the_twin_does_not_stand_under_is_doubted_in_both_tables() -> None:
    moved = FORM.replace(
        "\t履职效能\t核心业务产出1\t县乡道改造里程\t≥", "\t社会效益\t经济效益\t县乡道改造里程\t≥"
    )
    found = codes(inferred(moved).notes)
    assert {("names-differ", f"/{table}/indicators/2/level2") for table in ("long_term", "annual")} <= found


def test_how_far_a_label_reaches_is_open_where_neither_table_has_it_in_the_row() -> None:
    below = "社会效益\t社会效益\t惠及群众\t{}≥3万人\t计划标准\t基本型\n\t\t\t带动就业\t{}≥2万人\t计划标准\t基本型\n"
    long, annual = below.format("", ""), below.format("2万人\t2万人\t", "1万人\t1万人\t")
    found = unsettled(LONG + "\t" + long + ANNUAL + "\t" + annual)
    assert "/annual/indicators/5/level2" in found
    assert not {"/annual/indicators/4/level2", "/annual/indicators/5/level3"} & found


@pytest.mark.parametrize("label", ["核心业务产出", "出1核心业务产出2"])
def test_a_numbered_label_that_is_not_just_stem_and_number_is_doubted_with_the_name_beside_it(
    label: str,
) -> None:
    torn = FORM.replace("核心业务产出2", label)
    found = codes(inferred(torn).notes)
    assert {("label-differs", f"/annual/indicators/3/{name}") for name in ("level2", "level3")} <= found
