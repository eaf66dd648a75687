"""An Office file's parts are found as Office finds them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError, UnreadableError
from extract.office.excel.workbook import stream_elements
from extract.office.package import Package, Relation, bytes_to_element
from tests.archives import archive

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def relation(name: str, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{name}" Type="http://x/{kind}" Target="{target}" {more}/>'


def package(folder: Path, parts: dict[str, str]) -> Package:
    path = archive(folder, {name: text.encode() for name, text in parts.items()})
    return Package(path.read_bytes())


def test_main_part_is_named_by_a_relation(tmp_path: Path) -> None:
    found = package(
        tmp_path, {"_rels/.rels": RELATIONS.format(relation("a", "officeDocument", "/x/Main.xml"))}
    )
    assert found.main_part() == "x/main.xml"


def test_targets_are_relative_to_their_part(tmp_path: Path) -> None:
    relations = relation("a", "styles", "../Styles.xml") + relation("b", "styles", "gone.xml")
    found = package(tmp_path, {"x/_rels/main.xml.rels": RELATIONS.format(relations), "styles.xml": "<a/>"})
    assert found.related("x/main.xml", "styles") == ("styles.xml",)


def test_target_outside_the_file_is_no_part(tmp_path: Path) -> None:
    relations = relation("a", "image", "http://elsewhere/", 'TargetMode="External"')
    found = package(tmp_path, {"_rels/main.xml.rels": RELATIONS.format(relations)})
    assert found.relations("main.xml") == {"a": Relation("image", None)}


def test_names_in_capitals_and_with_backslashes(tmp_path: Path) -> None:
    assert package(tmp_path, {"XL\\WORKBOOK.XML": "<a/>"}).root("xl/workbook.xml").tag == "a"


@pytest.mark.parametrize("data", [b"", b"<a>", b"a"])
def test_what_is_no_xml_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        bytes_to_element(data)


@pytest.mark.parametrize(
    "head", ['<!DOCTYPE a [<!ENTITY x "yy">]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">', "<!DOCTYPE a>"]
)
def test_what_declares_entities_is_refused_for_what_stands_for_them_would_be_missing_unseen(
    head: str,
) -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        bytes_to_element(f"{head}<a><b>1</b></a>".encode())
    with pytest.raises(UnreadableError, match="DTD"):
        list(stream_elements(BytesIO(f"{head}<a><b>1</b></a>".encode()), ("b",), 1000))


def test_missing_part_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"word/document\.xml"):
        package(tmp_path, {"a": ""}).read("word/document.xml")
    with pytest.raises(UnreadableError):
        package(tmp_path, {"a": ""}).main_part()


def test_bytes_that_are_no_archive_are_unreadable() -> None:
    with pytest.raises(UnreadableError):
        Package(b"PK\3\4")


def test_xml_nested_too_deep_is_too_large() -> None:
    with pytest.raises(TooLargeError, match="256"):
        bytes_to_element(b"<a>" * 300 + b"</a>" * 300)


def test_as_many_tags_as_the_limit_are_parsed_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.office.package.UNFOLDING", replace(UNFOLDING, part_tags=4))
    assert len(bytes_to_element(b"<a><b/><c/></a>")) == 2
    with pytest.raises(TooLargeError, match="XML 有 5 个标记，上限 4 个"):
        bytes_to_element(b"<a><b/><c/><d/></a>")


def test_a_strict_file_says_the_same_under_other_names(tmp_path: Path) -> None:
    found = package(tmp_path, {"a.xml": '<a xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'})
    assert found.root("a.xml").tag == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}a"
