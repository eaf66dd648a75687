"""Streams of a PDF unfolded: by their filters, within a limit, and what is broken of them is said."""

from __future__ import annotations

import zlib
from io import BytesIO

import numpy as np
import pytest
from pdfminer.psparser import LIT
from PIL import Image

from extract.pdf.drawing.streams import BoundedDocument, BoundedStream, inflate

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


@pytest.mark.parametrize(("side", "is_kept"), [(40, True), (400, False)])
def test_a_large_picture_is_not_kept_with_its_file(side: int, is_kept: bool) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (side, side, 3)).astype(np.uint8)
    Image.fromarray(noise).save(file := BytesIO(), "PDF")
    document = BoundedDocument(file, rebuilt=False)
    numbers = [number for xref in document.xrefs for number in xref.get_objids()]
    (picture,) = (number for number in numbers if _is_picture(document.getobj(number)))
    assert (document.getobj(picture) is document.getobj(picture)) == is_kept


def _is_picture(found: object) -> bool:
    return isinstance(found, BoundedStream) and found.attrs.get("Subtype") is LIT("Image")
