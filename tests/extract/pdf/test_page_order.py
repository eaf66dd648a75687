"""Pages in another order than their printed numbers say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.pdf.page_order import in_printed_order, is_titled, printed_number, sheet_in_order
from extract.pdf.reader import read_pdf
from models.document import PageContent, Piece, TextLine
from models.geometry import Box
from models.grid import Cell, Grid, Place
from tests.drawn import canvas_at, codes
from tests.paper import across, page_of, typed


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


def table(number: int = 1, left: float = 50.0, rows: int = 12, wide: float = 300.0) -> Grid:
    cells = [
        Cell(n, 0, f"{left:.0f}-{n}", Place(number, Box(left, 100 + 20 * n, left + 50, 110 + 20 * n)))
        for n in range(rows)
    ]
    return Grid(tuple(cells), rows, 1, "ruled", edges=((number, (left, left + wide)),))


def test_pages_without_numbers_are_read_backwards_where_the_title_is_on_the_last() -> None:
    read = [
        PageContent((table(1),)),
        PageContent((table(2),)),
        PageContent((TextLine("申报表", Place(3)), table(3))),
    ]
    ordered, problems = in_printed_order(read, [None] * 3, [False, False, True])
    grids = [piece for content in ordered for piece in content.pieces if isinstance(piece, Grid)]
    assert [grid.edges[0][0] for grid in grids] == [3, 2, 1]
    assert [grid.breaks for grid in grids] == [frozenset(), frozenset({0}), frozenset({0})]
    assert [problem.code for problem in problems] == ["pages-unordered"]


@pytest.mark.parametrize("titled", [(True, False, False), (False, True, True), (False, False, False)])
def test_pages_without_numbers_stay_where_a_form_begins_before_the_last(titled: tuple[bool, ...]) -> None:
    read = [PageContent((table(n),)) for n in (1, 2, 3)]
    assert in_printed_order(read, [None] * 3, titled) == (read, [])


def test_a_page_that_is_not_read_again_does_not_hide_the_order() -> None:
    read = [PageContent((table(1),)), PageContent(), PageContent((table(3),))]
    _, problems = in_printed_order(read, [None] * 3, [False, False, True])
    assert [problem.code for problem in problems] == ["pages-unordered"]


def test_a_letter_before_the_form_is_no_part_of_it() -> None:
    read = [PageContent((TextLine("关于报送的函", Place(1)),)), PageContent((table(2),))]
    assert in_printed_order(read, [None, None], [False, True]) == (read, [])


@pytest.mark.parametrize(("size", "titled"), [(16.0, True), (10.0, False)])
def test_a_title_is_larger_than_the_rest_and_above_every_line(size: float, titled: bool) -> None:
    words = [*typed("部门申报表", 200, 60, size), *typed("部门名称" * 5, 60, 110)]
    assert is_titled(page_of(words, [across(100, 50, 500)])) is titled


def test_two_pages_on_one_sheet_are_read_from_left_to_right() -> None:
    foot = TextLine("1", Place(1, Box(200, 560, 206, 570)))
    sheet = PageContent((table(1, 450.0), table(1, 50.0), foot))
    ordered = sheet_in_order(sheet).pieces
    assert [piece.text if isinstance(piece, TextLine) else piece.edges[0][1][0] for piece in ordered] == [
        50,
        "1",
        450,
    ]
    assert isinstance(ordered[2], Grid) and ordered[2].breaks == {0}


@pytest.mark.parametrize(
    "pieces",
    [
        (table(1, 450.0, wide=120.0), table(1, 50.0)),
        (table(1, 450.0, rows=3), table(1, 50.0, rows=3)),
        (table(1, 450.0), table(1, 50.0), TextLine("申报表", Place(1, Box(300, 50, 500, 70)))),
        (table(1, 340.0), table(1, 50.0)),
    ],
    ids=["a small table beside", "too low for pages", "a title over both", "no gap"],
)
def test_tables_that_only_lie_beside_each_other_stay(pieces: tuple[Piece, ...]) -> None:
    assert sheet_in_order(PageContent(pieces)).pieces == pieces


def test_four_pages_on_one_sheet_are_read_row_by_row() -> None:
    lower = [replace(table(1, left), cells=lowered(table(1, left))) for left in (450.0, 50.0)]
    ordered = sheet_in_order(PageContent((table(1, 450.0), table(1, 50.0), *lower))).pieces
    texts = [piece.cells[0].text for piece in ordered if isinstance(piece, Grid)]
    assert texts == ["50-0", "450-0", "50-0 below", "450-0 below"]


def lowered(grid: Grid) -> tuple[Cell, ...]:
    return tuple(
        replace(
            cell,
            text=f"{cell.text} below",
            place=Place(1, Box(box.x0, box.top + 700, box.x1, box.bottom + 700)),
        )
        for cell in grid.cells
        if (box := cell.place.box)
    )
