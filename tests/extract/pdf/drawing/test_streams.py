"""Streams of a PDF unfolded: by their filters, within a limit, and what is broken of them is said."""

from __future__ import annotations

import zlib

import pytest
from pdfminer.psparser import LIT

from extract.pdf.drawing.streams import BoundedStream, inflate

TEXT = b"BT /F1 10 Tf (3102.15) Tj ET\n" * 20
FLATE = zlib.compress(TEXT)


def stream(raw: bytes, *filters: str) -> BoundedStream:
    return BoundedStream({"Filter": [LIT(name) for name in filters]} if filters else {}, raw)


@pytest.mark.parametrize(
    ("raw", "filters"),
    [
        (TEXT, ()),
        (FLATE, ("FlateDecode",)),
        (TEXT.hex().encode() + b">", ("ASCIIHexDecode",)),
        (FLATE.hex().encode() + b">", ("AHx", "Fl")),
        (TEXT, ("DCTDecode",)),
    ],
    ids=["none", "flate", "hex", "two in a row", "a picture's own"],
)
def test_filters_are_undone_in_their_order_and_a_picture_s_own_format_stays(
    raw: bytes, filters: tuple[str, ...]
) -> None:
    found = stream(raw, *filters)
    assert found.get_data() == TEXT
    assert not found.broken


def test_a_stream_that_was_cut_gives_what_it_has_and_is_broken() -> None:
    found = stream(FLATE[: len(FLATE) // 2], "FlateDecode")
    assert TEXT.startswith(found.get_data())
    assert found.broken


def test_data_that_is_whole_says_so() -> None:
    assert inflate(FLATE) == (TEXT, True)
    assert inflate(FLATE[:-6])[1] is False
