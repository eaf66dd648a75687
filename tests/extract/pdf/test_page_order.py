"""Pages in another order than their printed numbers say."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pdf.page_order import in_printed_order, printed_number
from extract.pdf.reader import read_pdf
from models.document import PageContent, TextLine
from models.grid import Place
from tests.drawn import canvas_at, codes
from tests.paper import page_of, typed


def contents(*words: str) -> list[PageContent]:
    return [PageContent((TextLine(word, Place(n)),)) for n, word in enumerate(words, 1)]


def order(*numbers: int | None) -> tuple[list[str], list[str]]:
    read = contents(*map(str, numbers))
    ordered, problems = in_printed_order(read, numbers)
    texts = [piece.text for content in ordered for piece in content.pieces if isinstance(piece, TextLine)]
    return texts, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("foot", "number"), [("- 3 -", 3), ("3", 3), ("第 3 页 共 4 页", 3), ("2/6", 2), ("98%", None)]
)
def test_a_number_at_the_foot_is_the_page_s(foot: str, number: int | None) -> None:
    assert printed_number(page_of([*typed("1", 60, 300), *typed(foot, 280, 810)])) == number


def test_a_number_beside_other_words_is_a_value() -> None:
    assert printed_number(page_of([*typed("合计", 60, 810), *typed("3", 280, 810)])) is None


def test_pages_are_read_by_their_numbers_and_that_is_told() -> None:
    assert order(1, 3, 2) == (["1", "2", "3"], ["pages-unordered"])


def test_a_missing_page_is_told() -> None:
    assert order(1, 2, 4) == (["1", "2", "4"], ["pages-unordered"])


@pytest.mark.parametrize("numbers", [(1, 2, 3), (5, 6), (1, 2, 1, 2), (2, None, 1), (1,)])
def test_pages_in_order_several_forms_and_pages_without_numbers_stay(numbers: tuple[int | None, ...]) -> None:
    assert order(*numbers) == ([str(number) for number in numbers], [])


def test_a_file_in_another_order_is_read_in_that_of_its_numbers(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    for number, word in ((2, "second"), (1, "first")):
        canvas.drawString(100, 700, word)
        canvas.drawString(280, 20, f"{number}/2")
        canvas.showPage()
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf")
    lines = [piece.text for piece in document.pieces if isinstance(piece, TextLine)]
    assert (lines, codes(document)) == (["first", "second"], ["pages-unordered"])
