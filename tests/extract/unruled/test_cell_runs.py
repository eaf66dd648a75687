"""Lines of text cut into cells at the edges of columns."""

from __future__ import annotations

import pytest

from extract.unruled.cell_runs import CellRun, line_to_runs, runs_to_typesetting
from tests.paper import typed

EDGES = (100.0, 200.0)


def cut(*words: tuple[str, float]) -> list[tuple[int, int, str]]:
    line = [char for text, x in words for char in typed(text, x, 50)]
    return [(run.column, run.column_end, run.text) for run in line_to_runs(line, EDGES)]


def test_each_word_is_in_the_column_where_it_stands() -> None:
    assert cut(("人员", 40), ("3268.4", 120), ("72%", 230)) == [
        *((0, 1, "人员"), (1, 2, "3268.4"), (2, 3, "72%"))
    ]


def test_a_word_across_an_edge_is_one_run_over_both_columns() -> None:
    assert cut(("近两年收支金额", 60), ("占比", 230)) == [(0, 2, "近两年收支金额"), (2, 3, "占比")]


def test_words_of_one_column_are_one_run() -> None:
    assert cut(("县乡", 20), ("道路", 60)) == [(0, 1, "县乡道路")]


def test_a_run_s_middle_is_that_of_its_usual_character() -> None:
    """A raised mark does not lift it; of characters one below the other it is the middle of them all."""
    raised = [*typed("面积", 50, 100), *typed("2", 70, 96, 6)]
    assert CellRun(0, 1, tuple(raised)).middle == 105
    stacked = [char for n, text in enumerate("资金情况") for char in typed(text, 50, 100 + 11 * n)]
    assert CellRun(0, 1, tuple(stacked), stacked=True).middle == pytest.approx(121.5)


def test_a_page_without_a_wrapped_line_has_the_usual_pitch() -> None:
    assert runs_to_typesetting([[CellRun(0, 1, tuple(typed("人员", 50, 100)))]]) == (10, 12)
