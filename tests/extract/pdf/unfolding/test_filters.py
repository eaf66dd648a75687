"""Filters of a stream undone within a bound."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from extract.pdf.drawing.limits import PDF_LIMITS, TooMuchError
from extract.pdf.unfolding.filters import unascii85, unhex, unrun

TEXT = b"BT (3102.15) Tj ET" + bytes(9)


@pytest.mark.parametrize("end", [b">", b" \n>rest", b""])
def test_hex_digits_with_blanks_between_them(end: bytes) -> None:
    assert unhex(TEXT.hex(" ").encode() + end) == TEXT
    assert unhex(b"4" + end) == b"@"


@pytest.mark.parametrize("start", [b"", b"<~", b" ~"])
@pytest.mark.parametrize("end", [b"~>", b"~ >\n", b"~", b""])
def test_ascii85_with_its_marks_there_or_half_there(start: bytes, end: bytes) -> None:
    assert unascii85(start + base64.a85encode(TEXT, wrapcol=9) + end) == TEXT


def test_run_lengths() -> None:
    assert unrun(b"\x02abc\xfe-\x80rest") == b"abc---"
    with pytest.raises(ValueError, match="cut"):
        unrun(b"\x09abc")


@pytest.mark.parametrize(
    ("undo", "data"),
    [
        (unascii85, b"z" * (PDF_LIMITS.stream_bytes // 16 + 1)),
        (unrun, b"\x81 " * (PDF_LIMITS.stream_bytes // 128 + 1)),
    ],
)
def test_what_unfolds_to_too_much_is_told(undo: Callable[[bytes], bytes], data: bytes) -> None:
    with pytest.raises(TooMuchError):
        undo(data)


def test_blanks_are_passed_over_at_once() -> None:
    assert unascii85(b" " * 10_000_000 + b"~>") == unhex(b" " * 10_000_000 + b">") == b""
