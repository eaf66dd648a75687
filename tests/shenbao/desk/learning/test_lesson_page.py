from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from models.submission import Submission, json_to_submission
from shenbao.desk.desk import Desk
from shenbao.desk.folder import open_log
from shenbao.desk.learning.effects import LessonEffect
from shenbao.desk.learning.lesson_page import lessons_to_html
from shenbao.desk.learning.lessons import ConfusionLesson, LessonPlace
from shenbao.desk.pages.originals import Originals
from shenbao.desk.pages.page_maker import PageMaker
from tests.places import ROOT
from tests.shenbao.desk.pages.test_lying import lying

BOX = (60.0, 100.0, 200.0, 120.0)
PLACE = LessonPlace("", "qixiang-fax.tif", "填报人", "李<b>", "李明", 1, BOX)


def _size(page: str) -> tuple[int, int]:
    found = re.search(r"base64,([^\"]+)", page)
    assert found
    with Image.open(io.BytesIO(base64.b64decode(found[1]))) as picture:
        return picture.size


@pytest.fixture
def maker(desk: Desk, out: Path, tmp_path: Path) -> Iterator[PageMaker]:
    with closing(open_log(out, None)) as ledger:
        originals = Originals(desk.folder, ledger, [ROOT / "samples"])
        with closing(PageMaker(tmp_path / "pages", originals)) as made:
            yield made


def test_a_proposal_shows_its_picture_cut_from_the_page(desk: Desk, maker: PageMaker) -> None:
    entry = next(one for one in desk.entries() if one.name == "qixiang-fax.tif")
    place = LessonPlace(entry.sha256, entry.name, "填报人", "飞", "监", 1, BOX)
    page = lessons_to_html([ConfusionLesson("飞", "监", 0, (place,))], [None], maker)
    assert page.count("data:image/jpeg;base64,") == 1
    assert "易混字：“监”会被读成“飞”" in page


def test_harm_to_a_golden_is_said_in_words() -> None:
    effect = LessonEffect(3, ("甲",), ("乙 联系电话：应为…",))
    page = lessons_to_html([ConfusionLesson("飞", "监", 0, (PLACE,))], [effect], None)
    assert "差异 3 处 → 3 处，改对 1 处，改错 1 处（乙 联系电话：应为…）" in page


def test_what_a_form_says_is_no_markup() -> None:
    page = lessons_to_html([ConfusionLesson("飞", "监", 0, (PLACE,))], [None], None)
    assert "李&lt;b&gt;" in page and "<b>" not in page


def test_the_picture_of_a_print_that_lies_on_its_side_is_cut_upright(
    maker: PageMaker, desk: Desk, fax: Submission
) -> None:
    entry = next(one for one in desk.entries() if one.name == "qixiang-fax.tif")
    upright = LessonPlace(entry.sha256, entry.name, "填报人", "飞", "监").cut_at(fax.forms[0], 1, BOX)
    on_its_side = LessonPlace(entry.sha256, entry.name, "填报人", "飞", "监").cut_at(
        lying(fax.forms[0], 1), 1, BOX
    )
    assert (upright.turn, on_its_side.turn) == (0, 3)
    wide, high = (
        _size(lessons_to_html([ConfusionLesson("飞", "监", 0, (one,))], [None], maker))
        for one in (upright, on_its_side)
    )
    assert wide[0] > wide[1] and high == wide[::-1]


def test_a_place_of_a_print_is_drawn_as_a_print() -> None:
    reading = json_to_submission((ROOT / "golden" / "minzheng-writer.pdf.json").read_text("utf-8"))
    assert LessonPlace("", "minzheng-writer.pdf", "", "", "").cut_at(reading.forms[0], 1, BOX).is_print
