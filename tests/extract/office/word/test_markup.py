"""What of a Word file's markup is on the accepted page."""

from __future__ import annotations

from extract.office.package import Element, bytes_to_element
from extract.office.word.markup import T, accepted, children, count, has, qualified, switch, value, whole
from tests.word_markup import SPACES, run


def element(content: str) -> Element:
    return bytes_to_element(f"<w:p {SPACES}>{content}</w:p>".encode())


def test_deletions_are_not_accepted() -> None:
    node = element(f"<w:del>{run('a')}</w:del><w:ins>{run('b')}</w:ins>")
    assert [child.tag for child in accepted(node)] == [qualified("w:ins")]


def test_children_are_found_through_what_wraps_them() -> None:
    node = element(f"<w:ins><w:smartTag>{run('b')}</w:smartTag></w:ins>")
    assert [child.text for child in children(node, (T,))] == ["b"]


def test_values_at_a_path() -> None:
    node = element('<w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr><w:keepNext w:val="0"/></w:pPr>')
    assert value(node, "w:pPr/w:numPr/w:ilvl") == "2"
    assert count(node, "w:pPr/w:numPr/w:ilvl") == 2
    assert not has(node, "w:pPr/w:rPr")
    assert not switch(node, "w:pPr/w:keepNext", True)
    assert switch(node, "w:pPr/w:keepLines", True)


def test_what_is_no_number_counts_as_none() -> None:
    assert [whole(text, 7) for text in ("3", "-1", "x", "", None, "9" * 12, "1.5")] == [3, -1, 7, 7, 7, 7, 7]
