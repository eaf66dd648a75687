"""Columns of indicators that no heading names are known by what stands below them, and told."""

from __future__ import annotations

import pytest

from normalize.form.parts.found import FormParts
from tests.normalize.read.parts.taken_apart import parts

ROWS = "产出指标\t数量指标\t维修道路里程\t≥12公里\n效益指标\t社会效益指标\t群众知晓率\t≥90%\n"


def cells(found: FormParts) -> list[dict[str, str]]:
    return [{name: slot.text for name, slot in row.cells.items()} for row in found.tables[0].rows]


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


def test_weights_signs_and_units_are_told_by_what_they_hold() -> None:
    rows = "产出指标\t数量指标\t维修里程\t≥\t12\t公里\t60\n产出指标\t质量指标\t合格率\t=\t100\t%\t30\n"
    rows += "效益指标\t社会效益指标\t知晓率\t≥\t90\t%\t10\n"
    found = parts(f"一级指标\t二级指标\t三级指标\t关系\t指标值\t计数\t赋分\n{rows}")
    assert columns(found)[-4:] == ["comparator", "target", "unit", "weight"]


def test_of_two_columns_of_values_the_first_may_be_the_whole_period_s() -> None:
    rows = "产出指标\t数量指标\t维修里程\t≥36公里\t≥12公里\n效益指标\t社会效益指标\t知晓率\t≥95%\t≥90%\n"
    found = parts(f"一级指标\t二级指标\t三级指标\t三年水平\t当年水平\n{rows}")
    assert [(table.horizon, table.rows[0].cells["target"].text) for table in found.tables] == [
        ("long_term", "≥36公里"),
        ("annual", "≥12公里"),
    ]


def test_tasks_are_told_by_the_label_beside_them() -> None:
    text = "重点任务\t事项\t要点\t投入\t主责\n\t抽检\t抽检食品并公示\t142.8\t办公室\n\t检定\t检定器具\t31.2\t办公室\n年度目标\t守住底线\n"
    found = parts(text, "by-labels-department")
    assert cells(found)[0] == {
        "name": "抽检",
        "content": "抽检食品并公示",
        "amount": "142.8",
        "extra:主责": "办公室",
    }
    assert len(cells(found)) == 2


def test_a_label_in_the_column_of_levels_ends_their_table() -> None:
    found = parts(f"一级指标\t二级指标\t三级指标\t指标值\n{ROWS}整体目标\t保障运转\n", "by-labels-department")
    assert len(found.tables[0].rows) == 2
    assert [answer.label.name for answer in found.answers] == ["annual_goals"]


def test_the_label_of_the_indicators_may_stand_beside_the_first_of_them() -> None:
    rows = "年度指标\t产出指标\t数量指标\t维修里程\t≥12公里\n\t效益指标\t社会效益指标\t知晓率\t≥90%\n"
    found = parts(f"绩效指标\t一级指标\t二级指标\t三级指标\t目标值\n{rows}")
    assert [row["level3"] for row in cells(found)] == ["维修里程", "知晓率"]


def test_a_heading_that_only_begins_like_a_label_is_another_one() -> None:
    found = parts(f"绩效指标类别\t绩效指标细化\t绩效指标名称\t绩效指标目标值\n{ROWS}")
    assert columns(found) == ["level1", "level2", "level3", "target"]


def test_a_known_heading_of_tasks_may_begin_with_their_names() -> None:
    text = "任务名称\t主要内容\t预算申报金额（元）\n\t\t总额\t财政拨款\n抽检\t抽检食品\t142.8\t100\n检定\t检定器具\t31.2\t20\n"
    found = parts(text, "by-labels-department")
    assert [row["name"] for row in cells(found)] == ["抽检", "检定"]
