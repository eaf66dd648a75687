"""Which column is which under headings of one row or several, and where the table ends."""

from __future__ import annotations

from extract.transcripts.markup import text_to_pieces
from normalize.form.layouts import layouts
from normalize.form.parts.columns.headings import Heading
from normalize.form.parts.reader import first_heading
from normalize.form.physical_rows import pieces_to_rows

LAYOUTS = {layout.name: layout for layout in layouts()}
TASKS = """\
年度主要任务\t任务名称\t主要内容\t预算金额（万元）
\t\t\t总额\t财政拨款\t其他资金
\t日常运转\t办公费\t58.2\t58.2\t0
年度总体目标\t保障运转
"""


def heading(text: str, layout: str) -> Heading:
    found = first_heading(pieces_to_rows(text_to_pieces(text)), LAYOUTS[layout])
    assert found is not None
    return found


def test_the_lowest_heading_names_a_column() -> None:
    found = heading(TASKS, "sichuan-2025")
    assert (found.start, found.body, found.end, found.table) == (0, 2, 3, "tasks")
    assert list(found.columns) == ["name", "content", "amount", "fiscal", "other"]


def test_a_row_with_as_many_cells_goes_by_order() -> None:
    found = heading(TASKS, "sichuan-2025")
    row = pieces_to_rows(text_to_pieces(TASKS))[2]
    assert {name: slot.text for name, slot in found.cells(row).items()}["fiscal"] == "58.2"


def test_two_texts_beside_labels_are_no_heading() -> None:
    rows = pieces_to_rows(text_to_pieces("项目名称\t普法\n项目类别\t特定目标类\t项目性质\t阶段性项目\n"))
    assert first_heading(rows, LAYOUTS["by-labels-project"]) is None


def test_goals_side_by_side_are_no_heading() -> None:
    rows = pieces_to_rows(text_to_pieces("总体目标\t中期目标\t年度目标\n\t建成体系\t完成任务\n"))
    assert first_heading(rows, LAYOUTS["by-labels-project"]) is None


INDICATORS = """\
年度绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t管理效率\t绩效管理\t绩效目标合理性\t合理
\t\t\t绩效目标完成率\t≥95%
年度目标\t保障运转
"""


def test_a_name_that_begins_like_a_label_ends_no_table() -> None:
    found = heading(INDICATORS, "by-labels-department")
    assert (found.body, found.end) == (1, 3)


def test_a_guessed_label_as_wide_as_the_table_ends_it() -> None:
    rows = "职责\t主要内容\t预算金额\n清淤\t渠道清淤\t300\n三、部门整体支出绩效指标\n"
    found = heading(rows, "by-labels-department")
    assert (found.table, found.end) == ("tasks", 2)
