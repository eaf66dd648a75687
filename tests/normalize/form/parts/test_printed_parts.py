"""Which parts a form prints, by its layout."""

from __future__ import annotations

from normalize.form.layouts import layouts
from normalize.form.parts.printed_parts import layout_to_parts, project_lines

LAYOUTS = {layout.name: layout for layout in layouts()}


def test_hubei_prints_goals_of_both_horizons_history_and_columns() -> None:
    parts = layout_to_parts(LAYOUTS["hubei-2025"])
    assert {
        "long_term/goals",
        "annual/goals",
        "history",
        "income",
        "projects/purpose",
        "indicators/level3",
    } <= parts
    assert "total_budget" not in parts


def test_what_a_layout_says_is_absent_is_not_printed() -> None:
    parts = layout_to_parts(LAYOUTS["anhui-project"])
    assert {"category", "total_budget", "annual/goals"} <= parts
    assert not {"content", "history"} & parts


def test_nobody_knows_what_a_form_read_by_its_labels_prints() -> None:
    assert layout_to_parts(LAYOUTS["by-labels-project"]) == frozenset()


def test_the_line_of_projects_stands_in_a_layout() -> None:
    assert project_lines() == {"特定目标类项目支出"}
