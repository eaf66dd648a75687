"""Which rows of the two horizons are the same indicator: entries by code, own ones by name, order and level 2."""

from __future__ import annotations

from normalize.form.twins import IndicatorName, pair_names


def entry(code: str) -> IndicatorName:
    return IndicatorName(code, "产出指标", "数量指标", None)


def own(name: str | None, level2: str = "核心业务产出1") -> IndicatorName:
    return IndicatorName(None, "产出指标", level2, name)


def test_entries_pair_by_code_whatever_their_order() -> None:
    assert pair_names([entry("A"), entry("B")], [entry("B"), entry("A")]) == ((0, 1), (1, 0))


def test_an_entry_that_stands_twice_pairs_once() -> None:
    assert pair_names([entry("A"), entry("A")], [entry("A")]) == ((0, 0),)


def test_an_entry_pairs_with_no_row_of_a_department() -> None:
    assert pair_names([entry("A")], [own("调解纠纷案件个数")]) == ()


def test_a_misread_name_is_the_same_indicator() -> None:
    assert pair_names([own("调解纠纷案件个数")], [own("调解纠纷案伴个数")]) == ((0, 0),)


def test_another_name_is_another_indicator() -> None:
    assert pair_names([own("调解纠纷案件个数")], [own("普法宣传场次数量")]) == ()


def test_a_name_that_is_part_of_the_other_is_the_same() -> None:
    assert pair_names([own("社区矫正")], [own("社区矫正对象监管覆盖率")]) == ((0, 0),)


def test_own_rows_pair_in_order() -> None:
    long = [own("普法宣传场次"), own("法律援助案件数")]
    annual = [own("法律援助案件数"), own("普法宣传场次")]
    assert len(pair_names(long, annual)) == 1


def test_a_row_in_between_is_left_alone() -> None:
    long = [own("普法宣传场次"), own("法律援助案件数")]
    annual = [own("普法宣传场次"), own("安置帮教人员"), own("法律援助案件数")]
    assert pair_names(long, annual) == ((0, 0), (1, 2))
    assert pair_names(annual, long) == ((0, 0), (2, 1))


def test_of_two_equal_names_the_one_under_the_same_level_2_is_the_twin() -> None:
    long = [own("群众满意率", "核心业务产出2")]
    annual = [own("群众满意率", "满意度"), own("群众满意率", "核心业务产出3")]
    assert pair_names(long, annual) == ((0, 1),)


def test_the_number_behind_a_level_2_tells_nothing() -> None:
    long = [own("群众满意率", "核心业务产出2")]
    annual = [own("群众满意率", "核心业务产出{n}"), own("群众满意率", "满意度")]
    assert pair_names(long, annual) == ((0, 0),)


def test_a_blank_name_pairs_with_what_is_left() -> None:
    assert pair_names([own(None)], [own("普法宣传场次")]) == ((0, 0),)


def test_a_blank_name_under_another_level_2_still_costs_less_than_two_lone_rows() -> None:
    assert pair_names([own(None, "满意度")], [own("普法宣传场次")]) == ((0, 0),)
