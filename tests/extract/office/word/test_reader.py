"""Word's tables, changes and boxes as a reader of the printed copy sees them."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from extract.files.limits import UnfoldingLimits
from extract.office.word.reader import read_word
from extract.page.symbols import UNREADABLE
from models.document import TextLine
from models.grid import Grid
from tests.word_markup import (
    cell_text,
    codes,
    grid,
    par,
    read,
    read_with_header,
    run,
    tbl,
    tc,
    texts,
    tr,
    wide,
)


def layout(found: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in found.cells]


def test_horizontal_merge_is_a_column_span(tmp_path: Path) -> None:
    found = grid(read(tmp_path, tbl(tr(tc("a", wide(2)), tc("b")), tr(tc("c"), tc("d"), tc("e")))))
    assert layout(found)[:2] == [("a", 0, 0, 1, 2), ("b", 0, 2, 1, 1)]
    assert (found.rows, found.columns, found.spans) == (2, 3, "ruled")


def test_vertical_merge_is_a_row_span(tmp_path: Path) -> None:
    start, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = tbl(tr(tc("a", start), tc("b")), tr(tc("", more), tc("c")), tr(tc("d", start), tc("e")))
    assert layout(grid(read(tmp_path, table))) == [
        ("a", 0, 0, 2, 1), ("b", 0, 1, 1, 1), ("c", 1, 1, 1, 1), ("d", 2, 0, 1, 1), ("e", 2, 1, 1, 1),
    ]  # fmt: skip


def test_merge_in_both_directions(tmp_path: Path) -> None:
    block = tbl(tr(tc("a", wide(2) + '<w:vMerge w:val="restart"/>')), tr(tc("", wide(2) + "<w:vMerge/>")))
    assert layout(grid(read(tmp_path, block))) == [("a", 0, 0, 2, 2)]


def test_continued_merge_without_a_start_is_a_cell(tmp_path: Path) -> None:
    assert layout(grid(read(tmp_path, tbl(tr(tc("a", "<w:vMerge/>")))))) == [("a", 0, 0, 1, 1)]


def test_columns_skipped_before_and_after_a_row_are_absent(tmp_path: Path) -> None:
    skip = '<w:gridBefore w:val="1"/><w:gridAfter w:val="2"/>'
    found = grid(read(tmp_path, tbl(tr(tc("a"), properties=skip))))
    assert (layout(found), found.columns) == ([("a", 0, 1, 1, 1)], 4)


def test_places_name_table_row_and_column(tmp_path: Path) -> None:
    document = read(tmp_path, tbl(tr(tc("a"))) + par(run("between")) + tbl(tr(tc("b", wide(2)), tc("c"))))
    assert [type(piece) for piece in document.pieces] == [Grid, TextLine, Grid]
    _, line, second = document.pieces
    assert isinstance(second, Grid) and isinstance(line, TextLine)
    assert [c.place.part for c in second.cells] == ["表2 R1C1", "表2 R1C3"]
    assert (line.place.part, line.place.page) == ("段落 1", None)


def test_paragraphs_of_a_cell_are_lines(tmp_path: Path) -> None:
    assert cell_text(tmp_path, par(run("a")) + par(run("b"))) == "a\nb"


def test_blank_cell_is_blank(tmp_path: Path) -> None:
    assert grid(read(tmp_path, tbl(tr(tc(" "))))).cells[0].state == "blank"


def test_tabs_breaks_and_hyphens(tmp_path: Path) -> None:
    marks = '<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:br w:type="page"/></w:r>'
    assert cell_text(tmp_path, par(run("a") + marks)) == "a\tb\nc-"


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Symbol", "F0B3", "≥"),
        ("Wingdings 2", "F052", "☑"),
        ("Odd", "F041", "\ufffd"),
        ("Arial", "2265", "≥"),
    ],
)
def test_symbols(tmp_path: Path, font: str, code: str, shown: str) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    assert cell_text(tmp_path, par(symbol + run("95%"))) == f"{shown}95%"


def test_small_nested_table_is_text_of_its_cell(tmp_path: Path) -> None:
    inner = tbl(tr(tc("b"), tc("c")), tr(tc("d"), tc("e")))
    assert cell_text(tmp_path, par(run("a")) + inner + par("")) == "a\nb\tc\nd\te"


def test_nested_form_is_a_grid_of_its_own(tmp_path: Path) -> None:
    form = tbl(*(tr(tc(f"label {n}"), tc(f"value {n}")) for n in range(8)))
    document = read(tmp_path, tbl(tr(tc("title")), tr(tc(form + par("")))))
    outer, inner = document.pieces
    assert isinstance(outer, TextLine) and isinstance(inner, Grid)
    assert outer.text == "title"
    assert (inner.rows, inner.cells[-1].text, inner.cells[-1].place.part) == (8, "value 7", "表2 R8C2")


def test_nested_table_that_fills_its_cell_is_part_of_the_table_around_it(tmp_path: Path) -> None:
    inner = tbl(tr(tc("b"), tc("c"), tc("d")), tr(tc("e"), tc("f"), tc("g")))
    found = grid(read(tmp_path, tbl(tr(tc("a"), tc(inner + par(""))), tr(tc("h"), tc("i")))))
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in found.cells] == [
        ("a", 0, 0, 2, 1),
        *((text, 0, n + 1, 1, 1) for n, text in enumerate("bcd")),
        *((text, 1, n + 1, 1, 1) for n, text in enumerate("efg")),
        ("h", 2, 0, 1, 1),
        ("i", 2, 1, 1, 3),
    ]


def test_table_in_a_text_box_that_fills_its_cell_is_part_of_the_table_around_it(tmp_path: Path) -> None:
    inner = tbl(tr(tc("b"), tc("c"), tc("d")), tr(tc("e"), tc("f"), tc("g")))
    box = par(f"<w:r><w:pict><w:txbxContent>{inner}{par('')}</w:txbxContent></w:pict></w:r>")
    found = grid(read(tmp_path, tbl(tr(tc("a"), tc(box)))))
    assert ("".join(c.text for c in found.cells), found.rows, found.columns) == ("abcdefg", 2, 4)


def test_bare_wrapper_around_a_form_is_not_a_grid(tmp_path: Path) -> None:
    form = tbl(*(tr(tc("label"), tc("value")) for _ in range(8)))
    assert grid(read(tmp_path, tbl(tr(tc(form + par("")))))).rows == 8


def test_text_box_follows_its_paragraph_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{par(run('box'))}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><a:x>{box}</a:x></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert texts(read(tmp_path, par(run("before ") + both + run("after")))) == ["before after", "box"]
    assert cell_text(tmp_path, par(both)) == "box"


def test_text_box_in_a_cell_with_other_text_is_told(tmp_path: Path) -> None:
    box = f"<w:r><w:pict><w:txbxContent>{par(run('此处填全称'))}</w:txbxContent></w:pict></w:r>"
    table = tbl(tr(tc(par(run("交通运输局") + box)), tc(par(box)), tc(par(run("c")))))
    (problem,) = read(tmp_path, table).problems
    assert (problem.code, [place.part for place in problem.places]) == ("box-beside-text", ["表1 R1C1"])


def test_form_inside_a_text_box_is_a_grid(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{tbl(tr(tc('a')))}</w:txbxContent>"
    assert layout(grid(read(tmp_path, par(f"<w:r><w:pict>{box}</w:pict></w:r>")))) == [("a", 0, 0, 1, 1)]


def test_changes_read_as_accepted(tmp_path: Path) -> None:
    gone = "<w:del><w:r><w:delText>98%</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('x')}</w:moveFrom><w:moveTo>{run('y')}</w:moveTo>"
    assert cell_text(tmp_path, par(gone + f"<w:ins>{run('95%')}</w:ins>" + moved)) == "95%y"


def test_deleted_paragraph_end_joins_the_next(tmp_path: Path) -> None:
    assert cell_text(tmp_path, par(run("a"), "<w:rPr><w:del/></w:rPr>") + par(run("b"))) == "ab"


def test_deleted_rows_and_cells_are_out(tmp_path: Path) -> None:
    table = tbl(tr(tc("a"), properties="<w:del/>"), tr(tc("b", "<w:cellDel/>"), tc("c")))
    assert layout(grid(read(tmp_path, table))) == [("c", 0, 0, 1, 1)]


def test_hidden_text_is_left_out(tmp_path: Path) -> None:
    shown = run("b", '<w:vanish w:val="0"/>')
    assert cell_text(tmp_path, par(run("a", "<w:vanish/>") + shown)) == "b"


def test_prompt_of_an_empty_field_is_left_out(tmp_path: Path) -> None:
    field = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    empty = field.format("<w:showingPlcHdr/>", run("单击此处输入文字。"))
    assert cell_text(tmp_path, par(run("a") + empty + field.format("", run("b")))) == "ab"


def test_row_and_cell_in_content_controls_are_read(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    table = tbl(control.format(tr(tc("a"), control.format(tc("b")))))
    assert [c.text for c in grid(read(tmp_path, control.format(table))).cells] == ["a", "b"]


def test_footnotes_pinyin_and_field_codes_are_left_out(tmp_path: Path) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('fēi')}</w:rt><w:rubyBase>{run('非')}</w:rubyBase></w:ruby></w:r>"
    noise = '<w:r><w:footnoteReference w:id="2"/><w:instrText>PAGE</w:instrText></w:r>'
    assert cell_text(tmp_path, par(ruby + noise + run("税"))) == "非税"


def test_picture_without_a_table_is_reported(tmp_path: Path) -> None:
    document = read(tmp_path, par("<w:r><w:drawing><a:blip/></w:drawing></w:r>"))
    assert [problem.code for problem in document.problems] == ["form-is-picture"]


def test_empty_document_is_reported(tmp_path: Path) -> None:
    assert [problem.code for problem in read(tmp_path, par("")).problems] == ["file-empty"]


@pytest.mark.parametrize("keep", [0, 10, 2000])
def test_damaged_file_is_one_problem(tmp_path: Path, keep: int) -> None:
    read(tmp_path, par(run("a")))
    data = (tmp_path / "form").read_bytes()
    (tmp_path / "cut").write_bytes(data[:keep])
    document = read_word(tmp_path / "cut")
    assert (document.pieces, [p.code for p in document.problems]) == ((), ["file-damaged"])


def test_broken_main_part_is_one_problem(tmp_path: Path) -> None:
    read(tmp_path, par(run("a")))
    with ZipFile(tmp_path / "form") as old, ZipFile(tmp_path / "new", "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, b"<w:document" if name == "word/document.xml" else old.read(name))
    assert [p.code for p in read_word(tmp_path / "new").problems] == ["file-damaged"]


def test_missing_file_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_word(tmp_path / "none")


def test_cells_merged_the_old_way_are_a_column_span(tmp_path: Path) -> None:
    start, more = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    found = grid(read(tmp_path, tbl(tr(tc("a", start), tc("", more), tc("b")))))
    assert layout(found) == [("a", 0, 0, 1, 2), ("b", 0, 2, 1, 1)]


def test_defect_of_ours_is_no_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.office.word.flow.table_to_slots", lambda table: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        read(tmp_path, tbl(tr(tc("a"))))


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_too_little_memory_is_no_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def exhausted(*_: object) -> None:
        raise error

    monkeypatch.setattr("extract.office.package.etree.fromstring", exhausted)
    with pytest.raises(error):
        read(tmp_path, par(run("a")))


@pytest.mark.parametrize("code", ["D800", "DFFF", "", "xyz", "110000", "0", "-1"])
def test_symbol_of_no_character_is_unreadable(tmp_path: Path, code: str) -> None:
    symbol = f'<w:r><w:sym w:font="Arial" w:char="{code}"/></w:r>'
    assert cell_text(tmp_path, par(symbol + run("是"))) == f"{UNREADABLE}是"


def test_form_field_that_shows_no_prompt_is_read(tmp_path: Path) -> None:
    field = '<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    assert cell_text(tmp_path, par(field.format(run("b")))) == "b"


def test_alternative_of_a_stranger_gives_way_to_the_fallback(tmp_path: Path) -> None:
    choice = f'<mc:Choice Requires="odd">{run("x")}</mc:Choice><mc:Choice Requires="undeclared">{run("y")}</mc:Choice>'
    both = f"<mc:AlternateContent>{choice}<mc:Fallback>{run('z')}</mc:Fallback></mc:AlternateContent>"
    assert cell_text(tmp_path, par(both)) == "z"


def test_page_header_comes_before_the_body(tmp_path: Path) -> None:
    page = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    document = read_with_header(tmp_path, par(run("单位：万元")) + par(page + run("1")), tbl(tr(tc("a"))))
    line, found, *_ = document.pieces
    assert isinstance(line, TextLine) and (line.text, line.place.part) == ("单位：万元", "页眉段落 1")
    assert isinstance(found, Grid) and found.cells[0].place.part == "表1 R1C1"
    assert texts(document) == ["单位：万元"]


def test_form_in_a_page_header_is_named(tmp_path: Path) -> None:
    form = tbl(*(tr(tc(f"label {n}"), tc(f"value {n}")) for n in range(8)))
    document = read_with_header(tmp_path, form + par(""), par(""))
    assert (document.pieces, codes(document)) == ((), ["form-in-header"])


def test_picture_in_a_cell_is_unread_and_named(tmp_path: Path) -> None:
    picture = par("<w:r><w:drawing><a:blip/></w:drawing></w:r>")
    document = read(tmp_path, tbl(tr(tc(picture), tc(par(run("a")) + picture))))
    assert [cell.state for cell in grid(document).cells] == ["unread", "read"]
    assert codes(document) == ["cell-picture"]
    assert "表1 R1C1" in document.problems[0].message


def test_embedded_object_is_named(tmp_path: Path) -> None:
    thing = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    document = read(tmp_path, tbl(tr(tc(par(thing + run("a"))))))
    assert codes(document) == ["object-embedded"]
    assert "表1 R1C1（Excel.Sheet.12）" in document.problems[0].message


def test_content_of_another_file_is_named(tmp_path: Path) -> None:
    document = read(tmp_path, par(run("a")) + '<w:altChunk r:id="rId99"/>')
    assert codes(document) == ["content-embedded"]


def test_document_of_too_many_characters_is_refused(tmp_path: Path) -> None:
    document = read(tmp_path, par(run("字" * 20_000)) * 151)
    assert (document.pieces, codes(document)) == ((), ["file-too-large"])


def test_tables_within_tables_are_bounded(tmp_path: Path) -> None:
    inner = par(run("a"))
    for _ in range(12):
        inner = tbl(tr(tc(inner))) + par("")
    assert codes(read(tmp_path, inner)) == ["file-too-large"]


def test_number_of_a_single_paragraph_is_no_part_of_its_cell(tmp_path: Path) -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    )
    rows = tr(tc(par(run("甲项目"), numbered))) + tr(
        tc(par(run("2026年"), numbered) + par(run("乙"), numbered))
    )
    assert [c.text for c in grid(read(tmp_path, tbl(rows), levels)).cells] == ["甲项目", "2、2026年\n3、乙"]


def test_part_of_too_many_tags_is_refused_before_it_is_unfolded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.office.package.UNFOLDING", UnfoldingLimits(part_tags=5_000))
    document = read(tmp_path, par("") * 2_000)
    assert (document.pieces, codes(document)) == ((), ["file-too-large"])
    assert "5000" in document.problems[0].message
