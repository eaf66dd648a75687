"""Forms read by their labels: departments' and projects', those with a layout of their own and those that nobody described."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.transcripts.markup import text_to_pieces
from models.declaration import DepartmentOverall, ProjectDeclaration
from normalize.declaration import Declared, read_declaration
from normalize.form.claiming.claims import claim_layout
from normalize.form.layouts import layouts
from normalize.form.physical_rows import pieces_to_rows
from normalize.project_declaration import DeclaredProject, read_project_declaration

LAYOUTS = {layout.name: layout for layout in layouts()}
PROJECT = """\
项目支出绩效目标表
（2025年度）
项目名称\t网球公开赛
主管部门及代码\t[042]金河区体育局\t实施单位\t金河区体育中心
项目来源\t本级申报项目\t项目期\t3年
项目资金（万元）\t中期资金总额：\t90.00\t年度资金总额：\t30.00
\t其中：财政拨款\t75.00\t其中：财政拨款\t25.00
总体目标\t中期目标\t年度目标
\t打造品牌赛事\t完成年度赛事
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t开展赛事\t≥3场
\t\t质量指标\t完成率\t100%
"""
DEPARTMENT = """\
部门整体支出绩效目标申报表
部门（单位）名称\t马踏镇人民政府
年度主要任务\t任务名称\t主要内容\t总额\t财政拨款\t其他资金
\t人员工资\t按时发放\t412.36\t412.36\t0
\t日常运转\t办公费\t58.2\t38.2\t20
\t金额合计\t\t470.56\t450.56\t20
年度总体目标\t1、保障运转；2、推进乡村振兴
年度绩效指标\t一级指标\t二级指标\t三级指标\t绩效指标性质\t绩效指标值\t绩效度量单位\t权重
\t产出指标\t数量指标\t村组干部人数\t≥\t230\t人\t20
\t\t时效指标\t发放时间\t定性\t及时\t\t10
"""


def project(text: str, layout: str = "anhui-project") -> ProjectDeclaration:
    data = read(text, layout).data
    assert isinstance(data, ProjectDeclaration)
    return data


def department(text: str, layout: str = "sichuan-2025") -> DepartmentOverall:
    data = read(text, layout).data
    assert isinstance(data, DepartmentOverall)
    return data


def read(text: str, layout: str) -> Declared | DeclaredProject:
    rows, known = pieces_to_rows(text_to_pieces(text)), LAYOUTS[layout]
    return read_project_declaration(rows, known) if known.form == "project" else read_declaration(rows, known)


def findings(declared: Declared | DeclaredProject) -> set[tuple[str, str | None]]:
    return {(finding.code, finding.path) for finding in declared.notes.findings}


@pytest.mark.parametrize("layout", ["anhui-project", "by-labels-project"])
def test_the_head_of_a_project(layout: str) -> None:
    data = project(PROJECT, layout)
    assert (data.title, data.project, data.money_unit) == ("项目支出绩效目标表", "网球公开赛", "万元")
    assert (data.department, data.department_code, data.unit) == ("金河区体育局", "042", "金河区体育中心")
    assert (data.total_budget, data.annual_budget) == (Decimal("90.00"), Decimal("30.00"))
    assert [(s.item, s.amount, s.annual_amount) for s in data.sources] == [
        ("财政拨款", Decimal("75.00"), Decimal("25.00"))
    ]
    assert (data.long_term.goals, data.annual.goals) == (("打造品牌赛事",), ("完成年度赛事",))


def test_the_indicators_of_a_project() -> None:
    first, second = project(PROJECT).annual.indicators
    assert (first.level1, first.level2, first.level3) == ("产出指标", "数量指标", "开展赛事")
    assert first.target is not None and (first.target.comparator, first.target.number) == (">=", 3)
    assert (second.level1, second.level2) == ("产出指标", "质量指标")


def test_every_value_has_its_evidence() -> None:
    evidence = read(PROJECT, "anhui-project").notes.evidence
    assert {
        "/project",
        "/department",
        "/total_budget",
        "/sources/0/annual_amount",
        "/annual/indicators/1/target",
    } <= set(evidence)
    assert evidence["/annual/indicators/1/level3"].text == "完成率"


def test_the_tasks_of_a_department_with_their_money() -> None:
    data = department(DEPARTMENT)
    assert [(t.name, t.content, t.amount, t.other) for t in data.tasks] == [
        ("人员工资", "按时发放", Decimal("412.36"), 0),
        ("日常运转", "办公费", Decimal("58.2"), 20),
    ]
    assert data.budget.total == Decimal("470.56")
    assert data.annual.goals == ("保障运转；", "推进乡村振兴")


def test_a_target_whose_sign_and_unit_stand_in_columns() -> None:
    first, second = department(DEPARTMENT).annual.indicators
    assert first.target is not None and first.weight == 20
    assert (first.target.text, first.target.comparator, first.target.number, first.target.unit) == (
        "≥230人",
        ">=",
        230,
        "人",
    )
    assert second.target is not None and (second.target.text, second.target.number) == ("及时", None)


def test_what_makes_no_number_is_told() -> None:
    assert ("unparsed-value", "/annual/indicators/1/target") in findings(read(DEPARTMENT, "sichuan-2025"))


def test_nothing_that_a_form_does_not_print_is_missing() -> None:
    found = read(DEPARTMENT, "sichuan-2025").notes.findings
    assert not {one.path for one in found if one.code == "missing-value" and one.severity != "info"}


def test_a_blank_field_is_missing() -> None:
    text = DEPARTMENT.replace("马踏镇人民政府", "")
    assert ("missing-value", "/department") in findings(read(text, "sichuan-2025"))


def test_a_row_with_more_cells_than_its_heading_is_doubtful() -> None:
    text = PROJECT.replace("\t\t质量指标\t完成率\t100%\n", "\t\t质量指标\t完成\t率\t100%\n")
    assert ("ambiguous-row", "/annual/indicators/1") in findings(read(text, "anhui-project"))


def test_a_row_whose_cells_may_have_moved_under_the_levels_is_told() -> None:
    text = PROJECT.replace("\t\t质量指标\t完成率\t100%\n", "\t开展及时率\t100%\n")
    assert ("ambiguous-row", "/annual/indicators") in findings(read(text, "anhui-project"))


def test_what_nobody_described_is_unverified_everywhere() -> None:
    found = findings(read(PROJECT, "by-labels-project"))
    assert {
        ("layout-unverified", path) for path in (None, "/project", "/sources", "/annual", "/total_budget")
    } <= found
    assert not any(code == "layout-unverified" for code, _ in findings(read(PROJECT, "anhui-project")))


def test_a_choice_is_the_one_with_its_box_ticked() -> None:
    text = PROJECT.replace("本级申报项目", "1、常年性项目□ 2、一次性项目☑")
    assert project(text).category == "一次性项目"


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("202001-202012", "2020-01", "2020-12"),
        ("2023.07-2024.01", "2023-07", "2024-01"),
        ("2024年—2026年", "2024", "2026"),
    ],
)
def test_a_period_in_any_spelling(printed: str, start: str, end: str) -> None:
    period = project(PROJECT.replace("3年", printed)).period
    assert period is not None and (period.start, period.end) == (start, end)


def test_a_duration_names_no_limits() -> None:
    assert project(PROJECT).period is None


def test_a_label_without_a_name_of_ours_is_kept() -> None:
    text = DEPARTMENT + "财政供养人员\t318\n"
    data = department(text, "guangdong-2022")
    assert ("财政供养人员", "318") in [(one.label, one.text) for one in data.other]


def test_an_unknown_column_is_kept_under_its_heading() -> None:
    text = (
        PROJECT.replace("指标值\n", "指标值\t责任科室\n")
        .replace("≥3场\n", "≥3场\t竞赛科\n")
        .replace("100%\n", "100%\t\n")
    )
    assert project(text).annual.indicators[0].extra == {"责任科室": "竞赛科"}


def test_the_samples_are_claimed_by_their_layouts() -> None:
    for text, name in ((PROJECT, "anhui-project"), (DEPARTMENT, "sichuan-2025")):
        layout, _ = claim_layout(pieces_to_rows(text_to_pieces(text)))
        assert layout is not None and layout.name == name


UNKNOWN = """\
部门整体支出绩效目标表
单位：万元
部门名称\t澜川县农业农村局
部门总体目标\t部门职责\t监督管理种植业。
\t总体绩效目标（2026-2028年期间）\t粮食产量稳定。
预算情况\t财政拨款收入\t15230.6\t基本支出\t12000.6
\t事业收入\t320\t经营支出\t3550
\t收入合计\t15550.6\t支出合计\t15550.6
部门年度重点工作任务\t任务名称\t主要内容\t预算申报金额（万元）
\t农田建设\t新建2万亩\t4600
部门整体支出绩效指标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t绩效指标值设定依据及数据来源
\t产出指标\t数量指标\t建设面积\t>=\t2\t万亩\t年度计划
"""


def test_a_form_that_nobody_described_is_read_by_parts_of_its_labels() -> None:
    data = department(UNKNOWN, "by-labels-department")
    assert (data.department, data.money_unit) == ("澜川县农业农村局", "万元")
    assert [(task.name, task.amount) for task in data.tasks or ()] == [("农田建设", Decimal(4600))]
    (row,) = data.annual.indicators
    assert (row.level3, row.target and row.target.unit) == ("建设面积", "万亩")


def test_an_amount_with_a_name_of_its_own_is_a_line_of_its_side() -> None:
    budget = department(UNKNOWN, "by-labels-department").budget
    assert [line.item for line in budget.income] == ["财政拨款收入", "事业收入", "收入合计"]
    assert [line.item for line in budget.expenditure] == ["基本支出", "经营支出", "支出合计"]


def test_of_two_answers_that_of_the_plainer_label_is_taken() -> None:
    text = PROJECT.replace("项目名称", "编制单位：金河区财政局\n项目名称", 1)
    assert project(text, "by-labels-project").unit == "金河区体育中心"


def test_a_second_list_under_the_same_heading_is_doubted() -> None:
    table = PROJECT[PROJECT.index("绩效指标\t") :]
    again = (
        PROJECT
        + "\t效益指标\t社会效益指标\t知晓率\t≥90%\n"
        + "\n"
        + table
        + "\t效益指标\t社会效益指标\t影响\t明显\n"
    )
    paths = {path for code, path in findings(read(again, "anhui-project")) if code == "ambiguous-row"}
    assert paths == {f"/annual/indicators/{n}" for n in (3, 4, 5)}


def test_targets_of_both_horizons_may_stand_in_two_columns_of_one_table() -> None:
    text = PROJECT.replace("三级指标\t指标值", "三级指标\t实施期指标值\t年度指标值")
    text = text.replace("≥3场", "≥9场\t≥3场").replace("\t100%", "\t98%\t100%")
    data = project(text, "by-labels-project")
    values = [
        [row.target and row.target.text for row in part.indicators] for part in (data.long_term, data.annual)
    ]
    assert values == [["≥9场", "98%"], ["≥3场", "100%"]]


def test_of_the_targets_for_half_and_whole_year_the_whole_years_counts() -> None:
    text = DEPARTMENT.replace("绩效指标值", "半年（程）目标值\t全年（程）目标值").replace(
        "\t230\t", "\t115\t230\t"
    )
    text = text.replace("及时", "及时\t及时")
    (first, _) = department(text, "by-labels-department").annual.indicators
    assert first.target is not None
    assert (first.target.number, first.extra) == (230, {"半年（程）目标值": "115"})


def test_amounts_under_their_names() -> None:
    money = "资金情况\t预算支出总额\t财政拨款\t其他资金\n\t986.72\t936.72\t50\n"
    budget = department(
        DEPARTMENT.replace("年度主要任务", money + "年度主要任务", 1), "by-labels-department"
    ).budget
    assert budget.total == Decimal("986.72")
    assert [(x.item, x.amount) for x in budget.income] == [
        ("财政拨款", Decimal("936.72")),
        ("其他资金", Decimal(50)),
    ]


def test_a_target_in_words_may_stand_in_the_column_of_units() -> None:
    text = DEPARTMENT.replace("绩效度量单位", "单位（文字描述）").replace("定性\t及时\t", "文字描述\t\t及时")
    second = department(text, "by-labels-department").annual.indicators[1]
    assert second.target is not None
    assert second.target.text == "及时"


def test_a_column_of_directions_that_holds_signs_says_the_signs() -> None:
    text = DEPARTMENT.replace("绩效指标性质", "指标方向")
    first = department(text, "by-labels-department").annual.indicators[0]
    assert first.target is not None
    assert first.target.comparator == ">="


def test_a_running_number_is_neither_a_sign_nor_kept() -> None:
    text = DEPARTMENT.replace("\t一级指标", "\t序号\t一级指标").replace("\t产出指标", "\t1\t产出指标")
    first = department(
        text.replace("\t\t时效指标", "\t2\t\t时效指标"), "by-labels-department"
    ).annual.indicators[0]
    assert (first.level1, first.extra) == ("产出指标", {})


def test_a_title_that_many_provinces_print_makes_no_form_of_hubei() -> None:
    text = (
        "部门整体支出绩效目标表\n部门名称\t金沙县市场监督管理局\n部门资金情况\t资金来源\t财政拨款收入\t1998.6\n"
        "\t\t其他收入\t50\n\t支出结构\t基本支出\t1874.6\n\t\t项目支出\t174\n年度总体绩效目标\t守住底线\n"
        "年度绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n\t产出指标\t数量指标\t抽检批次\t≥2400批次\n"
        "\t效益指标\t社会效益指标\t处置率\t100%\n"
    )
    layout, _ = claim_layout(pieces_to_rows(text_to_pieces(text)))
    assert layout is not None
    assert layout.name == "by-labels-department"


MONEY = """\
部门整体绩效目标表
部门名称\t江阳县教育局
部门资金（万元）\t收入预算\t\t支出预算\t
\t其中：财政拨款\t300\t基本支出\t250
\t助学金\t60\t奖补\t110
\t合计\t360\t合计\t360
年度目标\t保障运转
"""


def test_sums_and_unknown_names_stand_on_the_side_of_the_amounts_above_them() -> None:
    budget = department(MONEY, "by-labels-department").budget
    assert [(line.item, line.amount) for line in budget.income] == [
        ("财政拨款", 300),
        ("助学金", 60),
        ("合计", 360),
    ]
    assert [line.item for line in budget.expenditure] == ["基本支出", "奖补", "合计"]


def test_without_a_label_of_the_whole_it_is_the_sum_of_the_income() -> None:
    data = department(MONEY, "by-labels-department")
    assert (data.budget.total, data.money_unit) == (360, "万元")


def test_an_unknown_name_among_known_amounts_is_doubted_and_a_sum_is_not() -> None:
    found = findings(read(MONEY, "by-labels-department"))
    assert ("ambiguous-cell", "/budget/income/1") in found
    assert not any(path == "/budget/income/2" for _, path in found)


def test_money_of_this_year_under_any_name() -> None:
    text = PROJECT.replace("中期资金总额：", "预算金额").replace("年度资金总额：", "2025年预算安排（万元）")
    data = project(text, "by-labels-project")
    assert (data.total_budget, data.annual_budget) == (Decimal("90.00"), Decimal("30.00"))


def test_a_weight_of_the_budgets_execution_is_no_money() -> None:
    text = PROJECT.replace("项目来源\t本级申报项目", "预算执行率权重\t10")
    assert [source.item for source in project(text, "by-labels-project").sources] == ["财政拨款"]


def test_a_heading_with_its_year_is_that_of_the_target() -> None:
    text = PROJECT.replace("三级指标\t指标值", "三级指标\t2025年指标值")
    assert project(text, "by-labels-project").annual.indicators[0].target is not None


def test_a_unit_stands_behind_numbers_only() -> None:
    second = department(
        DEPARTMENT.replace("定性\t及时\t", "定性\t6月底前\t文字"), "by-labels-department"
    ).annual.indicators[1]
    assert second.target is not None and second.target.text == "6月底前"


def test_a_column_of_tasks_that_nobody_knows_is_kept_under_its_heading() -> None:
    data = department(DEPARTMENT.replace("总额\t财政拨款", "总额\t牵头科室"), "by-labels-department")
    assert data.tasks[1].content == "办公费"
    assert ("牵头科室", "38.2") in [(field.label, field.text) for field in data.other]
