from __future__ import annotations

from extract.pdf.wide_prints import Repeat, page_to_imprint, repeat_problem, repeated_pages, wide_tiles
from models.page import Page, Rule
from tests.paper import across, page_of, typed

EDGES = (100, 120, 150, 170, 210, 230, 250, 280, 310, 330)


def page(word: str, edges: tuple[int, ...] = EDGES) -> Page:
    return page_of(typed(word, 60, 105), rules_at(edges))


def rules_at(edges: tuple[int, ...]) -> list[Rule]:
    return [across(y, 50, 500) for y in edges]


def wide(*pages: Page) -> int:
    tiles = wide_tiles([page_to_imprint(page) for page in pages])
    return max(map(len, tiles), default=1)


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


def test_titles_that_come_again_on_every_page_make_no_copies_of_them() -> None:
    titles = [char for n, y in enumerate(EDGES[:-1]) for char in typed(f"指标{n}", 60, y + 3)]
    pages = [
        page_of([*titles, *typed(word * 20, 200, 105), *typed(word * 20, 200, 215)], rules_at(EDGES))
        for word in ("目标", "历史")
    ]
    assert wide(*pages) == 2


def test_a_sheet_whose_last_page_is_missing_is_recognised() -> None:
    upper, lower = EDGES, tuple(y + 7 for y in EDGES)
    assert wide(page("部门", upper), page("职能", lower), page("金额", upper)) == 2


def test_a_page_that_comes_twice_is_named_with_the_earlier_one() -> None:
    texts = ["部门职能概述" * 20, "年度工作任务" * 20, "部门职能概述" * 20]
    imprints = [page_to_imprint(page_of(typed(text, 5, 300, 4))) for text in texts]
    assert repeated_pages(imprints) == {2: Repeat(0)}


def test_a_narrow_part_of_a_sheet_has_fewer_row_edges_than_the_part_beside_it() -> None:
    lower = tuple(y + 7 for y in EDGES)
    few = [page("部门", EDGES[::2]), page("职能", lower[::2]), page("金额", EDGES), page("占比", lower)]
    assert wide(*few) == 2


def test_pages_below_each_other_with_equally_high_rows_do_not_lie_side_by_side() -> None:
    edges = tuple(range(100, 500, 20))
    pages = [page("部门", edges), page("职能", edges[:8]), page("金额", edges), page("占比", edges[:8])]
    assert wide_tiles([page_to_imprint(one) for one in pages]) == ((0, 2), (1, 3))


def filled(amount: str, title: str = "") -> Page:
    rows = [char for n in range(12) for char in typed("人员类项目支出占比", 60, 120 + 15 * n)]
    return page_of([*typed(title, 200, 70, 16), *rows, *typed(amount, 300, 120)])


def test_a_page_that_comes_twice_with_another_figure_is_told_where_it_differs() -> None:
    repeats = repeated_pages([page_to_imprint(filled("1391.43")), page_to_imprint(filled("1791.43"))])
    problem = repeat_problem(2, repeats[1])
    boxes = [place.box for place in problem.places if place.box]
    assert (repeats[1].first, {place.page for place in problem.places}) == (0, {1})
    assert {(box.x0, box.top) for box in boxes} == {(305, 120)}


def test_a_figure_drawn_a_little_beside_is_no_other_figure() -> None:
    moved = page_of([*filled("").chars, *typed("1391.43", 300.6, 120)])
    assert repeated_pages([page_to_imprint(filled("1391.43")), page_to_imprint(moved)]) == {1: Repeat(0)}


def test_two_forms_that_differ_in_a_figure_are_both_read() -> None:
    pages = [filled("1391.43", "申报表"), filled("", "部门申报表"), filled("22", "申报表")]
    imprints = [page_to_imprint(page) for page in pages]
    assert repeated_pages([imprints[0], imprints[1]]) == {}


def test_a_form_that_differs_in_its_department_only_is_read_to_its_last_page() -> None:
    rows = page_of([char for n in range(20) for char in typed("年度绩效指标", 60, 120 + 15 * n)])
    pages = [filled("阳川县司法局"), rows, filled("明水县司法局"), rows, filled("阳川县司法局"), rows]
    assert set(repeated_pages([page_to_imprint(page) for page in pages])) == {4, 5}
