"""Merges found again in a table of fixed columns."""

from __future__ import annotations

import time

from extract.transcripts.lost_merges import restore_merges


def spans(rows: list[str]) -> list[tuple[str, int, int]]:
    """Texts with their row and column spans; one character a column, a dot for a blank."""
    cells = restore_merges([["" if c == "." else c for c in row] for row in rows])
    return [(cell.text, cell.row_span, cell.column_span) for cell in cells if cell.text]


def test_text_reaches_to_the_next_column_of_its_part() -> None:
    assert spans(["ab..", "c.de", "f.gh"])[:2] == [("a", 1, 1), ("b", 1, 1)]
    assert spans(["a...", "b..."]) == [("a", 1, 4), ("b", 1, 4)]


def test_label_covers_the_rows_below_it() -> None:
    assert spans(["ab12", ".c34", ".d56", "ef78"])[0] == ("a", 3, 1)


def test_value_above_a_blank_covers_nothing() -> None:
    rows = ["ab1", "cd.", "ef2"]
    assert ("1", 1, 1) in spans(rows)


def test_label_ends_at_the_next_label() -> None:
    assert [s for s in spans(["ab1", ".c2", "de3", ".f4"]) if s[0] in "ad"] == [("a", 2, 1), ("d", 2, 1)]


def test_parts_of_other_layouts_do_not_cut_each_other() -> None:
    title, head = "t" + "." * 23, "n...x" + "." * 19
    table = ["a..b..c...d...e..f..g..."] * 6
    assert spans([title, head, *table])[:3] == [("t", 1, 4), ("n", 1, 4), ("x", 1, 20)]


def test_nothing_comes_of_nothing() -> None:
    assert restore_merges([]) == []


def test_long_tables_take_time_in_proportion() -> None:
    start = time.process_time()
    restore_merges([["a", "", "b", ""]] * 4_000)
    assert time.process_time() - start < 8
