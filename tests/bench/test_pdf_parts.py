"""PDF files changed inside are whole files: only what stands on their pages, in their fonts and maps is other."""

from __future__ import annotations

import random

import pypdfium2

from bench.fuzz.pdf_parts import bytes_to_parts, parts_to_bytes, pdf_changed, unpacked
from tests.places import SAMPLES

PRINT = (SAMPLES / "jiaotong-writer.pdf").read_bytes()


def test_a_file_put_together_again_says_the_same() -> None:
    parts = bytes_to_parts(PRINT)
    assert parts is not None and bytes_to_parts(b"%PDF-1.7 nothing") is None
    texts = [
        [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
        for data in (PRINT, parts_to_bytes(parts))
    ]
    assert texts[0] == texts[1]


def test_one_stream_is_changed_and_packed_anew() -> None:
    before = bytes_to_parts(PRINT)
    assert before is not None
    for seed in (1, 2, 3):
        made = pdf_changed(PRINT, random.Random(seed)) or b""
        after = bytes_to_parts(made)
        assert after is not None and made == pdf_changed(PRINT, random.Random(seed))
        other = [n for n in before.objects if before.objects[n].split() != after.objects[n].split()]
        assert len(other) == 1 and unpacked(after.objects[other[0]]) is not None
