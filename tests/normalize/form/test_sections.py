"""Every row finds its section, in whatever order the sections come and whatever was dropped into them."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.transcripts.markup import text_to_pieces
from normalize.form.catalogue import load_catalogue
from normalize.form.layouts import layouts
from normalize.form.physical_rows import pieces_to_rows
from normalize.form.sections import SectionRow, mark_sections

LAYOUT = next(layout for layout in layouts() if layout.name == "hubei-2025")
PARTS = {
    "budget": """\
部门总体资金情况\t总体资金情况\t\t当年金额\t占比\t近两年收支金额\t
\t\t\t\t\t2024年\t2025年
\t收入构成\t财政拨款\t1932.41\t100%\t1834\t1865
\t\t合计\t1932.41\t100%\t\t
\t支出构成\t人员类项目支出\t1689.61\t87.44%\t1585.2\t1613.2
\t\t特定目标类项目支出\t242.8\t12.56%\t248.8\t251.8
""",
    "functions": "部门职能概述\t1、承担统筹推进法治政府建设的责任； 2、指导、管理社区矫正工作。\t\t\t\n",
    "annual_tasks": "年度工作任务\t1、推进法治政府建设； 2、加强普法宣传教育。\t\t\t\n",
    "projects": """\
项目支出情况\t项目名称\t支出项目类别\t项目总预算\t项目本年度预算\t项目主要支出方向和用途
\t办案经费支出\t本级特定目标\t64\t64\t为履行司法行政职能开展业务工作支出的经费
\t普法经费支出\t本级特定目标\t23\t23\t推进普法宣传，建立完善普法宣传长效机制
""",
    "summary": """\
整体绩效总目标\t长期目标（截止2030年）\t\t年度目标
\t提升基层司法所基础办案能力，实现治理成效稳步提升\t\t提升办案效率、质量与公信力
""",
    "long_goals": "长期目标：（截止2030年）\t1、扩大援助范围，覆盖重点群体 2、推进普法依法治理工作\t\t\t\n",
    "annual_goals": "年度目标：\t1、完成法律援助案件800件 2、调解纠纷2500起\t\t\t\n",
    "indicators": """\
长期绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t指标值确定依据\t指标分类
\t运行成本\t公用经费控制\t公用经费控制率\t98%\t预算支出标准\t基本型
\t管理效率\t战略管理\t中长期规划相符性\t与政府战略匹配、与部门职能相符\t计划标准\t基本型
\t满意度\t服务对象满意度\t服务对象满意度\t≥95%\t计划标准\t基本型
""",
}
ANNUAL = """\
年度绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t\t\t指标值确定依据\t指标分类
\t\t\t\t近两年指标值\t\t预期当年实现值\t\t
\t运行成本\t公用经费控制\t公用经费控制率\t98%\t98%\t98%\t预算支出标准\t基本型
"""
LATER = """\
\t管理效率\t预算执行\t预算执行率\t98%\t98%\t98%\t预算支出标准\t基本型
\t满意度\t服务对象满意度\t服务对象满意度\t≥95%\t≥95%\t≥95%\t计划标准\t基本型
"""


def mark(text: str) -> tuple[SectionRow, ...]:
    return mark_sections(pieces_to_rows(text_to_pieces(text)), LAYOUT, load_catalogue())


def runs(text: str) -> list[str]:
    """The sections in reading order, each named once a run."""
    return [section for section, _ in groupby(row.section for row in mark(text))]


def test_the_usual_order() -> None:
    assert runs("".join(PARTS.values())) == list(PARTS)


@settings(max_examples=40)
@given(st.permutations(list(PARTS)))
def test_any_order(order: list[str]) -> None:
    assert runs("".join(PARTS[name] for name in order)) == order


@settings(max_examples=30)
@given(st.sets(st.sampled_from(list(PARTS)), min_size=1))
def test_sections_that_are_missing_take_no_row_of_others(there: set[str]) -> None:
    names = [name for name in PARTS if name in there]
    assert runs("".join(PARTS[name] for name in names)) == names


@pytest.mark.parametrize("name", PARTS)
def test_a_page_break_inside_a_section(name: str) -> None:
    broken = PARTS[name].replace("\n\t", "\n\n\t")
    assert runs("".join(broken if part == name else text for part, text in PARTS.items())) == list(PARTS)


@pytest.mark.parametrize(
    "goals",
    [
        "**年度目标：**\n\n- 1、完成法律援助案件800件\n- 2、调解纠纷2500起\n\n",
        "年度目标：\n1、完成法律援助案件800件\n2、调解纠纷2500起\n",
        "年度目标：\t1、完成法律援助案件800件\n\t2、调解纠纷2500起\n",
    ],
    ids=["a Markdown list", "lines", "rows"],
)
def test_the_goals_list_inside_the_annual_table(goals: str) -> None:
    text = PARTS["indicators"] + ANNUAL + goals + LATER
    assert runs(text) == ["indicators", "annual_goals", "indicators"]
    assert [row.section for row in mark(text)].count("indicators") == 9


def test_a_heading_holds_no_answer() -> None:
    headings = [row.row.number for row in mark(PARTS["indicators"] + ANNUAL) if row.is_heading]
    assert headings == [0, 4, 5]


def test_the_answers_of_a_row_are_its_filled_slots_without_labels() -> None:
    marked = mark("部门（单位）名称\t江阳县审计局\t\n填报人\t李明华\t联系电话\t6012345\n")
    assert [row.answers for row in marked] == [(1,), (1, 3)]


def test_no_rows_have_no_sections() -> None:
    assert mark("") == ()


@pytest.mark.parametrize(
    "below",
    ["注：本表一式三份。\n", "填报说明：\n1. 指标值应可量化；\n2. 依据须注明。\n", "本表由财政部门留存\n"],
)
def test_lines_below_the_form_are_remarks(below: str) -> None:
    marked = mark("".join(PARTS.values()) + below)
    assert [row.section for row in marked if row.row.line] == ["remarks"] * below.count("\n")


def test_who_signed_below_the_remarks_does_not_make_them_a_part_of_the_form() -> None:
    below = "填表说明：1、指标值应可量化；2、依据须注明。\n财务负责人（签字）：李红\n经办人（签字）：张敏\n"
    marked = mark("".join(PARTS.values()) + below)
    assert next(row.section for row in marked if "填表说明" in row.row.filled[0].raw) == "remarks"


def test_a_line_between_tables_is_no_remark() -> None:
    assert "remarks" not in runs(PARTS["indicators"] + "注：见下表\n" + ANNUAL)


def test_a_year_that_stands_alone_is_no_heading_of_the_budget() -> None:
    assert [row.section for row in mark("部门整体绩效目标申报表\n（2026年度）\n")] == ["front", "front"]
