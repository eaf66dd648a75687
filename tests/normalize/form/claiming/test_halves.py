"""A second half whose first half is not in the file belongs to no form before it; tables for other goals and horizons do."""

from __future__ import annotations

import time

from models.grid import Cell, Grid, Place
from normalize.form.claiming.claims import claim_layout, unknown_form
from normalize.form.claiming.splitting import split_forms
from normalize.form.physical_rows import Row, pieces_to_rows

HEAD = (
    ("项目支出绩效目标申报表",),
    ("项目名称", "妇女健康筛查"),
    ("主管部门", "安和县卫生健康局", "实施单位", "妇幼保健院"),
    ("年度资金总额", "96.5", "财政拨款", "96.5"),
)
COLUMNS = ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值")
ROWS = (
    ("", "产出指标", "数量指标", "筛查人数", "≥5600人"),
    ("", "效益指标", "社会效益指标", "早诊率", "≥90%"),
    ("", "满意度指标", "服务对象满意度指标", "受检妇女满意度", "≥95%"),
)
OTHER = (
    ("", "产出指标", "数量指标", "抽检批次", "≥2400批次"),
    ("", "效益指标", "社会效益指标", "不合格食品处置率", "100%"),
    ("", "满意度指标", "服务对象满意度指标", "公众满意度", "≥85%"),
)


def table(*lines: tuple[str, ...]) -> Grid:
    cells = tuple(
        Cell(row, column, text, Place(part=f"R{row + 1}C{column + 1}"))
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
    )
    return Grid(cells, len(lines), len(COLUMNS), "ruled", reader="word")


def forms(*tables: Grid) -> tuple[tuple[Row, ...], ...]:
    return split_forms(pieces_to_rows(tables))


def test_a_second_half_at_the_end_is_no_part_of_the_form_before_it() -> None:
    whole, half = forms(table(*HEAD, COLUMNS, *ROWS), table(("年度目标", "完成抽检"), COLUMNS, *OTHER))
    assert "筛查人数" in {slot.text for row in whole for slot in row.filled}
    assert "抽检批次" in {slot.text for row in half for slot in row.filled}


def test_a_table_for_another_horizon_goes_on_with_its_form() -> None:
    long = ("长期绩效指标", *COLUMNS[1:])
    annual = ("年度绩效指标", *COLUMNS[1:])
    assert len(forms(table(*HEAD, long, *ROWS), table(annual, *OTHER))) == 1


def test_a_label_at_the_foot_of_the_page_before_says_the_horizon() -> None:
    long, annual = ("长期绩效指标",), ("年度绩效指标",)
    first = table(COLUMNS[1:], *(row[1:] for row in ROWS))
    second = table(*(row[1:] for row in ROWS), annual, COLUMNS[1:], *(row[1:] for row in OTHER))
    assert len(forms(table(*HEAD, long), first, second)) == 1


def test_a_heading_printed_on_every_page_goes_on_though_the_other_horizon_had_its_level() -> None:
    long, annual = (("长期绩效指标",), COLUMNS[1:]), (("年度绩效指标",), COLUMNS[1:])
    pages = (
        table(*HEAD, *long, *(row[1:] for row in ROWS)),
        table(*annual, OTHER[0][1:], ("成本指标", "经济成本指标", "人均成本", "≤8元")),
    )
    last = table(*annual, *(row[1:] for row in OTHER[1:]))
    assert len(forms(*pages, last)) == 1


def test_a_table_for_another_goal_goes_on_with_its_form() -> None:
    first, second = ("年度目标1：筛查",), ("年度目标2：抽检",)
    assert len(forms(table(*HEAD, first, COLUMNS, *ROWS), table(second, COLUMNS, *OTHER))) == 1


def test_a_table_that_goes_on_with_the_next_level_1_is_no_second_half() -> None:
    assert len(forms(table(*HEAD, COLUMNS, *ROWS[:2]), table(COLUMNS, ROWS[2]))) == 1


def test_each_page_with_its_headings_printed_again_goes_on_with_its_form() -> None:
    long, annual = ("长期绩效指标", *COLUMNS[1:]), ("年度绩效指标", *COLUMNS[1:])
    pages = [
        table(heading, *rows[n:m])
        for heading, rows in ((long, ROWS), (annual, OTHER))
        for n, m in ((0, 2), (1, 3))
    ]
    assert len(forms(table(*HEAD), *pages)) == 1


def test_a_table_without_a_horizon_below_the_long_term_one_is_the_annual_one() -> None:
    long = ("长期绩效指标", *COLUMNS[1:])
    assert len(forms(table(*HEAD, long, *ROWS), table(COLUMNS, *OTHER[:2]), table(COLUMNS, OTHER[2]))) == 1


def test_a_half_without_a_head_is_named_with_what_it_lacks() -> None:
    _, half = forms(table(*HEAD, COLUMNS, *ROWS), table(("年度目标", "完成抽检"), COLUMNS, *OTHER))
    assert claim_layout(half) == (None, ())
    told = unknown_form(half)
    assert told.code == "form-cut"
    assert "有绩效目标、绩效指标" in told.message
    assert "缺表名、部门（单位）名称或项目名称、资金" in told.message


def test_a_page_that_goes_on_with_rows_before_its_first_heading_is_no_second_half() -> None:
    annual = ("年度绩效指标", *COLUMNS[1:])
    assert len(forms(table(*HEAD, COLUMNS), table(*ROWS, annual, *OTHER))) == 1
    assert len(forms(table(*HEAD, COLUMNS, *ROWS[:2]), table(ROWS[2], annual, *OTHER))) == 1


def test_a_page_whose_first_rows_begin_anew_is_a_second_half() -> None:
    annual = ("年度绩效指标", *COLUMNS[1:])
    assert len(forms(table(*HEAD, COLUMNS, *ROWS), table(*OTHER, annual, *OTHER))) == 2


def test_a_table_of_thousands_of_headings_takes_four_times_as_long_for_four_times_the_rows() -> None:
    def seconds(headings: int) -> float:
        rows = pieces_to_rows([table(*HEAD, *(COLUMNS,) * headings)])
        took = []
        for _ in range(3):  # the fastest of three: others use the same processor
            start = time.process_time()
            split_forms(rows)
            took.append(time.process_time() - start)
        return min(took)

    assert seconds(4000) < 8 * seconds(1000)
