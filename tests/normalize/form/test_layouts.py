"""Labels are recognised when misread, and answers are not labels."""

from __future__ import annotations

import pytest

from extract.transcripts.markup import text_to_pieces
from models.grid import Place
from normalize.form.labels import ANY
from normalize.form.layouts import Layout, layouts
from normalize.form.physical_rows import Row, RowSlot, pieces_to_rows
from normalize.text.fold import fold

LAYOUTS = {layout.name: layout for layout in layouts()}
NEW, OLD = LAYOUTS["hubei-2025"], LAYOUTS["hubei-2021"]


def rows(text: str) -> tuple[Row, ...]:
    return pieces_to_rows(text_to_pieces(text))


def seen(text: str, layout: Layout = NEW) -> tuple[str, str] | None:
    """Group and name of the label that a slot holds."""
    hit = layout.hit(RowSlot(text, Place(), fold(text)))
    return (hit.label.group, hit.label.name) if hit else None


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
    for label in (label for label in layout.labels if layout.form != "other" and ANY not in label.text):
        hit = layout.hit(RowSlot(label.text, Place(), label.text))
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
    hit = NEW.hit(RowSlot(text, Place(), fold(text)))
    assert hit is not None
    assert hit.rest == rest


def test_the_year_of_a_label_is_any_year() -> None:
    assert seen("长期目标（截止2030年）") == seen("长期目标（截至 2028 年）") == ("section", "long_goals")


def test_the_year_of_a_label_may_be_blank() -> None:
    hit = NEW.hit(RowSlot("长期目标（截止  年）", Place(), fold("长期目标（截止  年）")))
    assert hit is not None
    assert (hit.label.name, hit.rest) == ("long_goals", "")


def test_beside_headings_a_badly_misread_heading_is_one() -> None:
    text = "长期绩效指标\t一级指标\t二级指标\t三级指标\t旨木示值\t指标值确定依据\n"
    names = [hit.label.name if hit else None for hit in NEW.hits(rows(text)[0])]
    assert names[1:4] == ["indicators"] * 3
    assert names[5] == "indicators"


def test_a_label_of_which_a_part_is_known_is_guessed() -> None:
    common = LAYOUTS["by-labels-project"]
    hit = common.hit(RowSlot("市级业务主管部门", Place(), "市级业务主管部门"))
    assert hit is not None
    assert (hit.label.name, hit.guessed) == ("department", True)
    assert seen("协调业务主管部门按时报送材料并逐项核对", common) is None


def test_a_year_that_stands_twice_in_a_row_is_no_heading() -> None:
    (row,) = rows("业务指标丙\t2026年\t2026年\t历史标准")
    assert NEW.hits(row)[1:3] == (None, None)
    (heading,) = rows("占比\t2024年\t2025年\t当年金额")
    assert all(NEW.hits(heading))
