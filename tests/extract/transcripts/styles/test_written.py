"""What a style sheet hides, by class and identifier."""

from __future__ import annotations

import time

import pytest

from extract.transcripts.markup import text_to_document, text_to_pieces
from extract.transcripts.styles.hidden_blocks import without_hidden_blocks
from extract.transcripts.styles.written import with_written_styles
from models.grid import Grid


def cell(sheet: str, content: str) -> str:
    text = f"<html><head><style>{sheet}</style></head><table><tr><td>{content}</td></tr></table></html>"
    (grid,) = text_to_pieces(with_written_styles(text).text)
    assert isinstance(grid, Grid)
    return grid.cells[0].text


@pytest.mark.parametrize(
    ("sheet", "tag"),
    [
        (".old{display:none}", '<span class="note old">旧</span>'),
        ("#x { visibility : hidden !important }", "<i id=x>旧</i>"),
        (
            "p.a, span.gone{color:red;text-decoration:line-through}",
            '<span class="gone" style="x:y">旧</span>',
        ),
        ("<!-- .z{font-size:0} -->", "<font class='z'>旧</font>"),
        ("td .old{display:none}", "<span class=old>旧</span>"),
        ('[data-h="1"]{visibility:hidden}', "<i data-h=1>旧</i>"),
        (".sr{position:absolute;width:1px;height:1px;overflow:hidden}", "<span class=sr>旧</span>"),
        (".a{display:none}.a.open{display:inline}", "<span class=a>旧</span>"),
        ("", '<span style="position:absolute;left:-9999px">旧</span>'),
        ("", '<span style="color:transparent">旧</span>'),
        ("", '<font color="#fffffe">旧</font>'),
        (".w{color:rgb(255, 255, 255)}", "<span class=w>旧</span>"),
        (".w{background:navy}", '<span class=w style="color:#000080">旧</span>'),
    ],
)
def test_what_a_class_hides_or_strikes_out_is_left_out(sheet: str, tag: str) -> None:
    assert cell(sheet, f"{tag}新局") == "新局"


@pytest.mark.parametrize(
    ("sheet", "tag"),
    [
        (".old{display:block}", "<span class=old>局</span>"),
        ("div.old{display:none}", "<span class=old>局</span>"),
        (".old{display:none}", '<span class=old style="display:inline">局</span>'),
        ("@media print{.old{display:none}}", "<span class=old>局</span>"),
        ("body.print .old{display:none}", "<span class=old>局</span>"),
        (".a{font-size:0.9em;opacity:0.5}", "<span class=a>局</span>"),
        (".a{display:none}.a.open{display:inline}", '<span class="a open">局</span>'),
        (".a:hover{display:none}", "<span class=a>局</span>"),
        ("", '<span style="background:navy;color:white">局</span>'),
        ("html{background:#111}", '<span style="color:white">局</span>'),
        ("", '<span style="background:url(a.png);color:#fff">局</span>'),
        ("", '<span style="color:#fff"><b style="color:red">局</b></span>'),
        ("table{background-image:url(a.png)}", '<span style="color:#fff">局</span>'),
        ("", '<span background="a.png" style="color:#fff">局</span>'),
        ("", "<i>" * 99 + '<b style="color:#fff"><u><b style="color:red">局</b></u></b>' + "</i>" * 99),
    ],
)
def test_what_is_shown_stays(sheet: str, tag: str) -> None:
    assert cell(sheet, f"新{tag}") == "新局"


def test_lines_keep_their_places() -> None:
    text = "<style>.a{display:none}</style>\n<p class=a>x</p>\n"
    assert with_written_styles(text).text.count("\n") == text.count("\n")


def test_a_hidden_copy_of_a_table_is_left_out() -> None:
    table = "<table><tr><td>a</td></tr></table>"
    text = f'<div><div>{table}</div><div style="display:none">\n<div>{table}</div></div></div>b'
    assert without_hidden_blocks(text) == f"<div><div>{table}</div>\n</div>b"


def test_a_hidden_block_that_never_ends_stays() -> None:
    text = '<div style="display:none"><p>a</p>'
    assert without_hidden_blocks(text) == text


def test_white_text_is_told_by_its_line() -> None:
    text = '<table>\n<tr><td>新局<p style="color:#fff">旧</p></td></tr>\n</table>'
    assert with_written_styles(text).unseen_lines == (2,)


def test_white_text_is_told_behind_a_hundred_paragraphs_that_are_not_closed() -> None:
    text = "<p>局\n" * 100 + '<p><span style="color:#fff !important">旧</span>新'
    assert with_written_styles(text).unseen_lines == (101,)


def test_a_tag_deeper_than_is_looked_at_ends_no_other_one() -> None:
    text = (
        "<div>" * 63 + '<div style="color:#fff"><div></div><b style="color:red">局</b></div>' + "</div>" * 63
    )
    assert with_written_styles(text).unseen_lines == ()


def test_a_cell_that_is_not_seen_keeps_its_place() -> None:
    text = '<table><tr><td>a<td style="visibility:hidden">b<td>c<td style="display:none">d<td>e</table>'
    (grid,) = text_to_pieces(with_written_styles(text).text)
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["a", "", "c", "e"]


def test_a_cell_reaches_to_the_end_of_its_part_of_the_table() -> None:
    text = "<table><tbody><tr><td rowspan=9>a<td>b</tbody><tbody><tr><td>c<td>d</tbody></table>"
    (grid,) = text_to_pieces(text)
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.row_span) for cell in grid.cells] == [("a", 1), ("b", 1), ("c", 1), ("d", 1)]


def test_a_column_that_the_sheet_hides_is_left_out() -> None:
    rows = "<tr><td>1</td><td>a</td></tr><tr><td>2</td><td>b</td></tr>"
    text = f"<style>td:first-child{{display:none}}</style><table>{rows}</table>"
    (grid,) = text_to_pieces(with_written_styles(text).text)
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.column) for cell in grid.cells] == [("a", 0), ("b", 0)]


@pytest.mark.parametrize("rules", [19_000, 21_000])
def test_a_sheet_of_too_many_rules_is_given_up_in_time_and_told(rules: int) -> None:
    text = "<style>" + "a b c{color:#fff}" * rules + "</style>" + "<b><c>" * 20_000
    begin = time.process_time()
    document = text_to_document(text, "text/html", ())
    assert time.process_time() - begin < 5
    assert [problem.code for problem in document.problems] == ["file-too-large"]
