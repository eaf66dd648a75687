"""What stands at a page's edges is no row of its table: its own number, a browser's date and address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.page.text_lines import chars_to_lines, line_to_text
from extract.unruled.page_edges import without_edges
from extract.unruled.reader import unruled_page_to_tables
from models.grid import Grid
from models.page import Char, Page
from tests.paper import page_of, typed

ROW = [*typed("预算编制", 50, 720), *typed("98%", 150, 720), *typed("计划标准", 250, 720)]


def page_with(chars: Sequence[Char], number: int = 1) -> Page:
    return replace(page_of([*ROW, *chars], (), number), width=595.0, height=842.0)


def left(page: Page) -> list[str]:
    return [line_to_text(line) for line in chars_to_lines(without_edges(page).chars)]


TABLE = left(page_with([]))


@pytest.mark.parametrize("words", ["2", "- 2 -", "第2页共9页", "2/9"])
def test_the_page_s_own_number_in_the_middle_of_its_foot_goes(words: str) -> None:
    middle = typed(words, 0, 800)
    shift = 297.5 - (middle[0].box.x0 + middle[-1].box.x1) / 2
    assert left(page_with(typed(words, shift, 800), number=2)) == TABLE


def test_a_number_that_is_not_the_page_s_or_stands_in_a_column_stays() -> None:
    assert left(page_with(typed("3", 292, 800), number=2)) != TABLE
    assert left(page_with(typed("2", 150, 800), number=2)) != TABLE


def test_what_a_browser_prints_at_the_edges_goes() -> None:
    printed = [*typed("2025/10/20", 40, 20), *typed("部门整体支出绩效目标申报表", 250, 20)]
    printed[0] = replace(printed[0], text="2025/10/20 09:00")
    address = [replace(typed("a", 40, 810)[0], text="https://ysjx.example.gov.cn/print?form=1024")]
    assert left(page_with([printed[0], *printed[10:], *address])) == TABLE


def test_a_number_below_a_borderless_table_is_no_line_of_its_last_cell() -> None:
    rows = [
        char
        for n in range(4)
        for x, word in zip((50, 250, 450), ("预算编制", "编制科学性", "计划标准"), strict=True)
        for char in typed(word, x, 700 + 20 * n)
    ]
    page = replace(page_of([*rows, *typed("2", 292, 778)], (), 2), width=595.0, height=842.0)
    (grid,) = (piece for piece in unruled_page_to_tables(page).pieces if isinstance(piece, Grid))
    assert "2" not in "".join(cell.text for cell in grid.cells) and grid.rows == 4
