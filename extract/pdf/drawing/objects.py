"""Objects of a PDF file as nearly all writers print them, read at once (ISO 32000-1, 7.3).

pdfminer reads objects sign by sign, which took a fifth of the time of a page whose fonts are drawn by procedures. What is
written in any other way (comments, escapes, brackets that do not close, words that are none) is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, BinaryIO

from pdfminer.pdftypes import int_value
from pdfminer.psparser import LIT, PSLiteral

from extract.pdf.drawing.limits import PDF_LIMITS

_TOKEN = re.compile(
    rb"/[^#/%\[\]()<>{}\s\x00]*|\[[0-9.+\-\s]*+\]|\d+ \d+ R(?![^/\[\]()<>\s])|[+-]?(?:\d+\.?\d*|\.\d+)"
    rb"|<<|>>|\[|\]|<[0-9A-Fa-f\s]*>|\([^()\\]*\)|[A-Za-z]+|\S"
)
"""Every sign but blanks belongs to a token; one that is a token by itself and no bracket means nothing here. A list of nothing
but numbers is one token: a font has hundreds of widths.
"""
_HEAD = re.compile(rb"\s*(\d+)\s+\d+\s+obj(?=[\s<\[/(])")
_END = re.compile(rb"\bendobj\b|\bstream(?:\r\n|\n)")
_OBJECT_BYTES = (4_096, 262_144)
"""So much of a file is read for an object, and more where it does not end therein; most fonts have two thousand bytes."""
_STREAM_END = re.compile(rb"\s{0,2}endstream")
_STREAM_END_BYTES = 11
"""The end of a stream's data has so many bytes."""
_WORDS = {b"true": True, b"false": False}
_DIGITS = frozenset(b"0123456789+-.")
_NAME, _HEX, _STRING = b"/<("


class UnusualError(Exception):
    """Something is not written as nearly all writers print it."""


def read_object(
    file: BinaryIO, place: int, number: int, refer: Callable[[int], object]
) -> tuple[Any, bytes | None]:
    """The value of the object `number` that begins at `place` of a file, and the data of the stream whose dictionary it is;
    `refer` makes a reference to another object. Raises `UnusualError`.
    """
    for size in _OBJECT_BYTES:
        file.seek(place)
        read = file.read(size)
        head = _HEAD.match(read)
        if head is None or int(head[1]) != number:
            raise UnusualError(number)
        end = _END.search(read, head.end())
        if end is not None:
            break
    else:
        raise UnusualError(number)
    values = bytes_to_values(read[head.end() : end.start()], refer)
    if len(values) != 1:
        raise UnusualError(number)
    if end[0] == b"endobj":
        return values[0], None
    return values[0], _stream_data(file, place + end.end(), values[0])


def _stream_data(file: BinaryIO, place: int, entries: object) -> bytes:
    """The data of the stream that begin at `place`, as long as its dictionary says."""
    length = int_value(entries.get("Length")) if isinstance(entries, dict) else -1
    if not 0 <= length <= PDF_LIMITS.stream_bytes:
        raise UnusualError(length)
    file.seek(place)
    data = file.read(length + _STREAM_END_BYTES)
    if not _STREAM_END.match(data, length):
        raise UnusualError(length)
    return data[:length]


def bytes_to_values(data: bytes, refer: Callable[[int], object]) -> list[Any]:
    """The values that follow each other in `data`, as pdfminer has them. Raises `UnusualError`."""
    outer: list[list[Any]] = []
    values: list[Any] = []
    known: dict[bytes, Any] = {}
    for token in _TOKEN.findall(data):
        if token in known:
            values.append(known[token])
        elif token in (b"[", b"<<"):
            outer.append(values)
            values = [token]
        elif token in (b"]", b">>"):
            if not outer or values[0] != (b"[" if token == b"]" else b"<<"):
                raise UnusualError(token)
            closed = values[1:] if token == b"]" else _pairs(values)
            values = outer.pop()
            values.append(closed)
        elif token[:1] == b"[":
            values.append(_numbers(token))
        else:
            value = _value(token, refer)
            known[token] = value
            values.append(value)
    if outer:
        raise UnusualError(data[-1:])
    return values


def _pairs(values: list[Any]) -> dict[str, Any]:
    """A dictionary from its opening mark, keys and values."""
    keys = [key.name for key in values[1::2] if isinstance(key, PSLiteral) and isinstance(key.name, str)]
    if 2 * len(keys) != len(values) - 1:
        raise UnusualError(values[0])
    return dict(zip(keys, values[2::2], strict=True))


def _numbers(token: bytes) -> list[int | float]:
    """A list of numbers, a new one each time: whoever has it may change it."""
    try:
        return [float(part) if b"." in part else int(part) for part in token[1:-1].split()]
    except ValueError as error:
        raise UnusualError(token) from error


def _value(token: bytes, refer: Callable[[int], object]) -> Any:
    first = token[0]
    if first == _NAME:
        return LIT(_utf8(token[1:]))
    if token[-1:] == b"R" and first in b"0123456789":
        return refer(int(token.split(b" ", 1)[0]))
    if first in _DIGITS and len(token) > (first not in b"0123456789"):
        return float(token) if b"." in token else int(token)
    if first == _STRING and len(token) > 1:
        return token[1:-1]
    if first == _HEX and len(token) > 1:
        return _hex(token[1:-1])
    if token in _WORDS:
        return _WORDS[token]
    raise UnusualError(token)


def _utf8(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError as error:
        raise UnusualError(name) from error


def _hex(digits: bytes) -> bytes:
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError as error:  # half a byte
        raise UnusualError(digits) from error
