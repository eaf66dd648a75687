"""What a form prints and no value is for is kept beside its label, or told."""

from __future__ import annotations

import pytest

from normalize.read.parts.leftovers import note_missing, read_budget_year, read_leftovers
from tests.normalize.read.marked_rows import codes
from tests.normalize.read.parts.taken_apart import layout, parts, rows


@pytest.mark.parametrize("line", ["（2025年度）", "2025年", "(2025 年度)", "2025年预算"])
def test_the_year_of_the_budget_stands_on_a_line_of_its_own(line: str) -> None:
    assert read_budget_year(parts(f"项目绩效目标申报表\n{line}\n项目名称\t道路维修\n")).value == 2025


def test_the_year_of_the_budget_stands_in_the_title() -> None:
    assert read_budget_year(parts("2026年项目支出绩效目标申报表\n项目名称\t道路维修\n")).value == 2026


def test_a_form_without_a_year_has_none() -> None:
    assert read_budget_year(parts("项目支出绩效目标申报表\n项目名称\t道路维修\n")).value is None


def test_a_second_answer_to_a_field_is_kept_under_its_label() -> None:
    text = "项目名称\t道路维修\n项目名称\t桥梁维修\n"
    other = read_leftovers(parts(text), rows(text), layout()).value
    assert [(field.label, field.text) for field in other] == [("项目名称", "桥梁维修")]


def test_texts_without_a_label_are_kept_and_doubted_in_a_table_and_told_outside() -> None:
    text = "项目名称\t道路维修\n盖章前请领导审阅此件\n主管部门\t交通局\n无人知晓的一栏文字\t另一栏文字说明\n"
    read = read_leftovers(parts(text), rows(text), layout())
    told = [(f.severity, f.actual) for f in read.notes.findings if f.code == "unplaced-row"]
    assert sorted(told) == [
        ("info", "盖章前请领导审阅此件"),
        ("warning", "另一栏文字说明"),
        ("warning", "无人知晓的一栏文字"),
    ]
    assert [field.text for field in read.value] == ["无人知晓的一栏文字", "另一栏文字说明"]


def test_what_such_a_form_must_say_is_missed() -> None:
    wanted = (("project", "/project", "项目名称"), ("goals", "/annual/goals", "绩效目标"))
    notes = note_missing(wanted, layout(), ("道路维修", ()))
    assert codes(notes) == {("missing-value", "/annual/goals")}
