"""The load workbook for the budget system: what becomes of a form, and what the import checks say of every row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.declaration import (
    AnnualIndicator,
    Budget,
    BudgetLine,
    DepartmentOverall,
    History,
    Indicator,
    LongTerm,
    Project,
    ProjectDeclaration,
    ProjectGoals,
)
from models.finding import Finding
from models.submission import ProjectForm, Submission, json_to_submission
from shenbao.export.load.checks import check_cells
from shenbao.export.load.sheets import LOAD_GOALS, LOAD_INDICATORS, LOAD_TABLES
from shenbao.export.load.write import load_workbook, submission_to_load
from shenbao.export.results import read_chunks
from tests.places import ROOT
from tests.results import (
    FRONT,
    all_kinds,
    declaration,
    department,
    project,
    refused,
    submission,
    value,
    write_results,
)

PLACE: dict[str, Any] = {"level1": "履职效能", "level2": "核心业务产出1", "level3": "办结案件数"}


def loaded(submission: Submission, sheet: str) -> list[dict[str, Any]]:
    names = LOAD_TABLES[sheet].names
    return [
        dict(zip(names, row, strict=True)) for name, row in submission_to_load(submission) if name == sheet
    ]


def annual(
    target: str | None,
    before: str | None = None,
    last: str | None = None,
    twin: str | None = None,
    **place: Any,
) -> dict[str, Any]:
    """The annual row of a form with one indicator; `twin` is its long-term target."""
    named = {**PLACE, **place}
    history = History(
        year_before_last=value(before) if before else None, last_year=value(last) if last else None
    )
    row = AnnualIndicator(**named, target=value(target) if target else None, history=history)
    data = declaration()
    long = LongTerm(goals=("目标",), indicators=(Indicator(**named, target=value(twin)),) if twin else ())
    data = data.model_copy(
        update={"long_term": long, "annual": data.annual.model_copy(update={"indicators": (row,)})}
    )
    return loaded(department(data=data), "INDICATORS")[-1]


def amounts(**changes: Any) -> list[dict[str, Any]]:
    return loaded(department(data=DepartmentOverall(**{**FRONT, **changes})), "AMOUNTS")


# sign, number and unit


@pytest.mark.parametrize(
    ("text", "sign", "number", "unit"),
    [
        ("≥800件/年", 1, "800", "件/年"),
        (">5次", 2, "5", "次"),
        ("=100%", 3, "100", "%"),
        ("<3天", 4, "3", "天"),
        ("≤-2.57%", 5, "-2.57", "%"),
    ],
)
def test_a_target_is_parted(text: str, sign: int, number: str, unit: str) -> None:
    row = annual(text)
    assert (row["COMPUTESIGN"], row["INDEXVAL"], row["METERUNIT"]) == (sign, Decimal(number), unit)
    assert (row["SOURCE"], row["CHECK"]) == (text, "通过")


def test_a_quality_is_sign_6_and_keeps_its_words() -> None:
    row = annual("有效增加")
    assert (row["COMPUTESIGN"], row["INDEXVAL"], row["METERUNIT"]) == (6, "有效增加", None)
    assert row["CHECK"] == "通过"


def test_a_number_without_a_sign_is_equal_and_noted() -> None:
    row = annual("100%", "98%", "99%")
    assert (row["COMPUTESIGN"], row["NOTE"]) == (3, "原文没有符号，按“＝”填")


def test_nothing_in_the_place_of_a_number_does_not_apply() -> None:
    indicator = AnnualIndicator(**PLACE, target=value("无").model_copy(update={"not_applicable": True}))
    data = declaration()
    data = data.model_copy(update={"annual": data.annual.model_copy(update={"indicators": (indicator,)})})
    row = loaded(department(data=data), "INDICATORS")[-1]
    assert (row["COMPUTESIGN"], row["INDEXVAL"]) == (6, "不适用")
    assert "原文“无”" in row["NOTE"]


def test_a_missing_unit_comes_from_the_other_term() -> None:
    row = annual("≥2500", twin="≥2000起")
    assert (row["METERUNIT"], row["CHECK"]) == ("起", "通过")
    assert "取另一期的“起”" in row["NOTE"]


def test_a_unit_of_another_scale_is_not_taken() -> None:
    row = annual("≥2500", twin="≥0.25万起")
    assert (row["METERUNIT"], row["CHECK"]) == (None, "B4：计量单位为空")


def test_a_missing_unit_comes_from_the_catalogue() -> None:
    place = {"level1": "运行成本", "level2": "公用经费控制", "level3": "公用经费控制率", "code": "010101"}
    assert annual("98", **place)["METERUNIT"] == "%"
    assert annual("0.98", **place)["CHECK"] == "B4：计量单位为空"


# past years


def test_past_years_are_bare_numbers() -> None:
    row = annual("≥95%", "≥93%", "-2.57%")
    assert (row["QNINDEXVAL"], row["SNINDEXVAL"]) == (Decimal("93"), Decimal("-2.57"))
    assert (row["CHECK"], row["NOTE"]) == ("通过", "前年原文“≥93%”，略去符号")


def test_a_past_year_without_a_unit_is_taken_and_noted() -> None:
    row = annual("≥800件", "1364", "无")
    assert (row["QNINDEXVAL"], row["SNINDEXVAL"], row["CHECK"]) == (1364, None, "通过")
    assert row["NOTE"] == "前年原文没有单位；上年原文“无”，留空"


def test_a_blank_past_year_stays_blank_and_is_noted() -> None:
    row = annual("≥95%", last="96%")
    assert (row["QNINDEXVAL"], row["SNINDEXVAL"], row["NOTE"]) == (None, 96, "前年指标值空白")


@pytest.mark.parametrize(("target", "past"), [("≥2人次", "3万人次"), ("≥95%", "0.98"), ("≥2件", "未开展")])
def test_a_past_year_that_is_no_number_in_this_unit_is_refused(target: str, past: str) -> None:
    row = annual(target, past)
    assert row["QNINDEXVAL"] == past
    assert row["CHECK"] == f"B3：前年指标值“{past}”不是数值"


# levels


def test_levels_have_codes_also_for_own_indicators() -> None:
    row = annual("≥8件")
    assert (row["LV1_PERF_IND_CODE"], row["LV2_PERF_IND_CODE"], row["LV3_PERF_IND_CODE"]) == (
        "03",
        "0301",
        None,
    )


def test_a_name_with_spaces_is_closed_up() -> None:
    row = annual("≥8件", level3="GDP 增长率")
    assert (row["LV3_PERF_IND_NAME"], row["CHECK"]) == ("GDP增长率", "通过")


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ({"level3": None}, "B1：三级指标为空"),
        ({"level1": "运行成本"}, "B7：二级指标“核心业务产出1”不属于一级指标“运行成本”"),
        ({"level2": "创新能力"}, "B7：指标目录中没有“创新能力”"),
        ({"code": "020101"}, "B7：三级指标代码 020101 不属于二级指标“核心业务产出1”"),
    ],
)
def test_a_wrong_level_says_why(place: dict[str, Any], fault: str) -> None:
    assert annual("≥8件", **place)["CHECK"] == fault


# the checks see the cells only


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"LV2_PERF_IND_NAME": None}, "B1：二级指标为空"),
        ({"COMPUTESIGN": None}, "B2：计算符号为空"),
        ({"COMPUTESIGN": 7}, "B2：计算符号 7 不在 1–6 之内"),
        ({"INDEXVAL": "800件"}, "B3：指标值“800件”不是数值"),
        ({"SNINDEXVAL": "约800"}, "B3：上年指标值“约800”不是数值"),
        ({"METERUNIT": None}, "B4：计量单位为空"),
        ({"COMPUTESIGN": 6, "INDEXVAL": "良好-优秀"}, "B5：定性指标值含有系统不接受的“-”"),
        ({"COMPUTESIGN": 6, "INDEXVAL": "较\u3000好"}, "B5：定性指标值含有系统不接受的“\u3000”"),
        ({"COMPUTESIGN": 6, "INDEXVAL": "NULL"}, "B5：定性指标值含有系统不接受的“NULL”"),
        ({"LV3_PERF_IND_NAME": "办结 案件"}, "B6：指标名称“办结 案件”含有空格"),
        ({"INDEXVAL": None}, "B8：指标值为空"),
        ({"METERUNIT": "件" * 101}, "B9：计量单位 202 字节，超过 200"),
    ],
)
def test_each_check_fires_on_its_own(changes: dict[str, Any], fault: str) -> None:
    good = annual("≥800件/年", "700", "750")
    assert list(check_cells(LOAD_INDICATORS, good)) == []
    assert list(check_cells(LOAD_INDICATORS, {**good, **changes})) == [fault]


def test_a_goal_must_be_there_and_fit() -> None:
    good = {"GOALNAME": "年度目标1", "KPI_TARGET": "办" * 1000, "KPI_DEP_ID": "x"}
    assert list(check_cells(LOAD_GOALS, good)) == []
    assert list(check_cells(LOAD_GOALS, {**good, "KPI_TARGET": None})) == ["B10：目标为空"]
    assert list(check_cells(LOAD_GOALS, {**good, "KPI_TARGET": "办" * 1001})) == [
        "B9：目标 2002 字节，超过 2000"
    ]


# money


def line(item: str, *years: str | None) -> BudgetLine:
    before, last, amount = (None if year is None else Decimal(year) for year in years)
    return BudgetLine(item=item, amount=amount, history=(before, last))


def test_blanks_that_the_totals_prove_are_zero() -> None:
    income = (
        line("财政拨款", "8", "9", "10.50"),
        line("单位资金", None, None, None),
        line("合计", None, None, "10.5"),
    )
    expenditure = (line("人员类", "5", "9", "10.5"), line("运转类", "3", None, None))
    rows = amounts(budget=Budget(income=income, expenditure=expenditure))
    assert [(r["FUNDNAME"], r["SAMT"], r["FAMT"], r["YEARAMT"]) for r in rows] == [
        ("财政拨款", 8, 9, Decimal("10.50")),
        ("单位资金", 0, None, 0),
        ("人员类", 5, 9, Decimal("10.5")),
        ("运转类", 3, None, 0),
    ]
    assert (rows[1]["CHECK"], rows[1]["NOTE"]) == (
        "B10：上年金额为空",
        "前年空白，按合计推算为 0；当年空白，按合计推算为 0",
    )


def test_a_blank_that_the_totals_need_stays_blank() -> None:
    income = (line("财政拨款", "1", "1", "9"), line("单位资金", "1", "1", None), line("合计", "2", "2", "10"))
    (_, row) = amounts(budget=Budget(income=income))
    assert (row["YEARAMT"], row["CHECK"]) == (None, "B10：当年金额为空")


@pytest.mark.parametrize(
    ("unit", "shown"), [("万元", "19324000"), ("元", "1932.4000"), ("亿元", "193240000000")]
)
def test_money_is_in_ten_thousands(unit: str, shown: str) -> None:
    income = (line("财政拨款", "1", "1", "19324000"),)
    (row,) = amounts(money_unit=unit, budget=Budget(income=income))
    assert (row["YEARAMT"], row["CHECK"]) == (Decimal(shown), "通过")


def test_money_of_an_unknown_unit_is_refused() -> None:
    (row,) = amounts(money_unit=None, budget=Budget(income=(line("财政拨款", "1", "1", "1"),)))
    assert row["CHECK"] == "B10：金额单位“空白”，不能确定金额是否为万元"


def test_a_project_says_everything_that_is_missing() -> None:
    data = declaration().model_copy(update={"projects": (Project(name="审计", total_budget=Decimal(9)),)})
    (row,) = loaded(department(data=data), "PROJECTS")
    assert row["CHECK"] == "B10：支出项目类别为空；B10：项目本年度预算为空；B10：项目主要支出方向和用途为空"


# the whole


def test_goals_have_keys_that_stay() -> None:
    rows = loaded(department(), "GOALS")
    assert [(r["TERM"], r["GOALNAME"], r["KPI_TARGET"]) for r in rows] == [
        ("长期", "长期目标1", "+86"),
        ("年度", "年度目标1", "完成审计"),
    ]
    assert [r["KPI_DEP_ID"] for r in rows] == [
        f"{rows[0]['submission']}-1-L1",
        f"{rows[0]['submission']}-1-A1",
    ]


def test_the_front_of_the_form() -> None:
    (row,) = loaded(department(), "DECLARE")
    assert (row["FISCAL_YEAR"], row["ENDYEAR"], row["DEPT_NAME"]) == (2026, 2030, "江阳县审计局")
    assert row["FUNCTION"].startswith("1.=HYPERLINK(1)\n2.-开展审计\n3.")
    assert row["CHECK"] == "通过"


def test_a_form_without_goals_says_so() -> None:
    (row,) = loaded(department(data=DepartmentOverall(**FRONT)), "DECLARE")
    assert row["CHECK"] == "B10：长期目标为空；B10：年度目标为空"


def test_a_doubt_about_the_reading_stands_on_its_row() -> None:
    def doubt(path: str | None) -> Finding:
        return Finding(code="x", category="reading", severity="warning", path=path, message=f"疑 {path}")

    made = department()
    found = tuple(
        map(doubt, ("/annual/indicators/0/target", "/phone", "/projects/0", "/annual/indicators/01"))
    )
    form = made.forms[0].model_copy(update={"findings": found})
    made = made.model_copy(update={"forms": (form,), "findings": (doubt(None),)})
    assert [row["DOUBT"] for row in loaded(made, "INDICATORS")] == [
        None,
        "年度绩效指标第 1 行“公用经费控制率”的指标值：疑 /annual/indicators/0/target",
    ]
    assert loaded(made, "PROJECTS")[0]["DOUBT"] == "项目支出情况第 1 行“@SUM(A1)”：疑 /projects/0"
    assert (
        loaded(made, "DECLARE")[0]["DOUBT"]
        == "联系电话：疑 /phone；年度绩效指标：疑 /annual/indicators/01；疑 None"
    )


def test_what_is_doubted_of_several_cells_of_a_row_is_said_once() -> None:
    found = tuple(
        Finding(code="x", category="reading", severity="warning", path=f"/projects/0/{name}", message="疑")
        for name in ("name", "annual_budget")
    )
    form = department().forms[0].model_copy(update={"findings": found})
    made = department().model_copy(update={"forms": (form,)})
    place = "项目支出情况第 1 行“@SUM(A1)”"
    assert loaded(made, "PROJECTS")[0]["DOUBT"] == f"{place}的项目名称、{place}的项目本年度预算：疑"


def test_a_project_form_is_loaded_as_one_project_with_its_goals_and_indicators() -> None:
    indicator = Indicator(level1="产出指标", level2="数量指标", level3="设备数", target=value("≥3台"))
    data = ProjectDeclaration(
        project="信息化建设",
        category="延续性项目",
        content="购置设备",
        money_unit="元",
        department_code="015001",
        total_budget=Decimal(640000),
        annual_budget=Decimal(120000),
        long_term=ProjectGoals(goals=("建成平台",), indicators=(indicator,)),
    )
    made = submission("b.docx", ProjectForm(layout="x", data=data))
    (row,) = loaded(made, "PROJECTS")
    assert (row["PRO_NAME"], row["TOTALAMT"], row["YEARAMT"], row["CHECK"]) == ("信息化建设", 64, 12, "通过")
    assert [goal["KPI_TARGET"] for goal in loaded(made, "GOALS")] == ["建成平台"]
    (work,) = loaded(made, "INDICATORS")
    assert (work["LV1_PERF_IND_CODE"], work["INDEXVAL"], work["CHECK"]) == (None, 3, "通过")
    (front,) = loaded(made, "DECLARE")
    assert (front["DEPT_CODE"], front["CHECK"]) == ("015001", "通过")
    assert loaded(made, "AMOUNTS") == []


def test_a_catalogue_that_this_machine_does_not_have_gives_no_codes() -> None:
    form = department().forms[0].model_copy(update={"catalogue": "another-bureau"})
    made = department().model_copy(update={"forms": (form,)})
    assert {row["LV1_PERF_IND_CODE"] for row in loaded(made, "INDICATORS")} == {None}


def test_what_is_not_loaded_is_in_the_summary() -> None:
    assert [loaded(made, "SUMMARY")[0]["REMARK"] for made in (project(), refused())] == [
        None,
        "没有读出申报表，未装载",
    ]
    (row,) = loaded(department(), "SUMMARY")
    rows = [
        r
        for name in ("DECLARE", "AMOUNTS", "PROJECTS", "GOALS", "INDICATORS")
        for r in loaded(department(), name)
    ]
    assert (row["ROWS"], row["REFUSED"]) == (len(rows), sum(r["CHECK"] != "通过" for r in rows))


GOLDENS = sorted((ROOT / "golden").glob("*.json"))
POOR_SCANS = {"nongye-poor.pdf", "qixiang-fax.tif"}


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.stem)
def test_the_samples_pass_every_check_but_what_a_poor_scan_does_not_show(path: Path) -> None:
    (row,) = loaded(json_to_submission(path.read_text("utf-8")), "SUMMARY")
    assert row["ROWS"] > 70
    assert row["REFUSED"] <= (path.stem in POOR_SCANS)


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.stem)
def test_a_row_of_a_sample_is_refused_only_where_its_reading_is_doubted(path: Path) -> None:
    rows = loaded(json_to_submission(path.read_text("utf-8")), "INDICATORS")
    assert [row["CHECK"] for row in rows if row["CHECK"] != "通过" and not row["DOUBT"]] == []


def test_the_workbook_has_numbers_as_numbers_and_codes_as_text(tmp_path: Path) -> None:
    (chunk,) = read_chunks(write_results(tmp_path / "out", *all_kinds()), False, print)
    with load_workbook(tmp_path, "english") as write:
        write(chunk)
    book = openpyxl.load_workbook(tmp_path / "load.xlsx")
    assert book.sheetnames == [*LOAD_TABLES, "dictionary"]
    header, *_, last = book["INDICATORS"].iter_rows()
    cells = {name.value: cell for name, cell in zip(header, last, strict=True)}
    assert (cells["LV1_PERF_IND_CODE"].value, cells["LV1_PERF_IND_CODE"].data_type) == ("01", "s")
    assert (cells["INDEXVAL"].value, cells["INDEXVAL"].data_type) == (800, "n")
    meanings = {row[1].value: row[7].value for row in book["dictionary"].iter_rows(min_row=2)}
    assert meanings["KPI_TARGET"] == "必填（B10）；不超过 2000 字节"
