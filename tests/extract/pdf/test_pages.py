"""Which errors of reading a page are the file's, which are the machine's, which are ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pdfminer.pdfinterp import PDFPageInterpreter

from bench.tables import draw, lines
from extract.page.tables import PageTables
from extract.pdf import print_reading
from extract.pdf.pages import UnreadableError, file_to_pages, library_call
from extract.pdf.reader import read_pdf
from models.page import Page
from tests.drawn import canvas_at, codes, grids, small_table


@pytest.fixture
def three_pages(tmp_path: Path) -> Path:
    canvas = canvas_at(tmp_path / "a.pdf")
    for seed in (1, 2, 3):
        draw(canvas, small_table(seed), lines)
    canvas.save()
    return tmp_path / "a.pdf"


def test_pages_come_one_after_the_other_up_to_a_limit(three_pages: Path) -> None:
    assert [page.number for page in file_to_pages(three_pages, 2)] == [1, 2]


def test_a_defect_of_ours_is_raised_after_all_pages_were_read(
    three_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def page_to_tables(page: Page) -> PageTables:
        read.append(page.number)
        raise ZeroDivisionError

    monkeypatch.setattr(print_reading, "page_to_tables", page_to_tables)
    with pytest.raises(ExceptionGroup) as raised:
        read_pdf(three_pages)
    assert read == [1, 2, 3]
    assert [error.__notes__ for error in raised.value.exceptions] == [[f"on page {n}"] for n in read]


def test_what_the_library_raises_for_a_page_is_that_page_s_damage(
    three_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = PDFPageInterpreter.render_contents
    seen: list[object] = []

    def second_is_broken(self: PDFPageInterpreter, *args: Any, **options: Any) -> None:
        seen.append(self)
        if len(seen) == 2:
            raise KeyError("stream")
        whole(self, *args, **options)

    monkeypatch.setattr(PDFPageInterpreter, "render_contents", second_is_broken)
    document = read_pdf(three_pages)
    assert [(problem.code, problem.page) for problem in document.problems] == [("pdf-damaged", 2)]
    assert [grid.edges[0][0] for grid in grids(document)] == [1, 3]


@pytest.mark.parametrize("error", [MemoryError, OSError])
def test_what_the_machine_lacks_is_not_the_file_s_fault(error: type[Exception]) -> None:
    with pytest.raises(error), library_call():
        raise error


def test_nesting_too_deep_is_not_called_damage(three_pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(*args: object, **options: object) -> None:
        raise RecursionError

    monkeypatch.setattr(PDFPageInterpreter, "render_contents", deep)
    assert codes(read_pdf(three_pages)) == ["pdf-too-deep"] * 3


def test_the_library_s_errors_keep_their_cause() -> None:
    with pytest.raises(UnreadableError) as raised, library_call():
        raise KeyError("Root")
    assert isinstance(raised.value.__cause__, KeyError)
