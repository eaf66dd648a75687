"""What a sheet shows, as a grid."""

from __future__ import annotations

from extract.office.excel.grid import column_to_letters, content_to_grid, spot_to_name
from extract.office.excel.sheet import SeenCell, SheetContent, Spot


def test_columns_are_named_in_letters() -> None:
    assert [column_to_letters(n) for n in (1, 26, 27, 702, 703, 16_384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert spot_to_name((7, 3)) == "C7"


def test_overlapping_merges_do_not_cover_a_cell_twice() -> None:
    content = SheetContent(
        seen={(1, 1): ("a", "read"), (2, 2): ("b", "read")}, merges={(1, 1): (2, 2), (2, 2): (3, 3)}
    )
    grid, _ = content_to_grid("表", content, 100)
    assert grid is not None
    covered = [
        (cell.row + down, cell.column + across)
        for cell in grid.cells
        for down in range(cell.row_span)
        for across in range(cell.column_span)
    ]
    assert len(covered) == len(set(covered))


def test_sheet_that_shows_nothing_is_no_grid() -> None:
    assert content_to_grid("表", SheetContent(), 100) == (None, [])


def test_a_form_that_lost_its_merges_gets_them_back() -> None:
    seen: dict[Spot, SeenCell] = {(1, 1): ("指标", "read"), (1, 3): ("指标值", "read")}
    seen |= {(row, column): (f"{row}", "read") for row in range(2, 30) for column in (1, 3)}
    grid, _ = content_to_grid("表", SheetContent(seen=seen), 1000)
    assert grid is not None and grid.spans == "inferred"
    assert [(cell.text, cell.column, cell.column_span) for cell in grid.cells[:2]] == [
        ("指标", 0, 2),
        ("指标值", 2, 1),
    ]


def test_blanks_of_a_short_sheet_are_blanks() -> None:
    seen: dict[Spot, SeenCell] = {(row, column): ("x", "read") for row in range(1, 5) for column in (1, 3)}
    grid, _ = content_to_grid("表", SheetContent(seen=seen), 1000)
    assert grid is not None and (grid.spans, len(grid.cells)) == ("ruled", 12)
