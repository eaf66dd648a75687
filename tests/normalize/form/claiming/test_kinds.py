"""Whether a form that nobody described is a department's or a project's; where nothing says it, it is not read."""

from __future__ import annotations

from normalize.form.claiming.claims import claim_layout
from tests.normalize.read.parts.taken_apart import rows

REST = """\
{0}\t渠道维修\t预算总额\t380
{1}\t2026年
年度绩效目标\t维修养护渠道，保障灌溉。
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t维修渠道长度\t≥36公里
效益指标\t社会效益指标\t群众知晓率\t≥90%
"""


def kind(title: str, *labels: str) -> str | None:
    layout, findings = claim_layout(rows(f"{title}\n\n{REST.format(*labels)}"))
    if layout is None:
        assert [finding.code for finding in findings] == ["form-unknown"]
    return layout.form if layout else None


def test_a_title_says_it() -> None:
    assert kind("项目（政策）绩效目标表", "名目", "期间") == "project"
    assert kind("单位整体绩效目标表", "名目", "期间") == "department-overall"
    assert kind("部门预算项目绩效目标表", "名目", "期间") == "project"


def test_a_line_that_names_the_form_says_it_though_it_ends_like_no_title() -> None:
    assert kind("部门职责及工作活动绩效目标指标", "部门名称", "期间") == "department-overall"


def test_a_table_of_projects_makes_no_project_s_form_of_a_department_s() -> None:
    table = "\n项目支出情况\t项目名称\t支出项目类别\t项目总预算\t花在何处\n\t清淤\t特定目标类\t38\t渠道"
    assert kind("部门整体绩效目标表", "部门名称", "期间" + table) == "department-overall"


def test_where_the_title_does_not_the_labels_do() -> None:
    assert kind("绩效目标表", "项目名称", "期间") == "project"
    assert kind("政策支出绩效目标表", "起止时间", "立项依据") == "project"


def test_a_form_of_neither_kind_is_told_and_not_read() -> None:
    assert kind("政策支出绩效目标表", "事项名称", "期间") is None
