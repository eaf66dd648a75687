"""Whose fault it is: the file's, the system's or ours."""

from __future__ import annotations

import errno

import pytest

from extract.files.refusals import UnreadableError, blaming_file, damaged, megabytes


def test_what_a_library_raises_is_the_files_fault() -> None:
    with pytest.raises(UnreadableError, match="压缩结构"), blaming_file("压缩结构", KeyError):
        raise KeyError("x")


@pytest.mark.parametrize("error", [MemoryError(), RecursionError(), ZeroDivisionError()])
def test_what_is_no_fault_of_the_file_passes(error: Exception) -> None:
    with pytest.raises(type(error)), blaming_file("x", KeyError, RuntimeError, MemoryError):
        raise error


def test_share_that_went_away_is_the_systems_fault() -> None:
    with pytest.raises(OSError, match="gone"), blaming_file("x", OSError):
        raise OSError(errno.EIO, "gone")


def test_damage_tells_what_failed_and_what_to_do() -> None:
    problem = damaged("缺少正文")
    assert (problem.code, problem.severity) == ("file-damaged", "error")
    assert "缺少正文" in problem.message and "另存为" in problem.message


def test_bytes_for_people() -> None:
    assert megabytes(13_107_200) == "12.5 MB"
