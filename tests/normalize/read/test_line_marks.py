"""Bullets, letters and bare numbers before the lines of a list."""

from __future__ import annotations

import pytest

from normalize.read.line_marks import without_line_marks


@pytest.mark.parametrize(
    "marks",
    [
        ("●", "●"),
        ("- ", "- "),
        ("——", "——"),
        ("a）", "b）"),
        ("A. ", "B. "),
        ("I. ", "II. "),
        ("Ⅰ、", "Ⅱ、"),
        ("（i）", "（ii）"),
        ("第一，", "第二，"),
        ("1 ", "2 "),
        ("■　", "■　"),
    ],
)
def test_marks_of_one_kind_are_no_part_of_the_items(marks: tuple[str, str]) -> None:
    assert without_line_marks([marks[0] + "推进普法", marks[1] + "化解纠纷"]) == ["推进普法", "化解纠纷"]


@pytest.mark.parametrize(
    "lines",
    [
        ["推进普法", "化解纠纷"],
        ["●推进普法", "化解纠纷"],
        ["B超室改造", "A座维修"],
        ["-3%以内", "-5%以内"],
        ["2 号楼改造"],
        ["X光室改造", "V型渠维修"],
        ["I、类项目"],
        ["第一，普法", "第三，讲座"],
        [],
    ],
)
def test_what_may_be_text_stays(lines: list[str]) -> None:
    assert without_line_marks(lines) == lines
