"""How far a text is from everything that the catalogue names, whatever column or row it stands in."""

from __future__ import annotations

import pytest

from normalize.form.catalogue import load_catalogue
from normalize.read.indicators.reader import indicator_model
from normalize.table.lexicon import Lexicon
from normalize.table.table_prices import PRICES

TEXTS = (
    *("≥800件/年", "≥刮5%", "无", "效果明显", "计划标准", "预算执行率", "管理效率", "服务型政府建设"),
    *("法律援助件数", "件数800%", "预算执行卒", "办结案件计划标准", "核心业务产出12", "ì1"),
)
LEXICON = Lexicon(indicator_model(load_catalogue()), TEXTS)
NUMBERS = dict(zip(TEXTS, LEXICON.value_costs(PRICES.quantitative).tolist(), strict=True))
ODDNESS = dict(zip(TEXTS, LEXICON.oddness.tolist(), strict=True))


def test_in_a_column_of_numbers_a_number_is_cheapest_and_one_misread_next() -> None:
    assert NUMBERS["≥800件/年"] == pytest.approx(PRICES.quantitative.number)
    assert NUMBERS["无"] == pytest.approx(PRICES.quantitative.nothing)
    assert NUMBERS["≥刮5%"] == pytest.approx(PRICES.quantitative.digits)
    assert NUMBERS["效果明显"] == pytest.approx(PRICES.quantitative.other)
    assert sorted(NUMBERS, key=lambda text: NUMBERS[text])[0] == "≥800件/年"


@pytest.mark.parametrize("text", ["计划标准", "预算执行率", "管理效率", "服务型政府建设"])
def test_what_belongs_into_another_cell_is_dearer_than_a_free_text(text: str) -> None:
    assert NUMBERS[text] > NUMBERS["效果明显"]


@pytest.mark.parametrize(
    "text",
    [
        "计划标准",
        "预算执行率",
        "管理效率",
        "服务型政府建设",
        "≥800件/年",
        "无",
        "件数800%",
        "办结案件计划标准",
        "ì1",
    ],
)
def test_what_is_known_or_no_name_is_odd_as_a_name_of_one_s_own(text: str) -> None:
    assert ODDNESS[text] > ODDNESS["法律援助件数"] == 0


def test_a_long_text_is_hardly_a_name() -> None:
    long = Lexicon(indicator_model(load_catalogue()), ["办" * 25, "办" * 26]).oddness
    assert (long[0], long[1]) == (0, pytest.approx(PRICES.odd_long))


def test_a_name_is_near_itself_nearer_than_a_misread_one_and_everything_else_is_foreign() -> None:
    (near,) = LEXICON.near(["预算执行率"]).T
    costs = dict(zip(TEXTS, near.tolist(), strict=True))
    assert costs["预算执行率"] == pytest.approx(0, abs=0.5)
    assert costs["预算执行率"] < costs["预算执行卒"] < PRICES.foreign_text
    assert costs["法律援助件数"] == PRICES.foreign_text


def test_a_numbered_label_is_known_by_its_words_and_wants_its_number() -> None:
    lexicon = Lexicon(indicator_model(load_catalogue()), ["核心业务产出12", "核心业务产出"])
    numbered, bare = lexicon.near(["核心业务产出{n}"])[:, 0].tolist()
    assert numbered == pytest.approx(0, abs=0.5)
    assert bare == pytest.approx(numbered + PRICES.unnumbered)


def test_without_names_every_text_is_foreign() -> None:
    assert set(LEXICON.near([])[:, 0].tolist()) == {PRICES.foreign_text}
