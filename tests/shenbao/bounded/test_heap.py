"""Free memory goes back to the system, although something small was put behind it."""

from __future__ import annotations

import platform

import psutil
import pytest

from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import run_once

MEGABYTE = 2**20
kept: list[bytes] = []
pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another heap")


def resident() -> int:
    return int(psutil.Process().memory_info().rss)


def read_pages(pages: int) -> str:
    """Hold a picture of each page for a while, and something small for ever: by how many megabytes that grew."""
    before = resident()
    pictures = [b"x" * (20 * MEGABYTE)]  # the first one freed tells glibc to keep such pieces in its heap
    pictures.clear()
    for _ in range(pages):
        pictures.append(b"x" * (5 * MEGABYTE))
        kept.append(b"x" * 200_000)
    pictures.clear()
    return str((resident() - before) // MEGABYTE)


def test_the_pictures_of_pages_are_gone_when_they_were_read() -> None:
    grown = run_once(read_pages, 30, WorkLimits(30, 1024 * MEGABYTE))
    assert isinstance(grown, str)
    assert int(grown) < 20
