"""Places in the form's own words."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from models.declaration import (
    Budget,
    BudgetLine,
    DepartmentOverall,
    FundingSource,
    Indicator,
    LongTerm,
    MainTask,
    PrintedField,
    Project,
    ProjectDeclaration,
)
from models.submission import submission_to_json
from shenbao.places import place_in_words
from tests.results import department

INDICATORS = (*[Indicator()] * 25, Indicator(level3="增加司法公信力"))
DATA = DepartmentOverall(
    budget=Budget(
        history_years=(2024, 2025),
        income=(BudgetLine(item="财政拨款"), BudgetLine(item="合计", amount=Decimal(1))),
    ),
    functions=("普法", "审判"),
    projects=(Project(), Project(name="普法经费")),
    long_term=LongTerm(indicators=INDICATORS),
)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/long_term/indicators/25/target", "长期绩效指标第 26 行“增加司法公信力”的指标值"),
        ("/long_term/indicators/25", "长期绩效指标第 26 行“增加司法公信力”"),
        ("/long_term/indicators/0/level3", "长期绩效指标第 1 行的三级指标"),
        ("/annual/indicators/7/history/last_year", "年度绩效指标第 8 行的上年指标值"),
        ("/annual/indicators/7/target/text", "年度绩效指标第 8 行的指标值"),
        ("/annual/indicators", "年度绩效指标"),
        ("/budget/income/1/amount", "收入构成第 2 行“合计”的当年金额"),
        ("/budget/income/0/history/0", "收入构成第 1 行“财政拨款”的2024年金额"),
        ("/budget/income", "收入构成"),
        ("/budget/history_years", "近两年收支金额的年份"),
        ("/functions/1", "部门职能概述第 2 条"),
        ("/projects/1/annual_budget", "项目支出情况第 2 行“普法经费”的项目本年度预算"),
        ("/projects/0", "项目支出情况第 1 行"),
        ("/department", "部门（单位）名称"),
        ("/long_term/until_year", "长期目标截止年份"),
    ],
)
def test_a_place_is_said_as_the_form_prints_it(path: str, words: str) -> None:
    assert place_in_words(DATA, path) == words


def test_plain_json_says_the_same_as_the_noun() -> None:
    made = department()
    root = json.loads(submission_to_json(made))
    for path in ("/annual/indicators/0/target", "/budget/income/0/history/1", "/projects/0/name"):
        assert place_in_words(root["forms"][0]["data"], path) == place_in_words(made.forms[0].data, path)


def test_a_project_form_has_its_own_words() -> None:
    data = ProjectDeclaration(sources=(FundingSource(item="一般公共预算"),))
    assert place_in_words(data, "/sources/0/amount") == "项目资金来源第 1 行“一般公共预算”的金额"
    assert place_in_words(data, "/period/end") == "项目结束时间"


def test_what_only_some_forms_print_has_its_words() -> None:
    data = DepartmentOverall(tasks=(MainTask(name="普法"),), other=(PrintedField(label="机构数", text="3"),))
    assert place_in_words(data, "/tasks/0/fiscal") == "年度主要任务第 1 行“普法”的财政拨款"
    assert place_in_words(data, "/other/0/text") == "其他栏目第 1 行“机构数”的内容"
    assert place_in_words(DATA, "/long_term/indicators/25/weight").endswith("“增加司法公信力”的权重")
    assert place_in_words(DATA, "/long_term/indicators/25/extra/上年权重").endswith("的“上年权重”")


def test_the_past_years_are_told_apart_where_the_form_does_not_name_them() -> None:
    data = DATA.model_copy(update={"budget": DATA.budget.model_copy(update={"history_years": ()})})
    assert place_in_words(data, "/budget/income/0/history/1") == "收入构成第 1 行“财政拨款”的上年金额"


def test_a_long_name_is_cut() -> None:
    data = DATA.model_copy(update={"projects": (Project(name="长" * 99),)})
    assert place_in_words(data, "/projects/0") == f"项目支出情况第 1 行“{'长' * 23}…”"


def test_the_whole_form_has_no_place() -> None:
    assert place_in_words(DATA, None) == ""


@pytest.mark.parametrize("path", ["/later", "", "/long_term", "/budget/later/0"])
def test_a_path_that_no_form_prints_stays_as_it_is(path: str) -> None:
    assert place_in_words(DATA, path) == path


@pytest.mark.parametrize(
    "path", ["/annual/indicators/99/target", "/annual/indicators/x", "/projects/0/later"]
)
def test_a_place_that_the_data_does_not_have_is_said_as_far_as_it_can_be(path: str) -> None:
    assert place_in_words(DATA, path).startswith(("年度绩效指标", "项目支出情况第 1 行"))
