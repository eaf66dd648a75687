"""Cells that only their picture can decide, and what is said of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.page.cell_text import CellText, chars_to_cell_text
from extract.page.tables import FilledCell, page_to_tables
from extract.pdf.oddities import disputed_cells, overlap, quote, with_pictures_read
from extract.pdf.prints import Print
from extract.pdf.sight.cut_text import incomplete_cells
from extract.pdf.sight.small_drawings import overdrawn_cells
from models.cell_reading import CellReading
from models.geometry import Box
from models.grid import Grid
from models.page import Char
from tests.drawn import codes
from tests.extract.pdf.forms import Drawing, form, text_at
from tests.extract.pdf.forms import cells as texts
from tests.paper import boxes_to_rules, page_of, typed

CELLS = [Box(x, y, x + 100, y + 30) for y in (100, 130) for x in (50, 150)]


def drawn(text: str, x: float, run: int) -> list[Char]:
    return [replace(char, run=run) for char in typed(text, x, 110)]


def seen_with(chars: list[Char], **known: tuple[Box, ...]) -> Print:
    return Print(page_of(chars, boxes_to_rules(CELLS)), 0, 0.0, 0, **known)  # type: ignore[arg-type]


def disputed(chars: list[Char], **known: tuple[Box, ...]) -> list[FilledCell]:
    seen = seen_with(chars, **known)
    return disputed_cells(seen, page_to_tables(seen.page))


OVER = [*drawn("3102", 60, 1), *drawn("8857", 61, 2)]


def test_characters_over_each_other_are_disputed_and_bold_prints_are_not() -> None:
    assert len(disputed(OVER)) == 1
    assert disputed([*drawn("3102", 60, 1), *drawn("3102", 60.4, 2)]) == []


def test_a_value_typed_a_little_beside_another_one_is_disputed() -> None:
    lowered = [replace(c, box=Box(c.box.x0, c.box.top + 3, c.box.x1, c.box.bottom + 3)) for c in OVER[4:]]
    assert len(disputed([*OVER[:4], *lowered])) == 1


def test_a_tick_in_a_box_is_not_disputed() -> None:
    assert disputed([*drawn("□", 60, 1), *drawn("√", 60, 2)]) == []


def test_a_character_without_meaning_is_disputed() -> None:
    assert len(disputed(drawn("31\ufffd2", 60, 1))) == 1


def test_curves_are_disputed_and_pictures_only_in_an_empty_cell() -> None:
    inside = (Box(160, 105, 190, 120),)
    assert len(disputed([], outlined=inside)) == len(disputed([], pictures=inside)) == 1
    filled = drawn("28", 165, 1)
    assert (len(disputed(filled, outlined=inside)), len(disputed(filled, pictures=inside))) == (1, 0)


def decided(reading: str, confidence: float = 0.99) -> tuple[str, list[str]]:
    """What the overprinted cell says when its picture is read so, and the codes of what is said of it."""
    tables = page_to_tables(page_of(OVER, boxes_to_rules(CELLS)))
    cell = tables.cells[0]
    answer = CellReading(reading, confidence, None)
    (grid,), problems = with_pictures_read(tables.pieces, [cell], [answer], 1)
    assert isinstance(grid, Grid)
    return grid.cells[0].text, [problem.code for problem in problems]


@pytest.mark.parametrize("shown", ["8857", "3102"])
def test_a_picture_that_shows_one_of_two_texts_clearly_decides(shown: str) -> None:
    assert decided(shown) == (shown, [])


def test_a_picture_that_shows_neither_text_or_not_clearly_leaves_a_doubt() -> None:
    assert decided("8102") == ("8102", ["text-overprinted"])
    assert decided("8857", 0.5) == ("8857", ["text-overprinted"])


def test_an_unread_picture_leaves_the_text_and_a_doubt() -> None:
    text, found = decided("", 0.0)
    assert found == ["text-overprinted"] and text


def test_of_a_cell_in_very_many_pieces_only_parts_as_long_as_its_picture_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pieces = [replace(char, run=n) for n, char in enumerate(OVER * 40)]
    tables = page_to_tables(page_of(pieces, boxes_to_rules(CELLS)))
    looked_at: list[int] = []

    def counted(chars: Sequence[Char], box: Box) -> CellText:
        looked_at.append(len(chars))
        return chars_to_cell_text(chars, box)

    monkeypatch.setattr("extract.pdf.oddities.chars_to_cell_text", counted)
    answer = CellReading("8857", 0.99, None)
    (grid,), problems = with_pictures_read(tables.pieces, [tables.cells[0]], [answer], 1)
    assert isinstance(grid, Grid)
    assert (grid.cells[0].text, problems) == ("8857", ())
    assert set(looked_at) <= set(range(2, 7)) and len(looked_at) <= 10


def test_a_slanting_stroke_over_words_is_told_and_one_that_parts_a_heading_is_not(tmp_path: Path) -> None:
    def crossed(canvas: Canvas) -> None:
        canvas.line(258, 673, 300, 685)

    def parted(canvas: Canvas) -> None:
        canvas.line(250, 700, 450, 660)

    value = text_at(260, 675, "3102.15")
    assert codes(form(tmp_path / "a.pdf", value, crossed)) == ["text-struck"]
    document = form(tmp_path / "b.pdf", value, parted)
    assert (document.problems, texts(document)[1]) == ((), "3102.15")


def test_numbers_one_above_another_are_told(tmp_path: Path) -> None:
    document = form(tmp_path / "a.pdf", text_at(330, 683, "12"), text_at(330, 669, "30"))
    assert codes(document) == ["numbers-stacked"]
    assert texts(document)[1] == "12\n30"


def test_curves_over_characters_are_told_and_a_ground_behind_them_is_not(tmp_path: Path) -> None:
    def letters(canvas: Canvas) -> None:
        for x in (261, 267, 273):
            canvas.circle(x, 678, 2.5, stroke=0, fill=1)

    value = text_at(260, 675, "3102.15")
    assert codes(form(tmp_path / "a.pdf", value, letters)) == ["text-overprinted", "text-overprinted"]
    chars = drawn("3102", 60, 1)
    ground = Box(55, 105, 100, 125)
    tables = page_to_tables(page_of(chars, boxes_to_rules(CELLS)))
    assert overdrawn_cells(tables, [ground]) == []


@pytest.mark.parametrize("text", ["Enterprise Re...", "Enterprise Re\u2026"])
def test_a_text_that_an_ellipsis_ends_is_told(text: str) -> None:
    assert list(map(str, _incomplete(typed(text, 60, 110)))) == [text]


def test_two_ellipses_are_chinese_and_end_a_sentence() -> None:
    assert _incomplete(typed("宣传、培训\u2026\u2026", 60, 110)) == []


def test_a_hyphen_that_parts_a_word_at_a_line_s_end_is_told() -> None:
    assert len(_incomplete([*typed("Multi-", 60, 104), *typed("functional", 60, 118)])) == 1
    assert _incomplete([*typed("COVID-", 60, 104), *typed("19", 60, 118)]) == []


def _incomplete(chars: list[Char]) -> list[str]:
    tables = page_to_tables(page_of(chars, boxes_to_rules(CELLS)))
    return [cell.text.text for cell in incomplete_cells(tables, ())]


def test_a_line_that_fills_its_clip_may_go_on_unseen(tmp_path: Path) -> None:
    def clipped(text: str) -> Drawing:
        def draw(canvas: Canvas) -> None:
            path = canvas.beginPath()
            path.rect(260, 672, 60, 12)
            canvas.clipPath(path, stroke=0)
            text_at(261, 675, text)(canvas)

        return draw

    assert codes(form(tmp_path / "a.pdf", clipped("purchase of"))) == ["text-incomplete"]
    assert codes(form(tmp_path / "b.pdf", clipped("31.02"))) == []


def test_a_message_quotes_the_beginning_of_a_long_text() -> None:
    assert quote("一二三") == "“一二三”"
    assert quote("一" * 30) == f"“{'一' * 20}…”"


def test_boxes_share_an_area() -> None:
    assert overlap(Box(0, 0, 10, 10), Box(5, 5, 20, 20)) == 25
    assert overlap(Box(0, 0, 10, 10), Box(20, 5, 30, 20)) == 0


def test_a_page_whose_paper_ends_before_its_text_is_told(tmp_path: Path) -> None:
    def beyond(canvas: Canvas) -> None:
        canvas.drawString(700, 675, "in a column that is not on the paper")

    assert codes(form(tmp_path / "a.pdf", text_at(260, 675, "3102.15"), beyond)) == ["page-hidden-text"]
