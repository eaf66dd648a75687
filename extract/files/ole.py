"""Compound files (OLE2): which Office file one is, and whether it is locked."""

from __future__ import annotations

import struct
from pathlib import Path

import olefile

_STREAMS = ("EncryptedPackage", "WordDocument", "Workbook", "Book", "__properties_version1.0")
"""The stream by which each kind is known: a locked package, Word, Excel from 97, Excel 5 and a mail of Outlook."""
_START = 64 * 1024

_BROKEN = (EOFError, IndexError, KeyError, OSError, OverflowError, RuntimeError, ValueError, struct.error)
"""What `olefile` raises on a broken file; the file itself is known to be readable by then."""


class BrokenCompoundError(Exception):
    """A compound file that cannot be read."""


def main_stream(path: Path) -> str | None:
    """Which of `_STREAMS` the file at `path` has first; raises `BrokenCompoundError`."""
    try:
        with olefile.OleFileIO(str(path)) as ole:
            return next((name for name in _STREAMS if ole.exists(name)), None)
    except _BROKEN as error:
        raise BrokenCompoundError(str(error)) from error


def is_locked(path: Path, stream: str) -> bool:
    """Whether the Office file at `path` with the main `stream` wants a password.

    Raises `BrokenCompoundError`.
    """
    try:
        with olefile.OleFileIO(str(path)) as ole:
            start = ole.openstream(stream).read(_START)
    except _BROKEN as error:
        raise BrokenCompoundError(str(error)) from error
    return _word_is_locked(start) if stream == "WordDocument" else _workbook_is_locked(start)


def read_stream(path: Path, stream: str) -> bytes:
    """All bytes of a stream of the compound file at `path`; raises `BrokenCompoundError`."""
    try:
        with olefile.OleFileIO(str(path)) as ole:
            return bytes(ole.openstream(stream).read())
    except _BROKEN as error:
        raise BrokenCompoundError(str(error)) from error


def _word_is_locked(start: bytes) -> bool:
    """Bit `fEncrypted` of the file information block ([MS-DOC] 2.5.2)."""
    return len(start) > 11 and bool(start[11] & 1)


def _workbook_is_locked(start: bytes) -> bool:
    """A `FilePass` record (0x2F) among the first records of the workbook ([MS-XLS] 2.4.117)."""
    at = 0
    for _ in range(16):
        if at + 4 > len(start):
            return False
        code, length = struct.unpack_from("<HH", start, at)
        if code == 0x2F:
            return True
        at += 4 + length
    return False
