"""A department's form against the forms of its projects in the same file."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.declaration import (
    Annual,
    AnnualIndicator,
    Budget,
    BudgetLine,
    DepartmentOverall,
    Project,
    ProjectAnnualGoals,
    ProjectDeclaration,
)
from models.finding import Finding
from normalize.check.form_rules import check_forms
from normalize.text.cell_values import text_to_value


def department(amount: str = "64", *projects: Project, **more: object) -> DepartmentOverall:
    line = BudgetLine(item="特定目标类项目支出", amount=Decimal(amount))
    fields = {"money_unit": "万元", "budget": Budget(expenditure=(line,)), "projects": projects}
    return DepartmentOverall.model_validate({**fields, **more})


def row(name: str, annual: str) -> Project:
    return Project(name=name, annual_budget=Decimal(annual), total_budget=Decimal(annual))


def project(name: str, annual: str, unit: str | None = "万元") -> ProjectDeclaration:
    money = Decimal(annual)
    return ProjectDeclaration(project=name, annual_budget=money, total_budget=money, money_unit=unit)


def said(*forms: DepartmentOverall | ProjectDeclaration) -> list[Finding]:
    return [found for findings in check_forms(forms).values() for found in findings]


ROWS = (row("普法经费", "24"), row("信息化建设", "40"))


def test_forms_that_say_the_same_are_fine_whatever_their_order_and_unit() -> None:
    forms = (project("信息化建设", "400000", "元"), department("64", *ROWS), project("普法 经费", "24"))
    assert said(*forms) == []


def test_a_project_whose_money_differs_is_told_at_its_row() -> None:
    found = said(department("64", *ROWS), project("普法经费", "23"))
    assert [one.path for one in found] == ["/projects/0/annual_budget", "/projects/0/total_budget"]
    assert found[0].message == "项目“普法经费”的本年度预算：部门表为 24 万元，项目申报表为 23 万元"
    assert (found[0].code, found[0].category) == ("projects-against-forms", "arithmetic")


def test_a_project_that_is_not_among_the_rows_is_told() -> None:
    (found,) = said(department("64", *ROWS), project("法律援助", "24"))
    assert (found.path, "“法律援助”" in found.message) == ("/projects", True)


def test_the_sum_of_all_forms_is_held_against_the_line_that_they_make_up() -> None:
    forms = (project("普法经费", "24"), project("信息化建设", "40"))
    assert said(department("64", *ROWS), *forms) == []
    (found,) = said(department("65", *ROWS), *forms)
    assert found.path == "/budget/expenditure/0/amount"
    assert found.message == "特定目标类项目支出 65 万元 ≠ 各项目申报表之和 640000 元"


def test_the_sum_is_not_asked_for_where_a_project_has_no_form() -> None:
    assert said(department("65", *ROWS), project("普法经费", "24")) == []


@pytest.mark.parametrize("unit", [None, "美元"])
def test_money_in_an_unknown_unit_is_not_compared(unit: str | None) -> None:
    assert said(department("64", *ROWS), project("普法经费", "23", unit)) == []


def test_a_file_with_one_form_or_two_departments_has_nothing_to_compare() -> None:
    assert check_forms([department()]) == {}
    assert check_forms([department(), department(), project("普法经费", "1")]) == {}


def test_the_same_indicator_with_two_values_is_told() -> None:
    def rows(target: str) -> tuple[AnnualIndicator, ...]:
        return (AnnualIndicator(level3="普法场次", target=text_to_value(target)),)

    ours = department(annual=Annual(indicators=rows("≥60场")))
    theirs = ProjectDeclaration(project="普法经费", annual=ProjectAnnualGoals(indicators=rows("≥50场")))
    (found,) = said(ours, theirs)
    assert (found.code, found.path, found.expected) == (
        "forms-differ",
        "/annual/indicators/0/target",
        "≥50场",
    )
    assert (
        said(ours, theirs.model_copy(update={"annual": ProjectAnnualGoals(indicators=rows("≥60场"))})) == []
    )


@pytest.mark.parametrize(
    "other", [{"code": "020301"}, {"target": None}, {"level3": None}, {"level3": "调解场次"}]
)
def test_only_own_indicators_of_one_name_that_both_have_a_target_are_compared(
    other: dict[str, object],
) -> None:
    def rows(value: str, **more: object) -> tuple[AnnualIndicator, ...]:
        fields = {"level3": "普法场次", "target": text_to_value(value)} | more
        return (AnnualIndicator.model_validate(fields),)

    ours = department(annual=Annual(indicators=rows("≥60场")))
    goals = ProjectAnnualGoals(indicators=rows("≥50场", **other))
    assert said(ours, ProjectDeclaration(project="普法经费", annual=goals)) == []
    own = department(annual=Annual(indicators=rows("≥60场", **other)))
    plain = ProjectAnnualGoals(indicators=rows("≥50场"))
    assert said(own, ProjectDeclaration(project="普法经费", annual=plain)) == []
