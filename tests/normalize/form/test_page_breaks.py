"""Tables cut by a page's end: whatever the cut runs through, the same form is read."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from extract.office.word.reader import read_word
from models.declaration import DepartmentOverall
from models.document import Piece, TextLine
from models.geometry import Box
from models.grid import Cell, Grid, Place
from normalize.channel.picture_evidence import log_likelihood
from normalize.declaration import read_declaration
from normalize.form.claiming.claims import claim_layout
from normalize.form.page_breaks import join_pages
from normalize.form.physical_rows import pieces_to_rows
from tests.pictured import line
from tests.places import ROOT
from tests.printed import STEP, cut, every_cut

SAMPLE = ROOT / "samples" / "jiaotong-word.docx"


def table(*rows: str) -> Grid:
    """A table of two columns to a cell: cells parted by bars, a blank one by nothing between them."""
    cells = [
        Cell(r, 2 * c, text, Place(), column_span=2, state="read" if text else "blank")
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("|"))
    ]
    return Grid(tuple(cells), len(rows), 2 * len(rows[0].split("|")), "ruled", reader="text-layer")


def page(number: int, grid: Grid) -> Grid:
    """The table on a page, every text as wide as its cell."""
    cells = [
        replace(c, place=Place(number, Box(c.column * STEP, 0, (c.column + c.column_span) * STEP, 10)))
        for c in grid.cells
    ]
    edges = ((number, tuple(STEP * n for n in range(grid.columns + 1))),)
    return replace(grid, cells=tuple(cells), edges=edges)


def joined(upper: Grid, lower: Grid, *between: TextLine) -> list[list[str]]:
    """What stands on each page, row by row, after the joining."""
    found = join_pages([page(1, upper), *between, page(2, lower)])
    return [
        ["|".join(c.text for c in piece.cells if c.row == row) for row in range(piece.rows)]
        if isinstance(piece, Grid)
        else [piece.text]
        for piece in found
    ]


def test_a_label_cut_inside_is_whole_where_it_began() -> None:
    upper = table("项目支出成|会议费控制率|90%|预算支出标准")
    lower = table("本控制|“三公经费”变动率|0|预算支出标准")
    assert joined(upper, lower) == [
        ["项目支出成本控制|会议费控制率|90%|预算支出标准"],
        ["|“三公经费”变动率|0|预算支出标准"],
    ]


def test_two_labels_under_each_other_stay_two() -> None:
    upper, lower = table("战略管理|工作计划健全性|无"), table("预算编制|预算编制科学性|无")
    assert joined(upper, lower) == [["战略管理|工作计划健全性|无"], ["预算编制|预算编制科学性|无"]]


def test_a_row_cut_through_its_texts_is_one_row() -> None:
    upper, lower = table("会议费控|90%|预算支出|基本型"), table("制率||标准|")
    assert joined(upper, lower) == [["会议费控制率|90%|预算支出标准|基本型"]]


def test_the_end_of_a_clerks_own_name_belongs_to_the_row_above() -> None:
    upper, lower = table("生命防护工|105公里|历史标准|基本型"), table("程里程|||")
    assert joined(upper, lower) == [["生命防护工程里程|105公里|历史标准|基本型"]]


def test_a_new_row_without_basis_is_no_rest_of_the_row_above() -> None:
    upper, lower = table("非税收入完成率|98%|历史标准|基本型"), table("环境影响|无||")
    assert len(joined(upper, lower)) == 2


def test_the_answer_of_a_field_goes_on() -> None:
    assert joined(table("填报单位|江阳县交"), table("|通运输局")) == [["填报单位|江阳县交通运输局"]]


def test_a_finished_sentence_is_not_run_into_the_next_row() -> None:
    upper, lower = table("年度工作任务|完成改造。"), table("|加强治理")
    assert joined(upper, lower) == [["年度工作任务|完成改造。"], ["|加强治理"]]


@pytest.mark.parametrize("below", ["", "战略管理"])
def test_a_line_that_ran_over_the_edge_belongs_into_its_cell(below: str) -> None:
    over = TextLine("本控制", Place(1, Box(4, 50, 34, 60)), "text-layer")
    upper, lower = table("项目支出成|会议费控制率|无"), table(f"{below}|接待费变动率|0")
    assert joined(upper, lower, over) == [["项目支出成本控制|会议费控制率|无"], [f"{below}|接待费变动率|0"]]


def test_a_page_number_under_the_table_stays_a_line() -> None:
    number = TextLine("1", Place(1, Box(4, 50, 10, 60)), "text-layer")
    upper, lower = table("项目支出成|会议费控制率|无"), table("本控制|接待费变动率|0")
    assert joined(upper, lower, number) == [
        ["项目支出成本控制|会议费控制率|无"],
        ["1"],
        ["|接待费变动率|0"],
    ]


def test_a_table_of_another_width_is_another_table() -> None:
    assert joined(table("项目支出成|无"), table("本控制|无|无")) == [["项目支出成|无"], ["本控制|无|无"]]


def test_the_rows_printed_again_on_each_page_are_no_rest() -> None:
    upper = table("部门名称|江阳县交通运输局|电话", "会议费控|90%|基本型")
    lower = table("部门名称|江阳县交通运输局|电话", "制率||")
    assert joined(upper, lower) == [
        ["部门名称|江阳县交通运输局|电话", "会议费控制率|90%|基本型"],
        ["部门名称|江阳县交通运输局|电话"],
    ]


@cache
def form() -> tuple[tuple[Piece, ...], Grid]:
    pieces = read_word(SAMPLE).pieces
    grid = next(piece for piece in pieces if isinstance(piece, Grid))
    lines = tuple(piece for piece in pieces if isinstance(piece, TextLine))
    return lines, replace(grid, reader="text-layer")


def data(*tables: Grid) -> DepartmentOverall:
    rows = pieces_to_rows(join_pages([*form()[0], *tables]))
    layout, _ = claim_layout(rows)
    assert layout
    return read_declaration(rows, layout).data


@pytest.mark.parametrize("place", list(every_cut(form()[1]))[3::23], ids=str)
def test_a_form_gives_the_same_data_wherever_a_page_ends(place: tuple[int, int]) -> None:
    assert data(*cut(form()[1], *place)) == data(form()[1])


def test_the_pictures_of_the_parts_are_put_together_as_well() -> None:
    def seen(grid: Grid) -> Grid:
        return replace(
            grid,
            cells=tuple(replace(c, confidence=0.9 - c.row, posteriors=line(c.text)) for c in grid.cells),
        )

    upper, lower = seen(table("会议费控")), seen(table("制率"))
    upper, lower = page(1, upper), page(2, replace(lower, cells=(replace(lower.cells[0], confidence=0.5),)))
    (whole,) = (
        c for piece in join_pages([upper, lower]) if isinstance(piece, Grid) for c in piece.cells if c.text
    )
    assert whole.text == "会议费控制率"
    assert whole.confidence == 0.5
    assert whole.posteriors is not None
    assert log_likelihood(whole.posteriors, "会议费控制率") > -1


def test_the_first_figures_under_a_heading_at_a_pages_foot_are_no_rest_of_it() -> None:
    upper, lower = table("前年|上年|指标分类"), table("|≤81%|基本型")
    assert joined(upper, lower) == [["前年|上年|指标分类"], ["|≤81%|基本型"]]


def test_two_levels_under_each_other_stand_beside_two_rows_though_one_reaches_up() -> None:
    upper, lower = (
        table("效益指标|就业人数|稳步增加", "|食品安全状况|总体平稳"),
        table("满意度指标|公众满意度|较高"),
    )
    reaching = [
        replace(cell, row_span=2) if cell.text == "效益指标" else cell
        for cell in upper.cells
        if cell.text or cell.row == 0
    ]
    assert joined(replace(upper, cells=tuple(reaching)), lower)[1] == ["满意度指标|公众满意度|较高"]


@pytest.mark.parametrize(
    ("number", "begins", "whole"), [(2, True, True), (3, True, True), (2, False, False), (5, True, False)]
)
def test_pages_in_another_order_and_on_one_sheet_go_on(number: int, begins: bool, whole: bool) -> None:
    """The upper page is the third: the lower one is an earlier one, on the same sheet, or two pages further."""
    upper = page(3, table("项目支出成|会议费控制率|无"))
    lower = replace(page(number, table("本控制|接待费变动率|0")), breaks=frozenset({0} if begins else ()))
    first = join_pages([upper, lower])[0]
    assert isinstance(first, Grid)
    assert (first.cells[0].text == "项目支出成本控制") is whole


def test_dashes_under_the_table_are_no_words() -> None:
    dashes = TextLine("——", Place(1, Box(4, 50, 24, 60)), "text-layer")
    upper, lower = table("项目支出成|会议费控制率|无"), table("|接待费变动率|0")
    assert joined(upper, lower, dashes) == [["项目支出成|会议费控制率|无"], ["——"], ["|接待费变动率|0"]]
