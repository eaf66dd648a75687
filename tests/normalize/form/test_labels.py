"""Printed words found in texts: as they stand, before a colon, run together with their text, misread."""

from __future__ import annotations

import pytest

from normalize.form.labels import Hit, Label, Labels, label_shape

NAME = Label("field", "department", label_shape("部门（单位）名称"))
PHONE = Label("field", "phone", label_shape("联系电话"))
FUNCTIONS = Label("section", "functions", label_shape("部门职能概述"))
LONG = Label("section", "long_goals", label_shape("长期目标"))
YEARS = Label("heading", "money", label_shape("近两年收支金额2023年"))
AS_FIELD, AS_ITEM = Label("field", "total", label_shape("合计")), Label("item", "total", label_shape("合计"))
LABELS = Labels((NAME, PHONE, FUNCTIONS, LONG, YEARS, AS_FIELD, AS_ITEM), others=("联系地址",))


def found(text: str) -> Hit:
    hit = LABELS.find(text)
    assert hit is not None, text
    return hit


@pytest.mark.parametrize("text", ["部门（单位）名称", "部门(单位)名称：", " 部门（单位） 名称"])
def test_a_label_is_found_whatever_stands_between_its_words(text: str) -> None:
    assert found(text) == Hit(NAME, "", misread=False)


def test_digits_of_a_label_may_be_others() -> None:
    assert found("近两年收支金额2025年").label == YEARS


def test_what_follows_a_colon_is_its_text() -> None:
    assert found("联系电话：027-1234567") == Hit(PHONE, "027-1234567", misread=False)


@pytest.mark.parametrize(("year", "rest"), [("（截⽌年）", ""), ("（截⽌2030年）建好档案馆", "建好档案馆")])
def test_a_label_whose_characters_a_browser_printed_as_radicals(year: str, rest: str) -> None:
    assert found("⻓期⽬标" + year) == Hit(LONG, rest, misread=False)


def test_a_label_run_together_with_its_text() -> None:
    assert found("部门（单位）名称江阳县交通局") == Hit(NAME, "江阳县交通局", misread=False)


def test_a_unit_or_a_place_for_a_seal_behind_a_label_is_no_part_of_it() -> None:
    assert found("联系电话（盖章）：027-1234567") == Hit(PHONE, "027-1234567", misread=False)
    assert found("合计（元）：12").label == AS_FIELD


def test_the_year_in_brackets_belongs_to_the_label() -> None:
    assert found("长期目标（截止2030年）：建成法治县") == Hit(LONG, "：建成法治县", misread=False)
    assert found("长期目标（截止2030年）").rest == ""


def test_a_misread_label_is_told_apart_from_one_as_it_stands() -> None:
    assert found("部门职熊概述") == Hit(FUNCTIONS, "", misread=True)


@pytest.mark.parametrize("text", ["", "负责全县公路工作", "联系地址", "县", "部" * 21])
def test_another_text_is_no_label(text: str) -> None:
    assert LABELS.find(text) is None


def test_a_label_may_have_several_roles() -> None:
    assert LABELS.roles(AS_FIELD) == (AS_FIELD, AS_ITEM)
    assert LABELS.roles(PHONE) == (PHONE,)
