"""What a form that no layout describes prints and nobody understood is doubted at the values that it may be."""

from __future__ import annotations

from normalize.declaration import read_declaration
from normalize.project_declaration import read_project_declaration
from tests.normalize.read.marked_rows import codes
from tests.normalize.read.parts.taken_apart import layout, rows

TABLE = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t维修道路里程\t≥12公里\n"
DEPARTMENT = f"""\
部门整体支出绩效目标表
部门名称\t临江市水务局\t联系人\t苏明哲
预算总额\t1286.4\t基本支出\t690.8
年度绩效目标\t维修养护渠道，保障灌溉。
{TABLE}"""
PROJECT = f"""\
项目支出绩效目标表
项目名称\t渠道维修\t主管部门\t临江市水务局
实施单位\t河道管理所\t项目期限\t2026年1月至2026年12月
项目总额\t380\t年度金额\t380
年度绩效目标\t维修养护渠道，保障灌溉。
{TABLE}"""


def doubted(text: str, name: str = "by-labels-department") -> set[tuple[str, str | None]]:
    read = read_project_declaration if "project" in name else read_declaration
    told = codes(read(rows(text), layout(name)).notes)
    return {(code, path) for code, path in told if code != "layout-unverified"}


def test_a_form_whose_cells_all_have_a_place_is_not_doubted() -> None:
    without = {path for _, path in doubted(DEPARTMENT)}
    assert not without & {"/budget/income", "/tasks", "/long_term/goals", "/phone", "/department"}


def test_what_a_text_without_a_place_may_be_is_doubted_where_nothing_was_read() -> None:
    told = doubted(DEPARTMENT.replace("联系人\t苏明哲", "座机\t07342281190"))
    assert {("missing-value", path) for path in ("/preparer", "/phone", "/long_term/goals")} <= told
    assert ("missing-value", "/department") not in told


def test_an_amount_without_a_place_may_be_a_line_that_a_list_lacks() -> None:
    text = DEPARTMENT.replace("部门名称", "运转和其他\t595.6\n部门名称")
    assert ("ambiguous-cell", "/budget/expenditure") in doubted(text)
    assert ("ambiguous-cell", "/budget/expenditure") not in doubted(DEPARTMENT)


def test_a_sum_that_was_not_read_may_be_an_amount_of_an_unknown_name() -> None:
    told = doubted(PROJECT.replace("年度金额", "周转资金"), "by-labels-project")
    assert ("missing-value", "/annual_budget") in told
    assert ("ambiguous-cell", "/sources/0") in told


def test_two_texts_for_one_field_are_told() -> None:
    text = PROJECT.replace("项目期限\t2026年1月至2026年12月", "建设单位\t临江市水利站")
    assert ("ambiguous-cell", "/unit") in doubted(text, "by-labels-project")
    assert ("ambiguous-cell", "/unit") not in doubted(PROJECT, "by-labels-project")


def test_a_name_with_a_date_has_swallowed_something() -> None:
    text = DEPARTMENT.replace("临江市水务局", "临江市水务局 2025年12月1日")
    assert ("ambiguous-cell", "/department") in doubted(text)


def test_a_layout_of_its_own_is_doubted_for_texts_in_its_tables_only() -> None:
    text = (
        """\
附件1
项目支出绩效目标表
项目名称\t渠道维修
主管部门及代码\t[045]临江市水务局\t实施单位\t河道管理所
项目来源\t本级\t项目期\t1年
项目资金（万元）\t年度资金总额：\t380
年度目标\t维修养护渠道，保障灌溉。
"""
        + TABLE
    )
    assert ("missing-value", "/phone") not in doubted(text, "anhui-project")
    more = text.replace("项目来源", "建设时段\t2026年1月至12月\n项目来源")
    assert ("missing-value", "/period/start") in doubted(more, "anhui-project")


def test_a_sentence_of_money_from_which_nothing_was_read_is_told() -> None:
    text = DEPARTMENT.replace(
        "预算总额\t1286.4\t基本支出\t690.8", "预算资金\t上年预算1286.4万元，另有存量690.8万元"
    )
    assert ("ambiguous-cell", "/budget/total") in doubted(text)


def test_an_unplaced_amount_of_a_known_layout_may_be_a_line_that_a_list_lacks() -> None:
    text = PROJECT.replace("项目总额\t380", "项目总额\t380\t55\n财政拨款\t380")
    assert ("ambiguous-cell", "/sources") in doubted(text, "shanghai-project")
