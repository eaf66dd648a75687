"""Where one cell may hold two: where a side is known by itself, at gaps, and between figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.form.catalogue import load_catalogue
from normalize.read.indicators.reader import indicator_model
from normalize.table.glued_cells import Cut, gluer
from normalize.table.table_prices import PRICES
from normalize.text.fold import fold

GLUER = gluer(indicator_model(load_catalogue()))


def cuts(raw: str) -> list[tuple[str, str]]:
    return [(cut.left, cut.right) for cut in options(raw)]


def options(raw: str) -> tuple[Cut, ...]:
    return GLUER.options(fold(raw), raw)


@pytest.mark.parametrize(
    ("raw", "halves"),
    [
        ("预算调整率0", ("预算调整率", "0")),
        ("预算调整率 0", ("预算调整率", "0")),
        ("预算支出标准基本型", ("预算支出标准", "基本型")),
        ("98%预算支出标准", ("98%", "预算支出标准")),
        ("管理效率战略管理", ("管理效率", "战略管理")),
        ("93.59% 91.03%", ("93.59%", "91.03%")),
        ("93.59%91.03%", ("93.59%", "91.03%")),
        ("法律援助合格案件数≥800件/年", ("法律援助合格案件数", "≥800件/年")),
        ("效果明显计划标准", ("效果明显", "计划标准")),
        ("核心业务产出3社区矫正监管对象", ("核心业务产出3", "社区矫正监管对象")),
        ("明显改善明显改善", ("明显改善", "明显改善")),
        ("无无", ("无", "无")),
    ],
)
def test_two_neighbours_in_one_cell(raw: str, halves: tuple[str, str]) -> None:
    assert halves in cuts(raw)


def test_a_misread_neighbour_is_known_too() -> None:
    assert ("公用经费控制", "公用经费控芾率") in cuts("公用经费控制公用经费控芾率")


@pytest.mark.parametrize(
    "text", ["基本型", "预算执行率", "社会效益", "与政府战略匹配、与部门职能相符", "无", ""]
)
def test_a_text_that_is_known_as_it_stands_is_not_cut(text: str) -> None:
    assert cuts(text) == []


def test_a_gap_makes_a_cut_cheaper() -> None:
    prices = {raw: min(cut.price for cut in options(raw)) for raw in ("法律援助 案件办结", "法律援助案件≥95")}
    assert prices == {"法律援助 案件办结": PRICES.glued_at_gap, "法律援助案件≥95": PRICES.glued}


def test_a_gap_between_two_figures_is_evidence_for_two_cells() -> None:
    assert [cut.price < 0 for cut in options("1377.16 1401.36")] == [True]


def test_a_word_that_only_ever_stands_alone_makes_a_cut_cheap() -> None:
    cheap = {cut.right: cut.price for cut in options("效果明显计划标准")}
    assert cheap["计划标准"] < PRICES.glued


@given(st.text(st.sampled_from("核心业务产出3法律援助≥800件/年0%计划标准基本型无 "), max_size=24))
def test_the_halves_are_the_whole(raw: str) -> None:
    text = fold(raw)
    for cut in options(raw):
        assert cut.left
        assert cut.right
        assert fold(cut.left + cut.right) == text
