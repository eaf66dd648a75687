"""A form near the one a layout describes, with a column renamed or added, is none of that layout's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from extract.transcripts.markup import text_to_pieces
from models.document import Piece
from models.grid import Grid, Spans
from normalize.form.claiming.claims import claim_layout
from normalize.form.physical_rows import pieces_to_rows

PROJECT = """\
项目支出绩效目标表
项目名称\t法治宣传
主管部门及代码\t[017]江阳县司法局\t实施单位\t江阳县司法局
项目属性\t一次性项目\t项目期\t1年
年度目标\t普法
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t开展活动\t≥20场
"""
DEPARTMENT = """\
部门整体支出绩效目标申报表
部门（单位）名称\t江阳县审计局
部门总体资金情况\t总体资金情况\t\t当年金额\t占比
\t收入构成\t财政拨款\t100\t100%
\t\t其他资金\t\t
\t\t合计\t100\t100%
\t支出构成\t基本支出\t60\t60%
\t\t项目支出\t40\t40%
\t\t合计\t100\t100%
部门职能概述\t负责审计工作
年度工作任务\t完成审计项目
整体绩效总目标\t长期目标\t年度目标
\t审计全覆盖\t完成审计
长期绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t指标值确定依据
\t产出指标\t数量指标\t开展审计\t≥12次\t计划标准
\t产出指标\t质量指标\t审计合格率\t100%\t计划标准
\t满意度指标\t服务对象满意度指标\t公众满意度\t≥90%\t历史标准
"""


def claimed(text: str) -> str | None:
    return claimed_pieces(text_to_pieces(text))


def claimed_pieces(pieces: Iterable[Piece]) -> str | None:
    layout, _ = claim_layout(pieces_to_rows(pieces))
    return layout.name if layout else None


def of_word(text: str, spans: Spans = "ruled") -> list[Piece]:
    """The pieces of a text as if they were a Word file's: its characters are its own."""
    return [
        replace(piece, reader="word", spans=spans) if isinstance(piece, Grid) else piece
        for piece in text_to_pieces(text)
    ]


@pytest.mark.parametrize(
    "heading",
    ["三级指标\t中期指标值\t年度指标值", "指标名称\t指标值", "三级指标\t符号\t值\t单位"],
)
def test_a_column_of_other_forms_makes_it_another_form(heading: str) -> None:
    assert claimed(PROJECT) == "anhui-project"
    assert claimed(PROJECT.replace("三级指标\t指标值", heading)) == "by-labels-project"


def test_a_column_beside_the_indicators_may_stand_in_any_form() -> None:
    more = PROJECT.replace("指标值", "指标值\t权重\t评分标准").replace("≥20场", "≥20场\t30\t据实")
    assert claimed(more) == "anhui-project"


@pytest.mark.parametrize("heading", ["指标值\t上年完成", "验收数", "2026年水平"])
def test_a_column_that_nobody_knows_makes_it_another_form(heading: str) -> None:
    assert claimed(PROJECT.replace("指标值", heading)) == "by-labels-project"


def test_a_catalogue_leaves_a_table_with_two_columns_that_it_does_not_know() -> None:
    assert claimed(DEPARTMENT) == "hubei-2021-levels"
    other = DEPARTMENT.replace("指标值\t指标值确定", "计算符号\t指标值\t计量单位\t指标值确定")
    assert claimed(other) == "by-labels-department"


def test_a_catalogue_leaves_indicators_under_levels_of_another_name() -> None:
    assert claimed(DEPARTMENT.replace("产出指标", "过程指标").replace("满意度指标\t", "结果指标\t")) == (
        "by-labels-department"
    )


def test_a_blank_template_is_still_the_form_that_it_is() -> None:
    blank = DEPARTMENT[: DEPARTMENT.index("\t产出指标")] + "\t\t\t\t\t\n" * 4
    assert claimed(blank) == "hubei-2021"


def test_a_catalogue_leaves_a_table_whose_columns_stand_in_another_order() -> None:
    annual = "年度绩效指标\t一级指标\t二级指标\t三级指标\t{}\t指标值确定依据\n"
    past, target = "近两年指标值", "预期当年实现值"
    assert claimed(DEPARTMENT + annual.format(f"{past}\t{target}")) == "hubei-2021-levels"
    assert claimed(DEPARTMENT + annual.format(f"{target}\t{past}")) == "by-labels-department"


def test_past_years_whose_heading_is_one_row_stand_before_the_target() -> None:
    heading = "年度绩效指标\t一级指标\t二级指标\t三级指标\t前年\t上年\t预期当年实现值\t指标值确定依据\n"
    assert claimed(DEPARTMENT + heading) == "hubei-2021-levels"


@pytest.mark.parametrize("misread", ["亖级指标", "一级指标"])
def test_a_heading_misread_as_another_one_stands_in_no_other_order(misread: str) -> None:
    assert claimed(DEPARTMENT.replace("三级指标", misread)) == "hubei-2021-levels"


@pytest.mark.parametrize(
    ("printed", "layout"),
    [
        ("指标值确定依", "hubei-2021-levels"),
        ("指标值确定的依据", "hubei-2021-levels"),
        ("指标值评分依据", "by-labels-department"),
    ],
)
def test_a_long_heading_of_a_file_may_lack_or_have_one_character_more(printed: str, layout: str) -> None:
    near = DEPARTMENT.replace("指标值确定依据", printed)
    assert claimed_pieces(of_word(near)) == layout


def test_the_heading_over_the_past_years_may_have_run_in_between_them() -> None:
    heading = "年度绩效指标\t一级指标\t二级指标\t三级指标\t前年\t近两年指标值\t上年\t预期当年实现值\n"
    assert claimed(DEPARTMENT + heading) == "hubei-2021-levels"


def test_a_heading_whose_cells_are_inferred_may_be_two_or_half_of_one() -> None:
    glued = DEPARTMENT.replace("二级指标\t三级指标", "二级指标三级指标\t")
    assert claimed_pieces(of_word(glued)) == "by-labels-department"
    assert claimed_pieces(of_word(glued, "inferred")) == "hubei-2021-levels"
