"""HTML tables as a browser shows them."""

from __future__ import annotations

import pytest

from extract.files.refusals import TooLargeError
from extract.transcripts.html_tables import html_to_grids, html_to_pieces
from models.document import TextLine


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


@pytest.mark.parametrize(
    "cell",
    [
        '<span style="visibility:hidden"><b>旧</b></span>新局',
        '<span style="opacity:0">旧</span>新局',
        "<del><span lang=EN-US>旧</span></del>新局",
        '<span style="text-decoration:line-through"><font>旧</font></span>新局',
        "<ruby>新<rp>(</rp><rt>xīn</rt><rp>)</rp></ruby>局",
        '新局<sup><a href="#1">[1]</a></sup>',
    ],
)
def test_what_a_browser_does_not_show_as_text_is_left_out(cell: str) -> None:
    assert texts(f"<tr><td>{cell}</td></tr>") == ["新局"]


def test_hidden_groups_of_rows_are_left_out() -> None:
    hidden = '<tbody style="display:none"><tr><td>旧</td></tr></tbody>'
    assert texts(f"{hidden}<tbody><tr><td>新</td></tr></tbody>") == ["新"]


def test_the_merges_of_a_whole_sheet_without_any_are_inferred() -> None:
    row = "<tr>{}</tr>".format
    head = row("<td>部门名称</td><td></td><td>审计局</td>" + "<td></td>" * 9)
    body = row("".join(f"<td>{n}</td>" for n in range(12)))
    (grid,) = html_to_grids(f"<table>{head}{body * 5}</table>", 1)
    assert grid.spans == "inferred"


def test_a_table_that_fills_its_cell_is_part_of_the_table_around_it() -> None:
    inner = "<table><tr><td>b</td><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td><td>g</td></tr></table>"
    (grid,) = html_to_grids(f"<table><tr><td>a</td><td> {inner} </td></tr></table>", 1)
    assert (grid.rows, grid.columns, "".join(cell.text for cell in grid.cells)) == (2, 4, "abcdefg")
    assert grid.cells[0].row_span == 2


def test_the_cells_of_a_small_table_beside_other_text_stay_apart() -> None:
    assert texts("<tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td></tr>") == ["a\nb\tc"]


def test_a_frame_around_a_form_gives_its_lines_and_the_form() -> None:
    form = "<table>" + "<tr><td>a</td><td>b</td></tr>" * 8 + "</table>"
    frame = f"<table><tr><td>菜单</td><td><h1>申报表</h1>单位：万元{form}盖章</td></tr></table>"
    found = [piece.text if isinstance(piece, TextLine) else "form" for piece in html_to_pieces(frame, 1)]
    assert found == ["菜单", "申报表", "单位：万元", "form", "盖章"]


@pytest.mark.parametrize(
    "cell",
    [
        "新局<button type=button>选择</button>",
        "<input value=新局><datalist id=x><option>旧</option></datalist>",
    ],
)
def test_buttons_and_what_might_have_been_chosen_are_left_out(cell: str) -> None:
    assert texts(f"<tr><td>{cell}</td></tr>") == ["新局"]
