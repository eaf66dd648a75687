from __future__ import annotations

import pytest

from extract.transcripts.markup import text_to_pieces
from extract.transcripts.pipe_tables import sheet_rows, with_end_bars
from models.document import Piece
from models.grid import Grid


def tables(pieces: list[Piece]) -> list[Grid]:
    return [piece for piece in pieces if isinstance(piece, Grid)]


@pytest.mark.parametrize("rule", ["--|--|--", "--- | :-: | ---:", ":-:|:-:|:-:|"])
def test_rows_without_bars_at_their_ends_are_rows(rule: str) -> None:
    text = with_end_bars(f"单位：万元\n项目 | 总预算 | 用途\n{rule}\n | 310.25 | 普法\n完")
    assert text.split("\n")[1] == "|项目 | 总预算 | 用途|"
    assert text.split("\n")[3:] == ["| | 310.25 | 普法|", "完"]


def test_a_line_of_dashes_below_other_text_makes_no_table() -> None:
    text = "资金|用途\n---\n甲 | 乙 | 丙\n正文"
    assert with_end_bars(text) == text


def test_blanks_beside_a_text_of_a_sheet_in_markdown_are_its_merged_cell() -> None:
    blanks = " | " * 8
    rows = [f"| 部门名称 | | 水利局{blanks}|", f"|{' :-: |' * 11}", f"| 填报人 | | 李某{blanks}|"]
    (grid,) = tables(list(text_to_pieces("\n".join(rows))))
    first = grid.cells[0]
    assert (first.text, first.column_span, grid.spans) == ("部门名称", 2, "inferred")


def test_what_pandas_writes_for_blanks_is_blank() -> None:
    rows = [["标题", *[f"Unnamed: {n}" for n in range(1, 10)]], ["部门", "水利局", *["NaN"] * 8]]
    assert sheet_rows(rows) == [["标题", *[""] * 9], ["部门", "水利局", *[""] * 8]]


def test_a_narrow_table_and_one_with_rows_of_several_widths_are_no_sheet() -> None:
    assert sheet_rows([["部门", "水利局"]] * 3) is None
    assert sheet_rows([["部门"] * 12, ["部门"] * 11]) is None
