"""What a file is, told by its bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.files.kinds import Kind, identify
from tests.archives import archive, saved


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", Kind.PDF),
        (b"\n\n%PDF-1.4\n", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n" + bytes(8), Kind.PNG),
        (b"\xff\xd8\xff\xe0" + bytes(8), Kind.JPEG),
        (b"II*\0" + bytes(8), Kind.TIFF),
        (b"MM\0*" + bytes(8), Kind.TIFF),
        (b"\0\0\0\x18ftypheic" + bytes(8), Kind.HEIC),
        (b"\0\0\0\x18ftypisom" + bytes(8), Kind.UNKNOWN),
        (b"<!DOCTYPE html><p>x", Kind.HTML),
        (b"<!-- x --> <table><tr><td>1", Kind.HTML),
        ("部门名称\t江阳县".encode(), Kind.TEXT),
        ("部门名称".encode("utf-8-sig"), Kind.TEXT),
        ("部门名称".encode("utf-16"), Kind.TEXT),
        ("部门整体绩效目标申报表".encode("gb18030"), Kind.TEXT),
        (b"", Kind.EMPTY),
        (b" \r\n", Kind.EMPTY),
        (b"{\\rtf1 x}", Kind.UNKNOWN),
        (b'<?xml version="1.0"?><w/>', Kind.UNKNOWN),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            Kind.SPREADSHEET_XML,
        ),
        (
            b'<?xml version="1.0"?><a xmlns="http://schemas.microsoft.com/office/word/2003/wordml"/>',
            Kind.WORD_XML,
        ),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n", Kind.MHTML),
        (b"From: <x>\r\nSubject: a\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n", Kind.MHTML),
        (b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n", Kind.MAIL),
        (b"Received: x\r\nMIME-Version: 1.0\r\n\r\nContent-Type: text/html\r\n", Kind.MAIL),
        (b'{"pdf_info": []}', Kind.JSON),
        (b'[{"type": "text"}]', Kind.JSON),
        ("[附件]部门".encode(), Kind.TEXT),
        (b"\x1f\x8b\x08\0", Kind.TAR),
        (b"BZh91AY", Kind.TAR),
        (b"\xfd7zXZ\0\0\4", Kind.TAR),
        (bytes(257) + b"ustar\x0000", Kind.TAR),
        (b"Date: today", Kind.TEXT),
        (b"Rar!\x1a\x07\x01\0", Kind.RAR),
        (b"7z\xbc\xaf\x27\x1c\0\x04", Kind.SEVEN_ZIP),
        (bytes(range(256)), Kind.UNKNOWN),
    ],
)
def test_content_decides_not_the_name(tmp_path: Path, data: bytes, kind: Kind) -> None:
    assert identify(saved(tmp_path, data)) is kind


def test_html_after_an_xml_line_is_html(tmp_path: Path) -> None:
    assert identify(saved(tmp_path, b'<?xml version="1.0"?>\n<html>')) is Kind.HTML


def test_text_cut_inside_a_character_is_text(tmp_path: Path) -> None:
    assert identify(saved(tmp_path, b"a" + "表".encode() * 400_000)) is Kind.TEXT


def test_macro_enabled_word_is_word(tmp_path: Path) -> None:
    types = b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    assert identify(archive(tmp_path, {"[Content_Types].xml": types})) is Kind.DOCX


def test_many_comments_before_the_first_tag_are_passed_in_no_time(tmp_path: Path) -> None:
    assert identify(saved(tmp_path, b"<!---->\n" * 100_000 + b"x")) is Kind.TEXT
    assert identify(saved(tmp_path, b"<!-- a --> " * 40 + b"<html>")) is Kind.HTML


def test_comment_without_an_end_is_text(tmp_path: Path) -> None:
    assert identify(saved(tmp_path, b"<!-- <html>")) is Kind.TEXT


def test_parts_are_found_under_any_spelling(tmp_path: Path) -> None:
    types = b"spreadsheetml.sheet.main+xml"
    assert identify(archive(tmp_path, {"[CONTENT_TYPES].XML": types})) is Kind.XLSX
