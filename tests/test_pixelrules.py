"""Ruling lines from pixels: whole, broken, crossed by a pen or a black seal; strokes of characters are none."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from extract.grid import rules_to_lattices
from extract.ink import Pixels, grey_to_ink, to_grey
from extract.pixelrules import ink_to_rules
from models.geometry import Box
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
    assert table.box == Box(*(pytest.approx(side / DENSITY, abs=0.5) for side in (60, 120, 840, 560)))


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
