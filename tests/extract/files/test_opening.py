"""What may not be opened, and why."""

from __future__ import annotations

import struct
from pathlib import Path
from zipfile import ZIP_STORED

import openpyxl
import pytest

from extract.files.kinds import Kind, identify
from extract.files.limits import Limits
from extract.files.opening import check
from tests.archives import archive, compound, saved, word

LIMITS = Limits()


def codes(path: Path, limits: Limits = LIMITS) -> list[str]:
    return [problem.code for problem in check(path, limits)[1]]


def test_word_and_excel_are_told_apart_by_their_main_part(tmp_path: Path) -> None:
    book = tmp_path / "book.bin"
    openpyxl.Workbook().save(book)
    assert check(word(tmp_path), LIMITS) == (Kind.DOCX, ())
    assert check(book, LIMITS) == (Kind.XLSX, ())


def test_ofd_is_an_archive_with_its_own_index(tmp_path: Path) -> None:
    assert check(archive(tmp_path, {"OFD.xml": b"<ofd/>"}), LIMITS) == (Kind.OFD, ())


def test_archives_that_nothing_opens_are_named(tmp_path: Path) -> None:
    _, (problem,) = check(saved(tmp_path, b"Rar!\x1a\x07\x01\0"), LIMITS)
    assert problem.message == "不支持的文件（RAR 压缩包）。请解压后逐个提交。"


def test_other_archives_are_unsupported(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.pdf": b"x"})
    assert identify(path) is Kind.ZIP
    assert codes(path) == ["file-unsupported"]


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


def test_word_as_xml_is_named(tmp_path: Path) -> None:
    path = saved(
        tmp_path, b'<?xml version="1.0"?><a xmlns="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    )
    (problem,) = check(path, LIMITS)[1]
    assert "Word 的 XML 格式" in problem.message


def test_directory_of_an_archive_is_bounded(tmp_path: Path) -> None:
    path = archive(tmp_path, {"OFD.xml": b"", "a": b""})
    assert codes(path, Limits(max_directory_bytes=50)) == ["file-too-large"]
