"""HTML tables as a browser shows them."""

from __future__ import annotations

import pytest

from extract.files.refusals import TooLargeError
from extract.transcripts.html_tables import html_to_grids


def texts(rows: str) -> list[str]:
    (grid,) = html_to_grids(f"<table>{rows}</table>", 1)
    return [cell.text for cell in grid.cells]


@pytest.mark.parametrize("hidden", ["hidden", 'style="display: none"', 'style="mso-hide:all"'])
def test_hidden_rows_and_cells_are_left_out(hidden: str) -> None:
    assert texts(f"<tr {hidden}><td>x</td></tr><tr><td>a</td><td {hidden}>y</td></tr>") == ["a"]


def test_raised_digits_are_exponents_or_marks() -> None:
    assert texts("<tr><td>402.87<sup>2</sup></td><td>10<sup>4</sup></td><td>m<sup>2</sup></td></tr>") == [
        "402.87",
        "10⁴",
        "m²",
    ]


def test_area_of_all_spans_is_bounded() -> None:
    cell = '<td rowspan="200" colspan="200">x</td>'
    with pytest.raises(TooLargeError, match="500000"):
        list(html_to_grids(f"<table>{f'<tr>{cell}{cell}</tr>' * 200}</table>", 1))


def test_tables_inside_a_table_are_bounded() -> None:
    with pytest.raises(TooLargeError, match="500"):
        list(html_to_grids("<table><tr><td>" + "<table>" * 501, 1))
