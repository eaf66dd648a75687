"""Characters into the cells and lines of a page."""

from __future__ import annotations

from extract.page.tables import page_to_tables
from extract.unruled.reader import unruled_page_to_tables
from models.document import TextLine
from models.geometry import Box
from models.grid import Grid
from tests.paper import across, boxes_to_rules, page_of, typed

SQUARES = [Box(x, y, x + 50, y + 20) for y in (100, 120) for x in (50, 100)]


def test_characters_go_to_the_cell_in_which_their_middle_lies() -> None:
    chars = [*typed("左右", 85, 105), *typed("下", 60, 125), *typed("外", 60, 60)]
    line, grid = page_to_tables(page_of(chars, boxes_to_rules(SQUARES), number=2)).pieces
    assert isinstance(line, TextLine) and line.text == "外"
    assert isinstance(grid, Grid)
    assert [(c.row, c.column, c.text, c.state) for c in grid.cells] == [
        (0, 0, "左", "read"),
        (0, 1, "右", "read"),
        (1, 0, "下", "read"),
        (1, 1, "", "blank"),
    ]
    assert grid.cells[0].place.box == Box(85, 105, 95, 115)
    assert grid.cells[3].place.box == Box(100, 120, 150, 140)
    assert (grid.spans, grid.breaks, grid.edges) == ("ruled", frozenset({0}), ((2, (50, 100, 150)),))


def test_an_unreadable_cell_is_not_blank() -> None:
    (grid,) = page_to_tables(page_of(typed("\ufffd\ufffd", 55, 105), boxes_to_rules(SQUARES))).pieces
    assert isinstance(grid, Grid) and grid.cells[0].state == "unread"


def test_words_in_columns_without_lines_are_an_inferred_grid() -> None:
    rows = [
        ("项目", "金额", "占比"),
        ("人员", "3268.4", "72%"),
        ("运转", "402.87", "9%"),
        ("合计", "4516.02（含上年", "100%"),
    ]
    chars = typed("部门整体支出情况表的说明文字", 50, 60)
    for n, row in enumerate(rows):
        for column, word in enumerate(row):
            chars += typed(word, 50 + 120 * column, 100 + 15 * n)
    chars += typed("结转）", 170, 157)
    title, grid = unruled_page_to_tables(page_of(chars)).pieces
    assert isinstance(title, TextLine) and isinstance(grid, Grid)
    assert (grid.rows, grid.columns, grid.spans) == (4, 3, "inferred")
    assert [c.text for c in grid.cells if c.row == 3] == ["合计", "4516.02（含上年结转）", "100%"]


def test_plain_paragraphs_are_not_a_grid() -> None:
    chars = [
        c for n in range(5) for c in typed("本部门严格按照规定编制预算，执行情况良好。", 50, 100 + 15 * n)
    ]
    assert all(isinstance(piece, TextLine) for piece in unruled_page_to_tables(page_of(chars)).pieces)


def test_words_underlined_from_wall_to_wall_do_not_cut_their_cell() -> None:
    """The underline of a full line ends a point before the walls, where a sloppy border could end too."""
    chars = [*typed("基本支出", 51.5, 100, 12), *typed("标准", 51.5, 114, 12)]
    under = [across(111.5, 51.5, 99.5), across(125.5, 51.5, 75.5)]
    cells = [Box(50, 98, 101, 128), Box(101, 98, 150, 128)]
    (grid,) = page_to_tables(page_of(chars, [*boxes_to_rules(cells), *under])).pieces
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["基本支出标准", ""]


def test_a_border_close_under_the_words_is_a_border() -> None:
    cells = [Box(50, 98, 98, 111), Box(50, 111, 98, 125), Box(98, 98, 150, 125)]
    chars = [*typed("基本支出", 50, 99, 12), *typed("标准标准", 50, 112, 12)]
    (grid,) = page_to_tables(page_of(chars, boxes_to_rules(cells))).pieces
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["基本支出", "", "标准标准"]
