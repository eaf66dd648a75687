"""Two forms whose rows stand between each other are told, and neither is read."""

from __future__ import annotations

from dataclasses import replace

from extract.transcripts.markup import text_to_pieces
from normalize.form.claiming.claims import claim_layout
from normalize.form.physical_rows import Row, pieces_to_rows

FIRST = (
    "项目名称\t法治宣传",
    "主管部门及代码\t[017]江阳县司法局\t实施单位\t江阳县司法局",
    "项目属性\t一次性\t项目期\t1年",
)
SECOND = (
    "项目名称\t渠道维修",
    "主管部门及代码\t[045]江阳县水利局\t实施单位\t河道管理所",
    "项目属性\t延续性\t项目期\t3年",
)
TABLE = "年度目标\t完成任务\n绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n\t产出指标\t数量指标\t开展活动\t≥20场\n"


def rows(lines: tuple[str, ...], exact: bool = True) -> tuple[Row, ...]:
    found = pieces_to_rows(text_to_pieces("项目支出绩效目标表\n" + "\n".join(lines) + "\n" + TABLE))
    return tuple(replace(row, slots=tuple(replace(s, exact=exact) for s in row.slots)) for row in found)


def test_rows_of_two_forms_between_each_other_are_told_and_not_read() -> None:
    mixed = tuple(line for pair in zip(FIRST, SECOND, strict=True) for line in pair)
    layout, findings = claim_layout(rows(mixed))
    assert layout is None
    assert findings[0].code == "form-unknown"
    assert "法治宣传" in findings[0].message and "渠道维修" in findings[0].message


def test_a_head_that_is_printed_again_is_the_same_form_s() -> None:
    layout, _ = claim_layout(rows((*FIRST, FIRST[0])))
    assert layout is not None and layout.name == "anhui-project"


def test_a_reader_s_two_readings_of_one_name_are_no_two_forms() -> None:
    layout, _ = claim_layout(rows((*FIRST, FIRST[0].replace("宣", "宜")), exact=False))
    assert layout is not None
