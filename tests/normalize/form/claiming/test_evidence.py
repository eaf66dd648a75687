"""Labels of all layouts are found once in every row, with titles, headings and whose form it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.transcripts.markup import text_to_pieces
from normalize.form.claiming.evidence import RowEvidence, row_to_title, rows_to_evidence, unknown_labels
from normalize.form.physical_rows import Row, pieces_to_rows


def evidence(text: str) -> RowEvidence:
    return rows_to_evidence(pieces_to_rows(text_to_pieces(text)))[0]


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        ("部门整体绩效目标批复表（2026年度）\n", True),
        ("鄂东市2022年市直部门预算项目支出绩效目标表\n", True),
        ("部门收支总表\n", False),
        ("负责绩效目标的申报工作。\n", False),
        ("项目名称\t绩效目标管理系统\n", False),
    ],
)
def test_what_reads_like_the_name_of_a_form(text: str, is_title: bool) -> None:
    assert (row_to_title(pieces_to_rows(text_to_pieces(text))[0]) is not None) == is_title


def test_whose_form_it_is_stands_beside_the_label() -> None:
    answer = evidence("主管部门\t江阳县司法局\t项目名称\t普法\n").answer("project")
    assert answer is not None and answer.text == "普法"


def test_a_heading_of_columns_answers_nothing() -> None:
    one = evidence("项目名称\t支出项目类别\t项目总预算\t项目本年度预算\t项目主要支出方向和用途\n")
    assert one.is_heading and one.answer("project") is None


def test_a_year_that_stands_alone_is_no_label() -> None:
    assert evidence("2026年\n").hits == (None,)


def test_a_text_beside_headings_that_nobody_knows_is_an_unknown_label() -> None:
    one = evidence("一级指标\t二级指标\t三级指标\t指标值\t责任科室\n")
    assert unknown_labels([one]) == {"责任科室"}


def test_a_heading_that_could_not_be_read_is_no_label() -> None:
    one = evidence("一级指标\t二级指标\t三级指标\t指标值\t责任科室\n")
    unread = replace(one.row.slots[-1], text="", unread=True)
    row = Row((*one.row.slots[:-1], unread), one.row.number)
    assert unknown_labels([replace(one, row=row)]) == frozenset()
