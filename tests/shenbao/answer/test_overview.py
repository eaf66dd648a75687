"""The season at a glance, and who stands out."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from models.submission import DepartmentForm
from shenbao.answer.memo import held_to_asked
from shenbao.answer.outliers import find_outliers, targets_by_history
from shenbao.answer.overview import overview_files
from shenbao.answer.wording import load_words
from tests.shenbao.compare.forms import finding, form, indicator, round_of


def promise(number: int, target: str) -> DepartmentForm:
    row = indicator("预算执行率", target, code="020301")
    made = form(row, department=f"第{number}局", findings=(finding("phone-unusual", "/phone"),))
    return made.model_copy(update={"catalogue": "indicators-department-overall"})


def test_who_promises_far_less_stands_out() -> None:
    found = round_of(*(promise(n, "≥95%") for n in range(9)), promise(9, "≥60%"))
    (one,) = find_outliers(found.forms.values())
    assert (one.held.department, one.target, one.usual) == ("第9局", "≥60%", "10 个部门的中位数 95%")


def test_of_few_departments_and_of_small_differences_nobody_stands_out() -> None:
    few = round_of(*(promise(n, "≥95%") for n in range(3)), promise(3, "≥60%"))
    near = round_of(*(promise(n, "≥95%") for n in range(9)), promise(9, "≥90%"))
    more = round_of(*(promise(n, "≥95%") for n in range(9)), promise(9, "100%"))
    assert [list(find_outliers(one.forms.values())) for one in (few, near, more)] == [[], [], []]


def test_a_full_rate_three_years_running_is_named() -> None:
    full = form(indicator("预算执行率", "100%", ("100%", "100%")))
    once = form(indicator("预算执行率", "100%", ("99%", "100%")))
    assert [one.reason for one in find_outliers(round_of(full).forms.values())] == ["连续三年为 100%"]
    assert find_outliers(round_of(once).forms.values()) == ()


def test_targets_against_two_years() -> None:
    rows = [
        ("≥9件", ("7件", "8件")),
        ("≥6件", ("7件", "8件")),
        ("≥7件", ("7件", "8件")),
        ("≥7件", (None, "8件")),
    ]
    made = form(*(indicator(f"指标{n}", target, past) for n, (target, past) in enumerate(rows)))
    counts = targets_by_history(round_of(made).forms.values())
    assert counts == {"优于前两年": 1, "低于前两年": 1, "与前两年相当": 1, "无法比较": 1}


def test_the_page_leads_to_the_memos_and_the_workbook_has_the_sheets() -> None:
    found = round_of(promise(1, "≥95%"))
    asked = [held_to_asked(one) for one in found.forms.values()]
    files = overview_files(found, asked, load_words(), {asked[0].held.key: "退回意见书/第1局.html"})
    page = files["overview.html"].decode()
    assert 'href="%E9%80%80' in page
    assert "<svg" in page and "<script" not in page
    assert "审核表" in load_workbook(BytesIO(files["overview.xlsx"])).sheetnames
