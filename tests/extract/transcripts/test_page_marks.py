"""What pages and mails add to a text."""

from __future__ import annotations

import pytest

from extract.transcripts.page_marks import without_page_marks

ROWS = "\n".join(f"指标{n}\t95%\t基本型" for n in range(12))


@pytest.mark.parametrize(
    "mark", ["--- 第 2 页 / 共 6 页 ---", "— 2 —", "=== Page 2 ===", "[第2页]", "-2-", "Page 2 of 6"]
)
def test_marks_of_pages_are_blank_lines(mark: str) -> None:
    assert without_page_marks(f"职能\n{mark}\n任务") == "职能\n\n任务"


@pytest.mark.parametrize("line", ["2", "第2页说明", "-5", "—", "第二页", "-5\t-2"])
def test_other_lines_stay(line: str) -> None:
    assert without_page_marks(f"职能\n{line}\n任务") == f"职能\n{line}\n任务"


def test_running_titles_with_the_number_of_their_page_go() -> None:
    pages = "".join(f"江阳县审计局2026年部门预算　　{n}\n{ROWS}\n申报表（续）\n" for n in (3, 4, 5))
    assert "部门预算" not in without_page_marks(pages)
    assert "续" not in without_page_marks(pages)


def test_lines_that_come_again_in_a_table_of_lines_are_its_cells() -> None:
    text = "\n".join(f"业务培训人次\n≥{n}人次以上\n计划标准" for n in (20, 30, 40))
    assert without_page_marks(text) == text


def test_a_mail_that_is_quoted_is_read_without_its_marks() -> None:
    assert without_page_marks("> 名称\t审计局\n>\n> 电话\t6012345") == "名称\t审计局\n\n电话\t6012345"


def test_a_comparison_at_the_start_of_a_line_is_no_quotation() -> None:
    text = "覆盖率\n>90%\n满意度\n95%"
    assert without_page_marks(text) == text


def test_what_stands_beside_the_marks_of_two_pages_is_their_head() -> None:
    pages = "".join(f"{ROWS}\n\n## 第{n}页\n\n江阳县审计局\n\n附件2\n" for n in (2, 3))
    kept = without_page_marks(f"附件2\n{pages}{ROWS}\n备注")
    assert (kept.count("附件2"), kept.count("审计局"), kept.count("备注")) == (1, 0, 1)


def test_a_mail_quoted_twice_loses_both_marks() -> None:
    assert without_page_marks("> > 项目\t金额\n> > 设备\t5") == "项目\t金额\n设备\t5"
