"""What a file is, told by its bytes; what may not be opened."""

from __future__ import annotations

import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import docx
import openpyxl
import pytest

from extract.files.kinds import Kind, identify
from extract.files.limits import Limits
from extract.files.opening import check

LIMITS = Limits()
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "submission.pdf"
    path.write_bytes(data)
    return path


def codes(path: Path, limits: Limits = LIMITS) -> list[str]:
    return [problem.code for problem in check(path, limits)[1]]


def word(folder: Path) -> Path:
    path = folder / "word.bin"
    docx.Document().save(str(path))
    return path


def archive(folder: Path, members: dict[str, bytes], packing: int = ZIP_DEFLATED) -> Path:
    path = folder / "archive.bin"
    with ZipFile(path, "w", packing) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def compound(folder: Path, stream: str, content: bytes) -> Path:
    """A compound file with one stream of eight or more sectors, as [MS-CFB] 2 lays it out."""
    content = content.ljust(4096, b"\0")
    sectors = len(content) // 512
    numbers = (0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<10I108I", *numbers, *[FREE] * 108)
    fat = [FAT, END, *range(3, 2 + sectors), END]
    directory = entry("Root Entry", 5, END, 0, child=1) + entry(stream, 2, 2, len(content)) + bytes(256)
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return saved(folder, header + table + directory + content)


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


def test_word_and_excel_are_told_apart_by_their_main_part(tmp_path: Path) -> None:
    book = tmp_path / "book.bin"
    openpyxl.Workbook().save(book)
    assert check(word(tmp_path), LIMITS) == (Kind.DOCX, ())
    assert check(book, LIMITS) == (Kind.XLSX, ())


def test_macro_enabled_word_is_word(tmp_path: Path) -> None:
    types = b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    assert identify(archive(tmp_path, {"[Content_Types].xml": types})) is Kind.DOCX


def test_ofd_is_an_archive_with_its_own_index(tmp_path: Path) -> None:
    assert check(archive(tmp_path, {"OFD.xml": b"<ofd/>"}), LIMITS) == (Kind.OFD, ())


def test_archives_that_nothing_opens_are_named(tmp_path: Path) -> None:
    _, (problem,) = check(saved(tmp_path, b"Rar!\x1a\x07\x01\0"), LIMITS)
    assert problem.message == "不支持的文件（RAR 压缩包）。请解压后逐个提交。"


def test_other_archives_are_unsupported(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.pdf": b"x"})
    assert identify(path) is Kind.ZIP
    assert codes(path) == ["file-unsupported"]


def test_strict_open_xml_is_unsupported(tmp_path: Path) -> None:
    members = {
        "[Content_Types].xml": b"wordprocessingml.document.main+xml",
        "_rels/.rels": b"http://purl.oclc.org/ooxml/officeDocument",
    }
    assert codes(archive(tmp_path, members)) == ["file-unsupported"]


def test_cut_archive_is_damaged(tmp_path: Path) -> None:
    data = word(tmp_path).read_bytes()
    assert codes(saved(tmp_path, data[: len(data) // 2])) == ["file-damaged"]


def test_locked_archive_member_is_encrypted(tmp_path: Path) -> None:
    data = bytearray(archive(tmp_path, {"OFD.xml": b"<ofd/>"}, ZIP_STORED).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert codes(saved(tmp_path, bytes(data))) == ["file-encrypted"]


def test_too_many_members(tmp_path: Path) -> None:
    path = archive(tmp_path, {"OFD.xml": b"", "a": b"", "b": b""})
    assert codes(path, Limits(max_members=2)) == ["file-too-large"]


def test_unpacked_size_is_bounded(tmp_path: Path) -> None:
    path = archive(tmp_path, {"OFD.xml": bytes(5000)})
    assert codes(path, Limits(max_unpacked_bytes=4999)) == ["file-too-large"]


def test_archive_that_packs_too_well_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {"OFD.xml": bytes(11 * 1024 * 1024)})
    assert codes(path) == ["file-too-large"]
    assert codes(path, Limits(max_ratio=2000)) == []


def test_too_many_bytes(tmp_path: Path) -> None:
    assert codes(saved(tmp_path, b"%PDF-1.7"), Limits(max_bytes=7)) == ["file-too-large"]


def test_empty_file(tmp_path: Path) -> None:
    assert codes(saved(tmp_path, b"")) == ["file-empty"]


def test_unknown_bytes_come_with_advice(tmp_path: Path) -> None:
    (problem,) = check(saved(tmp_path, bytes(range(256))), LIMITS)[1]
    assert (problem.code, problem.severity) == ("file-unsupported", "error")
    assert "另存为" in problem.message


@pytest.mark.parametrize(
    ("stream", "kind"),
    [("WordDocument", Kind.DOC), ("Workbook", Kind.XLS), ("Book", Kind.XLS)],
)
def test_old_office_files_by_their_stream(tmp_path: Path, stream: str, kind: Kind) -> None:
    assert check(compound(tmp_path, stream, b""), LIMITS) == (kind, ())


def test_other_compound_files_are_unsupported(tmp_path: Path) -> None:
    path = compound(tmp_path, "PowerPoint Document", b"")
    assert identify(path) is Kind.OLE2
    assert codes(path) == ["file-unsupported"]


def test_password_protected_package_is_encrypted(tmp_path: Path) -> None:
    kind, (problem,) = check(compound(tmp_path, "EncryptedPackage", b""), LIMITS)
    assert (kind, problem.code) == (Kind.ENCRYPTED_PACKAGE, "file-encrypted")
    assert problem.message == "文件已加密，请去除密码后重新提交。"


def test_password_protected_old_word_is_encrypted(tmp_path: Path) -> None:
    assert codes(compound(tmp_path, "WordDocument", bytes(11) + b"\x01")) == ["file-encrypted"]


def test_password_protected_old_excel_is_encrypted(tmp_path: Path) -> None:
    records = struct.pack("<HH4x", 0x809, 4) + struct.pack("<HH2x", 0x2F, 2)
    assert codes(compound(tmp_path, "Workbook", records)) == ["file-encrypted"]


def test_cut_compound_file_is_damaged(tmp_path: Path) -> None:
    data = compound(tmp_path, "WordDocument", b"").read_bytes()
    assert codes(saved(tmp_path, data[:700])) == ["file-damaged"]


def test_missing_file_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        check(tmp_path / "none", LIMITS)
