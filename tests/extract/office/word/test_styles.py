"""What styles say of runs and paragraphs."""

from __future__ import annotations

from extract.office.package import bytes_to_element
from extract.office.word.styles import Face, read_style_sheet
from tests.word_markup import SPACES


def sheet(styles: str) -> bytes:
    return f"<w:styles {SPACES}>{styles}</w:styles>".encode()


def test_style_takes_over_what_its_parent_says() -> None:
    parent = '<w:style w:styleId="a"><w:rPr><w:strike/><w:color w:val="FFFFFF"/></w:rPr></w:style>'
    child = '<w:style w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:color w:val="000000"/></w:rPr></w:style>'
    face = read_style_sheet(bytes_to_element(sheet(parent + child))).style("b").face
    assert (face.struck, face.colour) == (True, "000000")


def test_style_that_is_its_own_parent_is_survived() -> None:
    loop = '<w:style w:styleId="a"><w:basedOn w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>'
    assert read_style_sheet(bytes_to_element(sheet(loop))).style("a").face.hidden


def test_heading_styles_are_known_by_name() -> None:
    styles = '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    assert read_style_sheet(bytes_to_element(sheet(styles))).style("1").heading


def test_nobody_knows_the_paper_in_a_table_whose_style_shades_it() -> None:
    style = '<w:style w:styleId="t"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
    assert read_style_sheet(bytes_to_element(sheet(style))).shading_tables == {"t"}


def test_document_without_styles_has_plain_ones() -> None:
    assert read_style_sheet(None).style("x").face == Face()


def test_white_on_paper_of_unknown_colour_is_seen() -> None:
    assert Face(colour="FFFFFF").is_unseen("FFFFFF")
    assert not Face(colour="FFFFFF").is_unseen(None)
    assert not Face(colour="FFFFFF", ground="000000").is_unseen("FFFFFF")


def test_letters_of_a_hairs_width_are_not_seen() -> None:
    style = '<w:style w:styleId="a"><w:rPr><w:w w:val="1"/></w:rPr></w:style>'
    assert read_style_sheet(bytes_to_element(sheet(style))).style("a").face.is_unseen(None)
