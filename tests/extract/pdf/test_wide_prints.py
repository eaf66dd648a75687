from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extract.pdf.reader import read_pdf
from extract.pdf.wide_prints import page_to_imprint, repeated_pages, sheets_wide
from models.page import Page, Rule
from tests.drawn import FONT, canvas_at, codes, grids
from tests.paper import across, page_of, typed

EDGES = (100, 120, 150, 170, 210, 230, 250, 280, 310, 330)


def page(word: str, edges: tuple[int, ...] = EDGES) -> Page:
    return page_of(typed(word, 60, 105), rules_at(edges))


def rules_at(edges: tuple[int, ...]) -> list[Rule]:
    return [across(y, 50, 500) for y in edges]


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
    assert repeated_pages(imprints) == {2: 0}


def printed(path: Path, words: Sequence[str], columns: int = 3) -> Path:
    """A page for each word, all with rows at the same uneven heights, the word in every cell."""
    canvas = canvas_at(path, (595, 842))
    for word in words:
        canvas.setFont(FONT, 9)
        for y in EDGES:
            canvas.line(50, 842 - y, 500, 842 - y)
        for x in range(50, 501, 450 // columns):
            canvas.line(x, 842 - EDGES[0], x, 842 - EDGES[-1])
        for y in EDGES[1:]:
            for c in range(columns):
                canvas.drawString(55 + c * 450 // columns, 842 - y + 5, word)
        canvas.showPage()
    canvas.save()
    return path


def test_a_sheet_printed_two_pages_wide_is_refused_and_one_page_is_read(tmp_path: Path) -> None:
    refused = read_pdf(printed(tmp_path / "a.pdf", ["部门", "金额"]))
    assert (refused.pieces, codes(refused)) == ((), ["pdf-sideways"])
    assert "按2页宽打印" in refused.problems[0].message
    read = read_pdf(printed(tmp_path / "b.pdf", ["部门"]))
    assert (len(grids(read)), codes(read)) == (1, [])
