"""Lines and grids out of any parser's text: tab rows, Markdown, HTML, mixed in one file."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from extract.files.refusals import TooLargeError
from extract.transcripts.markup import read_markup, text_to_pieces
from models.document import TextLine
from models.grid import Grid


def grid(text: str) -> Grid:
    found = [piece for piece in text_to_pieces(text) if isinstance(piece, Grid)]
    assert len(found) == 1
    return found[0]


def texts(text: str) -> list[list[str]]:
    """The cells of the only grid in `text`, row by row."""
    found = grid(text)
    return [[cell.text for cell in found.cells if cell.row == row] for row in range(found.rows)]


def lines(text: str) -> list[str]:
    return [piece.text for piece in text_to_pieces(text) if isinstance(piece, TextLine)]


def test_tab_rows() -> None:
    assert texts("填报人\t李明华\n电话\t123\n") == [["填报人", "李明华"], ["电话", "123"]]


def test_an_empty_cell_is_blank_and_a_short_row_ends() -> None:
    found = grid("甲\t\t乙\n丙\t丁\n")
    assert [cell.state for cell in found.cells] == ["read", "blank", "read", "read", "read"]
    assert found.columns == 3


def test_an_empty_line_inside_a_table_is_a_break() -> None:
    assert grid("甲\t乙\n\n丙\t丁\n").breaks == {1}


def test_a_line_between_rows_parts_two_tables() -> None:
    pieces = list(text_to_pieces("甲\t乙\n## 年度目标\n丙\t丁\n"))
    assert [type(piece) for piece in pieces] == [Grid, TextLine, Grid]


def test_a_pipe_table_without_its_rule() -> None:
    assert texts("| 名称 | 金额 |\n|:---|---:|\n| 甲 | 1 |\n") == [["名称", "金额"], ["甲", "1"]]


@pytest.mark.parametrize("line", ["甲 | 乙 | 丙", "| 见附件"])
def test_a_line_with_pipes_that_does_not_begin_and_go_on_as_a_row_is_text(line: str) -> None:
    assert lines(f"{line}\n") == [line]


def test_an_escaped_pipe_is_text() -> None:
    assert texts("| 甲\\|乙 | 丙 |\n") == [["甲|乙", "丙"]]


def test_markdown_marks_are_not_text() -> None:
    assert lines("## 附件 2 ##\n- 第一\n**重点**工作\n") == ["附件 2", "第一", "重点工作"]


def test_a_dash_between_two_years_is_no_list_mark() -> None:
    assert lines("期限：2026年 - 2030年\n") == ["期限：2026年 - 2030年"]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("a**b**c__d__", "abcd"),
        ("**a", "**a"),
        ("2 ** 3", "2 ** 3"),
        ("**a__b**c__", "abc"),
        ("第____号", "第____号"),
    ],
)
def test_emphasis_goes_in_pairs(marked: str, plain: str) -> None:
    assert lines(marked) == [plain]


def test_capitals_of_other_alphabets_keep_their_places() -> None:
    assert lines("İİİİ<style>x</style>甲") == ["İİİİ甲"]


@pytest.mark.parametrize(
    "unit",
    [
        "<table ",
        "<!-- x -->\n",
        "# ",
        "#",
        "   ",
        "- ",
        "**",
        "__a",
        "|--",
        "| :",
        "<td",
        "<br ",
        "&",
        "<p>",
        "\n \t",
    ],
)
@pytest.mark.parametrize("before", ["", "<table><tr><td>", "# ", "|---"])
def test_time_grows_with_the_text_and_not_with_its_square(before: str, unit: str) -> None:
    def seconds(times: int) -> float:
        text = before + unit * times + "x"
        start = time.process_time()
        with suppress(TooLargeError):
            list(text_to_pieces(text))
        return time.process_time() - start

    # four times the text: 4 where time grows with it, 16 with its square; noise of the machine is in both
    assert min(seconds(20_000) for _ in range(3)) < 10 * min(seconds(5_000) for _ in range(3)) + 0.5


def test_a_heading_is_told_from_a_line() -> None:
    pieces = [piece for piece in text_to_pieces("# 标题\n正文\n") if isinstance(piece, TextLine)]
    assert [piece.heading for piece in pieces] == [True, False]


def test_html_spans() -> None:
    found = grid('<table><tr><td rowspan="2">甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>')
    assert [(c.row, c.column, c.row_span, c.text) for c in found.cells] == [
        (0, 0, 2, "甲"),
        (0, 1, 1, "乙"),
        (1, 1, 1, "丙"),
    ]
    assert found.spans == "ruled"


def test_a_colspan_moves_what_follows() -> None:
    found = grid("<table><tr><td colspan=3>甲</td><td>乙</td></tr></table>")
    assert [cell.column for cell in found.cells] == [0, 3]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "99999999999"])
def test_a_senseless_span_is_survived(span: str) -> None:
    table = f'<table><tr><td rowspan="{span}" colspan="{span}">甲</td></tr><tr><td>乙</td></tr></table>'
    assert [cell.text for cell in grid(table).cells] == ["甲", "乙"]


def test_paragraphs_in_a_cell_are_lines_of_it() -> None:
    assert texts("任务\t<p>1、甲；</p> <p>2、乙。</p>\n") == [["任务", "1、甲；\n2、乙。"]]
    assert texts("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>") == [["甲\n乙"]]


def test_entities_and_comparison_signs() -> None:
    assert texts("A&amp;B\t&lt;5%\t≥800\t3<5\n") == [["A&B", "<5%", "≥800", "3<5"]]


def test_tab_rows_pipes_and_html_in_one_file() -> None:
    text = "甲\t乙\n说明\n| 丙 | 丁 |\n<table><tr><td>戊</td></tr></table>己\n"
    kinds = [type(piece).__name__ for piece in text_to_pieces(text)]
    assert kinds == ["Grid", "TextLine", "Grid", "Grid", "TextLine"]


def test_places_are_lines_of_the_file() -> None:
    text = "标题\n<!-- 两行\n注释 -->\n<table>\n<tr><td>甲</td></tr>\n</table>\n乙\t丙\n"
    places = [p.cells[0].place.part if isinstance(p, Grid) else p.place.part for p in text_to_pieces(text)]
    assert places == ["line 1", "line 5", "line 7"]


def test_windows_line_ends() -> None:
    assert texts("甲\t乙\r\n丙\t丁\r\n") == [["甲", "乙"], ["丙", "丁"]]


def test_scripts_styles_and_comments_are_not_text() -> None:
    assert lines("<style>p {}</style><script>a</script><!-- <table> -->正文\n") == ["正文"]


def test_a_whole_html_file() -> None:
    body = "<h1>申报表</h1><table><tr><th>甲</th></tr></table>"
    page = f"<html><head><title>x</title></head><body>{body}</body></html>"
    assert [type(piece).__name__ for piece in text_to_pieces(page)] == ["TextLine", "Grid"]


def test_a_frame_table_gives_the_tables_in_it() -> None:
    inner = "<table><tr><td>{}</td></tr></table>"
    frame = f"<table><tr><td>{inner.format('甲')}{inner.format('乙')}</td></tr></table>"
    found = [p.cells[0].text for p in text_to_pieces(frame) if isinstance(p, Grid)]
    assert found == ["甲", "乙"]


def test_a_closing_tag_without_a_table_is_dropped() -> None:
    assert lines("</table>甲\n") == ["甲"]


def test_an_empty_table_is_nothing() -> None:
    assert list(text_to_pieces("<table></table><table>")) == []


def test_an_xml_declaration_inside_a_table_is_survived() -> None:
    table = "<table><?xml version='1.0' encoding='utf-8'?><tr><td>甲</td></tr></table>"
    assert texts(table) == [["甲"]]


def test_an_unclosed_table_keeps_its_cells() -> None:
    assert texts("<table><tr><td>甲<td>乙<tr><td>丙") == [["甲", "乙"], ["丙"]]


def test_text_after_an_unclosed_table_is_not_lost() -> None:
    pieces = list(text_to_pieces("<table><tr><td>甲</td></tr>\n部门名称\t乙\n年度目标\n"))
    assert "乙" in repr(pieces)
    assert "年度目标" in repr(pieces)


def test_cells_without_a_row_are_not_lost() -> None:
    assert "甲" in repr(list(text_to_pieces("<table><td>甲</td><td>乙</td></table>")))


def test_utf16_and_gb18030_files_read_the_same() -> None:
    text = "部门整体绩效目标申报表\n部门（单位）名称\t江阳县审计局\n年度目标：完成全年审计工作任务。\n"
    pieces = [read_markup(text.encode(encoding)).pieces for encoding in ("utf-8", "utf-16", "gb18030")]
    assert pieces[0] == pieces[1] == pieces[2]


def test_a_text_over_the_limit_is_refused_with_both_sizes() -> None:
    document = read_markup(b"a\tb\n" * 500_000, max_bytes=1_000_000)
    assert document.pieces == ()
    assert [problem.code for problem in document.problems] == ["file-too-large"]
    assert "2.0 MB" in document.problems[0].message
    assert "1 MB" in document.problems[0].message


def test_a_binary_file_is_not_text() -> None:
    document = read_markup(bytes(range(256)) * 4)
    assert [(problem.code, problem.severity) for problem in document.problems] == [("file-not-text", "error")]


def test_table_of_too_many_columns_is_refused_with_both_numbers() -> None:
    document = read_markup(b"a\t" * 2_000 + b"\n")
    assert (document.pieces, [p.code for p in document.problems]) == ((), ["file-too-large"])
    assert "2001" in document.problems[0].message and "1000" in document.problems[0].message


def test_struck_out_text_is_left_out_and_told() -> None:
    document = read_markup(b"<table><tr><td><del>98%</del>95%</td></tr></table>")
    assert "98%" not in repr(document.pieces)
    assert [p.code for p in document.problems] == ["text-struck"]


def test_what_is_folded_away_is_not_read_but_where_it_may_be_the_form() -> None:
    note = "<details><summary>说明</summary><p>单位名称应为全称</p></details>"
    assert list(text_to_pieces(f"{note}\n")) == []
    assert len(list(text_to_pieces("<details><table><tr><td>a</td></tr></table></details>"))) == 1
    assert len(list(text_to_pieces("<details open><p>a</p></details>"))) == 1


def test_a_rule_of_an_outline_table_is_no_row() -> None:
    (grid,) = text_to_pieces("| 项目 | 金额 |\n|------+------|\n| 设备 | 5 |")
    assert isinstance(grid, Grid)
    assert grid.rows == 2
