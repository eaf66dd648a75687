"""Lines and grids become one stream of rows: blanks stay, covered cells are told from blank ones."""

from __future__ import annotations

from extract.transcripts.markup import text_to_pieces
from models.document import TextLine
from models.grid import Cell, Grid, Place
from normalize.form.physical_rows import Row, pieces_to_rows


def rows(text: str) -> tuple[Row, ...]:
    return pieces_to_rows(text_to_pieces(text))


def texts(text: str) -> list[list[str]]:
    return [[slot.text for slot in row.slots] for row in rows(text)]


def test_blank_cells_stay_where_they_are() -> None:
    assert texts("\t\t预算执行\t\t98%\n") == [["", "", "预算执行", "", "98%"]]


def test_texts_are_folded_and_the_raw_text_is_kept() -> None:
    slot = rows("指标值\t≧８00 件/年\n")[0].slots[1]
    assert (slot.text, slot.raw) == ("≥800件/年", "≧８00 件/年")


def test_rows_of_blanks_and_of_dots_are_left_out_and_the_rest_is_numbered() -> None:
    found = rows("甲\t乙\n\t.....\t\n\t\t\n丙\t丁\n")
    assert [(row.number, row.slots[0].text) for row in found] == [(0, "甲"), (1, "丙")]


def test_dots_beside_a_text_are_a_blank() -> None:
    assert texts("预算执行率\t.....\t基本型\n") == [["预算执行率", "", "基本型"]]


def test_an_empty_line_leaves_a_gap() -> None:
    assert [row.gap for row in rows("甲\t乙\n\n丙\t丁\n戊\t己\n")] == [True, True, False]


def test_a_line_is_a_row_of_one_slot() -> None:
    row = rows("# 年度目标：\n")[0]
    assert (row.line, row.heading, [slot.text for slot in row.slots]) == (True, True, ["年度目标："])


def test_a_cell_that_reaches_down_covers_the_rows_below() -> None:
    found = rows("<table><tr><td rowspan=2>运行成本</td><td>甲</td></tr><tr><td>乙</td></tr></table>")
    assert [[(slot.text, slot.covered) for slot in row.slots] for row in found] == [
        [("运行成本", False), ("甲", False)],
        [("", True), ("乙", False)],
    ]
    assert all(row.ruled for row in found)


def test_a_new_page_is_a_gap() -> None:
    lines = [TextLine(text, Place(page=page)) for text, page in (("甲", 1), ("乙", 1), ("丙", 2))]
    found = pieces_to_rows(lines)
    assert [(row.page, row.gap) for row in found] == [(1, True), (1, False), (2, True)]


def test_an_unread_cell_is_filled_and_a_blank_one_is_not() -> None:
    cells = (Cell(0, 0, "", Place(), state="unread"), Cell(0, 1, "", Place(), state="blank"))
    row = pieces_to_rows([Grid(cells, 1, 2)])[0]
    assert [slot.filled for slot in row.slots] == [True, False]


def test_no_piece_is_no_row() -> None:
    assert pieces_to_rows([]) == ()
