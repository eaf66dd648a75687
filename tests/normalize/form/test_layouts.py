"""Labels are recognised when misread, answers are not labels, and exactly one layout claims a form."""

from __future__ import annotations

import pytest

from extract.transcripts.markup import text_to_pieces
from models.grid import Place
from normalize.form.claims import claim_layout, claims, split_forms
from normalize.form.layouts import Layout, layouts
from normalize.form.physical_rows import Row, Slot, pieces_to_rows
from normalize.text.fold import fold

LAYOUTS = {layout.name: layout for layout in layouts()}
NEW, OLD = LAYOUTS["hubei-2025"], LAYOUTS["hubei-2021"]
TITLE, OLD_TITLE = "部门整体绩效目标申报表\n", "部门整体支出绩效目标申报表\n"
DEPARTMENT = "部门（单位）名称\t江阳县审计局\n"
BUDGET = """\
部门总体资金情况\t总体资金情况\t\t当年金额\t占比
\t收入构成\t财政拨款\t100\t100%
\t\t{}
\t\t合计\t100\t100%
\t支出构成\t{}\t60\t60%
\t\t{}\t40\t40%
"""
NEW_BUDGET = BUDGET.format("财政专户管理资金", "人员类项目支出", "运转类项目支出")
OLD_BUDGET = BUDGET.format("其他资金", "基本支出", "项目支出")


def rows(text: str) -> tuple[Row, ...]:
    return pieces_to_rows(text_to_pieces(text))


def seen(text: str, layout: Layout = NEW) -> tuple[str, str] | None:
    """Group and name of the label that a slot holds."""
    hit = layout.hit(Slot(text, Place(), fold(text)))
    return (hit.label.group, hit.label.name) if hit else None


def claimed(text: str) -> str | None:
    layout, _ = claim_layout(rows(text))
    return layout.name if layout else None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("部门职熊概述", ("section", "functions")),
        ("都门职能概述", ("section", "functions")),
        ("郜门总体资金情况", ("section", "budget")),
        ("年度工作任努", ("section", "annual_tasks")),
        ("整体缋效总目标", ("section", "summary")),
        ("长期绩效指栎", ("section", "indicators")),
        ("填服人", ("field", "preparer")),
        ("项日名称", ("heading", "projects")),
        ("指标值确定依椐", ("heading", "indicators")),
    ],
)
def test_a_misread_label_is_recognised(text: str, label: tuple[str, str]) -> None:
    assert seen(text) == label


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.name)
def test_every_label_is_itself(layout: Layout) -> None:
    for label in layout.labels:
        hit = layout.hit(Slot(label.text, Place(), label.text))
        assert hit is not None
        assert (hit.label.text, hit.misread) == (label.text, False)


@pytest.mark.parametrize(
    "text",
    [
        "履职效能",
        "明显改善",
        "部门职责履行情况",
        "年度工作总结",
        "预算执行率",
        "计划标准",
        "江阳县审计局",
        "98%",
        "",
    ],
)
def test_an_answer_is_no_label(text: str) -> None:
    assert seen(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("填报人：李明华", "李明华"),
        ("年度目标：1、完成", "1、完成"),
        ("长期目标:(截止 2030 年)1、提升", "1、提升"),
        ("长期日标：（截止2030年）1、提升", "1、提升"),
        ("部门（单位）名称江阳县交通局", "江阳县交通局"),
        ("年度目标：", ""),
    ],
)
def test_what_follows_a_label_is_its_text(text: str, rest: str) -> None:
    hit = NEW.hit(Slot(text, Place(), fold(text)))
    assert hit is not None
    assert hit.rest == rest


def test_the_year_of_a_label_is_any_year() -> None:
    assert seen("长期目标（截止2030年）") == seen("长期目标（截至 2028 年）") == ("section", "long_goals")


def test_the_year_of_a_label_may_be_blank() -> None:
    hit = NEW.hit(Slot("长期目标（截止  年）", Place(), fold("长期目标（截止  年）")))
    assert hit is not None
    assert (hit.label.name, hit.rest) == ("long_goals", "")


def test_beside_headings_a_badly_misread_heading_is_one() -> None:
    text = "长期绩效指标\t一级指标\t二级指标\t三级指标\t旨木示值\t指标值确定依据\n"
    names = [hit.label.name if hit else None for hit in NEW.hits(rows(text)[0])]
    assert names[1:4] == ["indicators"] * 3
    assert names[5] == "indicators"


# exactly one layout claims a form


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TITLE + DEPARTMENT + NEW_BUDGET, "hubei-2025"),
        (OLD_TITLE + DEPARTMENT + OLD_BUDGET, "hubei-2021"),
        (TITLE.replace("绩", "缋") + DEPARTMENT + NEW_BUDGET, "hubei-2025"),
        (OLD_TITLE.replace("表", "衷") + DEPARTMENT + OLD_BUDGET, "hubei-2021"),
    ],
)
def test_one_layout_claims_a_form(text: str, name: str) -> None:
    assert claimed(text) == name
    best, second = claims(rows(text))
    assert best.score > second.score


@pytest.mark.parametrize(
    "text",
    ["今天天气很好\n", "会议通知\t部门预算\n", DEPARTMENT, "运行成本\t公用经费控制\t公用经费控制率\t98%\n"],
)
def test_no_layout_claims_another_text(text: str) -> None:
    assert claim_layout(rows(text)) == (None, ())


def test_a_form_that_lost_its_title_is_claimed_by_its_sections() -> None:
    sections = "部门职能概述\t负责审计工作\n年度工作任务\t完成审计项目\n整体绩效总目标\t长期目标\t年度目标\n"
    assert claimed(NEW_BUDGET + sections) == "hubei-2025"


def test_two_claims_alike_are_a_finding_that_names_both() -> None:
    sections = (
        "部门总体资金情况\n部门职能概述\t负责审计\n年度工作任务\t完成审计\n项目支出情况\n整体绩效总目标\n"
    )
    layout, findings = claim_layout(rows(sections))
    assert layout is None
    assert [finding.code for finding in findings] == ["layout-ambiguous"]
    assert all(name in findings[0].message for name in LAYOUTS)


# several forms in one text


def test_a_title_with_a_department_begins_a_new_form() -> None:
    parts = split_forms(rows((TITLE + DEPARTMENT + NEW_BUDGET) * 2))
    assert [len(part) for part in parts] == [8, 8]


def test_a_title_printed_again_on_the_next_page_does_not() -> None:
    assert len(split_forms(rows(TITLE + DEPARTMENT + NEW_BUDGET + TITLE + "年度工作任务\t完成审计\n"))) == 1


def test_no_rows_are_no_form() -> None:
    assert split_forms(()) == ()
