"""Tables of indicators of any form: levels filled down, signs and units in columns of their own, what else is printed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extract.transcripts.markup import text_to_pieces
from models.declaration import Indicator
from models.grid import Grid
from normalize.form.parts.reader import rows_to_parts
from normalize.form.physical_rows import pieces_to_rows
from normalize.notes.notes import Read
from normalize.read.parts.indicator_tables import IndicatorTables, read_indicator_tables
from tests.normalize.read.marked_rows import codes
from tests.normalize.read.parts.taken_apart import BY_LABELS, layout, parts

TABLE = """\
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t开展活动\t≥20场
\t\t\t办理案件\t≥60件
\t\t时效指标\t完成时间\t2024年12月底前
\t效益指标\t社会效益指标\t法治意识\t提升
"""
COLUMNS = """\
绩效指标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重\t备用栏
\t产出指标\t数量指标\t村组干部人数\t≥\t230\t人\t20\t按月发放
\t效益指标\t社会效益指标\t群众认可\t定性\t好坏\t\t10\t
"""


def tables(text: str, name: str = BY_LABELS) -> Read[IndicatorTables]:
    return read_indicator_tables(parts(text, name), layout(name))


def test_levels_hold_for_the_rows_below_them() -> None:
    read = tables(TABLE)
    assert [(row.level1, row.level2) for row in read.value.annual] == [
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "时效指标"),
        ("效益指标", "社会效益指标"),
    ]
    assert codes(read.notes) == set()


def test_values_are_parsed() -> None:
    first, _, third, last = (row.target for row in tables(TABLE).value.annual)
    assert first is not None and (first.comparator, first.number, first.unit) == (">=", Decimal(20), "场")
    assert third is not None and third.by == "2024-12-31"
    assert last is not None and (last.text, last.number) == ("提升", None)


def test_sign_and_unit_in_columns_of_their_own_belong_to_the_value() -> None:
    target = tables(COLUMNS).value.annual[0].target
    assert target is not None
    assert (target.text, target.comparator, target.number, target.unit) == (
        "≥230人",
        ">=",
        Decimal(230),
        "人",
    )


def test_a_unit_in_its_own_column_stands_as_printed() -> None:
    target = tables(COLUMNS.replace("\t人\t", "\t人/年\t")).value.annual[0].target
    assert target is not None and (target.unit, target.per) == ("人/年", None)


def test_a_word_where_a_sign_should_stand_is_kept_and_told() -> None:
    read = tables(COLUMNS)
    second = read.value.annual[1]
    assert second.target is not None and second.target.text == "好坏"
    assert second.extra == {"指标性质": "定性"}
    assert codes(read.notes) == {("unparsed-value", "/annual/indicators/1/target")}


def test_weights_and_columns_that_nobody_knows_are_kept() -> None:
    first = tables(COLUMNS).value.annual[0]
    assert (first.weight, first.extra) == (Decimal(20), {"备用栏": "按月发放"})


def test_a_score_behind_a_level_is_no_part_of_it() -> None:
    first: Indicator = tables(TABLE.replace("产出指标\t数", "产出指标（10分）\t数")).value.annual[0]
    assert (first.level1, first.extra) == ("产出指标", {"一级指标分值": "10分"})


def test_a_blank_value_is_nothing_and_told() -> None:
    read = tables(TABLE.replace("≥60件", ""))
    assert read.value.annual[1].target is None
    assert ("missing-value", "/annual/indicators/1/target") in codes(read.notes)


def test_a_row_whose_cells_have_moved_is_doubted() -> None:
    read = tables(TABLE.replace("\t\t\t办理案件", "\t\t办理案件"))
    assert "/annual/indicators/1" in {path for _, path in codes(read.notes)}


def test_rows_of_levels_alone_are_no_indicators() -> None:
    assert len(tables(TABLE + "\t满意度指标\t服务对象满意度指标\t\t\n").value.annual) == 4


def test_the_horizons_side_by_side() -> None:
    text = (
        "绩效项目指标表\t一级指标\t二级指标（长期）\t三级指标（长期）\t指标值（长期）\t二级指标（年度）\t三级指标（年度）\t指标值（年度）\n"
        "\t产出指标\t数量指标\t\t\t数量指标\t建设工程\t2个\n"
        "\t效益指标\t可持续影响指标\t教育巩固\t持续\t可持续影响指标\t教育巩固\t提高\n"
    )
    read = tables(text, "wuhan-project").value
    assert [row.level3 for row in read.long_term] == ["教育巩固"]
    assert [row.level3 for row in read.annual] == ["建设工程", "教育巩固"]


def test_sentences_that_begin_with_their_level_are_indicators() -> None:
    text = (
        "部门整体支出年度绩效指标\t产出指标\t质量指标：毕业生合格率达100%\n\t\t时效指标：按时完成教学任务\n"
    )
    read = tables(text, "hunan-2017").value.annual
    assert [(row.level1, row.level2, row.target.text if row.target else None) for row in read] == [
        ("产出指标", "质量指标", "毕业生合格率达100%"),
        ("产出指标", "时效指标", "按时完成教学任务"),
    ]


def test_no_indicator_is_told() -> None:
    assert codes(tables("项目名称\t法治宣传\n").notes) == {("missing-value", "/annual/indicators")}


def test_a_level_of_another_name_is_no_misreading_of_a_usual_one() -> None:
    text = TABLE.replace("效益指标\t社会效益指标\t法治意识", "满意度指标\t服务对象满意度\t群众满意度")
    assert tables(text).value.annual[3].level2 == "服务对象满意度"


def test_a_misread_level_is_repaired() -> None:
    read = tables(TABLE.replace("社会效益指标", "社会效盖指标"))
    assert read.value.annual[3].level2 == "社会效益指标"
    assert [repair.before for repair in read.notes.repairs] == ["社会效盖指标"]


def test_the_beginning_of_a_usual_level_may_have_been_cut_off() -> None:
    text = TABLE.replace("效益指标\t社会效益指标\t法治意识", "满意度指标\t服务对象满\t群众满意度")
    assert ("label-differs", "/annual/indicators/3/level2") in codes(tables(text).notes)


def inferred(text: str) -> Read[IndicatorTables]:
    """A text's table as one of a PDF without lines."""
    pieces = (
        replace(piece, reader="text-layer", spans="inferred") if isinstance(piece, Grid) else piece
        for piece in text_to_pieces(text)
    )
    return read_indicator_tables(rows_to_parts(pieces_to_rows(pieces), layout(BY_LABELS)), layout(BY_LABELS))


def test_a_row_without_a_name_may_be_the_end_of_the_row_above() -> None:
    torn = TABLE.replace("2024年12月底前\n", "2024年12月底\n\t\t\t\t前\n")
    found = {path for code, path in codes(inferred(torn).notes) if code == "ambiguous-row"}
    assert {"/annual/indicators/2", "/annual/indicators/3"} <= found


def test_a_level_s_word_torn_over_two_rows_is_told_at_both() -> None:
    torn = TABLE.replace(
        "社会效益指标\t法治意识\t提升\n", "社会效益指\t法治意识\t提升\n\t\t标\t长效机制\t健全\n"
    )
    found = {path for code, path in codes(inferred(torn).notes) if code == "ambiguous-cell"}
    assert {"/annual/indicators/3/level2", "/annual/indicators/4/level2"} <= found


def test_a_table_without_lines_whose_rows_are_whole_is_not_doubted_for_that() -> None:
    assert not {code for code, _ in codes(inferred(TABLE).notes)} & {"ambiguous-row", "ambiguous-cell"}
