"""The goals side by side, and until when the long term lasts."""

from __future__ import annotations

import pytest

from normalize.notes.notes import Read
from normalize.read.summaries import Summaries, read_summaries, read_until_year
from tests.normalize.read.marked_rows import codes, mark, unread


def summaries(text: str) -> Read[Summaries]:
    return read_summaries(mark(text, "summary"))


SUMMARY = "整体绩效总目标\t长期目标（截止2030年）\t\t年度目标\n"


@pytest.mark.parametrize("row", ["\t{}\t\t{}", "\t{}\t{}", "{}\t\t{}", "\t\t{}\t\t\t{}"])
def test_two_texts_are_the_two_summaries_in_order(row: str) -> None:
    text = row.format("提升基层司法所办案能力，群众满意度持续提高", "提升办案效率，推动司法资源优化配置")
    read = summaries(f"{SUMMARY}{text}\n")
    assert (read.value.long_term, read.value.annual) == (
        "提升基层司法所办案能力，群众满意度持续提高",
        "提升办案效率，推动司法资源优化配置",
    )
    assert codes(read.notes) == set()


def test_one_text_belongs_to_the_label_above_it_and_is_doubted() -> None:
    read = summaries(SUMMARY + "\t\t\t提升办案效率，推动司法资源优化配置\n")
    assert (read.value.long_term, read.value.annual) == (None, "提升办案效率，推动司法资源优化配置")
    assert codes(read.notes) == {
        ("missing-value", "/long_term/summary"),
        ("ambiguous-cell", "/annual/summary"),
    }


def test_no_summary_is_two_findings() -> None:
    assert codes(read_summaries(()).notes) == {
        ("missing-value", "/long_term/summary"),
        ("missing-value", "/annual/summary"),
    }


def test_a_blank_year_is_no_summary() -> None:
    head = "整体绩效总目标\t长期目标（截止  年）\t\t年度目标\n"
    text = "\t筑牢气象防灾减灾第一道防线\t\t提高预报预警准确率和服务水平\n"
    assert summaries(head + text).value == Summaries(
        "筑牢气象防灾减灾第一道防线", "提高预报预警准确率和服务水平"
    )


@pytest.mark.parametrize("year", ["2030年", "2030 年", "２０３０年"])
def test_the_year_of_the_long_term(year: str) -> None:
    read = read_until_year(mark(SUMMARY.replace("2030年", year)))
    assert read.value == 2030
    assert codes(read.notes) == set()


def test_two_years_of_the_long_term_are_a_doubt() -> None:
    rows = mark(
        SUMMARY + "\t提升办案能力\t\t提升办案效率\n长期目标：（截止2031年）\t1、推进普法 2、化解纠纷\n"
    )
    read = read_until_year(rows)
    assert read.value == 2030
    assert codes(read.notes) == {("ambiguous-cell", "/long_term/until_year")}


def test_a_summary_that_could_not_be_read_is_nothing_and_told() -> None:
    text = "\t提升基层司法所办案能力，群众满意度持续提高\t\t提升办案效率，推动司法资源优化配置\n"
    rows = unread(mark(SUMMARY + text, "summary"), "提升办案效率，推动司法资源优化配置")
    read = read_summaries(rows)
    assert read.value.annual is None
    assert ("missing-value", "/annual/summary") in codes(read.notes)
