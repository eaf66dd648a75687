from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from extract.page.text_lines import chars_to_lines
from extract.unruled.cell_runs import CellRun, Typesetting
from extract.unruled.drawing_order import with_known_order
from extract.unruled.heading_spans import with_heading_spans
from extract.unruled.row_bands import runs_to_bands
from models.page import Char, Page
from tests.paper import page_of, typed


def drawn(lines: Sequence[list[Char]]) -> list[list[Char]]:
    """The lines numbered in the order in which they were drawn."""
    numbers = count(1)
    return [[replace(char, run=n) for char in line] for line, n in zip(lines, numbers, strict=False)]


def table(order_by_cells: bool) -> Page:
    cells: list[list[Char]] = []
    for row in range(4):
        for column in range(3):
            cells += [typed("重点项目预算", 50 + 100 * column, 100 + 36 * row + 12 * n) for n in range(3)]
    if not order_by_cells:
        cells.sort(key=lambda line: (line[0].box.top, line[0].box.x0))
    return page_of(char for line in drawn(cells) for char in line)


def test_the_order_of_cells_is_known() -> None:
    page = table(order_by_cells=True)
    assert all(char.run for char in with_known_order(page, chars_to_lines(page.chars)).chars)


def test_a_page_drawn_line_by_line_says_nothing_of_its_cells() -> None:
    page = table(order_by_cells=False)
    assert not any(char.run for char in with_known_order(page, chars_to_lines(page.chars)).chars)


def cell(column: int, text: str, top: float) -> list[Char]:
    return typed(text, 50 + 100 * column, top)


def run(column: int, line: list[Char]) -> CellRun:
    return CellRun(column, column + 1, tuple(line))


def test_rows_without_a_gap_between_them_are_told_by_the_order_of_drawing() -> None:
    lines = [
        (c, cell(c, "重点项目", 100 + 24 * r + 12 * n)) for r in range(3) for c in range(3) for n in range(2)
    ]
    placed = drawn([line for _, line in lines])
    runs = [run(c, line) for (c, _), line in zip(lines, placed, strict=True)]
    found = runs_to_bands(runs, 3, Typesetting(10.0, 12.0), (), (False, False))
    assert [round(y) for y in found.ys] == [100, 123, 147, 170]


def test_a_heading_reaches_over_what_was_drawn_under_it() -> None:
    placed = [
        (0, "名称", 107),
        (2, "指标值", 100),
        (4, "分类", 107),
        (1, "前年", 112),
        (2, "上年", 112),
        (3, "预期", 112),
    ]
    lines = drawn([cell(c, text, top) for c, text, top in placed])
    runs = [run(c, line) for (c, _, _), line in zip(placed, lines, strict=True)]
    spans = [(one.column, one.column_end) for one in with_heading_spans(runs, 5, 10.0)]
    assert spans[:3] == [(0, 1), (1, 4), (4, 5)]
