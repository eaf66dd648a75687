from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from models.submission import Submission
from shenbao.desk.overlay.fields import AnswerError, FieldKind, Sheet, answer_to_node, row_of


def test_every_value_with_evidence_is_a_field_and_the_two_years_are_two(justice: Submission) -> None:
    sheet = Sheet.of(justice.forms[0])
    assert [path for path in justice.forms[0].evidence if path not in sheet.kinds] == [
        "/budget/history_years"
    ]


def test_a_field_says_what_it_holds(justice: Submission) -> None:
    sheet = Sheet.of(justice.forms[0])
    assert sheet.kinds["/annual/indicators/7/target"] == "value"
    assert sheet.text("/budget/income/0/amount") == "1932.41"
    assert sheet.kinds["/budget/income/0/share"] == "share"


@pytest.mark.parametrize(
    ("kind", "text", "node"),
    [
        ("amount", "1,932.41 万元", Decimal("1932.41")),
        ("share", "76.12 %", "76.12%"),
        ("year", "2026年", 2026),
        ("date", "2025.10.20", "2025-10-20"),
        ("flag", "是", True),
        ("text", "保障有力,\n 按时完成", "保障有力，按时完成"),
    ],
)
def test_an_answer_becomes_what_the_field_holds(kind: FieldKind, text: str, node: Any) -> None:
    assert answer_to_node(kind, text) == node


def test_a_target_is_taken_apart_as_a_reading_is() -> None:
    node = answer_to_node("value", "≥800件/年")
    assert (node["text"], node["comparator"], node["number"], node["unit"]) == ("≥800件/年", ">=", 800, "件")


@pytest.mark.parametrize(
    ("kind", "text"), [("amount", "约五万"), ("year", "今年"), ("date", "月底"), ("text", " ")]
)
def test_an_answer_that_the_field_does_not_take_is_refused(kind: FieldKind, text: str) -> None:
    with pytest.raises(AnswerError):
        answer_to_node(kind, text)


def test_a_row_is_told_from_a_field_that_stands_alone() -> None:
    paths = ["/projects/0/name", "/budget/income/2/history/1", "/budget/history_years/0", "/department"]
    assert [row_of(path) for path in paths] == ["/projects/0", "/budget/income/2", None, None]
