from __future__ import annotations

from collections.abc import Sequence

from extract.unruled.reader import unruled_page_to_tables
from models.grid import Grid
from models.page import Char, Rule
from tests.paper import across, down, page_of, typed

XS = (50, 120, 220, 320, 420)
ROWS = [
    ("预算编制", "编制科学性", "测算准确", "计划标准"),
    ("预算编制", "编制合理性", "没有重复", "计划标准"),
    ("预算执行", "预算执行率", "98%", "支出标准"),
]


def print_rows(rows: Sequence[Sequence[str]], step: float = 20, top: float = 100) -> list[Char]:
    return [
        char
        for n, row in enumerate(rows)
        for x, word in zip(XS, row, strict=False)
        for char in typed(word, x, top + step * n)
    ]


def read(chars: list[Char], rules: Sequence[Rule] = ()) -> Grid:
    (grid,) = [p for p in unruled_page_to_tables(page_of(chars, rules)).pieces if isinstance(p, Grid)]
    return grid


def texts(grid: Grid, row: int) -> list[str]:
    return [cell.text for cell in grid.cells if cell.row == row]


def test_a_borderless_table_has_the_rows_and_columns_of_its_words() -> None:
    grid = read(print_rows(ROWS))
    assert (grid.rows, grid.columns, grid.spans) == (3, 4, "inferred")
    assert [texts(grid, row) for row in range(3)] == [list(row) for row in ROWS]


def test_rules_between_rows_hold_wrapped_cells_together() -> None:
    chars = print_rows([("编制", "科学性", "测算准确", "计划"), ("", "", "而且完整", "")], step=14)
    chars += print_rows(
        [("执行", "执行率", "98%", "支出"), ("管理", "覆盖率", "100%", "历史")], top=134, step=20
    )
    grid = read(chars, [across(y, 45, 500) for y in (96, 129, 149, 169)])
    assert "测算准确而且完整" in texts(grid, 0)


def test_a_rule_that_begins_right_of_a_label_leaves_the_label_merged() -> None:
    rows = [("", *row[1:]) for row in ROWS]
    chars = [*print_rows(rows), *typed("管理效率", 50, 120)]
    grid = read(
        chars, [across(96, 45, 500), across(115, 110, 500), across(135, 110, 500), across(156, 45, 500)]
    )
    label = next(cell for cell in grid.cells if cell.text == "管理效率")
    assert (label.row, label.row_span) == (0, 3)


def test_verticals_alone_give_columns_and_the_rows_are_inferred() -> None:
    grid = read(print_rows(ROWS), [down(x, 95, 155) for x in (45, 110, 210, 310, 370)])
    assert (grid.rows, grid.columns) == (3, 4)


def test_a_label_written_downwards_stays_in_its_cell() -> None:
    rows = [("", *ROWS[n % 3][1:]) for n in range(5)]
    label = [char for n, word in enumerate("总体资金情况") for char in typed(word, 60, 115 + 10.5 * n)]
    grid = read([*print_rows(rows), *label])
    assert [(c.row, c.row_span) for c in grid.cells if c.text == "总体资金情况"] == [(0, 5)]


def test_a_heading_above_two_columns_is_a_cell_over_both() -> None:
    body = print_rows([("人员", "3268.4", "3102.15", "3190.6")] * 4, top=120)
    years = [*typed("近两年收支金额合计", 245, 84), *typed("2024年", 220, 100), *typed("2025年", 320, 100)]
    grid = read([*body, *years, *typed("项目", 50, 92), *typed("金额", 120, 92)])
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in grid.cells if cell.row < 2}
    assert spans["近两年收支金额合计"] == (1, 2) and spans["金额"] == (2, 1)
    assert spans["2024年"] == spans["2025年"] == (1, 1)


def test_cells_whose_row_is_a_guess_are_marked() -> None:
    chars = print_rows([("执行率", "预算支出标准", "计划标准"), ("", "预算", "")], step=13)
    chars += print_rows(
        [("", "", "测算准确"), ("覆盖率", "100%", "而且完整"), ("", "", "没有重复")], step=12, top=140
    )
    grid = read(chars)
    assert [cell.placed for cell in grid.cells if cell.text in ("执行率", "覆盖率")] == [False, True]
