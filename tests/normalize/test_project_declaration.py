"""Whole forms of projects, and of departments that no catalogue describes, from the parts that their layouts name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.declaration import Period, PrintedField
from normalize.declaration import read_declaration
from normalize.project_declaration import DeclaredProject, read_project_declaration
from tests.normalize.read.marked_rows import codes
from tests.normalize.read.parts.taken_apart import layout, rows

ANHUI = """\
项目支出绩效目标申报表
（2024年度）
项目责任人（签字）：李明华 单位（盖章）：
项目名称\t法律援助办案经费
主管部门及代码\t[017]金岭县司法局\t实施单位\t金岭县法律援助中心
项目属性\t延续性项目\t项目期\t3年
项目资金（万元）\t中期资金总额：\t90.00\t年度资金总额：\t30.00
\t其中：财政拨款\t75.00\t其中：财政拨款\t25.00
总体目标\t中期目标（2024年—2026年）\t年度目标
\t办理法律援助案件1800件\t办理法律援助案件600件
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t办理法律援助案件\t≥600件
\t满意度指标\t服务对象满意度指标\t受援人满意度\t≥98%
"""


def read(text: str, name: str = "anhui-project") -> DeclaredProject:
    return read_project_declaration(rows(text), layout(name))


def test_a_project_of_anhui() -> None:
    found = read(ANHUI)
    data = found.data
    assert (data.project, data.department, data.department_code) == (
        "法律援助办案经费",
        "金岭县司法局",
        "017",
    )
    assert (data.unit, data.category, data.budget_year) == ("金岭县法律援助中心", "延续性项目", 2024)
    assert (data.total_budget, data.annual_budget, data.money_unit) == (
        Decimal("90.00"),
        Decimal("30.00"),
        "万元",
    )
    assert data.long_term.goals == ("办理法律援助案件1800件",)
    assert data.annual.goals == ("办理法律援助案件600件",)
    assert [row.level3 for row in data.annual.indicators] == ["办理法律援助案件", "受援人满意度"]
    assert codes(found.notes) == {("indicators-thin", "/annual/indicators")}


def test_how_long_a_project_runs_is_kept_where_it_is_no_period() -> None:
    assert read(ANHUI).data.period is None
    assert PrintedField(label="项目期", text="3年") in read(ANHUI).data.other
    assert read(ANHUI.replace("3年", "202401-202612")).data.period == Period(start="2024-01", end="2026-12")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("金岭县法律援助中心", "/unit"),
        ("法律援助办案经费", "/project"),
        ("[017]金岭县司法局", "/department"),
    ],
)
def test_what_every_form_says_and_this_one_does_not_is_told(text: str, path: str) -> None:
    assert ("missing-value", path) in codes(read(ANHUI.replace(text, "")).notes)


def test_a_text_in_a_table_without_a_label_is_kept_and_told() -> None:
    found = read(ANHUI.replace("\t延续性项目\t", "\t延续性项目\t另见附件\t"))
    assert PrintedField(label="其他内容", text="另见附件") in found.data.other
    assert ("unplaced-row", None) in codes(found.notes)


def test_a_form_that_no_layout_describes_is_read_and_never_unseen() -> None:
    known, unknown = read(ANHUI), read(ANHUI, "by-labels-project")
    assert unknown.data == known.data
    told = {f.path for f in unknown.notes.findings if f.code == "layout-unverified"}
    assert {None, "/project", "/total_budget", "/annual"} <= told


def test_one_sum_of_an_unknown_form_may_be_the_whole_project_s() -> None:
    text = ANHUI.replace("中期资金总额：\t90.00\t", "")
    assert ("missing-value", "/total_budget") in codes(read(text, "by-labels-project").notes)


def test_a_department_by_its_labels() -> None:
    text = """\
部门整体支出绩效目标申报表
（2025年度）
部门（单位）名称\t内川市东河区马踏镇人民政府
年度主要任务\t任务名称\t主要内容\t预算金额（万元）\t\t
\t\t\t总额\t财政拨款\t其他资金
\t人员工资\t保障工资福利\t412.36\t412.36\t0
\t基层组织活动\t活动经费\t66\t46\t20
\t金额合计\t\t478.36\t458.36\t20
年度总体目标\t保障机关正常运转。
年度绩效指标\t一级指标\t二级指标\t三级指标\t绩效指标性质\t绩效指标值\t绩效度量单位
\t产出指标\t数量指标\t村组干部人数\t≥\t230\t人
"""
    found = read_declaration(rows(text), layout("sichuan-2025"))
    data = found.data
    assert (data.department, data.budget_year) == ("内川市东河区马踏镇人民政府", 2025)
    assert [(task.name, task.amount, task.other) for task in data.tasks] == [
        ("人员工资", Decimal("412.36"), Decimal(0)),
        ("基层组织活动", Decimal(66), Decimal(20)),
    ]
    assert data.budget.total == Decimal("478.36")
    assert data.budget.expenditure == ()
    assert [row.level3 for row in data.annual.indicators] == ["村组干部人数"]
    assert {one.category for one in found.notes.findings} <= {"import", "audit"}
    assert {check.code for check in found.checks} >= {"A1", "B8"}
