"""The list of an archive's parts is measured before it is read."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from extract.files.zips import directory_bytes, part_key, read_start
from tests.archives import archive, saved


def test_directory_has_46_bytes_a_part_and_its_name(tmp_path: Path) -> None:
    assert directory_bytes(archive(tmp_path, {"ab": b"", "c": b""})) == 2 * 46 + 3


def test_directory_of_an_archive_with_a_comment(tmp_path: Path) -> None:
    path = archive(tmp_path, {"ab": b""})
    with ZipFile(path, "a") as file:
        file.comment = b"x" * 1000
    assert directory_bytes(path) == 48


@pytest.mark.parametrize("data", [b"", b"PK\5\6", b"PK\3\4" + bytes(100)])
def test_archive_without_an_end_has_no_directory(tmp_path: Path, data: bytes) -> None:
    assert directory_bytes(saved(tmp_path, data)) == 0


def test_start_of_a_part_under_another_spelling(tmp_path: Path) -> None:
    with ZipFile(archive(tmp_path, {"Word\\Document.XML": b"abcdef"})) as file:
        assert read_start(file, "word/document.xml", 3) == b"abc"


def test_leading_slash_is_no_part_of_a_name() -> None:
    assert part_key("/xl/Workbook.xml") == "xl/workbook.xml"
