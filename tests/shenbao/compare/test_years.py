"""A season against the years before: what must be found, what must not, and what cannot be compared."""

from __future__ import annotations

import pytest

from models.declaration import AnnualIndicator
from models.submission import DepartmentForm
from shenbao.compare.years import YearsReport, check_years
from tests.shenbao.compare.forms import budget, form, indicator, round_of


def codes(now: DepartmentForm, *against: DepartmentForm) -> list[str]:
    return [one.finding.code for one in report(now, *against).findings]


def report(now: DepartmentForm, *against: DepartmentForm) -> YearsReport:
    return check_years(round_of(now), [round_of(one, name=f"{n}") for n, one in enumerate(against)])


@pytest.mark.parametrize(
    ("last", "now"),
    [
        (indicator("检查次数", "≥10次", ("7次", "9次")), indicator("检查次数", "≥10次", ("8次", "10次"))),
        (indicator("检查次数", "≥10次", ("7次", "9次")), indicator("检查次数", "≥10次", ("9次", "8次"))),
        (indicator("差错率", "≤2%", ("1%", "1%")), indicator("差错率", "≤2%", ("1%", "3%"))),
        (indicator("检查次数", "≥10次", ("7次", "9次")), indicator("检查次数", "≥10次", ("9次", "≥12次"))),
    ],
)
def test_a_past_value_that_contradicts_last_years_form(last: AnnualIndicator, now: AnnualIndicator) -> None:
    assert codes(form(now), form(last)) == ["history-contradicts"]


def test_past_values_that_follow_from_last_years_form() -> None:
    last = indicator("检查次数", "≥10次", ("7次", "9次"))
    assert codes(form(indicator("检查次数", "≥10次", ("9", "12次"))), form(last)) == []
    assert codes(form(indicator("检查次数", "≥10次", (None, None))), form(last)) == []


def test_money_of_the_past_years_is_last_years() -> None:
    last = form(budget=budget("12.50", ("8", "10"), (2023, 2024)))
    assert codes(form(budget=budget("20", ("10", "12.5"))), last) == []
    assert codes(form(budget=budget("20", ("10", "13"))), last) == ["history-contradicts"]
    in_yuan = form(budget=budget("200000", ("100000", "125000")), money_unit="元")
    assert codes(in_yuan, last) == []


def test_a_target_is_not_lowered_while_the_past_did_not_fall() -> None:
    last = indicator("检查次数", "≥10次", ("7次", "9次"))
    assert codes(form(indicator("检查次数", "≥6次", ("9次", "10次"))), form(last)) == ["target-lowered"]
    assert codes(form(indicator("检查次数", "≥6次", (None, "10次"))), form(last)) == []
    fell = indicator("检查次数", "≥10次", ("7次", "12次"))
    assert codes(form(indicator("检查次数", "≥9次", ("12次", "11次"))), form(fell)) == []


def test_an_indicator_that_is_gone_or_has_another_name() -> None:
    last = form(indicator("安全检查次数"))
    assert codes(form(), last) == ["indicator-dropped"]
    assert codes(form(indicator("安全检查总次数")), last) == ["indicator-renamed"]


def test_the_same_text_three_years_running() -> None:
    texts = [f"{year}年修建农村公路十公里并通过验收" for year in (2026, 2025, 2024)]
    now, last, earlier = (form(goals=(text,)) for text in texts)
    assert codes(now, last, earlier) == ["text-repeated"]
    assert codes(now, last, form(goals=("2024年修建农村公路九公里并通过验收",))) == []
    assert "（Y4）未检查" in report(now, last).remarks[-1]


def test_years_that_do_not_follow_each_other_are_not_compared() -> None:
    now, last = form(indicator("办结率"), budget_year=2026), form(budget_year=2024)
    found = report(now, last)
    assert (found.compared, found.findings) == (0, ())
    assert "不相连" in found.remarks[0]


def test_of_another_catalogue_only_own_indicators_are_missed() -> None:
    last = form(indicator("公用经费控制率", code="010101"), indicator("检查次数"))
    now = form().model_copy(update={"catalogue": "indicators-frame"})
    assert [one.finding.expected for one in report(now, last).findings] == ["检查次数"]
