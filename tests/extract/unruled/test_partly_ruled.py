from __future__ import annotations

from collections.abc import Sequence

from extract.page.tables import page_to_tables
from extract.unruled.missing_floors import joined_rows
from extract.unruled.partly_ruled import is_partly_ruled
from models.geometry import Box
from models.page import Char, Page, Rule
from tests.paper import boxes_to_rules, page_of, typed

HEADINGS = [Box(50, 100, 200, 120), Box(200, 100, 350, 120), Box(350, 100, 500, 120)]
BODY = Box(50, 120, 500, 320)


def body(rows: int, columns: int = 3) -> list[Char]:
    """Rows of words in columns, without rules."""
    return [
        char
        for row in range(rows)
        for n in range(columns)
        for char in typed("基本支出", 60 + 150 * n, 130 + 20 * row)
    ]


def judged(chars: Sequence[Char], rules: Sequence[Rule]) -> bool:
    page: Page = page_of(chars, rules)
    tables = page_to_tables(page)
    return is_partly_ruled(page, tables, list(joined_rows(tables)))


def test_rows_in_one_cell_below_ruled_headings_are_rows_without_rules() -> None:
    assert judged(body(4), boxes_to_rules([*HEADINGS, BODY]))


def test_rows_beside_a_ruled_heading_are_rows_without_rules() -> None:
    assert judged(body(4), boxes_to_rules(HEADINGS))


def test_rows_of_which_each_is_one_cell_lack_their_walls() -> None:
    rows = [Box(50, 125 + 20 * n, 500, 145 + 20 * n) for n in range(4)]
    assert judged(body(4), boxes_to_rules([*HEADINGS, *rows]))


def test_a_date_and_a_unit_above_a_form_are_no_rows() -> None:
    assert not judged(body(4, columns=2), boxes_to_rules(HEADINGS))


def test_a_ruled_table_is_ruled() -> None:
    cells = [
        Box(50 + 150 * n, 125 + 20 * row, 200 + 150 * n, 145 + 20 * row) for row in range(4) for n in range(3)
    ]
    assert not judged(body(4), boxes_to_rules([*HEADINGS, *cells]))
