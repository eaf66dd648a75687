"""The filters of a stream that pdfminer undoes without a bound, or at a cost of many times what comes out."""

from __future__ import annotations

import re
from base64 import a85decode
from binascii import unhexlify
from io import BytesIO

from pdfminer.lzw import LZWDecoder

from extract.pdf.drawing.limits import PDF_LIMITS, demand

STREAM_BYTES = "数据流解压后的字节数"
"""What is counted, as a finding names it."""
_BLANKS = b" \t\n\r\x0b\x0c"
_ASCII85_START = re.compile(rb"<?~")
_ASCII85_BYTES = PDF_LIMITS.stream_bytes // 4
"""The library takes up to ten times what comes out, so a quarter is allowed: a page of the widest picture has 4 MB."""
_RUN_LENGTH_END = 128
"""The length that ends the data (ISO 32000-1, 7.4.5); larger ones repeat the next byte 257 − length times."""


def unhex(data: bytes) -> bytes:
    """ASCIIHex undone, blanks passed over in one go; raises `ValueError` for other characters."""
    digits = data.translate(None, _BLANKS).partition(b">")[0]
    return unhexlify(digits + b"0" * (len(digits) % 2))


def unascii85(data: bytes) -> bytes:
    """ASCII85 undone; raises `TooMuchError` beyond the limit and `ValueError` for other characters.

    A mark at the start or the end may be there or half there: lengths of streams are often wrong by one.
    """
    digits = data.translate(None, _BLANKS)
    start = _ASCII85_START.match(digits)
    digits = (
        digits[start.end() if start else 0 :]
        .removesuffix(b">" if digits.endswith(b"~>") else b"")
        .removesuffix(b"~")
    )
    demand(len(digits) + 3 * digits.count(b"z"), _ASCII85_BYTES, STREAM_BYTES)  # a z is four bytes
    return a85decode(digits)


def unrun(data: bytes) -> bytes:
    """Run lengths undone; raises `TooMuchError` beyond the limit and `ValueError` where a run was cut."""
    made = bytearray()
    place = 0
    while place < len(data) and (length := data[place]) != _RUN_LENGTH_END:
        copied = length + 1 if length < _RUN_LENGTH_END else 1
        run = data[place + 1 : place + 1 + copied]
        if len(run) < copied:
            raise ValueError("the last run was cut")
        made += run if length < _RUN_LENGTH_END else run * (257 - length)
        place += 1 + copied
        demand(len(made), PDF_LIMITS.stream_bytes, STREAM_BYTES)
    return bytes(made)


def unlzw(data: bytes) -> bytes:
    """LZW undone; raises `TooMuchError` beyond the limit."""
    parts: list[bytes] = []
    size = 0
    for part in LZWDecoder(BytesIO(data)).run():
        parts.append(part)
        size += len(part)
        demand(size, PDF_LIMITS.stream_bytes, STREAM_BYTES)
    return b"".join(parts)
