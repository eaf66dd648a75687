"""Ruling lines from pixels: whole, broken, crossed by a pen or a black seal; strokes of characters are none."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from extract.page.lattice import rules_to_lattices
from extract.scan.pixel_rules.find import ink_to_rules
from extract.scan.pixels.ink import Pixels, grey_to_ink, to_grey
from tests.scans import CHAR, DENSITY, XS, blank_page, form, ruled, spans

CELLS = 15


def page_to_spans(page: Pixels) -> list[int]:
    return spans(rules_to_lattices(ink_to_rules(grey_to_ink(to_grey(page)), DENSITY, CHAR).rules))


def gap_everywhere(page: Pixels) -> None:
    page[:, ::37][:, :, :] = 250
    page[::41] = 250


def black_seal(page: Pixels) -> None:
    cv2.circle(page, (460, 310), 130, (60, 60, 60), 9)


def signature(page: Pixels) -> None:
    points = np.array([[230, 200], [265, 250], [240, 300], [270, 330], [235, 380], [280, 350]])
    cv2.polylines(page, [points.reshape(-1, 1, 2)], False, (90, 40, 30), 9)


def wide_gap(page: Pixels) -> None:
    """One line lost for nearly half of the way between two crossings."""
    page[255:266, 560:680] = 250


@pytest.mark.parametrize("damage", [gap_everywhere, black_seal, signature, wide_gap])
def test_a_damaged_table_keeps_its_cells(damage: Callable[[Pixels], None]) -> None:
    page = form()
    assert page_to_spans(page) == [CELLS]
    damage(page)
    assert page_to_spans(page) == [CELLS]


@pytest.mark.parametrize(("dot", "step"), [(2, 5), (3, 6)])
def test_lines_of_dots_are_lines(dot: int, step: int) -> None:
    page = form()
    lines = cv2.absdiff(page, form(lined=False))
    rows, columns = np.indices(page.shape[:2])
    page[lines.any(axis=2) & ((rows + columns) % step >= dot)] = 250
    assert page_to_spans(page) == [CELLS]


def test_a_staple_at_a_corner_makes_no_column() -> None:
    page = form()
    cv2.line(page, (XS[0] - 18, 120), (XS[0] + 20, 120), (60, 60, 60), 3)
    assert page_to_spans(page) == [CELLS]


def test_dots_for_what_is_left_out_are_no_line() -> None:
    page = form()
    page[480:483, 270:500][:, np.arange(230) % 9 < 3] = 20
    assert page_to_spans(page) == [CELLS]


def test_lines_lie_where_they_were_drawn() -> None:
    ruled = ink_to_rules(grey_to_ink(to_grey(form())), DENSITY, CHAR)
    (table,) = rules_to_lattices(ruled.rules)
    assert table.xs == pytest.approx([x / DENSITY for x in XS], abs=0.5)
    box = table.box
    sides = [side / DENSITY for side in (60, 120, 840, 560)]
    assert [box.x0, box.top, box.x1, box.bottom] == pytest.approx(sides, abs=0.5)


def test_strokes_that_stand_on_each_other_between_two_lines_are_no_wall() -> None:
    page = form()
    for top in range(272, 366, 26):
        cv2.line(page, (640, top), (640, top + 22), (0, 0, 0), 2)
    assert page_to_spans(page) == [CELLS]


def test_the_same_characters_in_row_after_row_are_no_wall() -> None:
    page = blank_page()
    rows = range(120, 401, 31)
    ruled(page, (60, 250, 520, 840), rows)
    for top in rows[:-1]:
        for left in (300, 600):
            cv2.rectangle(page, (left, top + 4), (left + 18, top + 26), (20, 20, 20), 1)
            cv2.line(page, (left + 9, top + 4), (left + 9, top + 26), (20, 20, 20), 2)
    assert page_to_spans(page) == [27]


def test_a_stroke_of_a_pen_past_a_line_is_no_wall() -> None:
    page = blank_page()
    ruled(page, (60, 250, 520, 840), range(120, 281, 40))
    cv2.line(page, (400, 155), (400, 215), (40, 40, 40), 3)
    assert page_to_spans(page) == [12]


def test_a_wall_of_one_row_hardly_higher_than_its_text_is_kept() -> None:
    page = blank_page()
    ruled(page, (60, 250, 840), (120, 190, 218, 290))
    cv2.line(page, (520, 190), (520, 218), (0, 0, 0), 2)
    assert page_to_spans(page) == [7]


def test_a_table_may_begin_at_the_pages_edge() -> None:
    page = form()[118:, 58:]
    assert page_to_spans(np.ascontiguousarray(page)) == [CELLS]


def test_a_merged_cell_stays_merged() -> None:
    page = form()
    page[262:368, 245:255] = 250
    assert page_to_spans(page) == [CELLS - 1]


def test_dashes_on_clean_paper_carry_a_line_on() -> None:
    page = form()
    for left in range(524, 840, 20):
        page[255:266, left + 7 : left + 20] = 250
    assert page_to_spans(page) == [CELLS]


def test_a_line_is_whole_though_print_stands_close_above_and_below() -> None:
    page = blank_page()
    ruled(page, (60, 250, 520, 840), (120, 150, 180, 210))
    for top in (153, 183):
        for left in range(254, 518, 6):
            cv2.line(page, (left, top), (left, top + 23), (0, 0, 0), 3)
    page[145:156, 440:470] = 250
    page[175:186, 440:470] = 250
    assert page_to_spans(page) == [9]


def test_a_line_that_falls_a_little_is_looked_for_where_it_is() -> None:
    page = blank_page()
    ruled(page, (60, 250, 520, 840), (120, 400))
    for at in (190, 260, 330):
        cv2.line(page, (60, at), (840, at + 6), (0, 0, 0), 2)
        for left in range(524, 836, 12):
            page[at : at + 9, left + 6 : left + 12] = 250
    assert page_to_spans(page) == [12]


def test_a_side_is_one_though_the_lines_have_lost_their_ends() -> None:
    page = blank_page()
    ruled(page, (60, 250, 840), (120, 220))
    page[110:230, 62:76] = 250
    (table,) = rules_to_lattices(ink_to_rules(grey_to_ink(to_grey(page)), DENSITY, CHAR).rules)
    assert [x * DENSITY for x in table.xs] == pytest.approx([60, 250, 840], abs=2)


def test_a_line_broken_between_tight_rows_of_print_is_seen_by_the_paper_right_beside_it() -> None:
    page = blank_page()
    ruled(page, (60, 250, 520, 840), (120, 150, 180, 210))
    for top in (125, 155, 185):
        for left in range(266, 506, 9):
            cv2.line(page, (left, top), (left, top + 18), (0, 0, 0), 3)
    for left in range(254, 516, 18):
        page[148:153, left + 13 : left + 18] = 250
    assert page_to_spans(page) == [9]
