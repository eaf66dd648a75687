"""`shenbao layouts draft`: a form that nobody described teaches its layout, and the next one of its kind is accepted."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from normalize.text.own_data import VARIABLE
from shenbao.cli import cli
from shenbao.exits import BAD_DATA, NO_INPUT

_WRONG_USAGE = 2
"""What click gives for wrong usage; the program itself exits with 64."""
Table = Sequence[Sequence[str | float | None]]


@dataclass(frozen=True)
class Filled:
    """What a made-up form says."""

    whose: str
    name: str
    amounts: tuple[float, float]
    indicators: tuple[tuple[str, str], ...]


FIRST = Filled("东屿县渔业局", "渔港补助", (500.5, 250), (("建成防波堤", "≥200米"), ("验收合格率", "100%")))
NEXT = Filled(
    "西岭县林业局",
    "森林防火",
    (86, 12.25),
    (("巡护里程", "≥3000公里"), ("火灾受害率", "≤0.5%"), ("群众满意度", "≥92%")),
)


def card(filled: Filled) -> Table:
    """A project's card with words of its own: 挂帅部门, 落地单位, 钱从哪里来."""
    return [
        ["专项经费绩效目标卡"],
        ["专项名称", filled.name, "挂帅部门", filled.whose],
        ["落地单位", f"{filled.whose}服务站", "计划工期", "2026年3月至2026年11月"],
        ["经费总额（万元）", sum(filled.amounts)],
        ["省级补助", filled.amounts[0], "县级配套", filled.amounts[1]],
        ["年度绩效目标", f"完成{filled.name}工作"],
        ["绩效指标", "一级指标", "二级指标", "指标内容", "目标值", "分值"],
        *([None, "产出指标", "数量指标", name, target, 10] for name, target in filled.indicators),
    ]


def sheet(filled: Filled) -> Table:
    """A department's form with what it does, its money in pairs, and a 说明 that says nothing."""
    return [
        ["部门整体绩效计划表"],
        ["预算部门", filled.whose, "经办人", "周明远"],
        ["按来源分", None, "按用途分", None],
        ["一般公共预算收入", filled.amounts[0], "基本支出", filled.amounts[1]],
        ["部门主要职责", f"1、办理{filled.name}。2、完成其他任务。"],
        ["部门年度总目标", f"完成{filled.name}工作"],
        ["年度绩效指标", "一级指标", "二级指标", "三级指标", "计划值", "计算说明"],
        *([None, "效益指标", "社会效益指标", name, target, "按月统计"] for name, target in filled.indicators),
    ]


def matrix(filled: Filled) -> Table:
    """All projects of a unit in one table; the second one is always the same."""
    rows: list[list[str | float | None]] = [
        [None, None, None, "产出指标", "数量指标", *each] for each in filled.indicators
    ]
    rows[0][:3] = [filled.whose, filled.name, filled.amounts[0]]
    return [
        ["项目绩效目标总表"],
        ["单位名称", "子项目名称", "安排资金", "一级指标", "二级指标", "三级指标", "指标值"],
        *rows,
        [None, "日常运转", 30, "效益指标", "社会效益指标", "保障运转", "正常"],
    ]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of a bureau; what `--data` sets is taken back after the test."""
    monkeypatch.setenv(VARIABLE, "")
    return tmp_path / "data"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)])


def save(table: Table, path: Path) -> Path:
    book = openpyxl.Workbook()
    (page,) = book.worksheets
    for row in table:
        page.append(list(row))
    book.save(path)
    return path


def extract(file: Path, *more: str | Path) -> dict[str, Any]:
    run("extract", file, "-o", file.parent, "-q", *more)
    found: dict[str, Any] = json.loads(file.with_name(f"{file.name}.json").read_text("utf-8"))
    return found


def lines_apart(one: str, other: str) -> int:
    before = one.splitlines()
    return sum(line not in before for line in other.splitlines())


@pytest.mark.parametrize(
    ("make", "corrections"),
    [
        (
            card,
            {
                "  project: [专项名称]": "  project: [专项名称]\n  department: [挂帅部门]\n  unit: [落地单位]\n  period: [计划工期]",
                "absent: [department, unit]\n": "",
            },
        ),
        (sheet, {"fields:": "fields:\n  other: [按来源分, 按用途分]"}),
        (matrix, {}),
    ],
    ids=["a project's card", "a department's sheet", "a matrix of projects"],
)
def test_a_draft_corrected_in_ten_lines_reads_the_next_form_exactly(
    make: Callable[[Filled], Table], corrections: dict[str, str], data: Path, tmp_path: Path
) -> None:
    first, other = save(make(FIRST), tmp_path / "first.xlsx"), save(make(NEXT), tmp_path / "next.xlsx")
    assert extract(first)["status"] == "review"
    path = data / "layouts" / "our-form.yaml"
    assert run("layouts", "draft", f"{first}.json", "-o", path).exit_code == 0
    drafted = corrected = path.read_text("utf-8")
    for before, after in corrections.items():
        assert before in corrected
        corrected = corrected.replace(before, after, 1)
    assert lines_apart(drafted, corrected) <= 10
    path.write_text(corrected, "utf-8")
    assert run("layouts", "check", path).exit_code == 0
    found = extract(other, "--data", data)
    assert (found["status"], {form["layout"] for form in found["forms"]}) == ("accepted", {"our-form"})
    assert says(found["forms"][0]["data"]) == says_of(make, NEXT)


def says(form: dict[str, Any]) -> dict[str, Any]:
    """What the three kinds of forms have in common."""
    budget = form.get("budget") or {"income": form.get("sources"), "expenditure": []}
    return {
        "whose": form.get("department") or form["unit"],
        "name": form.get("project"),
        "amounts": [line["amount"] for line in (*budget["income"], *budget["expenditure"])]
        or [form["total_budget"]],
        "indicators": [(row["level3"], row["target"]["text"]) for row in form["annual"]["indicators"]],
    }


def says_of(make: Callable[[Filled], Table], filled: Filled) -> dict[str, Any]:
    return {
        "whose": filled.whose,
        "name": None if make is sheet else filled.name,
        "amounts": list(filled.amounts[: 1 if make is matrix else 2]),
        "indicators": list(filled.indicators),
    }


def test_a_form_that_is_known_needs_no_draft(data: Path, tmp_path: Path) -> None:
    known = [
        ["项目支出绩效目标表"],
        ["项目名称", "普法", "项目期", "1年"],
        ["主管部门及代码", "司法局", "实施单位", "司法局"],
    ]
    table = [*known, ["年度目标", "普法"], ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]]
    result = run("layouts", "draft", save(table, tmp_path / "known.xlsx"), "-o", data / "ours.yaml")
    assert (result.exit_code, "layouts explain" in result.output) == (BAD_DATA, True)


def test_the_file_of_a_result_must_be_there_and_unchanged(data: Path, tmp_path: Path) -> None:
    first = save(card(FIRST), tmp_path / "first.xlsx")
    extract(first)
    save(card(NEXT), first)
    draft = ("layouts", "draft", f"{first}.json", "-o", data / "ours.yaml")
    assert run(*draft).exit_code == BAD_DATA
    first.rename(tmp_path / "away.xlsx")
    gone = run(*draft)
    assert (gone.exit_code, "--source" in gone.output) == (NO_INPUT, True)
    assert run(*draft, "--source", tmp_path / "away.xlsx").exit_code == 0


@pytest.mark.parametrize("name", ["Our Form.yaml", "ours.yml"])
def test_a_draft_has_a_name_that_a_layout_may_have(name: str, data: Path, tmp_path: Path) -> None:
    result = run("layouts", "draft", save(card(FIRST), tmp_path / "first.xlsx"), "-o", data / name)
    assert (result.exit_code, "our-form-2027.yaml" in result.output) == (_WRONG_USAGE, True)


def test_a_draft_overwrites_nothing(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("mine", "utf-8")
    assert (
        run("layouts", "draft", save(card(FIRST), tmp_path / "first.xlsx"), "-o", path).exit_code
        == _WRONG_USAGE
    )
    assert path.read_text("utf-8") == "mine"
