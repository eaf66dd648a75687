"""The words of a memo: one for every code, and a bureau's own over ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.codes import CODES
from normalize.check.checks import RULES
from normalize.text.own_data import VARIABLE
from shenbao.answer.ledger_words import QUESTIONS, RULE_WORDS
from shenbao.answer.points import AS_TYPED
from shenbao.answer.wording import WordingError, load_words

_OF_NO_FORM = {
    *("seal-missing", "seal-unread", "ambiguous-digit", "sum-unchecked"),
    *("history-contradicts", "target-lowered", "indicator-dropped", "indicator-renamed", "text-repeated"),
}
"""Codes that never make a point: the bureau looks for itself, or they stand in the report across years."""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    (tmp_path / "templates").mkdir()
    return tmp_path / "templates" / "memo.yaml"


def test_every_code_that_can_be_a_point_has_its_words() -> None:
    asked = {code for code, one in CODES.items() if one.category != "reading"} - _OF_NO_FORM
    assert set(load_words().points) == asked | set(AS_TYPED)


def test_every_rule_has_its_words_and_its_question() -> None:
    assert list(RULE_WORDS) == [rule for rule, _ in RULES]
    assert {one.question for one in RULE_WORDS.values()} == set(QUESTIONS)


def test_a_bureaus_words_lie_over_ours(own: Path) -> None:
    own.write_text("title: 审核意见\npoints:\n  unit-missing: {asks: 写上单位。}\n", encoding="utf-8")
    words = load_words()
    assert (words.title, words.points["unit-missing"].asks) == ("审核意见", "写上单位。")
    assert words.points["unit-missing"].group == "complete"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("opening: 你好{name}", "opening: .*name.* is not filled in here"),
        ("titel: x", "titel: "),
        ("title: [", r"memo.yaml:\d+: not YAML"),
        ("- x", "keys and values"),
        ("points: {unit-missing: {group: other}}", "points.unit-missing.group"),
    ],
)
def test_a_template_that_is_wrong_is_named(own: Path, text: str, reason: str) -> None:
    own.write_text(text, encoding="utf-8")
    with pytest.raises(WordingError, match=reason):
        load_words()
