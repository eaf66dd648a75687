from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from shenbao.desk.learning.adopting import adopt
from shenbao.desk.learning.texts import text_lessons
from tests.shenbao.desk.learning.conftest import Taught

TARGET, NAME = "/long_term/indicators/22/target", "/annual/indicators/21/level3"
USUAL = "符合资金管理规定，资料真实、准确、完整"
WORDING = "符合资金管理规定，会计资料真实、准确、完整"


def test_a_wording_that_was_confirmed_is_proposed_for_its_entry(taught: Taught) -> None:
    sha256 = taught.hand_in("first.md", (USUAL, WORDING))
    taught.say(sha256, TARGET, "accept")
    (lesson,) = text_lessons(taught.desk)
    assert (lesson.column, lesson.text, lesson.usual) == ("accepted", WORDING, USUAL)
    assert [(place.name, place.true) for place in lesson.places] == [("first.md", WORDING)]


def test_the_next_submission_with_the_same_wording_is_not_asked_about(
    taught: Taught, tmp_path: Path, use_data: Callable[[Path], None]
) -> None:
    taught.say(taught.hand_in("first.md", (USUAL, WORDING)), TARGET, "accept")
    adopt(text_lessons(taught.desk)[0], tmp_path / "data")
    assert TARGET in taught.asked(taught.hand_in("second.md", (USUAL, WORDING)))
    use_data(tmp_path / "data")
    assert TARGET not in taught.asked(taught.hand_in("third.md", (USUAL, WORDING)))
    assert text_lessons(taught.desk) == []


def test_two_lessons_stand_side_by_side(taught: Taught, tmp_path: Path) -> None:
    taught.say(taught.hand_in("first.md", (USUAL, WORDING)), TARGET, "accept")
    (lesson,) = text_lessons(taught.desk)
    adopt(lesson, tmp_path)
    text = adopt(replace(lesson, text="另一表述"), tmp_path).read_text("utf-8")
    assert f"{WORDING};另一表述" in text
