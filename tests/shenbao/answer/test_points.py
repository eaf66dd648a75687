"""Which findings are the department's business."""

from __future__ import annotations

from shenbao.answer.points import form_to_points
from tests.shenbao.compare.forms import finding, form, held, indicator

TARGET = "/annual/indicators/0/target"


def test_what_concerns_our_reading_only_is_left_out() -> None:
    doubt, bureaus = finding("low-confidence", TARGET, "reading"), finding("seal-missing", "", "audit")
    asked = finding("unit-missing", TARGET, "import")
    points = form_to_points(held(form(indicator("次数"), findings=(doubt, bureaus, asked))))
    assert [point.code for point in points] == ["unit-missing"]
    assert points[0].where == "年度绩效指标第 1 行“次数”的指标值"


def test_a_point_whose_value_is_not_read_for_sure_is_held_back() -> None:
    findings = (finding("low-confidence", TARGET, "reading"), finding("unit-missing", TARGET, "import"))
    (point,) = form_to_points(held(form(indicator("次数"), findings=findings)))
    assert point.held == "low-confidence 提示"


def test_a_blank_is_asked_for_where_it_was_typed_and_not_where_it_was_seen() -> None:
    blank = finding("missing-value", "/phone", "reading")
    assert [point.code for point in form_to_points(held(form(findings=(blank,))))] == ["missing-value"]
    assert form_to_points(held(form(findings=(blank,), reader="picture"))) == ()
    assert form_to_points(held(form(findings=(blank,), reader="markup"))) == ()


def test_the_same_place_is_asked_about_once() -> None:
    findings = (finding("unparsed-value", "/phone", "reading"), finding("phone-unusual", "/phone"))
    points = form_to_points(held(form(findings=(*findings, *findings), phone="123")))
    assert [point.code for point in points] == ["phone-unusual"]
