"""The parts of an OFD file: XML and pictures in a zip archive, found however their names are spelt."""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError, blaming_file, megabytes
from extract.files.zips import BROKEN_ZIP, member_name, part_key
from extract.office.package import Element, bytes_to_element

_FIRST_TAG = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(\w+):\w+")
_NAMESPACE = b' xmlns:%b="http://www.ofdspec.org/2016"'
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


class OfdParts:
    """The parts of the OFD file with the bytes `data`; raises `UnreadableError` for bytes that are no archive."""

    def __init__(self, data: bytes) -> None:
        with blaming_file("压缩结构无法读取", *BROKEN_ZIP):
            self._archive = ZipFile(BytesIO(data))
            self._members = {part_key(member_name(info)): info for info in self._archive.infolist()}

    def find(self, location: str, folder: str) -> str | None:
        """The key of the part at `location` (ST_Loc), which stands in a part of `folder`; `None` for a missing one.

        Locations are absolute (`/Doc_0/…`) or relative; some writers leave the stroke out of an absolute one, or
        write a relative one as if from the document's folder.
        """
        wanted = location.strip().replace("\\", "/")
        tries = [posixpath.join("/", wanted), posixpath.join("/", folder, wanted)]
        if not wanted.startswith("/"):
            tries.reverse()
        while folder:
            folder = posixpath.dirname(folder)
            tries.append(posixpath.join("/", folder, wanted.lstrip("/")))
        keys = (part_key(posixpath.normpath(name)) for name in tries)
        return next((key for key in keys if key in self._members), None)

    def read(self, key: str, most: int = UNFOLDING.part_bytes) -> bytes:
        """All bytes of a part; raises `UnreadableError`, and `TooLargeError` for more than `most` of them."""
        with blaming_file("压缩结构无法读取", *BROKEN_ZIP), self._archive.open(self._members[key]) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise TooLargeError(f"一个部分解压后超过 {megabytes(most)}")
        return data

    def root(self, key: str) -> Element:
        """The root element of an XML part; raises `UnreadableError` and `TooLargeError`."""
        return bytes_to_element(_with_namespace(self.read(key)))


def _with_namespace(data: bytes) -> bytes:
    """XML whose prefix is declared: some writers forget it."""
    tag = _FIRST_TAG.match(data)
    if tag is None or b"xmlns:" + tag[1] in data:
        return data
    return data[: tag.end()] + _NAMESPACE % tag[1] + data[tag.end() :]


def local_name(element: Element) -> str:
    """An element's name without its namespace, which some writers misspell or leave out."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child_elements(element: Element | None, *names: str) -> Iterator[Element]:
    """The child elements with one of these names, all of them where none is given."""
    for child in element if element is not None else ():
        if not names or local_name(child) in names:
            yield child


def child(element: Element | None, *path: str) -> Element | None:
    """The first child along a path of names."""
    for name in path:
        element = next(child_elements(element, name), None)
    return element


def child_text(element: Element | None, *path: str) -> str:
    """What the element at a path says, without blanks around it; `""` where it is missing."""
    found = child(element, *path)
    return (found.text or "").strip() if found is not None else ""


def text_to_numbers(text: str | None) -> list[float]:
    """The numbers of an array (ST_Array, ST_Box, ST_Pos), whatever parts them.

    >>> text_to_numbers("0 0 210,297")
    [0.0, 0.0, 210.0, 297.0]
    """
    if not text:
        return []
    try:
        return [number for number in map(float, text.split()) if math.isfinite(number)]
    except ValueError:
        return [float(number) for number in _NUMBER.findall(text)]


def first_number(text: str | None, usual: float) -> float:
    """The first number of a text, or `usual` without one."""
    found = _NUMBER.search(text or "")
    return float(found[0]) if found else usual
