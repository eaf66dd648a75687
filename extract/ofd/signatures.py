"""Electronic seals of an OFD file: the picture in each signature, and where it is stamped (GB/T 33190, 18; GB/T 38540)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from extract.files.refusals import TooLargeError, UnreadableError
from extract.ofd.limits import OFD_LIMITS, demand_ofd
from extract.ofd.pages import OfdDocument
from extract.ofd.parts import child, child_elements, child_text
from extract.ofd.placing import boundary

_IA5_STRING, _UTF8_STRING, _OCTETS, _INTEGER = 0x16, 0x0C, 0x04, 0x02
_CONSTRUCTED = 0x20
_DEEPEST = 12
"""Structures within each other down to a seal's picture; the standard's own are eight deep."""
_LONGEST_TYPE = 8
"""Characters of a picture's kind: `png`, `jpg`, `bmp`, `ofd`."""


@dataclass(frozen=True, slots=True)
class StampedSeal:
    """A seal: its picture, `None` where it cannot be read, and what it is stamped on: a page and a box in millimetres."""

    page: str
    box: tuple[float, float, float, float]
    picture: bytes | None


def document_to_seals(document: OfdDocument) -> tuple[int, list[StampedSeal]]:
    """How many signatures a document has, and where they stamp their seals.

    Raises `UnreadableError`, `TooLargeError` and `OverOfdLimitError`.
    """
    if document.signatures is None:
        return 0, []
    root = document.parts.root(document.signatures)
    folder = posixpath.dirname(document.signatures)
    listed = list(child_elements(root, "Signature"))
    demand_ofd(len(listed), OFD_LIMITS.signatures, "电子签章数")
    seals: list[StampedSeal] = []
    for one in listed:
        key = document.parts.find(one.get("BaseLoc", ""), folder)
        if key is not None:
            seals += _signature_to_seals(document, key)
    demand_ofd(len(seals), OFD_LIMITS.signatures, "电子签章数")
    return len(listed), seals


def _signature_to_seals(document: OfdDocument, key: str) -> Iterator[StampedSeal]:
    root = document.parts.root(key)
    stamps = list(child_elements(child(root, "SignedInfo"), "StampAnnot"))
    if not stamps:
        return
    picture = _picture(document, key)
    for stamp in stamps:
        yield StampedSeal(stamp.get("PageRef", ""), boundary(stamp), picture)


def _picture(document: OfdDocument, key: str) -> bytes | None:
    root = document.parts.root(key)
    folder = posixpath.dirname(key)
    places = (child_text(root, "SignedValue"), child_text(root, "SignedInfo", "Seal", "BaseLoc"))
    for place in places:
        part = document.parts.find(place, folder) if place else None
        if part is None:
            continue
        try:
            found = signed_bytes_to_picture(document.parts.read(part, OFD_LIMITS.picture_bytes))
        except (TooLargeError, UnreadableError):
            continue
        if found is not None:
            return found
    return None


def signed_bytes_to_picture(data: bytes) -> bytes | None:
    """The picture in an electronic seal or in what it signed; `None` where there is none.

    Its structure has a kind (`png`), the picture's bytes, its width and its height, one after the other (GB/T 38540, 6.1).
    """
    return _find(data, 0, len(data), 0)


def _find(data: bytes, begin: int, end: int, depth: int) -> bytes | None:
    if depth > _DEEPEST:
        return None
    fields = list(_fields(data, begin, end))
    for (kind, a, b), (octets, c, d), (wide, _, _) in zip(fields, fields[1:], fields[2:], strict=False):
        named = kind in (_IA5_STRING, _UTF8_STRING) and b - a <= _LONGEST_TYPE
        if named and octets == _OCTETS and wide == _INTEGER:
            return data[c:d]
    for tag, a, b in fields:
        found = _find(data, a, b, depth + 1) if tag & _CONSTRUCTED else None
        if found is not None:
            return found
    return None


def _fields(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Tag, begin and end of the fields in a structure, as far as it is whole (X.690, 8.1)."""
    at = begin
    while at + 2 <= end:
        tag, size = data[at], data[at + 1]
        at += 2
        if size & 0x80:
            count = size & 0x7F
            size = int.from_bytes(data[at : at + count])
            at += count
        if at + size > end:
            return
        yield tag, at, at + size
        at += size
