"""The referee is asked about doubtful pages, and what it sees otherwise is said with its places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from extract.pdf.reader import read_pdf
from extract.referee import reader
from extract.referee.camelot_tables import Flavour, RefereeCell, RefereeError
from extract.referee.reader import with_referee
from models.document import Document, Problem
from models.geometry import Box
from models.grid import Grid
from models.page import Char, Page
from tests.drawn import canvas_at


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A page with a table of two cells: 1932 and 41."""
    canvas = canvas_at(tmp_path / "a.pdf", (400, 300))
    canvas.grid([50, 200, 350], [100, 150])
    canvas.drawString(60, 120, "1932")
    canvas.drawString(210, 120, "41")
    canvas.save()
    return tmp_path / "a.pdf"


def says(monkeypatch: pytest.MonkeyPatch, *texts: str) -> list[int]:
    """The referee reads these texts in the two cells; the list takes the numbers of pages it is asked about."""
    asked: list[int] = []

    def cells(path: Path, page: Page, chars: Sequence[Char], flavour: Flavour) -> list[RefereeCell]:
        asked.append(page.number)
        boxes = (Box(50, 150, 200, 200), Box(200, 150, 350, 200))
        return [
            RefereeCell(0, 0, n, 1, 1, box, text)
            for n, (box, text) in enumerate(zip(boxes, texts, strict=True))
        ]

    monkeypatch.setattr(reader, "pdf_to_referee_cells", cells)
    return asked


def problems(document: Document) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.page) for problem in document.problems]


def test_a_page_read_alike_has_nothing_to_say(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = says(monkeypatch, "1932", "41")
    document = read_pdf(form)
    assert with_referee(document, form, every_page=True) == document and asked == [1]


def test_a_difference_is_said_with_its_place(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, "1932", "4l")
    (problem,) = with_referee(read_pdf(form), form, every_page=True).problems
    assert (problem.code, problem.page, problem.severity) == ("readers-differ", 1, "warning")
    assert "“41”，另读为“4l”" in problem.message
    (place,) = problem.places
    assert place.page == 1 and place.box is not None and place.box.x0 == pytest.approx(210, abs=1)


def test_only_doubtful_pages_are_checked_unless_all_are_wanted(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = says(monkeypatch, "1932", "41")
    document = read_pdf(form)
    with_referee(document, form, every_page=False)
    assert asked == []
    odd = Document(document.pieces, document.media_type, 1, (Problem("page-hidden-text", "…", page=1),))
    with_referee(odd, form, every_page=False)
    assert asked == [1]


def test_a_page_whose_fonts_lie_is_not_checked(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = says(monkeypatch, "1932", "4l")
    document = read_pdf(form)
    lying = Document(document.pieces, document.media_type, 1, (Problem("font-lies", "…", page=1),))
    assert with_referee(lying, form, every_page=True) == lying and asked == []


def test_a_page_that_the_referee_cannot_read_is_said_to_be_unchecked(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, page: Page, chars: Sequence[Char], flavour: Flavour) -> list[RefereeCell]:
        raise RefereeError("camelot: ValueError")

    monkeypatch.setattr(reader, "pdf_to_referee_cells", fail)
    assert problems(with_referee(read_pdf(form), form, every_page=True)) == [("page-unchecked", 1)]


def test_a_character_that_our_reader_lost_is_told(form: Path) -> None:
    pytest.importorskip("camelot")
    document = read_pdf(form)
    (grid,) = (piece for piece in document.pieces if isinstance(piece, Grid))
    lost = replace(grid, cells=tuple(replace(cell, text=cell.text.removesuffix("2")) for cell in grid.cells))
    (problem,) = with_referee(replace(document, pieces=(lost,)), form, every_page=True).problems
    assert "“193”，另读为“1932”" in problem.message


def test_characters_are_read_a_second_time_but_not_where_we_chose_among_them(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_anew: list[int] = []

    def chars(path: Path, page: Page) -> list[Char]:
        read_anew.append(page.number)
        return list(page.chars)

    monkeypatch.setattr(reader, "pdf_to_plumber_chars", chars)
    says(monkeypatch, "1932", "41")
    document = read_pdf(form)
    with_referee(document, form, every_page=True)
    assert read_anew == [1]
    chosen = replace(document, problems=(Problem("text-struck", "…", page=1),))
    with_referee(chosen, form, every_page=True)
    assert read_anew == [1]


def test_the_other_reading_of_a_page_that_differs_is_its_rival(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, "1932", "4l")
    document = read_pdf(form)
    (rival,) = with_referee(document, form, every_page=True).rivals
    (grid,) = (piece for piece in rival.pieces if isinstance(piece, Grid))
    assert ([cell.text for cell in grid.cells], grid.reader) == (["1932", "4l"], "camelot")
    # where we chose among what the file says, its whole text is no better reading
    chosen = replace(document, problems=(Problem("text-struck", "…", page=1),))
    assert with_referee(chosen, form, every_page=True).rivals == ()
