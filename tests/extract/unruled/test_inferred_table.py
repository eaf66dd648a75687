"""The rules that a table would have if it were ruled."""

from __future__ import annotations

from collections.abc import Sequence

from extract.page.text_lines import chars_to_lines
from extract.unruled.column_rivers import Block
from extract.unruled.inferred_table import InferredTable, blocks_to_table
from models.page import Char, Rule
from tests.paper import across, down, page_of, typed

XS = (50.0, 150.0, 250.0, 350.0)
RIVERS = ((100.0, 140.0), (200.0, 240.0), (300.0, 340.0))


def rows(*words: tuple[str, ...], top: float = 100.0, step: float = 20.0) -> list[Char]:
    return [
        char
        for n, row in enumerate(words)
        for x, word in zip(XS, row, strict=False)
        for char in typed(word, x, top + step * n)
    ]


def table_of(chars: Sequence[Char], rules: Sequence[Rule] = (), number: int = 1) -> InferredTable | None:
    lines = chars_to_lines(chars)
    block = Block(0, len(lines), RIVERS)
    return blocks_to_table(page_of(chars, rules, number), lines, [], [block])


def heights(table: InferredTable | None) -> list[int]:
    assert table is not None
    return sorted({round(rule.at) for rule in table.rules() if rule.axis == "horizontal"})


def walls(table: InferredTable | None, y: float) -> list[int]:
    """The abscissas of the verticals that run past height `y`."""
    assert table is not None
    return sorted(
        {round(rule.at) for rule in table.rules() if rule.axis == "vertical" and rule.start < y < rule.end}
    )


ROW = ("人员", "3268.4", "3102.15", "3190.6")


def test_a_frame_rows_and_columns_are_drawn_around_words_in_columns() -> None:
    table = table_of(rows(ROW, ROW, ROW))
    assert heights(table) == [99, 115, 135, 151]
    assert walls(table, 105) == [49, 120, 220, 320, 381]


def test_one_line_of_several_words_is_no_table_unless_rules_are_drawn() -> None:
    assert table_of(rows(ROW)) is None
    assert table_of(rows(ROW), [across(98, 45, 400)]) is not None


def test_where_drawn_rules_mark_every_row_none_is_inferred() -> None:
    table = table_of(rows(ROW, ROW), [across(y, 45, 400) for y in (98, 115, 132)])
    assert table is not None and table.ruled
    assert heights(table) == [98, 132]
    assert list(table.doubtful()) == []


def test_an_edge_is_where_a_vertical_is_drawn_in_the_river() -> None:
    table = table_of(rows(ROW, ROW, ROW), [down(205, 95, 160)])
    assert walls(table, 105) == [49, 120, 205, 320, 381]


def test_a_cell_above_several_columns_is_parted_from_them_and_not_cut() -> None:
    heading = typed("近两年收支", 295, 92)
    table = table_of([*heading, *rows(("人员", "3268.4", "2024年", "2025年"), ROW, ROW, top=106)])
    assert 104 in heights(table)
    assert 320 not in walls(table, 98)
    assert {120, 220, 320} <= set(walls(table, 112))


def test_a_lone_line_beside_a_lowered_one_stands_under_the_same_cell_over_columns() -> None:
    """Two columns beneath headings of their own: a floor runs above both, not above all columns between others."""
    first = [*typed("人员", 50, 106), *typed("金额", 150, 106)]
    years = [*typed("上年", 250, 100), *typed("本年", 250, 114), *typed("决算", 350, 114)]
    table = table_of([*first, *years, *rows(ROW, ROW, top=140)])
    assert table is not None
    floors = [rule for rule in table.rules() if rule.axis == "horizontal" and 108 < rule.at < 116]
    assert [(rule.start, rule.end) for rule in floors] == [(320 - 100, 381)]


def test_a_line_that_goes_on_below_the_end_of_a_part_is_doubted_on_both_sides() -> None:
    chars = [*rows(ROW, ROW, ROW), *rows(("确保资金专", "", "", ""), ROW, top=152, step=20)]
    lines = chars_to_lines(chars)
    blocks = [Block(0, 3, RIVERS), Block(3, len(lines), RIVERS)]
    table = blocks_to_table(page_of(chars, ()), lines, [], blocks)
    assert table is not None
    doubtful = list(table.doubtful())
    assert any(box.contains(60, 145) for box in doubtful) and any(box.contains(60, 157) for box in doubtful)
