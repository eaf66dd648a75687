"""What stands where on forms of all kinds: answers beside, behind and under labels, tables under their headings."""

from __future__ import annotations

import pytest

from extract.transcripts.markup import text_to_pieces
from normalize.form.claiming.splitting import split_matrix
from normalize.form.layouts import layouts
from normalize.form.parts.found import FormParts
from normalize.form.parts.reader import rows_to_parts
from normalize.form.physical_rows import pieces_to_rows

LAYOUTS = {layout.name: layout for layout in layouts()}


def parts(text: str, layout: str = "by-labels-project") -> FormParts:
    return rows_to_parts(pieces_to_rows(text_to_pieces(text)), LAYOUTS[layout])


def answers(found: FormParts) -> dict[str, list[str]]:
    """The texts of all answers by name of their label; the same name more than once counts together."""
    texts: dict[str, list[str]] = {}
    for answer in found.answers:
        texts.setdefault(answer.label.name, []).extend(slot.text for slot in answer.slots)
    return texts


def cells(found: FormParts, table: int = 0) -> list[dict[str, str]]:
    return [{name: slot.text for name, slot in row.cells.items()} for row in found.tables[table].rows]


COVERED = "项目名称\t法治宣传\n年度目标\t普法\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("项目绩效目标表\n江阳县司法局\n项目支出绩效目标申报表\n" + COVERED, "项目支出绩效目标申报表"),
        ("项目支出绩效目标申报表\n" + COVERED + "项目绩效目标表\n", "项目支出绩效目标申报表"),
        ("项目支出绩效目标申报表\n2026年预算绩效目标附表\n" + COVERED, "项目支出绩效目标申报表"),
    ],
    ids=["a cover", "a title below", "a text like a title"],
)
def test_the_form_s_own_title_is_the_last_above_its_sections(text: str, title: str) -> None:
    found = parts(text).title
    assert found is not None and found.text == title


def test_answers_beside_their_labels_two_in_a_row() -> None:
    found = parts("项目名称\t法治宣传\n主管部门及代码\t[017]司法局\t实施单位\t法律援助中心\n")
    assert answers(found) == {
        "project": ["法治宣传"],
        "department": ["[017]司法局"],
        "unit": ["法律援助中心"],
    }


def test_goals_under_their_labels() -> None:
    found = parts("总体目标\t中期目标\t年度目标\n\t建成体系\t完成任务\n")
    assert answers(found) == {"summary": [], "long_goals": ["建成体系"], "annual_goals": ["完成任务"]}


def test_several_labels_in_a_line_above_the_table() -> None:
    found = parts("填报日期：2025年10月20日　　　单位：万元\n")
    assert answers(found) == {"filled_on": ["2025年10月20日"], "money_unit": ["万元"]}


def test_lines_of_money_in_a_cell() -> None:
    found = parts("资金情况（万元）\t年度资金总额：16      其中：上级资金16\n", "wuhan-transfer")
    assert answers(found) == {"sources": ["16"], "total": ["16"]}
    assert found.unit_in_label == "万元"


def test_a_line_of_money_that_no_layout_has_is_kept_beside_those_it_has() -> None:
    found = parts("资金情况\t年度资金总额：16；其中：上级资金：10；乡镇补助：6\n")
    assert answers(found)["sources"] == ["10", "6"]
    found = parts("资金情况\t年度资金总额：16；其中：中央拨付资金：10；乡镇补助：6\n", "wuhan-transfer")
    assert answers(found)["sources"] == ["10", "6"]


def test_money_as_pairs_behind_numbers() -> None:
    text = "预算情况\t部门预算总额（万元）\t1368.52\n\t1、资金来源：（1）政府预算资金\t968.52\n\t（3）单位资金\t400\n"
    assert answers(parts(text, "henan-2022")) == {
        "budget": [],
        "total": ["1368.52"],
        "income": ["968.52", "400"],
    }


def test_a_blank_answer_is_there_and_blank() -> None:
    found = parts("项目名称\t\t项目类别\t特定目标类\n")
    assert answers(found) == {"project": [], "category": ["特定目标类"]}


INDICATORS = """\
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t开展活动\t≥20场
\t\t\t办理案件\t≥60件
\t\t质量指标\t办结率\t100%
\t效益指标\t社会效益指标\t法治意识\t提升
"""


def test_a_table_under_its_heading_with_merged_cells_filled_down() -> None:
    found = parts(INDICATORS)
    assert [(t.name, t.horizon) for t in found.tables] == [("indicators", "annual")]
    assert [(c["level1"], c["level2"], c["level3"], c["target"]) for c in cells(found)] == [
        ("产出指标", "数量指标", "开展活动", "≥20场"),
        ("产出指标", "数量指标", "办理案件", "≥60件"),
        ("产出指标", "质量指标", "办结率", "100%"),
        ("效益指标", "社会效益指标", "法治意识", "提升"),
    ]


def test_a_new_level_1_ends_the_level_2_above() -> None:
    text = INDICATORS.replace("社会效益指标", "")
    assert "level2" not in cells(parts(text))[3]


def test_a_column_that_no_layout_knows_is_kept_under_its_heading() -> None:
    text = INDICATORS.replace("指标值\n", "指标值\t责任科室\n").replace("≥20场\n", "≥20场\t宣传科\n")
    assert cells(parts(text))[0]["extra:责任科室"] == "宣传科"


def test_names_of_the_frame_are_no_misread_labels() -> None:
    """时效指标 is one character away from 绩效指标, the label beside the table."""
    found = parts(INDICATORS.replace("质量指标", "时效指标"))
    assert [c["level2"] for c in cells(found)][2] == "时效指标"


def test_long_term_and_annual_targets_side_by_side() -> None:
    text = """\
一级指标\t二级指标（长期）\t三级指标（长期）\t指标值（长期）\t二级指标（年度）\t三级指标（年度）\t指标值（年度）
产出指标\t数量指标\t学校数\t≥6所\t数量指标\t开工数\t2所
"""
    found = parts(text, "wuhan-project")
    assert [table.horizon for table in found.tables] == ["long_term", "annual"]
    assert cells(found, 0)[0] == {
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": "学校数",
        "target": "≥6所",
    }
    assert cells(found, 1)[0]["target"] == "2所"


def test_stacked_tables_take_their_horizon_from_their_label() -> None:
    text = """\
长期绩效目标表\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t帮扶人数\t≥450人
年度绩效目标表\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t帮扶人数\t≥150人
"""
    found = parts(text, "hubei-project")
    assert [(table.horizon, len(table.rows)) for table in found.tables] == [("long_term", 1), ("annual", 1)]


def test_two_years_back_are_two_columns() -> None:
    text = "一级指标\t二级指标\t三级指标\t2020年\t2021年\t当年预期实现值\n产出指标\t数量指标\t次数\t250次\t268次\t≥280次\n"
    first = cells(parts(text, "hubei-ezhou-project"))[0]
    assert (first["year_before_last"], first["last_year"], first["target"]) == ("250次", "268次", "≥280次")


def test_a_sum_in_a_table_is_an_answer_too() -> None:
    text = "年度主要任务\t任务名称\t主要内容\t总额\t财政拨款\n\t日常运转\t办公费\t58.2\t58.2\n\t金额合计\t\t58.2\t58.2\n"
    assert answers(parts(text, "sichuan-2025"))["total"] == ["58.2"]


def test_what_nothing_explains_is_left_over() -> None:
    found = parts("项目名称\t法治宣传\n附：情况说明\n")
    assert [slot.text for slot in found.rest] == ["附：情况说明"]


MATRIX = """\
| 单位名称 | 项目名称 | 预算数 | 年度目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 |
|---|---|---|---|---|---|---|---|---|---|
| 820-马坪镇部门 |  | 9 |  |  |  |  |  |  |  |
| 820001-马坪镇 | 村组报酬 | 5 | 按时发放 | 产出指标 | 数量指标 | 人数 | ≥ | 230 | 人 |
|  |  |  |  | 效益指标 | 社会效益指标 | 稳定 | ≥ | 95 | % |
|  | 环卫经费 | 4 | 清扫保洁 | 产出指标 | 数量指标 | 面积 | ≥ | 3 | 亩 |
"""


def test_a_matrix_is_a_form_for_each_project() -> None:
    rows = pieces_to_rows(text_to_pieces(MATRIX))
    forms = [
        rows_to_parts(form, LAYOUTS["sichuan-matrix"])
        for form in split_matrix(rows, LAYOUTS["sichuan-matrix"])
    ]
    found = [answers(form) for form in forms]
    assert [a["project"] for a in found] == [["村组报酬"], ["环卫经费"]]
    assert [a["unit"] for a in found] == [["820001-马坪镇"], ["820001-马坪镇"]]
    assert [a["total"] for a in found] == [["5"], ["4"]]
    assert [len(form.tables[0].rows) for form in forms] == [2, 1]


def test_other_layouts_have_no_matrix() -> None:
    rows = pieces_to_rows(text_to_pieces(INDICATORS))
    assert split_matrix(rows, LAYOUTS["anhui-project"]) == (rows,)


def test_an_item_of_money_with_its_amount_in_one_cell_needs_no_number_before_it() -> None:
    found = parts("项目资金（万元）\t财政拨款：75.00\n\t其他资金：15.00\n")
    assert [a.slots[0].text for a in found.answers if a.label.group == "item"] == ["75.00", "15.00"]


def test_an_item_behind_its_number_needs_no_amount_in_its_cell() -> None:
    found = parts("项目资金（万元）\t其中：财政拨款\t75.00\n\t（2）其他资金\t15.00\n")
    assert [a.slots[0].text for a in found.answers if a.label.group == "item"] == ["75.00", "15.00"]


@pytest.mark.parametrize(
    "item", ["（1）政府预算资金", "1、资金来源：（1）政府预算资金", "2.财政拨款", "其中：财政拨款"]
)
def test_an_item_stands_behind_its_number_whatever_the_number_is(item: str) -> None:
    found = parts(f"项目资金（万元）\t{item}\t75.00\n")
    assert [a.slots[0].text for a in found.answers if a.label.group == "item"] == ["75.00"]
