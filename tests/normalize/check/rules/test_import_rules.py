"""Rules B1–B10 and C1: what must not fire, and what the message says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from models.declaration import Budget, BudgetLine, LongTerm, ProjectDeclaration
from models.finding import Evidence
from normalize.check.checks import check_declaration
from normalize.check.rules.rule_rows import Examined
from normalize.form.catalogue import Catalogue
from tests.normalize.check.declared import CATALOGUE, form, found, ledger, money, paths, project, row, same


def test_a_missing_unit_names_the_other_horizons() -> None:
    (finding,) = [f for f in found(form(annual=row(target="≥800"))) if f.code == "unit-missing"]
    assert (finding.expected, finding.message) == ("件", "指标值“≥800”没有计量单位，另一期为“件”")


@pytest.mark.parametrize("target", ["群众满意", "≥800件", "98%", "无"])
def test_a_number_or_a_plain_text_has_a_sign_that_can_be_told(target: str) -> None:
    assert paths(form(**same(target=target)), "sign-unclear") == set()


def test_a_level_2_that_the_catalogue_does_not_have_belongs_anywhere() -> None:
    assert paths(form(**same(level2="普法宣传")), "level-mismatch") == set()


def test_a_blank_past_value_is_no_data_and_no_fault() -> None:
    result = ledger(form(past=(None, None)))["B3"]
    assert (result.outcome, result.on) == ("no-data", 0)


def test_a_long_goal_is_found_at_its_place() -> None:
    data = form(long_term=LongTerm(until_year=2030, goals=("普法", "长" * 1001)))
    assert paths(data, "text-too-long") == {"/long_term/goals/1"}


def test_functions_are_measured_as_they_are_loaded() -> None:
    one = "职" * 997
    assert paths(form(functions=(one, one)), "text-too-long") == set()
    assert paths(form(functions=(one, one, "职能范围")), "text-too-long") == {"/functions"}


def test_a_declaration_without_goals_is_told() -> None:
    data = form()
    bare = data.model_copy(update={"annual": data.annual.model_copy(update={"goals": ()})})
    assert paths(bare, "required-missing") == {"/annual/goals"}
    told = bare.model_copy(update={"annual": bare.annual.model_copy(update={"summary": "做好普法"})})
    assert paths(told, "required-missing") == set()


def budget(blank: str | None, total: str) -> Budget:
    past = (Decimal(1), Decimal(1))
    lines = (("财政拨款", "30"), ("单位资金", blank), ("合计", total))
    return Budget(income=tuple(BudgetLine(item=item, amount=money(a), history=past) for item, a in lines))


def test_a_blank_amount_that_can_only_be_zero_is_fine() -> None:
    assert paths(form(budget=budget(None, "30")), "required-missing") == set()


def test_a_blank_amount_that_the_total_needs_is_told_in_words() -> None:
    data = form(budget=budget(None, "40"))
    (finding,) = [f for f in found(data) if f.code == "required-missing"]
    assert finding.path == "/budget/income/1/amount"
    assert finding.message == "“单位资金”的当年金额为空，预算系统不予导入"


def test_a_blank_column_is_told_once() -> None:
    lines = tuple(BudgetLine(item=item, amount=Decimal(1)) for item in ("财政拨款", "单位资金"))
    (past, last) = [f for f in found(form(budget=Budget(income=lines))) if f.code == "required-missing"]
    assert (past.path, last.path) == ("/budget/income", "/budget/income")
    assert past.message == "收入构成的前年金额全部为空，预算系统不予导入"


def test_an_unread_amount_is_not_called_blank() -> None:
    seen = {"/budget/income/1/amount": Evidence(text="见附件", reader="word", confidence=1)}
    assert ledger(form(budget=budget(None, "40")), evidence=seen)["B10"].failed == 0


def test_a_project_without_its_use_is_told() -> None:
    bare = project("1", "1").model_copy(update={"purpose": None})
    assert paths(form(projects=(bare,)), "required-missing") == {"/projects/0/purpose"}


def of_year(year: int | None, **years: int) -> list[str]:
    """What the rules say of an indicator of the catalogue, which has it for `years`, in a budget of `year`."""
    code = CATALOGUE.entries[0].code
    dated = tuple(replace(e, **years) if e.code == code else e for e in CATALOGUE.entries)  # type: ignore[arg-type]
    data = form(**same(code=code)).model_copy(update={"budget_year": year})
    said, _ = check_declaration(Examined(data, Catalogue(dated)))
    return [finding.message for finding in said if finding.code == "item-of-other-year"]


def test_an_indicator_of_another_years_catalogue_is_told() -> None:
    told = of_year(2026, valid_from=2021, valid_to=2025)
    assert told
    assert told[0].endswith("只用于 2021—2025 年预算，本表为 2026 年，请核对")


def test_an_indicator_of_the_years_catalogue_is_fine() -> None:
    assert of_year(2025, valid_from=2021, valid_to=2025) == []
    assert of_year(None, valid_to=2025) == []


def test_only_what_a_form_prints_is_asked_for() -> None:
    data = ProjectDeclaration(project="法律援助")
    asked = check_declaration(Examined(data, CATALOGUE))[0]
    printed = check_declaration(Examined(data, CATALOGUE, printed=frozenset({"category"})))[0]
    missing = [{f.path for f in said if f.code == "required-missing"} for said in (asked, printed)]
    assert {"/content", "/category"} <= missing[0]
    assert missing[1] == {"/category"}


def test_a_form_without_levels_is_not_asked_for_them() -> None:
    data = form(**same(level2=None))
    said = check_declaration(Examined(data, CATALOGUE, printed=frozenset({"indicators/level3"})))[0]
    assert not [finding for finding in said if finding.code == "required-missing"]
