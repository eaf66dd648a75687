"""What has the shape of a mark that numbers an item."""

from __future__ import annotations

import pytest

from models.list_marks import find_list_marks, first_list_mark


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("1、推进普法", "1、", 1),
        ("12. 推进普法", "1、", 12),
        ("３．推进普法".translate({ord("３"): "3"}), "1、", 3),
        ("（2）推进普法", "（1）", 2),
        ("( 2 ) 推进普法", "（1）", 2),
        ("4）推进普法", "1）", 4),
        ("⑤推进普法", "①", 5),
        ("❷推进普法", "①", 2),
        ("⑵推进普法", "（1）", 2),
        ("【3】推进普法", "（1）", 3),
        ("㈣推进普法", "（一）", 4),
        ("⒒推进普法", "1、", 11),
        ("十二、推进普法", "一、", 12),
        ("⼆、推进普法", "一、", 2),
        ("（三）推进普法", "（一）", 3),
        (" \u3000 2、2026年推进普法", "1、", 2),
        ("2、2026年推进普法", "1、", 2),
    ],
)
def test_a_line_that_begins_an_item(text: str, kind: str, number: int) -> None:
    mark = first_list_mark(text)
    assert mark is not None and (mark.kind, mark.number) == (kind, number)


@pytest.mark.parametrize("text", ["推进普法", "2.1万亩", "2026年", "完成1、2号楼", "", "12"])
def test_a_line_that_begins_none(text: str) -> None:
    assert first_list_mark(text) is None


def test_a_mark_ends_before_the_text_of_its_item() -> None:
    text = "一、普法（2）讲座①、宣传（3）、学习"
    assert [text[mark.end :][:2] for mark in find_list_marks(text)] == ["普法", "讲座", "宣传", "学习"]


def test_a_digit_behind_a_point_may_be_a_decimal_s() -> None:
    marks = list(find_list_marks("2.1万亩；3、2026年"))
    assert [(mark.point, mark.tight) for mark in marks] == [(True, True), (False, True)]
