"""Where the items of a numbered list begin, and what is wrong with their numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.read.numbering import text_to_list_numbers


def split(text: str, exact: bool = True) -> list[str]:
    """What stands behind each mark."""
    cuts = text_to_list_numbers(text, exact).cuts
    ends = [cut.begin for cut in cuts[1:]] + [len(text)] * bool(cuts)
    return [text[cut.end : end].strip() for cut, end in zip(cuts, ends, strict=True)]


def numbers(text: str, exact: bool = True) -> tuple[list[int], bool]:
    found = text_to_list_numbers(text, exact)
    return [cut.number for cut in found.cuts], found.broken


@pytest.mark.parametrize("mark", ["{}、", "{}.", "（{}）", "{}）"])
def test_an_item_may_begin_with_a_year(mark: str) -> None:
    items = ["2026年稳定在90%", "2027年保持100%", "2030年全覆盖"]
    text = "\n".join(mark.format(n) + item for n, item in enumerate(items, 1))
    assert split(text) == items


@pytest.mark.parametrize("gap", ["\n", "；", "。", " "])
def test_an_item_may_begin_with_any_figure(gap: str) -> None:
    assert split(f"1、建成3座{gap}2、10座水库除险{gap}3、验收")[1].startswith("10座水库除险")


@pytest.mark.parametrize("mark", ["（{}）", "({})", "【{}】"])
def test_a_number_in_brackets_is_a_mark_whatever_stands_before_and_behind_it(mark: str) -> None:
    items = ["2026年完成灌区改造1.5万亩", "3个乡镇供水工程", "20公里河道治理"]
    assert split("".join(mark.format(n) + item for n, item in enumerate(items, 1))) == items


def test_only_one_goal_that_begins_with_a_year() -> None:
    assert split("1、2026年全县公路优良率达到90%") == ["2026年全县公路优良率达到90%"]


@pytest.mark.parametrize(
    "text",
    ["1、2号楼改造", "实施3、4号楼改造", "第1、2季度验收", "新增1.5万亩，2.5万亩", "完成1、2、3号桥梁加固"],
)
def test_figures_in_a_sentence_are_no_list(text: str) -> None:
    assert split(text) == []


def test_an_enumeration_within_an_item_parts_nothing() -> None:
    assert split("1、完成2、3号线；2、验收") == ["完成2、3号线；", "验收"]


def test_a_decimal_at_a_line_s_start_is_no_item_where_the_item_follows() -> None:
    assert split("1.新增高标准农田\n2.5万亩；\n2.新增水库3座\n3.验收") == [
        "新增高标准农田\n2.5万亩；",
        "新增水库3座",
        "验收",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1、普法\n3、调解\n4、矫正", [1, 3, 4]),
        ("1、普法\n2、调解\n2、矫正", [1, 2, 2]),
        ("1、普法；2、调解；4、矫正", [1, 2, 4]),
        ("2、普法\n3、调解", [2, 3]),
        ("1、普法\n2、调解\n1、矫正\n2、援助", [1, 2, 1, 2]),
        ("（1）普法（2）调解；（4）矫正", [1, 2, 4]),
    ],
)
def test_numbers_that_do_not_run_part_items_and_are_told(text: str, found: list[int]) -> None:
    assert numbers(text) == (found, True)


def test_numbers_that_run_are_not_told() -> None:
    assert numbers("1、普法\n2、调解\n3、矫正") == ([1, 2, 3], False)


def test_the_outermost_list_counts() -> None:
    assert split("一、普法：1、宣传；2、讲座。\n二、调解：1、培训；2、奖励。") == [
        "普法：1、宣传；2、讲座。",
        "调解：1、培训；2、奖励。",
    ]


def test_a_poor_copy_loses_a_mark() -> None:
    assert split("1、普法\n2调解\n3、矫正", exact=False) == ["普法", "调解", "矫正"]


def test_a_file_s_own_characters_lose_none() -> None:
    assert numbers("1、普法\n2调解\n3、矫正") == ([1, 3], True)


def test_a_bare_number_before_a_measure_is_a_figure() -> None:
    assert split("1、普法\n2、调解\n3月底前完成", exact=False) == ["普法", "调解\n3月底前完成"]


@pytest.mark.parametrize("odd", ["十", "A", "@"])
def test_a_number_that_a_poor_copy_misread_begins_its_item(odd: str) -> None:
    text = f"1、普法\n2、调解\n3、矫正\n{odd}、援助\n5、公证"
    assert numbers(text, exact=False) == ([1, 2, 3, 4, 5], False)


def test_the_last_number_misread_for_a_numeral() -> None:
    assert split("1、普法\n2、调解\n3、矫正\n十、援助", exact=False) == ["普法", "调解", "矫正", "援助"]


@given(st.text(st.sampled_from("12、.（）一二普；\n "), max_size=60), st.booleans())
def test_cuts_are_in_order_and_inside_the_text(text: str, exact: bool) -> None:
    edges = [edge for cut in text_to_list_numbers(text, exact).cuts for edge in (cut.begin, cut.end)]
    assert edges == sorted(edges) and all(0 <= edge <= len(text) for edge in edges)


def test_a_long_text_full_of_marks_is_read_in_no_time() -> None:
    assert len(text_to_list_numbers("1、普法\n2、调解\n" * 3000, exact=True).cuts) == 6000
