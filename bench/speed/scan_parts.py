"""Where the time of a scan goes before its cells are decoded: CPU seconds by part of `extract/scan` and `extract/ocr`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from bench.speed.stages import Stopwatch
from extract.ocr import rapid, sharing
from extract.scan import reader

PICTURE, PAGE, DOUBLES, NETWORK, DETECTION, CELLS = (
    "picture",
    "page",
    "doubles",
    "recogniser",
    "detection",
    "cells",
)
SCAN_PARTS = (PICTURE, PAGE, DOUBLES, NETWORK, DETECTION, CELLS)
"""*picture*: the file to pixels; *page*: upright, without seals, its rules found; *doubles*: lines compared with each other;
*recogniser*: lines through the network; *detection*: lines outside tables; *cells*: all else, from the grid to its texts."""
_TIMED: tuple[tuple[str, object, str], ...] = (
    (PICTURE, reader, "pdf_page_to_picture"),
    (PAGE, reader, "picture_to_scanned_page"),
    (DOUBLES, sharing, "picture_to_look"),
    (DOUBLES, sharing.Sharing, "_nearest"),
    (NETWORK, rapid.RapidEngine, "_read_line"),
    (DETECTION, rapid.RapidEngine, "detect"),
    (CELLS, reader, "read_picture"),
)


@contextmanager
def scan_parts_timed() -> Iterator[dict[str, float]]:
    """CPU seconds of every part of the scans that are read meanwhile; a part within another stops the other's clock."""
    watch = Stopwatch(SCAN_PARTS)
    with ExitStack() as patches:
        for part, owner, name in _TIMED:
            timed = watch.timed(part, getattr(owner, name))
            patches.enter_context(mock.patch.object(owner, name, timed))
        yield watch.spent
