from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from normalize.form.layouts import read_layouts
from shenbao.desk.folder import open_log
from shenbao.desk.learning.adopting import adopt
from shenbao.desk.learning.labels import label_lessons
from shenbao.desk.pages.originals import Originals
from shenbao.desk.pages.page_maker import PageMaker
from tests.shenbao.desk.learning.conftest import Taught

LABEL = ("联系电话", "办公座机")
PHONE = "13800138000"


@pytest.fixture
def maker(taught: Taught) -> Iterator[PageMaker]:
    with closing(open_log(taught.root / "out", None)) as ledger:
        originals = Originals(taught.desk.folder, ledger, [taught.root / "files"])
        with closing(PageMaker(taught.root / "pages", originals)) as made:
            yield made


def test_what_stands_beside_the_answer_is_proposed_as_the_fields_label(
    taught: Taught, maker: PageMaker
) -> None:
    taught.say(taught.hand_in("first.md", LABEL), "/phone", "edit", PHONE)
    (lesson,) = label_lessons(taught.desk, maker)
    assert (lesson.layout, lesson.group, lesson.field) == ("hubei-2025", "fields", "phone")
    assert (lesson.text, lesson.usual) == ("办公座机", "联系电话")


def test_the_next_submission_with_the_same_label_is_not_asked_about(
    taught: Taught, maker: PageMaker, tmp_path: Path, use_data: Callable[[Path], None]
) -> None:
    taught.say(taught.hand_in("first.md", LABEL), "/phone", "edit", PHONE)
    adopt(label_lessons(taught.desk, maker)[0], tmp_path / "data")
    assert "/phone" in taught.asked(taught.hand_in("second.md", LABEL))
    use_data(tmp_path / "data")
    sha256 = taught.hand_in("third.md", LABEL)
    assert "/phone" not in taught.asked(sha256)
    assert taught.desk.opened(sha256).text(0, "/phone") == PHONE
    assert label_lessons(taught.desk, maker) == []


def test_a_form_that_prints_none_of_the_own_labels_is_read_as_before(
    taught: Taught, maker: PageMaker, tmp_path: Path, use_data: Callable[[Path], None]
) -> None:
    taught.say(taught.hand_in("first.md", LABEL), "/phone", "edit", PHONE)
    adopt(label_lessons(taught.desk, maker)[0], tmp_path / "data")
    (before,) = taught.desk.opened(taught.hand_in("second.md")).reading.forms
    use_data(tmp_path / "data")
    (after,) = taught.desk.opened(taught.hand_in("third.md")).reading.forms
    assert (after.layout, after.data, after.evidence) == (before.layout, before.data, before.evidence)


def test_a_second_label_joins_the_first(taught: Taught, maker: PageMaker, tmp_path: Path) -> None:
    other = ("填报人", "经手人员")
    taught.say(taught.hand_in("first.md", LABEL), "/phone", "edit", PHONE)
    taught.say(taught.hand_in("second.md", other), "/preparer", "edit", "李明华")
    for lesson in label_lessons(taught.desk, maker):
        path = adopt(lesson, tmp_path / "data")
    found, faults = read_layouts((tmp_path / "data",))
    own = next(layout for layout in found if layout.name == path.stem)
    assert faults == ()
    assert {"办公座机", "经手人员"} <= {label.text for label in own.labels}
    assert set(own.needs[-1]) == {"办公座机", "经手人员"}


def test_an_answer_that_stands_nowhere_teaches_no_label(taught: Taught, maker: PageMaker) -> None:
    taught.say(taught.hand_in("first.md", LABEL), "/phone", "edit", "0715-7654321")
    assert label_lessons(taught.desk, maker) == []
