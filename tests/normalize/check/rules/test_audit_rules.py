"""Rules C2–C7, D, E and F: what must fire beside what must not."""

from __future__ import annotations

from typing import Any

import pytest

from models.declaration import Annual, LongTerm
from tests.normalize.check.declared import RATE, form, found, ledger, paths, row, same

CONTROL = {"level1": "运行成本", "level2": "在职人员控制", "level3": "在职人员控制率", "code": "010201"}
ADJUSTED = {"level1": "管理效率", "level2": "预算编制", "level3": "预算调整率", "code": "020204"}


def test_a_target_above_one_of_two_years_is_fine() -> None:
    assert paths(form(past=("700件", "900件")), "target-below-history") == set()


def test_a_target_is_not_compared_with_one_year() -> None:
    assert ledger(form(past=(None, "900件")))["C3"].outcome == "no-data"


def test_the_catalogues_own_use_of_a_basis_is_fine() -> None:
    assert found(form(**same(**RATE, target="98%", basis="预算支出标准"))) == []


@pytest.mark.parametrize("phone", ["13800138000", "6012345", "0714-6012345", "07146012345", "60123456"])
def test_phone_numbers_that_can_be_dialled(phone: str) -> None:
    assert found(form(phone=phone)) == []


def test_nothing_is_no_wrong_kind() -> None:
    assert paths(form(**same(**RATE, target="无")), "kind-mismatch") == set()


def test_a_rate_of_the_departments_own_may_exceed_a_hundred() -> None:
    assert found(form(**same(target="≥120%"), past=("110", "115"))) == []


@pytest.mark.parametrize(
    ("fields", "long", "annual", "better"),
    [
        (RATE, "95%", "98%", True),
        (RATE, "98%", "95%", False),
        (ADJUSTED, "5%", "3%", True),
        (ADJUSTED, "3%", "5%", False),
        (ADJUSTED, "≥3%", "≥5%", False),
        ({}, "≥800件", "≥900件", True),
        ({}, "≤900件", "≤800件", True),
        ({}, "≤800件", "≤900件", False),
        ({}, "800件", "900件", False),
    ],
)
def test_the_catalogues_direction_says_which_target_is_better(
    fields: dict[str, Any], long: str, annual: str, better: bool
) -> None:
    data = form(long=row(**fields, target=long), annual=row(**fields, target=annual))
    assert bool(paths(data, "annual-over-long")) is better


def test_an_indicator_of_one_table_only_fails_c5_without_a_second_finding() -> None:
    data = form(long=row(level3="法律援助案件数"), annual=row(level3="高标准农田建设"))
    assert (ledger(data)["C5"].on, ledger(data)["C5"].failed) == (6, 2)
    assert "indicator-without-twin" not in {finding.code for finding in found(data)}


def test_a_declaration_with_one_table_is_not_compared() -> None:
    data = form(annual=row()).model_copy(update={"annual": Annual()})
    assert ledger(data)["C5"].outcome == "not-applicable"


def test_vague_words_of_the_catalogue_are_not_the_departments() -> None:
    standard = {"level1": "管理效率", "level2": "预算编制", "level3": "立项规范性", "code": "020203"}
    assert paths(form(**same(**standard, target="持续规范")), "vague-wording") == set()


def test_the_long_term_may_end_with_the_budget_year() -> None:
    data = form()
    for until, expected in ((2026, set()), (2025, {"/long_term/until_year"})):
        part = data.long_term.model_copy(update={"until_year": until})
        assert paths(data.model_copy(update={"long_term": part}), "date-mismatch") == expected


def test_dates_that_are_blank_are_no_data() -> None:
    assert ledger(form(filled_on=None, long_term=LongTerm()))["F1"].outcome == "no-data"


def test_punctuation_is_no_other_wording() -> None:
    data = form(long=row(target="群众满意。"), annual=row(target="群众满意"))
    assert paths(data, "text-differs") == set()
