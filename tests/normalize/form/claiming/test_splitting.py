"""Several forms in a file: each begins at its title, its sheet or its project, and nothing of one reaches another."""

from __future__ import annotations

from extract.transcripts.markup import text_to_pieces
from models.document import TextLine
from models.grid import Cell, Grid, Place
from normalize.form.claiming.splitting import split_forms
from normalize.form.physical_rows import Row, pieces_to_rows
from tests.normalize.form.claiming.test_claims import DEPARTMENT, NEW_BUDGET, PROJECT, TITLE


def rows(text: str) -> tuple[Row, ...]:
    return pieces_to_rows(text_to_pieces(text))


def firsts(text: str) -> list[str]:
    """The first text of each form."""
    return [part[0].filled[0].text for part in split_forms(rows(text))]


def test_a_title_with_a_department_begins_a_new_form() -> None:
    parts = split_forms(rows((TITLE + DEPARTMENT + NEW_BUDGET) * 2))
    assert [len(part) for part in parts] == [8, 8]


def test_a_title_printed_again_on_the_next_page_does_not() -> None:
    assert len(split_forms(rows(TITLE + DEPARTMENT + NEW_BUDGET + TITLE + "年度工作任务\t完成审计\n"))) == 1


def test_no_rows_are_no_form() -> None:
    assert split_forms(()) == ()


def test_forms_of_different_kinds_stand_in_any_order() -> None:
    department = TITLE + DEPARTMENT + NEW_BUDGET
    assert firsts(department + PROJECT) == ["部门整体绩效目标申报表", "项目支出绩效目标表"]
    assert firsts(PROJECT + department + PROJECT) == [
        "项目支出绩效目标表",
        "部门整体绩效目标申报表",
        "项目支出绩效目标表",
    ]


def test_projects_of_the_department_form_begin_no_form() -> None:
    table = "项目支出情况\t项目名称\t支出项目类别\t项目总预算\t项目本年度预算\n\t普法\t本级特定目标\t64\t64\n"
    assert len(split_forms(rows(TITLE + DEPARTMENT + NEW_BUDGET + table))) == 1


def grid(*lines: tuple[str, ...], sheet: str = "Sheet1") -> Grid:
    cells = tuple(
        Cell(r, c, text, Place(part=f"{sheet}!{'ABCD'[c]}{r + 1}"))
        for r, line in enumerate(lines)
        for c, text in enumerate(line)
    )
    return Grid(cells, len(lines), 4, "ruled", reader="word")


def test_another_table_that_names_another_project_begins_a_form() -> None:
    one, other = (grid(("项目名称", name), ("实施单位", "江阳县司法局")) for name in ("普法", "法律援助"))
    line = TextLine("二、第二个项目", Place(), "word")
    assert [len(part) for part in split_forms(pieces_to_rows([one, line, other]))] == [3, 2]


def test_another_sheet_begins_a_form() -> None:
    pages = [grid(("部门名称", name), ("联系电话", "0714-1"), sheet=name) for name in ("审计局", "司法局")]
    assert [len(part) for part in split_forms(pieces_to_rows(pages))] == [2, 2]


def test_a_second_sheet_that_goes_on_with_the_form_begins_none() -> None:
    pages = [
        grid(("部门名称", "审计局"), ("联系电话", "0714-1"), sheet="一"),
        grid(("年度工作任务", "完成审计"), sheet="二"),
    ]
    assert len(split_forms(pieces_to_rows(pages))) == 1


def test_projects_one_under_another_in_one_table_are_a_form_each() -> None:
    table = PROJECT.partition("\n")[2]
    other = table.replace("法治宣传", "法律援助")
    assert [len(part) for part in split_forms(rows(table + other))] == [6, 6]


def test_a_head_that_is_printed_again_on_the_next_page_begins_no_form() -> None:
    table = PROJECT.partition("\n")[2]
    assert len(split_forms(rows(table + "项目名称\t法治宣传\n\t效益指标\t社会效益指标\t意识\t提升\n"))) == 1


PROJECT_TABLE = PROJECT.partition("\n")[2]
HEADLESS = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n\t产出指标\t数量指标\t修路\t≥3公里\n"


def test_a_project_without_a_title_begins_after_the_department() -> None:
    indicators = (
        "年度绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n\t履职效能\t核心业务产出1\t审计\t≥12次\n"
    )
    parts = split_forms(rows(TITLE + DEPARTMENT + NEW_BUDGET + indicators + PROJECT_TABLE))
    assert [part[0].filled[0].text for part in parts] == ["部门整体绩效目标申报表", "项目名称"]


def test_the_second_half_of_a_form_is_parted_from_the_next_one() -> None:
    assert firsts(HEADLESS + PROJECT) == ["绩效指标", "项目支出绩效目标表"]


def test_a_matrix_of_projects_begins_a_form() -> None:
    matrix = "项目支出绩效目标表\n单位\t项目名称\t一级指标\t二级指标\t三级指标\t指标值\n档案馆\t扫描\t产出指标\t数量指标\t页数\t≥9页\n"
    assert firsts(TITLE + DEPARTMENT + NEW_BUDGET + matrix) == [
        "部门整体绩效目标申报表",
        "项目支出绩效目标表",
    ]


def test_forms_side_by_side_are_taken_one_after_the_other() -> None:
    names = ("普法", "法律援助")
    lines = [
        tuple(f"{text}" for name in names for text in (label, f"{name}{value}"))
        for label, value in (("项目名称", ""), ("实施单位", "中心"), ("项目期", "1年"), ("年度目标", "完成"))
    ]
    parts = split_forms(pieces_to_rows((grid(*lines),)))
    assert [[slot.text for slot in part[0].filled] for part in parts] == [
        ["项目名称", "普法"],
        ["项目名称", "法律援助"],
    ]
    assert {slot.column for part in parts for row in part for slot in row.slots} == {0, 1}
