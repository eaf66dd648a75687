"""What is free in the middle of the heap goes back to the system."""

from __future__ import annotations

import platform

import psutil
import pytest

from extract.scan.free_memory import give_back

MEGABYTE = 2**20


def resident() -> int:
    return int(psutil.Process().memory_info().rss)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another heap")
def test_small_pieces_below_one_that_is_held_are_given_back() -> None:
    pieces = [b"x" * 100_000 for _ in range(1000)]
    del pieces[:-1]
    before = resident()
    give_back()
    assert before - resident() > 50 * MEGABYTE
    assert len(pieces) == 1
