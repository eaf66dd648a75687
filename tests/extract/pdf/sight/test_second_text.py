"""What pdfium reads beside what we read."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pdf.reader import read_pdf
from extract.pdf.sight.rendering import Renderer, rendering
from extract.pdf.sight.second_text import differing_characters
from tests.drawn import canvas_at, codes


@pytest.mark.parametrize(
    ("ours", "theirs", "differing"),
    [
        ("预算 12", "算预\r\n12", ("", 0)),
        ("预算12", "预笪12", ("算", 1)),
        ("预算", "预算金额", ("", 2)),
        ("预⻔⽬", "预门目", ("", 0)),
        ("预\ufffd", "预x", ("", 0)),
        ("粗粗", "粗", ("", 0)),
        ("①，", "1,", ("", 0)),
    ],
    ids=["the same", "another", "lost", "radicals", "without a character", "drawn twice", "forms of a sign"],
)
def test_characters_that_one_reader_lacks(ours: str, theirs: str, differing: tuple[str, int]) -> None:
    chars, lost = differing_characters(ours, theirs)
    assert ("".join(sorted(chars)), lost) == differing


@pytest.fixture
def page(tmp_path: Path) -> Path:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.drawString(100, 400, "Total 12.50")
    canvas.save()
    return tmp_path / "a.pdf"


def test_pdfium_reads_a_page(page: Path) -> None:
    with rendering(page) as renderer:
        assert (renderer.text(1), renderer.text(2)) == ("Total 12.50", None)
    assert Renderer(None).text(1) is None


def test_a_page_that_pdfium_reads_otherwise_is_told(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(read_pdf(page)) == []
    monkeypatch.setattr(Renderer, "text", lambda self, number: "Total 12.60")
    document = read_pdf(page)
    assert codes(document) == ["readers-differ"]
    (whole,) = document.problems[0].places
    assert whole.box is not None and whole.box.width > 500
    monkeypatch.setattr(Renderer, "text", lambda self, number: "Total 12.0")
    (five,) = read_pdf(page).problems[0].places
    assert five.box is not None and five.box.width < 20


def test_a_page_is_the_same_after_the_file_was_opened_anew() -> None:
    with rendering(Path(__file__).parents[4] / "samples" / "jiaotong-chrome.pdf") as renderer:
        first = [renderer.text(number) for number in (1, 2, 3)]
        for _ in range(12):
            assert [renderer.text(number) for number in (1, 2, 3)] == first
