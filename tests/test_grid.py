"""Ruling lines into cells: hand-drawn rules, and random tables that must come back as they were drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.glyphs import chars_to_lines, line_to_text, lines_to_text, page_to_pieces
from extract.grid import Lattice, Line, Span, pieces_to_lines, region_to_spans, rules_to_lattices
from extract.lattice import unruled_page_to_pieces
from models.geometry import Box
from models.grid import Grid, TextLine
from models.page import Char, Page, Rule


def across(at: float, start: float, end: float) -> Rule:
    return Rule("horizontal", at, start, end)


def down(at: float, start: float, end: float) -> Rule:
    return Rule("vertical", at, start, end)


def boxes_to_rules(boxes: Iterable[Box], inset: float = 0.0) -> list[Rule]:
    rules = []
    for b in boxes:
        x0, top, x1, bottom = b.x0 + inset, b.top + inset, b.x1 - inset, b.bottom - inset
        rules += [across(top, x0, x1), across(bottom, x0, x1), down(x0, top, bottom), down(x1, top, bottom)]
    return rules


def typed(text: str, x: float, top: float, size: float = 10.0) -> list[Char]:
    """Characters of a line, full width for Chinese and half for the rest."""
    chars = []
    for character in text:
        width = size / 2 if character.isascii() else size
        chars.append(Char(character, Box(x, top, x + width, top + size), size))
        x += width
    return chars


def page_of(chars: Iterable[Char], rules: Iterable[Rule] = (), number: int = 1) -> Page:
    return Page(number, 595, 842, tuple(chars), tuple(rules))


SQUARES = [Box(x, y, x + 50, y + 20) for y in (100, 120) for x in (50, 100)]


@st.composite
def tables(draw: st.DrawFn) -> Lattice:
    """A lattice of at most 8 × 8 boxes tiled by random spans, each of its lines a side of some cell."""
    rows, columns = draw(st.integers(1, 8)), draw(st.integers(2, 8))
    taken: set[tuple[int, int]] = set()
    spans = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            wanted = column + draw(st.integers(1, 3))
            while right < min(wanted, columns) and (row, right) not in taken:
                right += 1
            bottom = min(rows, row + draw(st.integers(1, 3)))
            taken |= {(r, c) for r in range(row, bottom) for c in range(column, right)}
            spans.append(Span(row, column, bottom, right))
    ys = sorted({e for s in spans for e in (s.row, s.row_end)})
    xs = sorted({e for s in spans for e in (s.column, s.column_end)})
    places = [
        Span(ys.index(s.row), xs.index(s.column), ys.index(s.row_end), xs.index(s.column_end)) for s in spans
    ]
    steps = st.floats(12, 60)
    return Lattice(_edges(draw, steps, len(ys)), _edges(draw, steps, len(xs)), tuple(sorted(places)))


def _edges(draw: st.DrawFn, steps: st.SearchStrategy[float], count: int) -> tuple[float, ...]:
    edges = [40.0]
    for _ in range(count - 1):
        edges.append(edges[-1] + draw(steps))
    return tuple(edges)


@given(tables(), st.sampled_from([0.0, 0.5, 1.2]), st.randoms(use_true_random=False))
def test_random_tables_come_back(table: Lattice, inset: float, chance: object) -> None:
    """Drawn as borders of every cell, on the spot or each a little inside, in any order."""
    if len(table.spans) == 1:
        inset = 0.0
    rules = boxes_to_rules(map(table.span_to_box, table.spans), inset)
    chance.shuffle(rules)  # type: ignore[attr-defined]
    (found,) = rules_to_lattices(rules)
    assert found.spans == table.spans
    assert found.xs == pytest.approx(table.xs, abs=1.3)
    assert found.ys == pytest.approx(table.ys, abs=1.3)


@given(tables())
def test_transposing_transposes(table: Lattice) -> None:
    rules = boxes_to_rules(map(table.span_to_box, table.spans))
    turned = [
        Rule("vertical" if r.axis == "horizontal" else "horizontal", r.at, r.start, r.end) for r in rules
    ]
    (found,) = rules_to_lattices(turned)
    assert sorted((s.column, s.row, s.column_end, s.row_end) for s in found.spans) == sorted(table.spans)


@given(tables(), st.sampled_from(["top", "bottom", "left", "right"]))
def test_a_missing_outer_border_is_closed(table: Lattice, side: str) -> None:
    """Lines that run to the page's edge show where the border was."""
    box = table.box
    outer = {"top": box.top, "bottom": box.bottom, "left": box.x0, "right": box.x1}[side]
    axis = "horizontal" if side in ("top", "bottom") else "vertical"
    rules = boxes_to_rules(map(table.span_to_box, table.spans))
    kept = [r for r in rules if r.axis != axis or r.at != outer]
    if {r.axis for r in kept} != {"horizontal", "vertical"}:
        return
    (found,) = rules_to_lattices(kept)
    assert found.spans == table.spans


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        ([(10, 0, 50), (10, 50, 90)], [(10, 0, 90)]),
        ([(10, 0, 50), (10, 52, 90)], [(10, 0, 90)]),
        ([(10, 0, 50), (10, 60, 90)], [(10, 0, 50), (10, 60, 90)]),
        ([(10, x, x + 6) for x in range(0, 90, 10)], [(10, 0, 86)]),
        ([(10, x, x + 0.5) for x in range(0, 90, 2)], [(10, 0, 88.5)]),
        ([(10, 0, 90), (12, 0, 90)], [(11, 0, 90)]),
        ([(10, 0, 90), (14, 0, 90)], [(10, 0, 90), (14, 0, 90)]),
        ([(10, 0, 1)], []),
    ],
)
def test_pieces_to_lines(pieces: list[tuple[float, ...]], lines: list[tuple[float, ...]]) -> None:
    assert pieces_to_lines(Line(*piece) for piece in pieces) == [Line(*line) for line in lines]


def test_a_region_that_is_no_rectangle_is_cut_into_rectangles() -> None:
    assert region_to_spans({(0, 0), (0, 1), (1, 0)}) == [Span(0, 0, 1, 2), Span(1, 0, 2, 1)]


def test_a_page_filled_by_one_row_keeps_its_cells() -> None:
    """Only walls, no floor nor ceiling: the row began before this page and ends after it."""
    (found,) = rules_to_lattices([down(x, 50, 790) for x in (40, 100, 550)])
    assert found.spans == (Span(0, 0, 1, 1), Span(0, 1, 1, 2))


def test_a_wall_that_no_line_touches_belongs_to_the_table_of_its_height() -> None:
    rules = [down(x, 100, 200) for x in (40, 100, 200)] + [across(150, 100, 200)]
    (found,) = rules_to_lattices(rules)
    assert found.spans == (Span(0, 0, 2, 1), Span(0, 1, 1, 2), Span(1, 1, 2, 2))


def test_frames_and_tick_boxes_are_no_tables_but_inner_tables_are() -> None:
    frame, tick = Box(10, 10, 580, 830), Box(60, 105, 68, 113)
    wide = [Box(50, 100, 300, 300), Box(300, 100, 500, 300)]
    inner = [Box(320, 150, 360, 170), Box(360, 150, 400, 170)]
    found = rules_to_lattices(boxes_to_rules([frame, tick, *wide, *inner]))
    assert [lattice.box for lattice in found] == [Box(50, 100, 500, 300), Box(320, 150, 400, 170)]


def test_underlines_and_crossed_out_words_are_no_borders() -> None:
    found = rules_to_lattices([*boxes_to_rules(SQUARES), across(112, 60, 90), across(80, 50, 200)])
    assert [len(lattice.spans) for lattice in found] == [4]


def test_characters_go_to_the_cell_in_which_their_middle_lies() -> None:
    chars = [*typed("左右", 85, 105), *typed("下", 60, 125), *typed("外", 60, 60)]
    line, grid = page_to_pieces(page_of(chars, boxes_to_rules(SQUARES), number=2))
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
    (grid,) = page_to_pieces(page_of(typed("\ufffd\ufffd", 55, 105), boxes_to_rules(SQUARES)))
    assert isinstance(grid, Grid) and grid.cells[0].state == "unread"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["工作计划制定明", "确"], "工作计划制定明确"),
        (["1、完成改造", "2、推进客运", "一体化"], "1、完成改造\n2、推进客运一体化"),
        (["（1）甲；", "（2）乙"], "（1）甲；\n（2）乙"),
        (["占比达到", "2.5%以上"], "占比达到2.5%以上"),
        (["第1、2、", "3、4项"], "第1、2、3、4项"),
        (["Office 365", "pro"], "Office 365pro"),
        (["GDP", "Growth rate"], "GDP Growth rate"),
        (["1234567", "89.5"], "123456789.5"),
        (["合 计"], "合 计"),
    ],
)
def test_lines_to_text(lines: list[str], text: str) -> None:
    assert lines_to_text([typed(line, 50, 100 + 12 * n) for n, line in enumerate(lines)]) == text


def test_a_gap_parts_numbers_but_not_chinese() -> None:
    line = [*typed("12", 50, 100), *typed("34", 70, 100), *typed("项", 90, 100)]
    assert line_to_text(line) == "12 34项"


def test_raised_characters_and_bold_prints() -> None:
    raised = Char("2", Box(70, 98, 73, 104), 6)
    bold = [replace(c, box=Box(c.box.x0 + 0.3, 100, c.box.x1 + 0.3, 110)) for c in typed("面积", 50, 100)]
    (line,) = chars_to_lines([*typed("面积", 50, 100), raised, *bold, *typed("米", 75, 100)])
    assert line_to_text(line) == "面积2米"


def test_words_in_columns_without_lines_are_an_inferred_grid() -> None:
    rows = [
        ("项目", "金额", "占比"),
        ("人员", "3268.4", "72%"),
        ("运转", "402.87", "9%"),
        ("合计", "4516", "100%"),
    ]
    chars = typed("部门整体支出情况表的说明文字", 50, 60)
    for n, row in enumerate(rows):
        for column, word in enumerate(row):
            chars += typed(word, 50 + 120 * column, 100 + 15 * n)
    chars += typed("（含上年结转）", 150, 160)
    title, grid = unruled_page_to_pieces(page_of(chars), None)
    assert isinstance(title, TextLine) and isinstance(grid, Grid)
    assert (grid.rows, grid.columns, grid.spans) == (4, 3, "inferred")
    assert [c.text for c in grid.cells if c.row == 3] == ["合计", "4516（含上年结转）", "100%"]


def test_plain_paragraphs_are_not_a_grid() -> None:
    chars = [
        c for n in range(5) for c in typed("本部门严格按照规定编制预算，执行情况良好。", 50, 100 + 15 * n)
    ]
    assert all(isinstance(piece, TextLine) for piece in unruled_page_to_pieces(page_of(chars), None))
