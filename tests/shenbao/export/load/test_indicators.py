"""Codes, signs and units of an indicator as the budget system wants them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from models.declaration import Annual as AnnualPart
from models.declaration import AnnualIndicator, DepartmentOverall, History, Indicator, LongTerm
from normalize.form.catalogue import load_catalogue
from shenbao.export.load.indicators import indicators_to_cells, level_codes
from tests.results import value

CATALOGUE = load_catalogue()

WORK: dict[str, Any] = {"level1": "履职效能", "level2": "核心业务产出1", "level3": "调解纠纷"}


def annual(target: str, last: str | None = None, twin: str | None = None, **more: Any) -> Any:
    history = History(year_before_last=value("1件"), last_year=value(last) if last else None)
    row = AnnualIndicator(**{**WORK, **more}, target=value(target), history=history)
    long = (Indicator(**{**WORK, **more}, target=value(twin)),) if twin else ()
    data = DepartmentOverall(long_term=LongTerm(indicators=long), annual=AnnualPart(indicators=(row,)))
    *_, (_, cells, notes) = indicators_to_cells(data, CATALOGUE)
    return cells, notes


@pytest.mark.parametrize(
    ("level1", "level2", "codes"),
    [
        ("管理效率", "预算编制", ("02", "0202")),
        ("履职效能", "核心业务产出", ("03", "0301")),
        ("履职效能", "核心业务产出三", ("03", "0301")),
        ("没有的", "没有的", (None, None)),
        (None, None, (None, None)),
    ],
)
def test_levels_have_the_catalogue_s_codes(
    level1: str | None, level2: str | None, codes: tuple[str | None, str | None]
) -> None:
    assert level_codes(level1, level2, CATALOGUE) == codes


def test_rows_are_numbered_from_one_in_each_term() -> None:
    rows = tuple(Indicator(**WORK, target=value("1件")) for _ in range(2))
    data = DepartmentOverall(
        long_term=LongTerm(indicators=rows), annual=AnnualPart(indicators=(AnnualIndicator(**WORK),))
    )
    placed = [(cells["TERM"], cells["LINE"]) for _, cells, _ in indicators_to_cells(data, CATALOGUE)]
    assert placed == [("长期", 1), ("长期", 2), ("年度", 1)]


@pytest.mark.parametrize(
    ("twin", "unit"), [("≥2000起", "起"), ("≥0.25起", None), ("≥250起", "起"), ("≥249起", None)]
)
def test_a_unit_is_taken_from_the_other_term_where_the_figures_are_of_one_size(
    twin: str, unit: str | None
) -> None:
    cells, notes = annual("≥2500", twin=twin)
    assert cells["METERUNIT"] == unit
    assert any("取另一期" in note for note in notes) is (unit is not None)


@pytest.mark.parametrize(("target", "unit"), [("≥98", "%"), ("≥0.98", None), ("≥1", None), ("≥0", "%")])
def test_the_catalogue_s_percent_is_not_put_behind_what_may_be_a_share(target: str, unit: str | None) -> None:
    cells, _ = annual(
        target, level1="运行成本", level2="在职人员控制", level3="在职人员控制率", code="010201"
    )
    assert cells["METERUNIT"] == unit


@pytest.mark.parametrize(
    ("last", "kept", "note"),
    [
        ("900件", Decimal(900), None),
        ("≥900件", Decimal(900), "略去符号"),
        ("900", Decimal(900), "没有单位"),
        ("9万元", "9万元", "不同"),
        ("较好", "较好", None),
        ("无", None, "留空"),
    ],
)
def test_a_past_year_is_a_bare_number_of_the_same_unit(last: str, kept: object, note: str | None) -> None:
    cells, notes = annual("≥800件", last)
    assert cells["SNINDEXVAL"] == kept
    assert any(note in said for said in notes) if note else notes == []


def test_a_past_share_without_its_percent_stays_as_printed() -> None:
    cells, notes = annual("≥98%", "0.97", level3="满意率")
    assert cells["SNINDEXVAL"] == "0.97"
    assert any("没有百分号" in note for note in notes)


def test_the_unit_says_for_how_long() -> None:
    assert annual("≥800件/年")[0]["METERUNIT"] == "件/年"


def test_a_blank_past_year_beside_a_number_is_noted() -> None:
    assert "上年指标值空白" in annual("≥800件")[1]
    assert "上年指标值空白" not in annual("效果较好")[1]


def test_spaces_in_a_name_go_with_a_note() -> None:
    cells, notes = annual("≥800件", "1件", level3="调解 纠纷")
    assert cells["LV3_PERF_IND_NAME"] == "调解纠纷"
    assert notes == ["指标名称“调解 纠纷”去掉空格"]


@pytest.mark.parametrize(
    ("target", "note"),
    [
        ("90%至95%", "原文“90%至95%”为区间，系统没有区间，按定性填"),
        ("2026年底前", "原文“2026年底前”为时限，系统没有时限，按定性填"),
    ],
)
def test_what_the_system_has_no_field_for_is_loaded_as_text_and_said(target: str, note: str) -> None:
    cells, notes = annual(target)
    assert (cells["COMPUTESIGN"], cells["INDEXVAL"], note in notes) == (6, target, True)


def test_an_approximate_number_is_loaded_as_exact_and_said() -> None:
    cells, notes = annual("50%左右")
    assert (cells["COMPUTESIGN"], cells["INDEXVAL"]) == (3, 50)
    assert "原文“50%左右”为约数，按“＝”填" in notes


def test_a_remark_is_lost_and_said() -> None:
    cells, notes = annual("≥95%且无投诉")
    assert (cells["COMPUTESIGN"], cells["INDEXVAL"], cells["METERUNIT"]) == (1, 95, "%")
    assert "“且无投诉”不能随数值装载" in notes


def test_weights_and_descriptions_have_their_fields_and_the_rest_is_named() -> None:
    more: dict[str, Any] = {
        "weight": Decimal(10),
        "scoring": "未完成扣5分",
        "source": "台账",
        "extra": {"上年权重": "8"},
    }
    cells, notes = annual("≥95%", **more)
    assert (cells["WEIGHT"], cells["KPI_EVALSTD"], cells["KPI_CONTENT"]) == (10, "未完成扣5分", None)
    assert "系统没有相应字段，未装载：数据来源、上年权重" in notes


def test_a_form_without_a_catalogue_has_no_codes() -> None:
    data = DepartmentOverall(annual=AnnualPart(indicators=(AnnualIndicator(**WORK, target=value("1件")),)))
    ((_, cells, _),) = indicators_to_cells(data, None)
    assert (cells["LV1_PERF_IND_CODE"], cells["LV1_PERF_IND_NAME"]) == (None, "履职效能")
