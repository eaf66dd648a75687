"""Zip archives: opened with their list of parts bounded, and what a broken one raises."""

from __future__ import annotations

import os
import struct
import zlib
from errno import EINVAL
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

BROKEN_ZIP = (
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    BadZipFile,
    zlib.error,
)
"""What `zipfile` raises on a broken file; the file itself is known to be readable by then."""
ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
"""How an archive begins, one without parts too."""

_UTF8_NAMES = 0x800
"""The flag of a member whose name is UTF-8 (PKWARE's APPNOTE, 4.4.4, bit 11)."""

_END_MARK = b"PK\x05\x06"
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_LONGEST_COMMENT = 0xFFFF
"""The bytes that may follow the end record (PKWARE's APPNOTE, 4.3.16)."""


def is_systems(error: BaseException) -> bool:
    """Whether an error is the system's own (disk full, share gone) and no fault of the file that was read.

    A place before the beginning, which only a file's own numbers can ask for, is an invalid argument to the system.
    """
    return isinstance(error, OSError) and error.errno not in (None, EINVAL)


def directory_bytes(path: Path) -> int:
    """How many bytes the list of parts takes in the archive at `path`, 0 where its end is not found.

    `zipfile` reads and unfolds this list whole when it opens an archive. Raises `OSError`.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = max(0, size - _END.size - _LONGEST_COMMENT)
        file.seek(start)
        tail = file.read()
        # the same two looks as `zipfile`: an archive without a comment, then the last end record
        at = len(tail) - _END.size if tail[-_END.size :].startswith(_END_MARK) else tail.rfind(_END_MARK)
        if at < 0 or at + _END.size > len(tail):
            return 0
        declared = int(_END.unpack_from(tail, at)[5])
        return _directory_bytes_64(file, start + at) or declared


def _directory_bytes_64(file: IO[bytes], end: int) -> int:
    """The same by the records of an archive beyond 4 GB, which precede the end record; 0 where there are none."""
    file.seek(max(0, end - _LOCATOR_64.size))
    locator = file.read(_LOCATOR_64.size)
    if not locator.startswith(b"PK\x06\x07"):
        return 0
    file.seek(min(end, _LOCATOR_64.unpack(locator)[2]))
    record = file.read(_END_64.size)
    return int(_END_64.unpack(record)[8]) if record.startswith(b"PK\x06\x06") else 0


def part_key(name: str) -> str:
    """The name of an Office part as Office looks it up: any case, either slash (ECMA-376 part 2, 6.2.2.3).

    >>> part_key("Word\\\\Document.XML")
    'word/document.xml'
    """
    return name.replace("\\", "/").lstrip("/").lower()


def read_start(archive: ZipFile, name: str, most: int) -> bytes:
    """The first `most` bytes of the part that Office finds under `name`; raises `KeyError` and `BROKEN_ZIP`."""
    wanted = part_key(name)
    with archive.open(next((n for n in archive.namelist() if part_key(n) == wanted), name)) as part:
        return part.read(most)


def bytes_to_file_name(name: bytes) -> str:
    """A file name in the encoding that fits: UTF-8, then that of Chinese Windows, then that of DOS.

    >>> bytes_to_file_name("司法局".encode("gbk"))
    '司法局'
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("cp437")


def member_name(info: ZipInfo) -> str:
    """A member's readable name, in the writer's own encoding where it is not marked as UTF-8."""
    if info.flag_bits & _UTF8_NAMES:
        return info.filename
    try:
        return bytes_to_file_name(info.orig_filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename  # from an Info-ZIP Unicode extra field
