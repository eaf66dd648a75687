"""Zip archives as folders: which members they hold, under which names, and one member as a file."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZipFile, ZipInfo

from extract.files.kinds import Kind, identify
from extract.files.limits import Limits
from extract.files.opening import check
from extract.files.zips import BROKEN_ZIP, is_systems
from shenbao.bounded.limits import RUN_LIMITS
from shenbao.ingest.inbox.store import Location, as_file, location_to_stamp

UTF8_NAMES = 0x800
"""The flag of a member whose name is UTF-8 (PKWARE's APPNOTE, 4.4.4, bit 11)."""
IGNORED_PREFIXES = (".", "~$")
IGNORED_ENDINGS = (".tmp", ".part", ".partial", ".crdownload", ".download")
IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its readable path, the way to it (an index an archive), CRC-32 and size in bytes."""

    name: str
    way: tuple[int, ...]
    crc: int
    size: int


class ArchiveError(ValueError):
    """A member that cannot be unpacked; the message is for a clerk."""


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is no submission: hidden, temporary, or a system's own.

    >>> [is_ignored(name) for name in ("~$申报表.docx", ".DS_Store", "申报表.docx")]
    [True, True, False]
    """
    small = name.lower()
    return name.startswith(IGNORED_PREFIXES) or small.endswith(IGNORED_ENDINGS) or small in IGNORED_NAMES


def bytes_to_file_name(name: bytes) -> str:
    """A file name in the encoding that fits: UTF-8, then that of Chinese Windows, then that of DOS.

    >>> bytes_to_name("司法局".encode("gbk"))
    '司法局'
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("cp437")


def list_members(place: Location, limits: Limits) -> list[Member]:
    """As `archive_to_members`, of an archive in a store, too."""
    with as_file(place) as file:
        return archive_to_members(file, limits)


def archive_to_members(path: Path, limits: Limits) -> list[Member]:
    """The submissions in the archive at `path`, those of archives in it included; none where it is better
    read as a file: not an archive, broken, locked, beyond a limit, or empty. Raises `OSError`.
    """
    try:
        members = list(_members(path, limits, (), _Room(limits.max_members, limits.max_unpacked_bytes)))
    except _TooMuchError:
        return []
    return members


class _TooMuchError(Exception):
    pass


@dataclass(slots=True)
class _Room:
    """What may still be taken out of an archive and those in it: members, and bytes unpacked to look into them."""

    members: int
    unpacked: int

    def take(self, members: int = 0, unpacked: int = 0) -> None:
        """Raises `_TooMuchError` when it is used up."""
        self.members -= members
        self.unpacked -= unpacked
        if self.members < 0 or self.unpacked < 0:
            raise _TooMuchError


def _members(path: Path, limits: Limits, way: tuple[int, ...], room: _Room) -> Iterator[Member]:
    if not _is_open(path, limits):
        return
    with ZipFile(path) as archive:
        for index, info in enumerate(archive.infolist()):
            steps = _steps(info)
            if info.is_dir() or not steps or any(map(is_ignored, steps)):
                continue
            name, here = "/".join(steps), (*way, index)
            inner = _inner(archive, info, limits, here, room)
            if not inner:
                room.take(members=1)
                yield Member(name, here, info.CRC, info.file_size)
            yield from (Member(f"{name}/{m.name}", m.way, m.crc, m.size) for m in inner)


def _inner(
    archive: ZipFile, info: ZipInfo, limits: Limits, way: tuple[int, ...], room: _Room
) -> list[Member]:
    """The members of an archive in an archive."""
    if not info.filename.lower().endswith(".zip") or len(way) >= RUN_LIMITS.archive_depth:
        return []
    room.take(unpacked=info.file_size)
    with TemporaryDirectory(prefix="shenbao-") as folder:
        inner = Path(folder, "archive")
        try:
            _unpack(archive, info, inner)
        except ArchiveError:
            return []
        return list(_members(inner, limits, way, room))


def _is_open(path: Path, limits: Limits) -> bool:
    """Whether the file is an archive whose members may be unpacked; a reader says what is wrong with another."""
    if identify(path) is not Kind.ZIP:
        return False
    _, problems = check(path, limits)
    return [problem.code for problem in problems] == ["file-unsupported"]


def _steps(info: ZipInfo) -> list[str]:
    """A member's path, step by step, without what would lead out of a folder."""
    name = info.filename
    if not info.flag_bits & UTF8_NAMES:
        try:
            name = bytes_to_file_name(info.orig_filename.encode("cp437"))
        except UnicodeEncodeError:
            name = info.filename  # from an Info-ZIP Unicode extra field
    steps = PurePosixPath(name.replace("\\", "/").split("\0")[0]).parts
    return [step for step in steps if step.strip("/. ") and not step.endswith(":")]


@contextmanager
def member_as_file(place: Location, way: Sequence[int]) -> Iterator[Path]:
    """The file at `place`, or the member that `way` leads to, unpacked for as long as the block runs.

    Raises `ArchiveError` when it cannot be unpacked, `OSError` when `place` cannot be read.
    """
    if not way:
        with as_file(place) as whole:
            yield whole
        return
    archive = _KEPT.innermost(place, tuple(way[:-1]))
    with TemporaryDirectory(prefix="shenbao-") as folder:
        target = Path(folder, "member")
        _unpack_index(archive, way[-1], target)
        yield target


@dataclass(slots=True)
class _Kept:
    """The archive in an archive, or in a store, that this process opened last.

    Its members come one after the other: unpacked anew for each, two hundred of them would cost the square of that.
    """

    key: tuple[str, str, tuple[int, ...]] | None = None
    folder: TemporaryDirectory[str] | None = None
    path: Path = Path()

    def innermost(self, place: Location, way: tuple[int, ...]) -> Path:
        """The archive that `way` leads to, as a file until another one is asked for."""
        if isinstance(place, Path) and not way:
            return place
        key = (str(place), location_to_stamp(place), way)
        if key != self.key or not self.path.exists():
            self.forget()
            self.folder = TemporaryDirectory(prefix="shenbao-")
            self.path = _fetched(place, Path(self.folder.name, "archive"))
            for depth, index in enumerate(way):
                target = Path(self.folder.name, str(depth))
                _unpack_index(self.path, index, target)
                self.path = target
            self.key = key
        return self.path

    def forget(self) -> None:
        """Make room for another one."""
        self.key = None
        if self.folder is not None:
            self.folder.cleanup()


_KEPT = _Kept()


def _fetched(place: Location, target: Path) -> Path:
    if isinstance(place, Path):
        return place
    with as_file(place) as file:
        shutil.move(file, target)
    return target


def _unpack_index(archive: Path, index: int, target: Path) -> None:
    with _opened(archive) as opened:
        members = opened.infolist()
        if index >= len(members):
            raise ArchiveError("压缩包已改变")
        _unpack(opened, members[index], target)


@contextmanager
def _opened(path: Path) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(path)
    except BROKEN_ZIP as error:
        raise _blamed(error, "压缩包无法读取") from error
    with archive:
        yield archive


def _unpack(archive: ZipFile, info: ZipInfo, target: Path) -> None:
    """Write a member to `target`; `zipfile` gives no more bytes than its declared size, which was checked."""
    with target.open("xb") as file:
        try:
            with archive.open(info) as member:
                shutil.copyfileobj(member, file, 1024 * 1024)
        except BROKEN_ZIP as error:
            raise _blamed(error, "压缩包成员无法解压") from error


def _blamed(error: Exception, what: str) -> Exception:
    """The system's own errors (disk full, share gone) are not the archive's fault."""
    if is_systems(error):
        return error
    return ArchiveError(f"{what}（{error}）")


def hash_file(path: Location, way: tuple[int, ...]) -> str:
    """The SHA-256 of a file or of a member of an archive. Raises `OSError`, `ArchiveError`."""
    with member_as_file(path, way) as file, file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
