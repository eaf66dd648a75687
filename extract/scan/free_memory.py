"""Memory that a page's pictures leave free goes back to the system: a scan may have hundreds of pages."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Give back what is free in the middle of glibc's heap, some 50 MB after a page; other systems do so by themselves."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # there is none in musl
        if trim is not None:
            trim(0)
