"""7z archives, by py7zr where it is installed (the extra `archives`)."""

# ruff: noqa: PLC0415

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shenbao.unpacking.containers import (
    ArchiveEntry,
    ArchiveError,
    LockedArchiveError,
    MissingPackageError,
    blamed,
)


def can_read_7z() -> bool:
    """Whether py7zr is installed."""
    return find_spec("py7zr") is not None


class SevenContainer:
    """The archive at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> list[ArchiveEntry | None]:
        """As `Container` has it."""
        with self._archive() as archive:
            return [
                None
                if info.is_directory
                else ArchiveEntry(info.filename, info.uncompressed or 0, info.crc32 or 0)
                for info in archive.list()
            ]

    def unpack(self, index: int, target: Path) -> None:
        """As `Container` has it; py7zr refuses names that lead out of the folder it unpacks to."""
        entries = self.entries()
        entry = entries[index] if index < len(entries) else None
        if entry is None:
            raise ArchiveError("压缩包已改变")
        with TemporaryDirectory(prefix="shenbao-") as folder, self._archive() as archive:
            archive.extract(path=folder, targets=[entry.name])
            made = Path(folder, entry.name)
            if not made.resolve().is_relative_to(Path(folder).resolve()) or not made.is_file():
                raise ArchiveError("压缩包成员无法解压")
            shutil.move(made, target)

    @contextmanager
    def _archive(self) -> Iterator[Any]:
        if not can_read_7z():
            advice = "未安装 py7zr，请安装附加项 archives，或解压后逐个提交"
            raise MissingPackageError(f"7z 压缩包无法打开：{advice}")
        import py7zr

        try:
            with py7zr.SevenZipFile(self._path) as archive:
                if archive.needs_password():
                    raise LockedArchiveError("压缩包已加密")
                yield archive
        except (MemoryError, ArchiveError):
            raise
        except py7zr.exceptions.PasswordRequired as error:
            raise LockedArchiveError("压缩包已加密") from error
        except Exception as error:  # the library raises whatever broken bytes provoke
            raise blamed(error, "压缩包无法读取") from error
