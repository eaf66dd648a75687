"""The example in docs/layouts.md is a layout, and every name that the page lists is one that a layout may have."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from extract.transcripts.markup import text_to_pieces
from normalize.form.layouts import file_to_layout
from normalize.form.parts.reader import rows_to_parts
from normalize.form.physical_rows import pieces_to_rows
from normalize.form.store import FieldName, SectionName, TableName, read_layout_file
from tests.places import ROOT

PAGE = (ROOT / "docs" / "layouts.md").read_text("utf-8")
FORM = """\
部门整体绩效目标表
部门名称\t江阳县水利局\t在职人数\t32
年度重点任务\t任务名称\t主要内容\t总额\t财政拨款\t其他资金
\t堤防维护\t巡查\t58.2\t58.2\t0
\t金额合计\t\t58.2\t58.2\t0
年度绩效指标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t计量单位
\t产出指标\t数量指标\t巡查次数\t≥\t12\t次
"""


def test_the_example_reads_the_form_it_describes(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert example is not None
    path = tmp_path / "jiangyang-2027.yaml"
    path.write_text(example[1], "utf-8")
    parts = rows_to_parts(pieces_to_rows(text_to_pieces(FORM)), file_to_layout(read_layout_file(path)))
    assert [a.slots[0].text for a in parts.answers_to("field", "department")] == ["江阳县水利局"]
    assert [a.slots[0].text for a in parts.answers_to("item", "total")] == ["58.2"]
    assert [table.name for table in parts.tables] == ["tasks", "indicators"]
    assert {n: s.text for n, s in parts.tables[1].rows[0].cells.items()}["comparator"] == "≥"


def test_the_page_lists_every_name() -> None:
    for names in (FieldName, SectionName, TableName):
        assert [name for name in get_args(names) if not re.search(rf"\b{name}\b", PAGE)] == []
