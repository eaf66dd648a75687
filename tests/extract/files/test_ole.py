"""Compound files: which Office file one is, and whether it is locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.files.ole import BrokenCompoundError, is_locked, main_stream
from tests.archives import compound, saved


def test_main_stream_tells_the_program(tmp_path: Path) -> None:
    assert main_stream(compound(tmp_path, "Workbook", b"")) == "Workbook"
    assert main_stream(compound(tmp_path, "PowerPoint Document", b"")) is None


def test_locked_word_file_has_its_bit_set(tmp_path: Path) -> None:
    assert is_locked(compound(tmp_path, "WordDocument", bytes(11) + b"\x01"), "WordDocument")
    assert not is_locked(compound(tmp_path, "WordDocument", bytes(12)), "WordDocument")


def test_broken_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenCompoundError):
        main_stream(saved(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20)))
