"""An indicator of a form that no layout describes is doubted where a column of its table was not understood."""

from __future__ import annotations

from normalize.read.parts.indicator_doubts import is_anew
from normalize.read.parts.indicator_tables import read_indicator_tables
from tests.normalize.read.marked_rows import codes
from tests.normalize.read.parts.taken_apart import layout, parts

ROW = "产出指标\t数量指标\t维修道路里程\t"


def doubted(text: str) -> set[tuple[str, str | None]]:
    return codes(read_indicator_tables(parts(text), layout()).notes)


def test_a_column_of_an_unknown_heading_may_be_the_targets() -> None:
    told = doubted(f"一级指标\t二级指标\t三级指标\t达标要求\n{ROW}≥12公里\n")
    assert ("missing-value", "/annual/indicators/0/target") in told
    assert ("missing-value", "/annual/indicators/0/level3") not in told


def test_a_known_table_is_not_doubted() -> None:
    assert doubted(f"一级指标\t二级指标\t三级指标\t指标值\n{ROW}≥12公里\n") == set()


def test_a_bare_number_beside_a_column_that_may_hold_its_sign_is_doubted() -> None:
    told = doubted(f"一级指标\t二级指标\t三级指标\t关系\t指标值\t权重\n{ROW}≥\t12\t10\n")
    assert ("ambiguous-cell", "/annual/indicators/0/target") in told


def test_a_blank_level_2_is_told() -> None:
    told = doubted("一级指标\t二级指标\t三级指标\t指标值\n产出指标\t\t维修道路里程\t≥12公里\n")
    assert ("missing-value", "/annual/indicators/0/level2") in told


def test_levels_that_begin_anew_may_be_of_another_horizon() -> None:
    block = f"{ROW}≥12公里\n效益指标\t社会效益指标\t群众知晓率\t≥90%\n"
    told = doubted(f"一级指标\t二级指标\t三级指标\t指标值\n{block}{block}")
    assert ("missing-value", "/long_term/indicators") in told
    assert ("ambiguous-row", "/annual/indicators/2") in told


def test_levels_begin_anew_where_one_that_was_over_is_printed_again() -> None:
    assert is_anew(("产出指标", "效益指标", "产出指标"))
    assert not is_anew(("产出指标", "产出指标", "效益指标"))
