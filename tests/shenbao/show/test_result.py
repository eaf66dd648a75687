"""A result as a person reads it at a terminal."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from typing import Any

from rich.console import Console

from models.declaration import Annual, AnnualIndicator, DepartmentOverall, History, Indicator, LongTerm
from models.finding import Finding, Repair
from models.submission import DepartmentForm, Submission
from shenbao.show.result import submission_to_parts
from tests.results import FRONT, department, project, refused, submission, value

COST: dict[str, Any] = {"level1": "运行成本", "level2": "公用经费控制"}


def shown(made: Submission) -> str:
    """What is printed, without colours, in lines wide enough for every table."""
    console = Console(file=StringIO(), width=220, highlight=False, no_color=True)
    for part in submission_to_parts(made):
        console.print(part)
    text = console.file
    assert isinstance(text, StringIO)
    return text.getvalue()


def rows(made: Submission) -> list[list[str]]:
    """The cells of every row of every table, filled or not."""
    lines = [line for line in shown(made).splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def with_long_term(*indicators: Indicator, **more: Any) -> Submission:
    data = DepartmentOverall(**FRONT, long_term=LongTerm(indicators=indicators))
    return submission("a.docx", DepartmentForm(layout="hubei-2025", data=data, **more))


def levels(made: Submission) -> list[list[str]]:
    return [row[:3] for row in rows(made) if row[2:3] in (["甲率"], ["乙率"], ["丙率"])]


def test_a_level_is_said_once_for_the_rows_that_share_it() -> None:
    made = with_long_term(
        Indicator(**COST, level3="甲率"),
        Indicator(**COST, level3="乙率"),
        Indicator(level1="运行成本", level2="在职人员控制", level3="丙率"),
    )
    assert levels(made) == [
        ["运行成本", "公用经费控制", "甲率"],
        ["", "", "乙率"],
        ["", "在职人员控制", "丙率"],
    ]


def test_a_level_2_of_another_level_1_is_said_again() -> None:
    made = with_long_term(
        Indicator(level1="社会效益", level2="满意度", level3="甲率"),
        Indicator(level1="服务对象", level2="满意度", level3="乙率"),
    )
    assert levels(made) == [["社会效益", "满意度", "甲率"], ["服务对象", "满意度", "乙率"]]


def test_a_repaired_level_is_said_with_its_repair() -> None:
    repair = Repair(
        path="/long_term/indicators/1/level1",
        kind="typo",
        before="运行城本",
        after="运行成本",
        because="目录",
        confidence=0.9,
    )
    made = with_long_term(
        Indicator(**COST, level3="甲率"), Indicator(**COST, level3="乙率"), repairs=(repair,)
    )
    assert levels(made)[1][0] != ""
    assert "城" in levels(made)[1][0]


def test_amounts_stand_below_their_years_with_all_digits() -> None:
    assert ["收入构成", "财政拨款", "1932.40", "100%", "-3.5", "—"] in rows(department())
    assert ["支出构成", "人员类项目支出", "1234567890123456.7891", "—", "—", "—"] in rows(department())


def test_a_repair_shows_what_was_read_within_the_text() -> None:
    assert ["填报人", "陈立〔郡→群〕", ""] in rows(department())


def test_a_finding_stands_on_its_row_and_one_about_the_form_below_it() -> None:
    on_row = Finding(
        code="vague-wording",
        category="audit",
        severity="info",
        path="/long_term/indicators/0/target",
        message="不便考核",
    )
    whole = Finding(
        code="unplaced-row", category="reading", severity="warning", path=None, message="有一行未读入"
    )
    made = with_long_term(Indicator(**COST, level3="甲率", target=value("明显")), findings=(on_row, whole))
    (row,) = [row for row in rows(made) if "甲率" in row]
    assert "不便考核" in row[-1]
    assert "有一行未读入" in shown(made)
    assert "有一行未读入" not in row[-1]


def test_the_annual_table_has_both_past_years() -> None:
    history = History(year_before_last=value("95%"), last_year=value("96%"))
    row = AnnualIndicator(**COST, level3="甲率", target=value("≥97%"), history=history)
    data = DepartmentOverall(**FRONT, annual=Annual(indicators=(row,)))
    (cells,) = [r for r in rows(submission("a", DepartmentForm(layout="x", data=data))) if "甲率" in r]
    assert cells[3:6] == ["95%", "96%", "≥97%"]


def test_a_refused_file_says_why() -> None:
    assert "文件已损坏" in shown(refused())
    assert "未读取" in shown(refused())


def test_a_project_form_shows_its_own_fields() -> None:
    text = shown(project())
    assert "信息化建设" in text and str(Decimal("64")) in text


def test_columns_that_a_form_prints_beyond_the_usual_are_shown() -> None:
    made = with_long_term(
        Indicator(**COST, level3="甲率", weight=Decimal(10), core=True, extra={"上年权重": "8"})
    )
    text = shown(made)
    assert all(heading in text for heading in ("权重", "是否核心", "上年权重"))
    assert [row[-3:] for row in rows(made) if "甲率" in row] == [["10", "是", "8"]]
    assert "指标解释" not in text


def test_tasks_and_other_fields_have_their_sections() -> None:
    text = shown(department())
    assert "年度主要任务" in text
    assert "部门负责人" in text
