"""Merged cells that a text lost, or repeats, put back under the headings of any layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from extract.transcripts.markup import text_to_pieces
from normalize.form.layouts import layouts
from normalize.form.parts.columns.lost_cells import with_lost_cells
from normalize.form.parts.found import PartRow
from normalize.form.parts.reader import rows_to_parts
from normalize.form.physical_rows import pieces_to_rows

LAYOUTS = {layout.name: layout for layout in layouts()}
HEADING = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n"
LOST = HEADING + "产出指标\t数量指标\t培训人次\t≥100人\n质量指标\t合格率\t95%\n及格率\t98%\n"
PROOF = "满意度指标\t服务对象满意度指标\t学员满意度\t≥90%\n"


def table(text: str, layout: str = "by-labels-project") -> list[dict[str, str]]:
    """The rows of the first table of a text, each with its texts by column."""
    found = rows_to_parts(pieces_to_rows(text_to_pieces(text)), LAYOUTS[layout])
    return [_texts(row) for row in found.tables[0].rows]


def _texts(row: PartRow) -> dict[str, str]:
    return {column: slot.text for column, slot in row.cells.items()}


def names(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, str, str, str]]:
    columns = ("level1", "level2", "level3", "target")
    return [tuple(row.get(column, "") for column in columns) for row in rows]  # type: ignore[misc]


READ = [
    ("产出指标", "数量指标", "培训人次", "≥100人"),
    ("产出指标", "质量指标", "合格率", "95%"),
    ("产出指标", "质量指标", "及格率", "98%"),
    ("满意度指标", "服务对象满意度指标", "学员满意度", "≥90%"),
]


def test_rows_that_lost_their_levels_stand_under_their_columns() -> None:
    assert names(table(LOST + PROOF)) == READ


def test_labels_and_levels_that_are_repeated_in_every_row_are_the_same_table() -> None:
    repeated = HEADING + "".join(f"绩效指标\t{chr(9).join(row)}\n" for row in READ)
    assert names(table(repeated)) == READ


def test_a_last_row_that_no_level_proves_is_left_to_be_doubted() -> None:
    """It may be another label with its answer, which no layout knows."""
    rows = pieces_to_rows(text_to_pieces(LOST + PROOF + "其他说明\t无\n"))
    assert with_lost_cells(rows, LAYOUTS["by-labels-project"])[-1] == rows[-1]


def test_rows_that_contradict_the_headings_are_left_as_they_are() -> None:
    """A level under the names of indicators says that cells on the right were lost, not on the left."""
    rows = pieces_to_rows(text_to_pieces(HEADING + "产出指标\t数量指标\t培训人次\n数量指标\t培训\n"))
    assert with_lost_cells(rows, LAYOUTS["by-labels-project"]) == rows


def test_a_row_that_ends_with_a_blank_begins_where_its_level_says() -> None:
    head, *rows = (LOST + PROOF).splitlines()
    text = "".join(f"{row}\t\n" for row in rows)
    assert names(table(f"{head}\t备注\n{text}"))[0] == READ[0]


YEARS = (
    "年度绩效目标表\t一级指标\t二级指标\t三级指标\t指标值\t指标值确定依据\n"
    "前年\t上年\t预计当年实现\n"
    "产出指标\t数量指标\t帮扶人数\t120人\t138人\t≥150人\t历史标准\n"
)


def test_a_second_row_of_headings_parts_the_column_that_it_may_stand_under() -> None:
    (row,) = table(YEARS, "hubei-project")
    assert row == {
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "帮扶人数",
        "year_before_last": "120人",
        "last_year": "138人",
        "target": "≥150人",
        "basis": "历史标准",
    }


TASKS = (
    "年度主要任务\t任务名称\t主要内容\t预算金额（万元）\n"
    "总额\t财政拨款\t其他资金\n"
    "人员工资\t保障人员工资\t412.36\t400\t12.36\n"
    "金额合计\t412.36\t400\t12.36\n"
)


@pytest.mark.parametrize("label", ["", "年度主要任务\t"], ids=["lost", "repeated"])
def test_tasks_beside_their_label_and_their_sum(label: str) -> None:
    head, second, *rows = TASKS.splitlines(keepends=True)
    above = "年度主要任务\t任务名称\t主要内容\t" if label else ""
    text = head + above + second + "".join(label + row for row in rows)
    task = table(text, "sichuan-2025")[0]
    assert (task["name"], task["content"], task["amount"]) == ("人员工资", "保障人员工资", "412.36")


def test_a_label_that_a_program_wrote_into_each_of_its_cells_is_one() -> None:
    text = (
        "|项目名称|项目名称|普法|普法|\n|---|---|---|---|\n|主管部门|主管部门|司法局|司法局|\n"
        "|实施单位|实施单位|法援中心|法援中心|\n|项目性质|项目性质|其他|其他|\n"
    )
    rows = pieces_to_rows(text_to_pieces(text))
    assert [[slot.text for slot in row.slots[:2]] for row in rows][:2] == [["项目名称", ""], ["主管部门", ""]]


def test_two_levels_of_one_name_stay_two() -> None:
    rows = pieces_to_rows(
        text_to_pieces("满意度指标\t满意度指标\t群众满意度\t95%\n产出指标\t数量指标\t人次\t3\n")
    )
    assert [slot.text for slot in rows[0].slots[:2]] == ["满意度指标", "满意度指标"]
