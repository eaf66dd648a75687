"""Other readers beside ours: the plain mapping on small tables, the baselines, the run with a peer that crashes."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.peers.__main__ import main, truths
from bench.peers.baselines import nothing, texts_to_data
from bench.peers.kinds import path_to_kind
from bench.peers.plain import items, reading_to_data
from bench.peers.reading import Cell, Reading, Table, boxes_to_table, rows_to_table
from bench.peers.registry import Peer, data_to_result, peer
from bench.peers.run import Run, Took, run
from bench.peers.tally import run_to_tally
from bench.peers.worker import main as work
from models.submission import submission_to_json
from shenbao.pipeline import read_submission
from shenbao.readers import Settings
from tests.places import SAMPLES

LONG = [
    ["年度目标：", "1、完成县乡道改造30公里 2、实施防护工程120公里"],
    ["", "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据", "指标分类"],
    ["", "", "", "", "近两年指标值", "预期当年实现值", "", ""],
    ["", "", "", "", "前年", "上年", "", ""],
    ["", "运行成本", "公用经费控制", "公用经费控制率", "97%", "98%", "98%", "预算支出标准", "基本型"],
    ["", "", "", "会议费控制率", "90%", "90%", "90%", "预算支出标准", "基本型"],
]
BUDGET = [
    ["部门总体资金情况", "总体资金情况", "当年金额", "占比", "近两年收支金额"],
    ["", "", "", "", "2024年", "2025年"],
    ["", "收入构成", "财政拨款", "4516.02", "100%", "4311.65", "4421.40"],
    ["", "", "单位资金", "", "", "", ""],
]


def bare(rows: Sequence[Sequence[str]]) -> Reading:
    return Reading((rows_to_table(rows, "bare"),))


def paper(*lines: Sequence[tuple[float, float, str]], first_row: int = 0) -> Table:
    """A table on paper, a line of (left, right, text) a row."""
    cells = [Cell(first_row + row, 1, *cell) for row, line in enumerate(lines) for cell in line]
    return Table(tuple(cells), "paper")


def columns(*texts: str) -> list[tuple[float, float, str]]:
    return [(80.0 * n, 80.0 * n + 80, text) for n, text in enumerate(texts)]


def test_names_left_out_below_a_merged_cell_are_filled_down() -> None:
    second = reading_to_data(bare(LONG))["annual"]["indicators"][1]
    assert (second["level1"], second["level2"], second["level3"]) == (
        "运行成本",
        "公用经费控制",
        "会议费控制率",
    )


def test_columns_of_bare_rows_count_from_the_right() -> None:
    first = reading_to_data(bare(LONG))["annual"]["indicators"][0]
    assert first["target"] == "98%"
    assert first["history"] == {"year_before_last": "97%", "last_year": "98%"}
    assert (first["basis"], first["category"]) == ("预算支出标准", "基本型")


def test_items_and_amounts_stand_below_their_headings() -> None:
    budget = reading_to_data(bare(BUDGET))["budget"]
    assert budget["history_years"] == [2024, 2025]
    assert budget["income"] == [
        {"item": "财政拨款", "amount": "4516.02", "share": "100%", "history": ["4311.65", "4421.40"]},
        {"item": "单位资金", "amount": None, "share": None, "history": [None, None]},
    ]


def test_a_cell_over_several_rows_stands_in_each() -> None:
    heads = columns(
        "长期绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据", "指标分类"
    )
    first = columns("", "满意度", "服务对象满意度", "办事群众满意度", "≥95%", "计划标准", "基本型")
    second = columns("", "", "", "联系部门满意度", "≥90%", "计划标准", "基本型")[3:]
    table = paper(heads, first, second)
    tall = tuple(
        Cell(cell.row, 2, cell.left, cell.right, cell.text)
        if cell.row == 1 and cell.left in (80, 160)
        else cell
        for cell in table.cells
    )
    indicators = reading_to_data(Reading((Table(tall, "paper"),)))["long_term"]["indicators"]
    assert [one["level2"] for one in indicators] == ["服务对象满意度", "服务对象满意度"]


def test_a_row_cut_by_the_page_goes_on_in_the_next_table() -> None:
    heads = columns(
        "长期绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据", "指标分类"
    )
    cut = columns("", "管理效率", "预算编制", "预算编制合理性", "重点项目预算有保障，", "计划标准", "基本型")
    rest = columns("", "", "", "", "项目之间不存在交叉重复", "", "")
    next_row = columns("", "", "", "立项规范性", "按规定程序设立", "计划标准", "基本型")
    data = reading_to_data(Reading((paper(heads, cut), paper(rest, next_row))))
    texts = [(one["level2"], one["target"]) for one in data["long_term"]["indicators"]]
    assert texts == [
        ("预算编制", "重点项目预算有保障，项目之间不存在交叉重复"),
        ("预算编制", "按规定程序设立"),
    ]


def test_a_label_that_differs_in_one_letter_is_not_known() -> None:
    misread = [["部门职能概迷", "1、贯彻执行法律法规"], ["年度工作任务", "1、完成改造"]]
    data = reading_to_data(bare(misread))
    assert (data["functions"], data["annual_tasks"]) == ([], ["完成改造"])


def test_a_list_is_cut_at_its_numbers_in_order() -> None:
    assert items("1、增长2.5个百分点；2、通车率100%") == ["增长2.5个百分点；", "通车率100%"]


def test_what_stands_above_the_table_is_read_in_any_form_of_letters() -> None:
    head = reading_to_data(Reading((), ("部⻔整体绩效⽬标申报表", "填报⽇期：2025年10⽉2⽇ 单位：万元")))
    assert (head["filled_on"], head["money_unit"]) == ("2025-10-02", "万元")


def test_edges_on_paper_within_the_tolerance_are_one() -> None:
    table = boxes_to_table([(0, 0, 50, 20, "高"), (50, 0.4, 90, 10, "上"), (50, 10.3, 90, 20.2, "下")], 2)
    assert [(cell.row, cell.row_span, cell.text) for cell in table.cells] == [
        (0, 2, "高"),
        (0, 1, "上"),
        (1, 1, "下"),
    ]


def test_the_plain_mapping_reads_the_word_sample_as_we_do() -> None:
    word = SAMPLES / "jiaotong-word.docx"
    ours: dict[str, Any] = json.loads(submission_to_json(read_submission(word, Settings())))
    plain = peer("python-docx").load()(word)
    tally = run_to_tally(Run((Took(word, 1, 0, 0, plain, None),), 0, 0), {word: ours["forms"][0]["data"]})
    assert (tally.exact, tally.silent, tally.invented) == (tally.fields, 0, 0)


def test_text_after_labels_takes_the_next_text() -> None:
    data = texts_to_data(["填报人", "陈立群", "联系电话", "0714-7322150", "年度目标：", "1、建成 2、通车"])
    assert data == {"preparer": "陈立群", "phone": "0714-7322150", "annual": {"goals": ["建成", "通车"]}}


def truth() -> dict[str, Any]:
    """A declaration with a name and a list, else blank."""
    budget: dict[str, Any] = {"history_years": [], "income": [], "expenditure": []}
    horizon: dict[str, Any] = {"summary": None, "goals": [], "indicators": []}
    head = dict.fromkeys(("title", "filled_on", "money_unit", "preparer", "phone"))
    lists = {"functions": ["贯彻执行法律法规", "负责公路建设"], "annual_tasks": [], "projects": []}
    return (
        head | lists | {"department": "交通运输局", "budget": budget, "long_term": horizon, "annual": horizon}
    )


def took(data: dict[str, Any]) -> Run:
    return Run((Took(Path("a.txt"), 2, 3.0, 4.0, data_to_result(data), None),), 0, 0)


def test_reading_nothing_is_right_where_the_form_is_blank_and_misses_the_rest() -> None:
    tally = run_to_tally(took(nothing(Path("a.txt"))), {Path("a.txt"): truth()})
    assert (tally.missed, tally.silent, tally.exact) == (3, 0, tally.fields - 3)


def test_a_wrong_text_without_a_finding_is_silent_and_times_are_per_page() -> None:
    read = {"department": "交通运愉局", "functions": ["贯彻执行法律法规", "负责公路建设"]}
    invented = {"projects": [{"name": "渡口管护"}]}
    tally = run_to_tally(took(read | invented), {Path("a.txt"): truth()})
    assert (tally.silent, tally.missed, tally.invented) == (1, 0, 1)
    assert (tally.cpu, tally.wall) == (1.5, 2.0)


def test_a_peer_that_raises_on_a_file_is_counted_and_named(tmp_path: Path) -> None:
    broken, out = tmp_path / "broken.docx", tmp_path / "out.jsonl"
    broken.write_bytes(b"no archive")
    work("python-docx", out, [str(broken)])
    loaded, answer = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert "error" not in loaded
    assert "PackageNotFoundError" in answer["error"] or "BadZipFile" in answer["error"]


def test_files_after_a_crash_of_the_whole_process_are_counted_and_named(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("", encoding="utf-8")

    def dying(one: Peer, out: Path, files: Sequence[Path]) -> list[str]:
        answered = json.dumps({"cpu": 0, "wall": 0.5})
        return [sys.executable, "-c", f"open({str(out)!r}, 'w').write({answered!r}); import os; os._exit(7)"]

    tally = run_to_tally(run(peer("nothing"), [file], dying), {file: truth()})
    assert tally.unread == ("a.txt: process ended with 7",)
    assert tally.start == 0.5


def test_forms_without_a_truth_are_left_out_and_none_at_all_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("", encoding="utf-8")
    assert truths(tmp_path, tmp_path) == {}
    with pytest.raises(SystemExit):
        main([str(tmp_path), str(tmp_path)])


def test_the_whole_run_prints_a_table_and_writes_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("\n".join(map("\t".join, LONG)), encoding="utf-8")
    (tmp_path / "a.truth.json").write_text(json.dumps(truth()), encoding="utf-8")
    figures = tmp_path / "figures.json"
    main(
        [str(tmp_path), str(tmp_path), "--peer", "split at tabs", "--peer", "nothing", "--json", str(figures)]
    )
    assert "split at tabs" in capsys.readouterr().out
    assert json.loads(figures.read_text(encoding="utf-8"))["text"]["split at tabs"]["invented"] == 2


@pytest.mark.parametrize(("name", "kind"), [("jiaotong-writer.pdf", "pdf"), ("jiaotong-sheet.xlsx", "xlsx")])
def test_kinds_of_files(name: str, kind: str) -> None:
    assert path_to_kind(SAMPLES / name) == kind
