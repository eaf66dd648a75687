"""Where exactly the columns of a block part, which rules part its rows, and how far its frame reaches."""

from __future__ import annotations

from collections.abc import Sequence

from extract.page.text_lines import chars_to_lines
from extract.unruled.column_rivers import lines_to_blocks
from extract.unruled.table_parts import TablePart, TableText, blocks_to_text, text_to_parts
from models.page import Char, Rule
from tests.paper import page_of, typed


def body(*rows: tuple[str, ...], xs: tuple[float, ...] = (50, 150, 250)) -> list[Char]:
    return [
        char
        for n, row in enumerate(rows)
        for x, word in zip(xs, row, strict=True)
        for char in typed(word, x, 100 + 20 * n)
    ]


def taken_apart(chars: Sequence[Char], rules: Sequence[Rule] = ()) -> tuple[TableText, TablePart]:
    lines = chars_to_lines(chars)
    blocks = lines_to_blocks(lines)
    text = blocks_to_text(page_of(chars, rules), lines, (), blocks)
    (part,) = text_to_parts(text, blocks)
    return text, part


ROWS = [("人员经费", "3268.4", "72%")] * 4


def test_columns_part_in_the_middle_of_the_white() -> None:
    _, part = taken_apart(body(*ROWS))
    assert part.edges == (120, 215)


def test_a_vertical_rule_in_the_white_is_where_columns_part() -> None:
    _, part = taken_apart(body(*ROWS), [Rule("vertical", 140, 90, 180)])
    assert part.edges == (140, 215)


def test_so_is_the_end_of_a_rule_but_a_vertical_rule_goes_before() -> None:
    ends = [Rule("horizontal", 98, 50, 130)]
    assert taken_apart(body(*ROWS), ends)[1].edges[0] == 130
    assert taken_apart(body(*ROWS), [*ends, Rule("vertical", 110, 90, 180)])[1].edges[0] == 110


def test_a_rule_far_from_the_white_moves_nothing() -> None:
    _, part = taken_apart(body(*ROWS), [Rule("vertical", 400, 90, 180)])
    assert part.edges == (120, 215)


def test_every_line_is_cut_at_the_columns() -> None:
    _, part = taken_apart(body(*ROWS))
    assert [(run.column, run.column_end) for run in part.runs[:3]] == [(0, 1), (1, 2), (2, 3)]
    assert len(part.runs) == 12


def test_the_frame_reaches_to_the_ends_of_rules_near_by() -> None:
    rules = [Rule("horizontal", 95, 30, 300), Rule("horizontal", 190, 30, 300)]
    text, _ = taken_apart(body(*ROWS), rules)
    assert (text.box.x0, text.box.x1) == (30, 300)


def test_without_rules_the_frame_lies_close_around_the_text() -> None:
    text, _ = taken_apart(body(*ROWS))
    assert (text.box.x0, text.box.x1, text.box.top, text.box.bottom) == (49, 266, 100, 170)


def test_a_rule_over_a_good_part_of_the_width_parts_rows() -> None:
    long, short = Rule("horizontal", 115, 50, 260), Rule("horizontal", 135, 50, 70)
    text, _ = taken_apart(body(*ROWS), [long, short])
    assert text.row_rules == [115]
