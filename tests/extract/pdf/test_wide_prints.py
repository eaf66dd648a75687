from __future__ import annotations

from extract.pdf.wide_prints import page_to_imprint, sheets_wide
from models.page import Page
from tests.paper import across, page_of, typed

EDGES = (100, 120, 150, 170, 210, 230, 250, 280, 310, 330)


def page(word: str, edges: tuple[int, ...] = EDGES) -> Page:
    return page_of(typed(word, 60, 105), [across(y, 50, 500) for y in edges])


def wide(*pages: Page) -> int:
    return sheets_wide([page_to_imprint(page) for page in pages])


def test_a_page_whose_rows_are_those_of_an_earlier_one_is_its_right_part() -> None:
    assert wide(page("部门职能概述"), page("贯彻执行法律法规")) == 2


def test_pages_may_follow_each_other_down_first_or_across_first() -> None:
    upper, lower = EDGES, tuple(y + 7 for y in EDGES)
    down_first = [page("部门", upper), page("职能", lower), page("金额", upper), page("占比", lower)]
    across_first = [down_first[0], down_first[2], down_first[1], down_first[3]]
    assert wide(*down_first) == wide(*across_first) == 2


def test_a_second_form_of_the_same_layout_is_no_right_part() -> None:
    assert wide(page("部门整体绩效目标申报表"), page("部门整体绩效目标申报表")) == 1


def test_pages_of_equally_high_rows_are_alike_by_chance() -> None:
    edges = tuple(range(100, 300, 20))
    assert wide(page("上半年", edges), page("下半", edges)) == 1
