"""Tables drawn with characters."""

from __future__ import annotations

from collections.abc import Sequence

from extract.transcripts.drawn_tables import with_html_tables
from extract.transcripts.markup import text_to_pieces
from models.grid import Grid

BOX = """\
┌────┬────┬──────┐
│名称│审计│电话  │
│    │局  │601234│
├────┼────┴──────┤
│职能│1、审计监督│
│    │2、审计调查│
│    ├────┬──────┤
│    │数量│≥20次│
└────┴────┴──────┘
"""


def layout(text: str) -> Sequence[tuple[str, int, int, int, int]]:
    (grid,) = text_to_pieces(text)
    assert isinstance(grid, Grid)
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells]


def test_lines_of_a_cell_and_merged_cells() -> None:
    assert layout(BOX) == [
        ("名称", 0, 0, 1, 1),
        ("审计局", 0, 1, 1, 1),
        ("电话\n601234", 0, 2, 1, 1),
        ("职能", 1, 0, 2, 1),
        ("1、审计监督\n2、审计调查", 1, 1, 1, 2),
        ("数量", 2, 1, 1, 1),
        ("≥20次", 2, 2, 1, 1),
    ]


def test_lines_as_wide_as_ideographs() -> None:
    text = "┌──┬──┐\n│名称│审计│\n├──┼──┤\n│数量│20  │\n└──┴──┘"
    assert [cell[0] for cell in layout(text)] == ["名称", "审计", "数量", "20"]


def test_a_grid_of_plus_and_minus() -> None:
    text = "+----+----+\n|名称|a-b |\n+====+====+\n|电话|601 |\n+----+----+\n"
    assert [cell[0] for cell in layout(text)] == ["名称", "a-b", "电话", "601"]


def test_a_rule_below_the_head_only_means_a_row_on_each_line() -> None:
    text = "┌────┬────┐\n│名称│指标│\n├────┼────┤\n│数量│95% │\n│质量│96% │\n└────┴────┘\n"
    assert [cell[1] for cell in layout(text)] == [0, 0, 1, 1, 2, 2]


def test_every_line_keeps_its_number() -> None:
    assert with_html_tables(f"a\n{BOX}b\n").split("\n").index("b") == f"a\n{BOX}b\n".split("\n").index("b")


def test_bars_that_meet_no_corner_are_text() -> None:
    text = "┌────┬────┐\n│a│b│c│d│e│\n│a│b│c│d│e│\n│a│b│c│d│e│\n└────┴────┘"
    assert with_html_tables(text) == text
