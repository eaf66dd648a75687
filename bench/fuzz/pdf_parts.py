"""PDF files changed inside: one stream is unpacked, changed, and packed anew with its right length and checksum, or a number
that says where something lies is made wrong. What only a person at the page can tell from the original is then left.

Of files whose objects stand plainly, as LibreOffice, Chromium and ReportLab write them.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Change = Literal["bit", "cut", "put in", "token", "tokens", "swapped", "doubled"]

_OBJECT = re.compile(rb"(?<=[\r\n])(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_LENGTH = re.compile(rb"/Length\s+\d+(?: \d+ R)?")
_FLATE = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
_TOKEN = re.compile(rb"\S+")
_NUMBER = re.compile(rb"\d+")
_CHANGES: Sequence[Change] = ("bit", "cut", "put in", "token", "tokens", "swapped", "doubled")
_LONGEST_PART = 20
"""Bytes that are put in, cut or swapped at one place, chosen: about a word of a page."""
_MOST_CHANGES = 3
"""Places that are changed in one stream, chosen: more of them are only noticed sooner."""
_WRONG_NUMBER_SHARE = 0.1
"""So often a length or a place in the file is made wrong instead."""
_KINDS = (b"/Length1", b"/Subtype/Image", b"/Subtype /Image", b"begincmap", b" Tf")
"""By what streams are told apart: font programs, pictures, maps of characters, pages; one of each kind is as likely."""


@dataclass(frozen=True, slots=True)
class PdfParts:
    """A file's objects by number, and what its trailer says."""

    objects: Mapping[int, bytes]
    trailer: bytes


def bytes_to_parts(data: bytes) -> PdfParts | None:
    """The objects of a PDF file; `None` where they do not stand plainly."""
    trailer = _TRAILER.search(data)
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(data)}
    return PdfParts(objects, trailer[1]) if trailer and objects else None


def parts_to_bytes(parts: PdfParts) -> bytes:
    """A whole file of these objects, its table right."""
    made, places = [b"%PDF-1.7\n"], {}
    at = len(made[0])
    for number, body in sorted(parts.objects.items()):
        places[number] = at
        made.append(b"%d 0 obj%bendobj\n" % (number, body))
        at += len(made[-1])
    rows = b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n"
        for n in range(max(places) + 1)
    )
    size = max(places) + 1
    trailer = re.sub(rb"/Size\s+\d+", b"/Size %d" % size, parts.trailer)
    made.append(b"xref\n0 %d\n%btrailer\n<<%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, rows, trailer, at))
    return b"".join(made)


def pdf_changed(data: bytes, rng: random.Random) -> bytes | None:
    """A PDF file with one of its streams changed inside; `None` where it has none that can be unpacked."""
    parts = bytes_to_parts(data)
    if parts is None:
        return None
    if rng.random() < _WRONG_NUMBER_SHARE:
        return _wrong_number(parts_to_bytes(parts), rng)
    streams = {number: (body, plain) for number, body in parts.objects.items() if (plain := unpacked(body))}
    if not streams:
        return None
    kinds: dict[int, list[int]] = {}
    for number, (body, plain) in streams.items():
        kinds.setdefault(_kind(body, plain), []).append(number)
    chosen = rng.choice(kinds[rng.choice(sorted(kinds))])
    body, plain = streams[chosen]
    for _ in range(rng.randint(1, _MOST_CHANGES)):
        plain = stream_changed(plain, rng.choice(_CHANGES), rng)
    return parts_to_bytes(PdfParts({**parts.objects, chosen: packed(body, plain)}, parts.trailer))


def stream_changed(data: bytes, change: Change, rng: random.Random) -> bytes:
    """The bytes of a stream with one change somewhere."""
    made = bytearray(data)
    at, length = rng.randrange(len(made) or 1), rng.randint(1, _LONGEST_PART)
    tokens = list(_TOKEN.finditer(data, at, at + 20 * _LONGEST_PART))
    match change:
        case "bit" if made:
            made[at] ^= 1 << rng.randrange(8)
        case "cut":
            del made[at : at + length]
        case "put in":
            made[at:at] = rng.randbytes(length)
        case "token" if tokens:
            del made[tokens[0].start() : tokens[0].end()]
        case "tokens" if len(tokens) > 2:
            first = rng.randrange(len(tokens) - 2)
            del made[tokens[first].start() : tokens[first + 2].end()]
        case "swapped":
            made[at : at + 2 * length] = made[at + length : at + 2 * length] + made[at : at + length]
        case "doubled":
            made[at:at] = made[at : at + 3 * length]
    return bytes(made)


def _kind(body: bytes, plain: bytes) -> int:
    return next((n for n, sign in enumerate(_KINDS) if sign in body[:2000] or sign in plain), len(_KINDS))


def unpacked(body: bytes) -> bytes | None:
    """The bytes of an object's stream; `None` for one that has none, or another filter than Flate."""
    found = _STREAM.search(body)
    if found is None:
        return None
    head = body[: found.start()]
    if not _FLATE.search(head):
        return None if b"/Filter" in head else found[1]
    try:
        return zlib.decompress(found[1])
    except zlib.error:
        return None


def packed(body: bytes, plain: bytes) -> bytes:
    """An object with other bytes in its stream, its length and checksum right."""
    found = _STREAM.search(body)
    assert found is not None
    head = body[: found.start()]
    data = zlib.compress(plain) if _FLATE.search(head) else plain
    return b"%bstream\n%b\nendstream\n" % (_LENGTH.sub(b"/Length %d" % len(data), head), data)


def _wrong_number(data: bytes, rng: random.Random) -> bytes:
    """A length, a place in the table of objects, or the table's own place made wrong."""
    places = [found.span() for found in re.finditer(rb"(?<=/Length )\d+|(?<=\n)\d{10}(?= 00000 n)", data)]
    places += [found.span(1) for found in re.finditer(rb"startxref\n(\d+)", data)]
    start, end = rng.choice(places)
    wrong = max(0, int(data[start:end]) + rng.choice((-1000, -7, -1, 1, 7, 1000)))
    return data[:start] + b"%0*d" % (end - start, wrong) + data[end:]
