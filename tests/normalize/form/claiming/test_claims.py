"""Which layout claims a form: the one that explains its labels; what is no declaration is said by its name."""

from __future__ import annotations

import pytest

from extract.transcripts.markup import text_to_pieces
from models.finding import Finding
from normalize.form.claiming.claim import claims
from normalize.form.claiming.claims import claim_layout
from normalize.form.physical_rows import Row, pieces_to_rows

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
SECTIONS = "部门职能概述\t负责审计工作\n年度工作任务\t完成审计项目\n整体绩效总目标\t长期目标\t年度目标\n"
INDICATORS = """\
年度绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t开展审计\t≥12次
"""
SELF_EVALUATION = """\
单位名称\t江阳县审计局
一级指标\t二级指标\t三级指标\t年初目标值（A）\t实际完成值（B）\t得分
产出指标\t数量指标\t开展审计\t≥12次\t13次\t20
"""
PROJECT = """\
项目支出绩效目标表
项目名称\t法治宣传
主管部门及代码\t[017]江阳县司法局\t实施单位\t江阳县司法局
项目属性\t一次性项目\t项目期\t1年
年度目标\t普法
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t开展活动\t≥20场
"""


def rows(text: str) -> tuple[Row, ...]:
    return pieces_to_rows(text_to_pieces(text))


def claimed(text: str) -> str | None:
    layout, _ = claim_layout(rows(text))
    return layout.name if layout else None


def finding(text: str) -> Finding:
    layout, findings = claim_layout(rows(text))
    assert layout is None
    return findings[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TITLE + DEPARTMENT + NEW_BUDGET, "hubei-2025"),
        (OLD_TITLE + DEPARTMENT + OLD_BUDGET, "hubei-2021"),
        (TITLE.replace("绩", "缋") + DEPARTMENT + NEW_BUDGET, "hubei-2025"),
        (OLD_TITLE.replace("表", "衷") + DEPARTMENT + OLD_BUDGET, "hubei-2021"),
        (TITLE + DEPARTMENT + OLD_BUDGET + SECTIONS, "hubei-2021"),
        (TITLE + DEPARTMENT + NEW_BUDGET + INDICATORS, "hubei-2025-levels"),
        (PROJECT, "anhui-project"),
    ],
)
def test_the_layout_that_explains_most_claims_a_form(text: str, name: str) -> None:
    assert claimed(text) == name


def test_a_title_is_one_label_among_others() -> None:
    """The new title above the old table: the table's own words outweigh it."""
    by_name = {claim.layout.name: claim for claim in claims(rows(TITLE + DEPARTMENT + OLD_BUDGET))}
    assert by_name["hubei-2025"].titled and not by_name["hubei-2021"].titled
    assert by_name["hubei-2021"].score > by_name["hubei-2025"].score


@pytest.mark.parametrize(
    "text",
    ["今天天气很好\n", "会议通知\t部门预算\n", DEPARTMENT, "运行成本\t公用经费控制\t公用经费控制率\t98%\n"],
)
def test_no_layout_claims_another_text(text: str) -> None:
    assert claim_layout(rows(text)) == (None, ())


def test_a_form_that_lost_its_title_is_claimed_by_its_sections() -> None:
    assert claimed(NEW_BUDGET + SECTIONS) == "hubei-2025"


def test_two_claims_alike_are_a_finding_that_names_both() -> None:
    sections = (
        "部门总体资金情况\n部门职能概述\t负责审计\n年度工作任务\t完成审计\n项目支出情况\n整体绩效总目标\n"
    )
    found = finding(sections)
    assert found.code == "layout-ambiguous"
    assert "hubei-2021" in found.message and "hubei-2025" in found.message


@pytest.mark.parametrize(
    "title",
    [
        "部门整体绩效目标自评表",
        "部门整体支出绩效目标监控表",
        "2024年度部门整体绩效自评表",
        "项目支出绩效目标批复表",
    ],
)
def test_a_form_of_another_name_is_no_misread_declaration(title: str) -> None:
    found = finding(f"{title}\n{SELF_EVALUATION}")
    assert found.code == "form-other"
    assert title in found.message


def test_a_declaration_that_only_its_title_calls_an_approval_is_none() -> None:
    assert finding("部门整体绩效目标批复表\n" + DEPARTMENT + NEW_BUDGET).code == "form-other"


def test_a_self_evaluation_without_a_title_is_told_by_its_columns() -> None:
    more = "\t\t\t总分\t\t99\n年度总体目标\t完成审计\n全年预算数\t全年执行数\t执行率\t偏差原因分析\n"
    assert finding(SELF_EVALUATION + more).code == "form-other"


def test_a_name_without_a_table_is_a_publication() -> None:
    text = "江阳县档案馆2026年部门预算公开\n部门整体支出绩效目标表\n注：本部门未编制绩效目标。\n"
    assert finding(text).code == "form-other"


def test_a_declaration_that_nobody_described_is_read_by_its_labels() -> None:
    text = """\
整体绩效目标申报表
预算单位\t江阳县审计局\t联系人\t李明华
预算资金\t资金总额\t100
主要职责\t负责审计
绩效指标\t一级指标\t二级指标\t三级指标\t目标值\t指标解释
\t产出指标\t数量指标\t开展审计\t≥12次\t年度开展次数
"""
    assert claimed(text) == "by-labels-department"
    assert claimed(text.replace("预算单位", "项目名称")) == "by-labels-project"


def test_a_form_with_many_labels_that_its_layout_lacks_is_read_by_its_labels() -> None:
    other = PROJECT.replace("指标值", "指标性质\t指标值\t度量单位\t权重").replace("≥20场", "≥\t20\t场\t30")
    more = "金额单位：万元\n项目资金\t其中：当年财政拨款\t500\t上年结转资金\t12\n年度目标"
    assert claimed(other.replace("年度目标", more)) == "by-labels-project"
    assert claimed(PROJECT.replace("指标值", "指标值\t权重")) == "anhui-project"


def test_the_second_half_of_a_project_s_form_is_nobody_s() -> None:
    half = (
        PROJECT[PROJECT.index("项目属性") :] + "项目资金（万元）\t年度资金总额：\t20\n\t其中：财政拨款\t20\n"
    )
    assert claimed(half) is None
