"""Differences between two forms: by name and not by place, doubtful readings apart."""

from __future__ import annotations

from models.declaration import Project
from shenbao.compare.changes import compare_forms
from tests.shenbao.compare.forms import finding, form, indicator


def test_a_changed_target_is_told_with_its_place() -> None:
    before, after = form(indicator("检查次数", "≥10次")), form(indicator("检查次数", "≥8次"))
    (change,) = compare_forms(before, after).changes
    assert (change.kind, change.before, change.after, change.doubtful) == ("changed", "≥10次", "≥8次", False)
    assert change.place == "年度绩效指标第 1 行“检查次数”的指标值"


def test_another_order_is_no_change() -> None:
    one, two = indicator("检查次数"), indicator("培训人次", "≥5人次")
    before = form(one, two, goals=("修路十公里", "架桥两座"))
    assert compare_forms(before, form(two, one, goals=("架桥两座", "修路十公里"))).changes == ()


def test_a_renamed_row_keeps_its_other_fields() -> None:
    before, after = form(indicator("安全检查次数")), form(indicator("安全检查总次数"))
    (change,) = compare_forms(before, after).changes
    assert (change.before, change.after) == ("安全检查次数", "安全检查总次数")


def test_rows_of_different_names_came_and_went() -> None:
    before, after = form(indicator("安全检查次数")), form(indicator("办结率", "≥90%"))
    assert [change.kind for change in compare_forms(before, after).changes] == ["removed", "added"]


def test_the_same_words_in_other_sentences_are_no_change() -> None:
    before = form(goals=("修路十公里，", "架桥两座。"))
    assert compare_forms(before, form(goals=("修路十公里，架桥两座。",))).changes == ()


def test_of_two_rows_with_one_name_the_first_goes_with_the_first() -> None:
    rows = (Project(name="维修", purpose="修路"), Project(name="维修", purpose="修桥"))
    assert compare_forms(form(projects=rows), form(projects=rows)).changes == ()


def test_a_flagged_reading_makes_a_difference_doubtful() -> None:
    doubt = finding("low-confidence", "/annual/indicators/0", "reading")
    before, after = (
        form(indicator("检查次数", "≥10次")),
        form(indicator("检查次数", "≥70次"), findings=(doubt,)),
    )
    assert [change.doubtful for change in compare_forms(before, after).changes] == [True]


def test_a_name_that_was_misread_makes_both_halves_doubtful() -> None:
    doubt = finding("unrepaired-typo", "/annual/indicators/0/level3", "reading")
    before, after = form(indicator("检查次数")), form(indicator("木旦氵"), findings=(doubt,))
    assert [change.doubtful for change in compare_forms(before, after).changes] == [True, True]


def test_a_blank_in_a_word_file_is_a_blank() -> None:
    blank = finding("missing-value", "/phone", "reading")
    before, after = form(phone="13812345678"), form(findings=(blank,))
    assert [change.doubtful for change in compare_forms(before, after).changes] == [False]
    seen = form(findings=(blank,), reader="picture")
    assert [change.doubtful for change in compare_forms(before, seen).changes] == [True]


def test_a_path_leads_to_the_same_row_wherever_it_stands_now() -> None:
    one, two = indicator("检查次数"), indicator("培训人次")
    compared = compare_forms(form(one, two), form(two))
    assert compared.path_after("/annual/indicators/1/target") == "/annual/indicators/0/target"
    assert compared.path_after("/annual/indicators/0/target") is None
    assert compared.path_after("/annual/indicators") == "/annual/indicators"
