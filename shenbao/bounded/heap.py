"""Memory that is free goes back to the system: pictures of pages leave holes that glibc's heap would keep for ever."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Numbers of the parameters of mallopt(3)."""
_MAPPED_BYTES = 4 * 2**20
"""What is larger is mapped by itself and gone when it is freed: a page's picture at 200 dpi has 4 MB in grey. Left alone, glibc
raises this to 32 MB at the first free. Measured on three pages: with 1 MB the system takes 3 s of 13, with 4 MB 0.7 of 10."""
_KEPT_BYTES = 8 * 2**20
"""So much may stay free at the heap's end: less than a page's pictures, more than what a line takes and leaves."""


def map_large_pieces() -> None:
    """Have this process's large pieces of memory mapped one by one; nothing is done where there is no glibc."""
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # there is none in musl
        if mallopt is not None:
            mallopt(_MMAP_THRESHOLD, _MAPPED_BYTES)
            mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
