"""The project table: names, categories, amounts and purposes, one project a row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.declaration import Project
from normalize.notes.notes import Read
from normalize.read.projects import read_projects
from tests.normalize.read.marked_rows import LAYOUT, TITLE, codes, mark, unread

HEAD = "项目支出情况\t项目名称\t支出项目类别\t项目总预算\t项目本年度预算\t项目主要支出方向和用途\n"
ROWS = """\
\t农村公路养护\t本级特定目标\t120\t60.5\t日常养护、水毁修复和绿化
\t治超站运行\t本级特定目标\t64\t64\t治超站点维护和执法装备更新
"""


def projects(text: str) -> Read[tuple[Project, ...]]:
    return read_projects(mark(TITLE + HEAD + text, "projects"), LAYOUT)


def test_every_row_is_a_project() -> None:
    read = projects(ROWS)
    assert [project.name for project in read.value] == ["农村公路养护", "治超站运行"]
    first = read.value[0]
    assert (first.total_budget, first.annual_budget) == (Decimal(120), Decimal("60.5"))
    assert (first.category, first.purpose) == ("本级特定目标", "日常养护、水毁修复和绿化")
    assert codes(read.notes) == set()


def test_strokes_beside_a_project_are_not_its_name() -> None:
    read = projects(ROWS.replace("\t农村公路养护", "ì1\t农村公路养护"))
    assert read.value[0].name == "农村公路养护"
    assert ("dropped-cell", "/projects/0/name") in codes(read.notes)


def test_a_misread_category_is_repaired() -> None:
    read = projects(ROWS.replace("本级特定目标\t120", "木级特定目标\t120"))
    assert read.value[0].category == "本级特定目标"
    assert [repair.path for repair in read.notes.repairs] == ["/projects/0/category"]


def test_another_category_is_kept() -> None:
    read = projects(ROWS.replace("本级特定目标\t120", "基本建设\t120"))
    assert read.value[0].category == "基本建设"


def test_a_blank_amount_is_nothing_and_told() -> None:
    read = projects(ROWS.replace("\t60.5\t", "\t\t"))
    assert read.value[0].annual_budget is None or read.value[0].total_budget is None
    assert {path for _, path in codes(read.notes)} & {
        "/projects/0/annual_budget",
        "/projects/0/total_budget",
    }


def test_projects_whose_amounts_are_not_printed_stay_apart() -> None:
    head = HEAD.replace("项目总预算\t项目本年度预算\t", "")
    rows = (
        "\t农村公路养护经费\t本级特定目标\t用于全县农村公路日常养护、小修保养及水毁修复\n"
        "\t超限治理经费\t本级特定目标\t治超站点运行维护、执法人员劳务及检测设备检定\n"
        "\t城乡公交补贴\t本级特定目标\t城乡公交线路运营亏损补贴\n"
    )
    read = read_projects(mark(TITLE + head + rows, "projects"), LAYOUT)
    assert [project.name for project in read.value] == ["农村公路养护经费", "超限治理经费", "城乡公交补贴"]
    assert {("missing-value", f"/projects/{n}/total_budget") for n in range(3)} <= codes(read.notes)


def test_an_amount_that_is_none_is_told_at_its_place() -> None:
    read = projects(ROWS.replace("60.5", "60.5.1"))
    assert read.value[0].annual_budget is None
    assert ("unparsed-value", "/projects/0/annual_budget") in codes(read.notes)


def test_no_project_is_told() -> None:
    assert codes(read_projects((), LAYOUT).notes) == {("missing-value", "/projects")}


@pytest.mark.parametrize(
    ("text", "name"),
    [("农村公路养护", "name"), ("日常养护、水毁修复和绿化", "purpose"), ("60.5", "annual_budget")],
)
def test_a_cell_that_could_not_be_read_is_nothing_and_told(text: str, name: str) -> None:
    read = read_projects(unread(mark(TITLE + HEAD + ROWS, "projects"), text), LAYOUT)
    assert getattr(read.value[0], name) is None
    assert ("missing-value", f"/projects/0/{name}") in codes(read.notes)


def test_two_rows_that_were_read_as_one_are_doubted() -> None:
    upper = "\t农村公路养护\t本级特定\t八AI\t\t日常养护、水毁修复和\n"
    read = projects(upper + "\t及桥梁维修\t目标\t\t\t绿化\n")
    assert len(read.value) == 1
    assert ("ambiguous-row", "/projects/0") in codes(read.notes)


def test_a_text_that_goes_on_in_the_next_row_is_not() -> None:
    upper = "\t农村公路养护\t本级特定目标\t120\t60.5\t日常养护、水毁修复和\n"
    read = projects(upper + "\t\t\t\t\t绿化\n")
    assert read.value[0].purpose == "日常养护、水毁修复和绿化"
    assert codes(read.notes) == set()
