"""Whole forms: small changes of the layout that must not change what is read."""

from __future__ import annotations

from models.declaration import DepartmentOverall
from models.submission import DepartmentForm
from shenbao.pipeline import read_bytes, read_submission
from shenbao.readers import Settings
from tests.places import SAMPLES

TEXT = (SAMPLES / "jiaotong-ocr.md").read_text("utf-8")


def form(text: str) -> DepartmentForm:
    result = read_bytes(text.encode(), "a.md", Settings())
    assert isinstance(result.forms[0], DepartmentForm)
    return result.forms[0]


def read(text: str) -> DepartmentOverall:
    return form(text).data


def test_the_same_form_gives_the_same_data_from_every_kind_of_file() -> None:
    names = ("jiaotong-chrome.pdf", "jiaotong-writer.pdf", "jiaotong-word.docx", "jiaotong-sheet.xlsx")
    first, *others = (read_submission(SAMPLES / name, Settings()).forms[0].data for name in names)
    assert all(other == first for other in others)


def test_a_label_may_stand_above_its_text() -> None:
    above = TEXT.replace("部门职能概述\t", "部门职能概述\n\t").replace("年度工作任务\t", "年度工作任务\n\t")
    assert above != TEXT
    assert (read(above).functions, read(above).annual_tasks) == (
        read(TEXT).functions,
        read(TEXT).annual_tasks,
    )


def test_the_first_row_printed_again_on_a_page_interrupts_no_table() -> None:
    first = "\t履职效能\t核心业务产出1\t县乡道改造里程\t≥30"
    again = TEXT.replace(first, f"部门(单位)名称\t江阳县交通运输局\n{first}")
    assert again != TEXT
    assert read(again) == read(TEXT)


def test_one_line_may_hold_several_fields() -> None:
    line = TEXT.replace(
        "填报日期: 2025 年 10 月 22 日\n\n单位: 万元", "填报日期: 2025 年 10 月 22 日  单位: 万元"
    )
    assert line != TEXT
    assert (read(line).filled_on, read(line).money_unit) == ("2025-10-22", "万元")


def test_a_title_in_two_lines_is_one() -> None:
    broken = TEXT.replace("部门整体绩效目标申报表", "部门整体绩效\n目标申报表", 1)
    assert broken != TEXT
    assert read(broken).title == read(TEXT).title


def test_a_form_without_its_title_is_told() -> None:
    without = form(TEXT.replace("部门整体绩效目标申报表", "", 1))
    assert without.data.title is None
    assert ("missing-value", "/title") in {(finding.code, finding.path) for finding in without.findings}
