"""Ruling lines into cells: hand-drawn rules, and random tables that must come back as they were drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.page.lattice import Lattice, Span, region_to_spans, rules_to_lattices
from extract.page.ruling import Line, pieces_to_lines
from models.geometry import Box
from models.page import Rule
from tests.paper import across, boxes_to_rules, down

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


def test_an_outer_wall_that_a_punched_hole_broke_is_whole() -> None:
    whole = [down(100, 50, 350), down(500, 50, 350), across(50, 40, 500), across(350, 100, 500)]
    holed = [down(40, 50, 200), down(40, 217, 350), *(across(y, 100, 500) for y in (150, 200, 220, 300))]
    (found,) = rules_to_lattices([*whole, *holed])
    assert Span(0, 0, 5, 1) in found.spans and len(found.spans) == 6


def test_frames_and_tick_boxes_are_no_tables_but_inner_tables_are() -> None:
    frame, tick = Box(10, 10, 580, 830), Box(60, 105, 68, 113)
    wide = [Box(50, 100, 300, 300), Box(300, 100, 500, 300)]
    inner = [Box(320, 150, 360, 170), Box(360, 150, 400, 170)]
    found = rules_to_lattices(boxes_to_rules([frame, tick, *wide, *inner]))
    assert [lattice.box for lattice in found] == [Box(50, 100, 500, 300), Box(320, 150, 400, 170)]


def test_underlines_and_crossed_out_words_are_no_borders() -> None:
    found = rules_to_lattices([*boxes_to_rules(SQUARES), across(112, 60, 90), across(80, 50, 200)])
    assert [len(lattice.spans) for lattice in found] == [4]
