"""Rows of the page that may be one row of the table are offered joined and apart, each at its price."""

from __future__ import annotations

import pytest

from extract.transcripts.markup import text_to_pieces
from normalize.form.physical_rows import Row, pieces_to_rows
from normalize.table.joined_rows import JoinedRows, raws, row_to_spans
from normalize.table.table_prices import PRICES

CUT = """\
\t管理效率\t预算编制\t预算编制合理性\t重点项目预算有保障，\t计划标准
\t\t\t\t项目之间不存在交叉重复\t
"""


def rows(text: str) -> tuple[Row, ...]:
    return pieces_to_rows(text_to_pieces(text))


def offered(text: str) -> list[JoinedRows]:
    return list(row_to_spans(rows(text), 0))


def test_a_row_alone_costs_nothing() -> None:
    alone = offered(CUT)[0]
    assert (alone.length, alone.price) == (1, 0.0)


def test_a_row_that_goes_on_is_joined_cell_by_cell() -> None:
    joined = next(span for span in offered(CUT) if span.length == 2)
    assert joined.texts[4] == "重点项目预算有保障，项目之间不存在交叉重复"
    assert joined.texts[3] == "预算编制合理性"
    assert joined.price == PRICES.split + PRICES.joined_cell


def test_nothing_is_joined_to_a_whole_word() -> None:
    joined = [span for span in row_to_spans(rows(CUT), 0, whole={"计划标准"}) if span.length == 2]
    assert [span.texts[4] for span in joined] == [
        "重点项目预算有保障，项目之间不存在交叉重复",
        "重点项目预算有保障，",
    ]
    assert "计划标准" in joined[1].texts


def test_what_goes_on_may_stand_one_column_aside() -> None:
    straight, *aside = [span for span in offered(CUT) if span.length == 2]
    assert "计划标准项目之间不存在交叉重复" in [span.texts[5] for span in aside]
    assert {span.price for span in aside} == {straight.price + PRICES.shifted_join}


def test_figures_are_dear_to_join() -> None:
    words = next(span for span in offered("甲\t提高\n\t效率\n") if span.length == 2)
    figures = next(span for span in offered("甲\t12\n\t34\n") if span.length == 2)
    assert figures.price == words.price + PRICES.joined_figure


@pytest.mark.parametrize("figure", ['"191', "≥34%", "*\\U 191"])
def test_so_are_figures_behind_a_sign_or_a_speck(figure: str) -> None:
    words = next(span for span in offered("甲\t提高\n\t效率\n") if span.length == 2)
    figures = next(span for span in offered(f"甲\t12\n\t{figure}\n") if span.length == 2)
    assert figures.price == words.price + PRICES.joined_figure


def test_a_row_of_many_cells_continues_none() -> None:
    assert [span.length for span in offered("甲\t乙\t丙\t丁\t戊\t己\n1\t2\t3\t4\t5\t6\n")] == [1]


def test_a_joined_cell_shows_no_gaps_of_its_own() -> None:
    joined = next(span for span in offered("甲 乙\t丙 丁\n\t戊\n") if span.length == 2)
    assert raws(joined) == ("甲 乙", "")
