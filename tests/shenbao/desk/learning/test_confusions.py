from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from shenbao.desk.learning.adopting import adopt
from shenbao.desk.learning.confusions import confusion_lessons, other_confusions
from tests.shenbao.desk.learning.conftest import Taught

NAME = "/long_term/indicators/26/level3"
TRUE, SEEN = "社区矫正监管对象", "社区矫正飞管对象"


def test_what_persons_corrected_twice_is_proposed_with_both_counts(taught: Taught) -> None:
    for name in ("first.md", "second.md"):
        taught.say(taught.hand_in(name, (TRUE, SEEN)), NAME, "edit", TRUE)
    (lesson,) = confusion_lessons(taught.desk)
    assert (lesson.seen, lesson.true, len(lesson.places), lesson.back) == ("飞", "监", 2, 0)
    taught.say(taught.hand_in("back.md"), NAME, "edit", SEEN)
    assert [one.back for one in confusion_lessons(taught.desk)] == [1]


def test_what_was_corrected_once_is_listed_only(taught: Taught) -> None:
    taught.say(taught.hand_in("first.md", (TRUE, SEEN)), NAME, "edit", TRUE)
    assert confusion_lessons(taught.desk) == []
    assert [(one.seen, one.true, why) for one, why in other_confusions(taught.desk)] == [
        ("飞", "监", "too seldom")
    ]


def test_the_next_submission_with_the_same_confusion_is_not_asked_about(
    taught: Taught, tmp_path: Path, use_data: Callable[[Path], None]
) -> None:
    for name in ("first.md", "second.md"):
        taught.say(taught.hand_in(name, (TRUE, SEEN)), NAME, "edit", TRUE)
    adopt(confusion_lessons(taught.desk)[0], tmp_path / "data")
    assert NAME in taught.asked(taught.hand_in("third.md", (TRUE, SEEN)))
    use_data(tmp_path / "data")
    sha256 = taught.hand_in("fourth.md", (TRUE, SEEN))
    assert NAME not in taught.asked(sha256)
    assert taught.desk.opened(sha256).text(0, NAME) == TRUE
    assert confusion_lessons(taught.desk) == []


def test_another_text_is_no_confusion(taught: Taught) -> None:
    sha256 = taught.hand_in("first.md")
    taught.say(sha256, NAME, "edit", "社区服刑管理人数")
    assert list(other_confusions(taught.desk)) == []
