from __future__ import annotations

from extract.unruled.cell_runs import Bands, CellRun, Typesetting, runs_to_typesetting
from extract.unruled.row_bands import runs_to_bands
from tests.paper import typed

TYPE = Typesetting(10.0, 12.0)


def run(column: int, text: str, top: float, span: int = 1) -> CellRun:
    return CellRun(column, column + span, tuple(typed(text, 50 + 100 * column, top)))


def bands(*runs: CellRun, columns: int, walls: tuple[float, ...] = ()) -> Bands:
    return runs_to_bands(runs, columns, TYPE, walls, (False, False))


def test_lines_further_apart_than_wrapped_ones_are_rows() -> None:
    found = bands(*(run(c, "预算执行率", 100 + 16 * n) for n in range(3) for c in range(3)), columns=3)
    assert len(found.ys) == 4 and not found.doubtful


def test_cells_centred_about_one_height_are_a_row() -> None:
    wrapped = [run(1, "重点项目预算有", 100), run(1, "保障无交叉重复", 112), run(1, "的", 124)]
    first = [run(0, "合理性", 112), *wrapped, run(2, "基本型", 112)]
    second = [run(c, "规范性", 140) for c in range(3)]
    assert [round(y) for y in bands(*first, *second, columns=3).ys] == [100, 137, 150]


def test_cells_that_hang_from_the_top_are_a_row() -> None:
    first = [run(0, "合理性", 100), run(1, "重点项目预算有", 100), run(1, "保障", 112), run(2, "基本型", 100)]
    second = [run(0, "规范性", 128), run(1, "设立依据充分有", 128), run(1, "据", 140), run(2, "基本型", 128)]
    assert [round(y) for y in bands(*first, *second, columns=3).ys] == [100, 125, 150]


def test_a_label_stands_in_the_middle_of_its_merged_cell() -> None:
    rows = [run(c, "预算执行率", 100 + 16 * n) for n in range(5) for c in (1, 2, 3)]
    labels = [run(0, "运行成本", 108), run(0, "管理效率", 148)]
    merges = bands(*rows, *labels, columns=4).merges
    assert [(m.column, m.row, m.row_end) for m in merges if m.column == 0] == [(0, 0, 2), (0, 2, 5)]


def test_a_rule_parts_rows_whatever_the_spacing() -> None:
    runs = [run(c, "预算执行", 100 + 12 * n) for n in range(2) for c in range(3)]
    assert [round(y) for y in bands(*runs, columns=3, walls=(111.0,)).ys] == [100, 111, 122]


def test_what_may_be_one_row_or_two_is_doubtful() -> None:
    row = [run(0, "预算执行率", 100), run(1, "预算支出标准", 100), run(2, "计划标准", 100)]
    assert bands(*row, run(1, "预算", 113.4), columns=3).doubtful == {0, 1}
    assert not bands(*row, run(1, "预算", 116), columns=3).doubtful


def test_the_next_item_of_a_list_stays_in_its_cell() -> None:
    items = [run(1, f"{n}、完成县乡道改造", 88 + 12 * n) for n in (1, 2, 3)]
    assert len(bands(run(0, "年度任务", 112), *items, columns=2).ys) == 2


def test_the_line_pitch_is_taken_from_wrapped_cells_not_from_rows() -> None:
    rows = [run(c, "预算执行率", 100 + 18 * n) for n in range(6) for c in range(3)]
    wrapped = [run(3, "重点项目", 100), run(3, "有保障", 113), run(3, "依据充", 136), run(3, "分", 149)]
    assert runs_to_typesetting([[*rows, *wrapped]]).pitch == 13


def test_a_wrapped_label_hangs_from_the_first_of_its_rows_where_all_cells_hang() -> None:
    rows: list[CellRun] = []
    for top in (100, 140, 180, 220, 260):
        rows += [run(1, "重点项目预算有", top), run(1, "保障", top + 12)]
        rows += [run(2, "计划标准", top), run(3, "基本型", top)]
    first = [run(0, text, 100 + 12 * n) for n, text in enumerate(("运行成本", "控制", "管理"))]
    second = [run(0, text, 180 + 12 * n) for n, text in enumerate(("管理效率", "方面", "情况"))]
    merges = bands(*rows, *first, *second, columns=4).merges
    assert [(m.row, m.row_end, m.doubtful) for m in merges if m.column == 0] == [
        (0, 2, False),
        (2, 5, False),
    ]


def test_three_columns_of_labels_may_be_merged_over_rows() -> None:
    rows = [run(c, "预算执行率", 100 + 16 * n) for n in range(6) for c in (3, 4, 5)]
    first, second = [run(0, "管理效率", 140)], [run(1, "预算编制", 116), run(1, "预算执行", 164)]
    third = [run(2, "编制", 108), run(2, "规范", 132), run(2, "执行", 164)]
    merges = bands(*rows, *first, *second, *third, columns=6).merges
    assert {(m.column, m.row, m.row_end) for m in merges} >= {(0, 0, 6), (1, 0, 3), (1, 3, 6), (2, 0, 2)}


def test_numbers_one_above_another_are_rows_however_near() -> None:
    runs = [run(c, str(100 + 10 * n + c), 100 + 12 * n) for n in range(4) for c in range(1, 4)]
    names = [run(0, "人员类项目支出", 100 + 12 * n) for n in range(4)]
    assert len(bands(*names, *runs, columns=4).ys) == 5


def test_a_row_all_of_which_goes_on_at_one_height_may_be_two() -> None:
    first = [run(c, word, 100) for c, word in enumerate(("填报日期：二零二三", "单位：万元"))]
    second = [run(c, word, 112) for c, word in enumerate(("部门（单位）名称", "澄湖县教育局"))]
    found = bands(*first, *second, columns=2)
    assert found.doubtful or len(found.ys) == 3
