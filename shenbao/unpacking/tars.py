"""Tar archives, packed or not, and single files packed by gzip, bzip2 or xz; read as a stream with what comes out counted."""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from extract.files.limits import Limits
from shenbao.unpacking.containers import (
    COPIED_BYTES,
    ArchiveEntry,
    ArchiveError,
    OverArchiveLimitError,
    blamed,
)

_MAGIC_AT, _MAGIC = 257, b"ustar"
"""Where a tar archive says that it is one (POSIX.1-1988)."""
_BROKEN = (EOFError, OSError, ValueError, tarfile.TarError, lzma.LZMAError, zlib.error)
_PACKERS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\0", lzma.open))


class _Counted:
    """A stream that refuses to give more than `most` bytes."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream, self._left = stream, most

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises `OverArchiveLimitError`."""
        data = self._stream.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise OverArchiveLimitError("压缩包解压后超过上限")
        return data


class TarContainer:
    """The archive at `path`; nothing of it is kept between two questions."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path, self._limits = path, limits

    def entries(self) -> list[ArchiveEntry | None]:
        """As `Container` has it; links and devices are no files."""
        if not self._is_tar():
            name = self._path.name
            return [ArchiveEntry(_unpacked_name(name), self._size())]
        found: list[ArchiveEntry | None] = []
        with self._members() as members:
            for info in members:
                if len(found) >= self._limits.max_members:
                    raise OverArchiveLimitError(f"压缩包内文件超过上限 {self._limits.max_members} 个")
                found.append(ArchiveEntry(info.name, info.size, int(info.mtime)) if info.isreg() else None)
        return found

    def unpack(self, index: int, target: Path) -> None:
        """As `Container` has it."""
        if not self._is_tar():
            with self._stream() as stream:
                self._copy(cast("IO[bytes]", stream), target)
            return
        with self._archive() as archive:
            for number, info in enumerate(archive):
                if number == index:
                    member = archive.extractfile(info)
                    if member is None:
                        raise ArchiveError("压缩包成员不是文件")
                    self._copy(member, target)
                    return
        raise ArchiveError("压缩包已改变")

    def _copy(self, member: IO[bytes], target: Path) -> None:
        with target.open("xb") as file:
            shutil.copyfileobj(member, file, COPIED_BYTES)

    def _is_tar(self) -> bool:
        with self._stream() as stream:
            return stream.read(_MAGIC_AT + len(_MAGIC))[_MAGIC_AT:] == _MAGIC

    def _size(self) -> int:
        """How large a single packed file is; it is unpacked once to know."""
        size = 0
        with self._stream() as stream:
            while data := stream.read(COPIED_BYTES):
                size += len(data)
        return size

    @contextmanager
    def _members(self) -> Iterator[Iterator[tarfile.TarInfo]]:
        with self._archive() as archive:
            yield iter(archive)

    @contextmanager
    def _archive(self) -> Iterator[tarfile.TarFile]:
        with self._stream() as stream, tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as archive:
            yield archive

    @contextmanager
    def _stream(self) -> Iterator[_Counted]:
        """The archive unpacked; what a broken one raises is blamed on it."""
        with self._path.open("rb") as file:
            start = file.read(8)
            file.seek(0)
            packer = next((pack for mark, pack in _PACKERS if start.startswith(mark)), None)
            stream = packer(file) if packer else file
            try:
                yield _Counted(cast("IO[bytes]", stream), self._limits.max_unpacked_bytes)
            except ArchiveError:
                raise
            except _BROKEN as error:
                raise blamed(error, "压缩包无法读取") from error


def _unpacked_name(name: str) -> str:
    """
    >>> _unpacked_name("申报表.docx.gz"), _unpacked_name("member")
    ('申报表.docx', 'member')
    """
    for ending in (".gz", ".bz2", ".xz"):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name
