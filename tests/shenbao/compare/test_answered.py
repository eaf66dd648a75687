"""What became of each point of a memo."""

from __future__ import annotations

from models.finding import Finding
from models.submission import DepartmentForm
from shenbao.compare.answered import answered_points
from shenbao.compare.changes import compare_forms
from tests.shenbao.compare.forms import finding, form, held, indicator

POINT = finding("placeholder-left", "/annual/goals/0")


def state(before: DepartmentForm, after: DepartmentForm) -> list[str]:
    compared = compare_forms(before, after)
    return [one.state for one in answered_points(held(before), held(after), compared)]


def goals(text: str, *findings: Finding) -> DepartmentForm:
    return form(goals=(text,), findings=findings)


def test_what_is_found_no_more_is_done() -> None:
    assert state(goals("配合某某局检查", POINT), goals("配合审计局检查")) == ["done"]


def test_what_did_not_change_is_not_done() -> None:
    assert state(goals("配合某某局检查", POINT), goals("配合某某局检查", POINT)) == ["not-done"]


def test_what_changed_and_is_still_found_changed_otherwise() -> None:
    assert state(goals("配合某某局检查", POINT), goals("配合××局检查", POINT)) == ["otherwise"]


def test_another_thing_found_in_its_place_is_no_answer() -> None:
    before = form(
        indicator("覆盖率", "待定"), findings=(finding("placeholder-left", "/annual/indicators/0/target"),)
    )
    after = form(
        indicator("覆盖率", "提升"), findings=(finding("direction-only", "/annual/indicators/0/target"),)
    )
    assert state(before, after) == ["otherwise"]


def test_a_point_follows_its_row() -> None:
    rows = (indicator("检查次数"), indicator("培训人次", "待定"))
    before = form(*rows, findings=(finding("placeholder-left", "/annual/indicators/1/target"),))
    after = form(*reversed(rows), findings=(finding("placeholder-left", "/annual/indicators/0/target"),))
    assert state(before, after) == ["not-done"]


def test_what_went_away_with_another_cell_of_its_row_is_no_answer() -> None:
    point = finding("target-below-history", "/annual/indicators/0/target")
    before = form(indicator("检查次数", "≥5次", basis="历史标准"), findings=(point,))
    assert state(before, form(indicator("检查次数", "≥5次", basis="行业标准"))) == ["otherwise"]
    assert state(before, form(indicator("检查次数", "≥9次", basis="历史标准"))) == ["done"]


def test_a_row_that_is_gone_is_no_answer() -> None:
    point = finding("unit-missing", "/annual/indicators/0/target", "import")
    assert state(form(indicator("检查次数", "≥5"), findings=(point,)), form()) == ["otherwise"]


def test_where_the_reading_is_flagged_nobody_can_say() -> None:
    doubt = finding("low-confidence", "/annual/goals/0", "reading")
    assert state(goals("配合某某局检查", POINT), goals("配合审计局检查", doubt)) == ["unsure"]
