"""Tables that a spreadsheet saved as text."""

from __future__ import annotations

import pytest

from extract.transcripts.delimited import text_to_grid
from models.grid import Grid

ROWS = [
    ["表", "", "", ""],
    ["名称", "", "审计局", ""],
    ["指标", "", "目标值", ""],
    ["数量", "a", "1", ""],
    ["", "b", "2", "x"],
]


def saved(delimiter: str, rows: list[list[str]] = ROWS) -> str:
    return "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"


def layout(grid: Grid | None) -> list[tuple[str, int, int, int, int]]:
    assert grid is not None
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells if c.text]


@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|"])
def test_columns_are_fixed_and_merges_restored(delimiter: str) -> None:
    grid = text_to_grid(saved(delimiter))
    assert grid is not None and grid.columns == 4
    assert ("数量", 3, 0, 2, 1) in layout(grid)
    assert ("b", 4, 1, 1, 1) in layout(grid)


def test_quoted_cell_keeps_its_line_breaks_delimiters_and_quotes() -> None:
    text = saved(",").replace("审计局", '"1、甲,\n2、""乙"""')
    grid = text_to_grid(text)
    assert any(cell.text == '1、甲,\n2、"乙"' for cell in grid.cells) if grid else False


def test_places_are_lines_of_the_file() -> None:
    grid = text_to_grid(saved(",").replace("审计局", '"甲\n乙"'))
    assert grid is not None
    assert [cell.place.part for cell in grid.cells if cell.text in ("名称", "指标")] == ["line 2", "line 4"]


def test_rows_without_their_last_blanks_are_as_wide_as_the_others() -> None:
    rows = [*ROWS, *ROWS, ["a", "b"]]
    assert text_to_grid(saved(",", rows)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一、部门职能，二、任务\n" * 20,
        "a,b\n" * 20,
        "a,b,c,d\na\na,b\na,b,c\na\na,b,c,d\n",
        "a\tb\tc\td\n" * 3,
        '"a,b,c,d\n' * 20,
    ],
)
def test_other_text_is_no_table(text: str) -> None:
    assert text_to_grid(text) is None


def test_table_wider_than_any_is_no_table() -> None:
    assert text_to_grid(("," * 1_001 + "\n") * 5) is None


def test_rows_from_the_17th_on_may_lack_their_last_commas() -> None:
    rows = [*ROWS * 3, *[["", "b"], ["数量"], ["", "", "1"], ["", "b", "2", "x"]] * 5]
    grid = text_to_grid(saved(",", rows))
    assert grid is not None and (grid.columns, grid.rows) == (4, 35)


def test_table_of_too_many_cells_is_no_table() -> None:
    assert text_to_grid((",".join("a" * 100) + "\n") * 5_001) is None


def test_tabbed_text_with_a_line_outside_its_table_is_no_spreadsheet() -> None:
    row = "\t".join("甲乙丙丁戊己庚") + "\n"
    assert text_to_grid(row * 8) is not None
    assert text_to_grid("## 部门整体绩效目标申报表\n" + row * 8) is None


def test_bars_of_markdown_are_no_delimiters() -> None:
    rows = [["表", "a", "b", "c"], ["--", ":-", "-:", "--"], *ROWS[1:], *ROWS[1:]]
    assert text_to_grid(saved("|", rows)) is None
    assert text_to_grid("\n".join(f"| {' | '.join(row)} |" for row in ROWS * 2)) is None


def test_numbers_that_were_kept_as_text_by_a_formula_are_their_text() -> None:
    rows = [[text.replace("审计局", '="0714"') for text in row] for row in ROWS]
    assert any(cell[0] == "0714" for cell in layout(text_to_grid(saved(",", rows))))


def test_a_column_that_only_numbers_the_rows_is_left_out() -> None:
    rows = [["", "表", "", ""], *([str(n), "指标", f"项目{n}", "95%"] for n in range(25))]
    assert layout(text_to_grid(saved(",", rows)))[1][:3] == ("指标", 1, 0)


def test_names_that_pandas_gives_to_columns_are_blanks() -> None:
    grid = text_to_grid(saved(",", [["表", "Unnamed: 1", "Unnamed: 2", "Unnamed: 3"], *ROWS[1:]]))
    assert [cell.text for cell in grid.cells if cell.row == 0 and cell.text] == ["表"] if grid else False
