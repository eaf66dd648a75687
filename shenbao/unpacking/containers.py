"""Files that hold other files — zip, 7z, tar, mail — opened alike: which members they have, and one of them as a file.

What a library raises for a broken file is an `ArchiveError` here. Nothing is ever written but to the path that is asked for,
whatever a member is called.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zipfile import ZipFile

from extract.files.kinds import Kind
from extract.files.limits import Limits
from extract.files.zips import BROKEN_ZIP, is_systems, member_name

COPIED_BYTES = 1024 * 1024
"""Bytes copied at a time."""


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """A member: its path as written there, its size in bytes and something that changes when its content does."""

    name: str
    size: int
    mark: int = 0


class Container(Protocol):
    """An opened archive or mail; members are named by their place in `entries`, `None` for what is no file."""

    def entries(self) -> list[ArchiveEntry | None]:
        """The members in their order; raises `ArchiveError`."""

    def unpack(self, index: int, target: Path) -> None:
        """Writes a member to `target`, which is not there yet; raises `ArchiveError`."""


class ArchiveError(ValueError):
    """A container or a member that cannot be unpacked; the message is for a clerk."""


class OverArchiveLimitError(ArchiveError):
    """A container that holds more than is unpacked; the message names the limit."""


class LockedArchiveError(ArchiveError):
    """A container that wants a password."""


class MissingPackageError(ArchiveError):
    """A container whose library is not installed; the message says how to get it."""


@contextmanager
def opened_container(path: Path, kind: Kind, limits: Limits) -> Iterator[Container]:
    """The container at `path`, which is of `kind`; raises `ArchiveError` for a broken one and any other kind."""
    if kind is Kind.ZIP:
        with _opened_zip(path) as archive:
            yield _ZipContainer(archive)
    elif kind is Kind.TAR:
        from shenbao.unpacking.tars import TarContainer

        yield TarContainer(path, limits)
    elif kind is Kind.SEVEN_ZIP:
        from shenbao.unpacking.sevens import SevenContainer

        yield SevenContainer(path)
    elif kind in (Kind.MAIL, Kind.MHTML):
        from shenbao.unpacking.mails import MailContainer

        yield MailContainer(path)
    elif kind is Kind.OUTLOOK:
        from shenbao.unpacking.outlook import OutlookContainer

        yield OutlookContainer(path)
    else:
        raise ArchiveError("不是压缩包或邮件")


@contextmanager
def _opened_zip(path: Path) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(path)
    except BROKEN_ZIP as error:
        raise blamed(error, "压缩包无法读取") from error
    with archive:
        yield archive


class _ZipContainer:
    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def entries(self) -> list[ArchiveEntry | None]:
        """As `Container` has it."""
        return [
            None if info.is_dir() else ArchiveEntry(member_name(info), info.file_size, info.CRC)
            for info in self._archive.infolist()
        ]

    def unpack(self, index: int, target: Path) -> None:
        """As `Container` has it; `zipfile` gives no more bytes than the declared size, which was checked."""
        members = self._archive.infolist()
        if index >= len(members):
            raise ArchiveError("压缩包已改变")
        with target.open("xb") as file:
            try:
                with self._archive.open(members[index]) as member:
                    shutil.copyfileobj(member, file, COPIED_BYTES)
            except BROKEN_ZIP as error:
                raise blamed(error, "压缩包成员无法解压") from error


def blamed(error: Exception, what: str) -> Exception:
    """The system's own errors (disk full, share gone) are not the archive's fault."""
    if is_systems(error):
        return error
    return ArchiveError(f"{what}（{error}）")
