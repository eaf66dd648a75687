"""All files of a report, and the pictures of places."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from models.finding import Evidence
from shenbao.answer.clips import ClipPlace, ClipTask, clip_places, points_to_places
from shenbao.answer.points import form_to_points
from shenbao.answer.season_report import (
    department_to_file_name,
    report_files,
    round_to_departments,
)
from shenbao.answer.wording import load_words
from tests.places import SAMPLES
from tests.shenbao.compare.forms import finding, form, held, indicator, round_of


def test_every_department_has_its_files() -> None:
    found = round_of(form(department="甲/局"), form(department="甲:局"))
    names = [
        name
        for name, _ in report_files(
            found, round_to_departments(found), load_words(), ("memo", "sheet", "overview"), {}
        )
    ]
    assert sorted(names) == sorted(
        [
            *("退回意见书/甲_局.docx", "退回意见书/甲_局.html", "审核表/甲_局.docx"),
            *("退回意见书/甲_局 (2).docx", "退回意见书/甲_局 (2).html", "审核表/甲_局 (2).docx"),
            *("overview.html", "overview.xlsx"),
        ]
    )


@pytest.mark.parametrize("name", ["局" * 300, "..", "a\nb", "\x00", "CON?"])
def test_a_name_becomes_one_that_a_disk_takes(name: str) -> None:
    made = department_to_file_name(name)
    assert made and len(f"{made} (300).docx".encode()) < 256
    assert not set(made) & set('/\\:*?"<>|\n\x00')


def test_a_place_is_cut_from_its_page() -> None:
    target = "/annual/indicators/0/target"
    seen = Evidence(page=1, bbox=(100, 100, 160, 115), text="", reader="picture", confidence=1)
    made = form(indicator("次数"), findings=(finding("unit-missing", target, "import"),))
    made = made.model_copy(update={"evidence": {target: seen}})
    places = points_to_places(made, form_to_points(held(made)))
    pictures = clip_places(ClipTask(SAMPLES / "jiaotong-writer.pdf", places))
    assert Image.open(BytesIO(pictures[target])).size == (136, 46)


def test_a_place_whose_text_is_not_there_has_no_picture() -> None:
    place = ClipPlace("/phone", 1, (100, 100, 160, 115), "此处无此文字")
    assert clip_places(ClipTask(SAMPLES / "jiaotong-writer.pdf", (place,))) == {}


def test_a_file_that_cannot_be_shown_has_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nbroken")
    for name in ("a.pdf", "gone.pdf"):
        assert clip_places(ClipTask(tmp_path / name, ())) == {}
