"""Columns of indicators that no heading names are known by what stands below them, and told."""

from __future__ import annotations

import pytest

from normalize.form.parts.found import FormParts
from tests.normalize.read.parts.taken_apart import parts

ROWS = "产出指标\t数量指标\t维修道路里程\t≥12公里\n效益指标\t社会效益指标\t群众知晓率\t≥90%\n"


def columns(found: FormParts) -> list[str]:
    return list(found.tables[0].columns)


def test_levels_names_and_values_tell_their_columns() -> None:
    found = parts(f"评价内容\t评价要素\t考核事项\t达标要求\n{ROWS}")
    assert columns(found) == ["level1", "level2", "level3", "target"]
    assert found.tables[0].told == ("level1", "level2", "level3", "target")


def test_what_a_heading_names_is_not_told() -> None:
    found = parts(f"绩效指标\t指标类型\t指标名称\t目标值\n{ROWS}")
    assert columns(found) == ["level1", "level2", "level3", "target"]
    assert found.tables[0].told == ("level1",)


def test_the_first_unknown_column_before_the_values_names_indicators_without_levels() -> None:
    found = parts("考核事项\t指标权重\t指标值\n维修道路里程\t10\t≥12公里\n群众知晓率\t10\t≥90%\n")
    assert columns(found) == ["level3", "weight", "target"]


def test_rows_of_indicators_are_no_heading() -> None:
    assert parts(ROWS).tables == ()


def test_columns_of_a_known_layout_are_what_their_headings_say() -> None:
    assert parts(f"评价内容\t评价要素\t考核事项\t达标要求\n{ROWS}", "shanghai-project").tables == ()


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        (
            "一级指标\t二级指标\t三级指标\t四级指标\t指标值",
            ["level1", "level2", "extra:三级指标", "level3", "target"],
        ),
        (
            "一级指标\t二级指标\t三级指标\t指标内容\t指标值",
            ["level1", "level2", "level3", "explanation", "target"],
        ),
        (
            "一级指标\t二级指标\t三级指标\t指标值\t指标内容",
            ["level1", "level2", "level3", "target", "explanation"],
        ),
    ],
)
def test_of_two_columns_of_names_one_names_and_one_says_more(heading: str, names: list[str]) -> None:
    row = "\t".join(("产出指标", "数量指标", "甲", "乙", "丙"))
    assert columns(parts(f"{heading}\n{row}\n{row}\n")) == names


def test_years_below_a_heading_of_values_are_the_budget_s_and_past_ones() -> None:
    found = parts(
        "一级指标\t二级指标\t三级指标\t指标值\t\n\t\t\t2025年\t2026年\n产出指标\t数量指标\t维修道路里程\t≥10公里\t≥12公里\n",
        "by-labels-department",
    )
    assert columns(found)[-2:] == ["last_year", "target"]


def test_years_alone_head_no_table() -> None:
    assert parts("近三年预算\t2024年\t2025年\t2026年\n\t55\t60\t36\n项目总预算\t36\n").tables == ()
