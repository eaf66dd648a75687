"""Columns that their neighbours settle: names under 绩效指标, units under 单位, horizons side by side."""

from __future__ import annotations

from normalize.form.parts.columns.heading_columns import HeadingCell, settle_columns


def columns(*names: str) -> tuple[HeadingCell, ...]:
    return tuple(HeadingCell(n, "indicators", name, name) for n, name in enumerate(names))


def settled(*leaves: HeadingCell) -> list[tuple[str, str]]:
    return [(leaf.table, leaf.name) for leaf in settle_columns(leaves)]


def test_a_column_of_indicators_between_levels_and_values_has_their_names() -> None:
    level1, target = columns("level1", "target")
    name = HeadingCell(1, "", "", "绩效指标", "indicators")
    assert settled(level1, name, target)[1] == ("indicators", "level3")


def test_the_label_of_the_table_on_its_left_is_no_column() -> None:
    label = HeadingCell(0, "", "", "绩效指标", "indicators")
    assert settled(label, *columns("level3", "target"))[0] == ("", "")


def test_a_column_of_owners_behind_the_names_counts() -> None:
    owner = HeadingCell(0, "projects", "owner", "单位")
    assert settled(owner, *columns("level3", "target"))[0] == ("projects", "owner")
    assert settled(*columns("level3", "target"), owner)[2] == ("indicators", "unit")


def test_of_columns_printed_twice_the_left_ones_are_the_long_terms() -> None:
    side = ("level2", "level3", "target")
    assert settled(*columns("level1", *side, *side)) == [
        ("indicators", "level1"),
        *(("long_term", name) for name in side),
        *(("annual", name) for name in side),
    ]


def test_tasks_are_named_in_the_column_before_their_contents_and_cost_what_their_project_does() -> None:
    named = HeadingCell(0, "", "extra:对应项目", "对应项目")
    content, cost = (
        HeadingCell(1, "tasks", "content", "内容"),
        HeadingCell(2, "projects", "total_budget", "总预算"),
    )
    assert settled(named, content, cost) == [("tasks", "name"), ("tasks", "content"), ("tasks", "amount")]


def test_the_label_of_the_tasks_names_none_of_them() -> None:
    label, name = HeadingCell(0, "", "", "主要任务", "tasks"), HeadingCell(1, "", "extra:事项", "事项")
    assert settled(label, name, HeadingCell(2, "tasks", "content", "内容"))[:2] == [
        ("", ""),
        ("tasks", "name"),
    ]
