"""What lies in an archive or a mail, and in those within it, under which names; and one member as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from extract.files.kinds import Kind, identify
from extract.files.limits import Limits
from extract.files.opening import check
from extract.files.refusals import ENCRYPTED, damaged, megabytes, too_large
from models.document import Problem
from shenbao.bounded.limits import RUN_LIMITS
from shenbao.unpacking.containers import (
    ArchiveEntry,
    ArchiveError,
    LockedArchiveError,
    MissingPackageError,
    OverArchiveLimitError,
    opened_container,
)
from shenbao.unpacking.names import is_container_name, is_ignored

CONTAINER_KINDS = frozenset((Kind.ZIP, Kind.TAR, Kind.SEVEN_ZIP, Kind.MAIL, Kind.OUTLOOK))


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its readable path, the way to it (an index an archive), CRC-32 and size in bytes."""

    name: str
    way: tuple[int, ...]
    crc: int
    size: int


@dataclass(frozen=True, slots=True)
class MemberListing:
    """The members of a file; none where it is better read as a file, and then perhaps why it cannot be looked into."""

    members: tuple[Member, ...] = ()
    problem: Problem | None = None


def file_to_listing(path: Path, limits: Limits) -> MemberListing:
    """The submissions in the archive or mail at `path`, those of archives in it included. Raises `OSError`."""
    try:
        return MemberListing(
            tuple(_members(path, limits, (), _Room(limits.max_members, limits.max_unpacked_bytes)))
        )
    except LockedArchiveError:
        return MemberListing(problem=ENCRYPTED)
    except OverArchiveLimitError as error:
        return MemberListing(problem=too_large(str(error), "请分几次提交，或解压后逐个提交"))
    except MissingPackageError as error:
        return MemberListing(problem=Problem("file-unsupported", f"{error}。", "error"))
    except ArchiveError as error:
        return MemberListing(problem=damaged(str(error)))


def archive_to_members(path: Path, limits: Limits) -> list[Member]:
    """As `file_to_listing`, without the reason where there are none."""
    return list(file_to_listing(path, limits).members)


@dataclass(slots=True)
class _Room:
    """What may still be taken out of an archive and those in it: members, and bytes unpacked to look into them."""

    members: int
    unpacked: int

    def take(self, members: int = 0, unpacked: int = 0) -> None:
        """Raises `OverArchiveLimitError` when it is used up."""
        self.members -= members
        self.unpacked -= unpacked
        if self.members < 0:
            raise OverArchiveLimitError("压缩包内文件过多")
        if self.unpacked < 0:
            raise OverArchiveLimitError("压缩包解压后超过上限")


def _members(path: Path, limits: Limits, way: tuple[int, ...], room: _Room) -> Iterator[Member]:
    kind = identify(path)
    if not _is_open(path, kind, limits):
        return
    with opened_container(path, kind, limits) as container:
        entries = container.entries()
        _check_total(entries, limits)
        for index, entry in enumerate(entries):
            steps = _steps(entry.name) if entry is not None else []
            if entry is None or not steps or any(map(is_ignored, steps)):
                continue
            name, here = "/".join(steps), (*way, index)
            inner: list[Member] = []
            if is_container_name(name) and len(here) < RUN_LIMITS.archive_depth:
                room.take(unpacked=entry.size)
                with TemporaryDirectory(prefix="shenbao-") as folder:
                    target = Path(folder, steps[-1][-40:])
                    inner = _inner(container.unpack, index, target, limits, here, room)
            if not inner:
                room.take(members=1)
                yield Member(name, here, entry.mark, entry.size)
            yield from (Member(f"{name}/{m.name}", m.way, m.crc, m.size) for m in inner)


def _inner(
    unpack: Callable[[int, Path], None],
    index: int,
    target: Path,
    limits: Limits,
    way: tuple[int, ...],
    room: _Room,
) -> list[Member]:
    """The members of an archive in an archive; none of one that is better read as a file, which says why."""
    try:
        unpack(index, target)
        return list(_members(target, limits, way, room))
    except OverArchiveLimitError:
        raise
    except ArchiveError:
        return []


def _check_total(entries: Sequence[ArchiveEntry | None], limits: Limits) -> None:
    files = [entry for entry in entries if entry is not None]
    if len(entries) > limits.max_members:
        raise OverArchiveLimitError(f"压缩包内有 {len(entries)} 个文件，上限 {limits.max_members} 个")
    total = sum(entry.size for entry in files)
    if total > limits.max_unpacked_bytes:
        raise OverArchiveLimitError(f"解压后 {megabytes(total)}，上限 {megabytes(limits.max_unpacked_bytes)}")


def _is_open(path: Path, kind: Kind, limits: Limits) -> bool:
    """Whether the file is a container whose members may be unpacked; a reader says what is wrong with another."""
    if kind not in CONTAINER_KINDS:
        return False
    _, problems = check(path, limits)
    return [problem.code for problem in problems] == ["file-unsupported"]


def _steps(name: str) -> list[str]:
    """A member's path, step by step, without what would lead out of a folder."""
    steps = PurePosixPath(name.replace("\\", "/").split("\0")[0]).parts
    return [step for step in steps if step.strip("/. ") and not step.endswith(":")]


def unpack_member(archive: Path, index: int, target: Path, limits: Limits) -> None:
    """Write a member of the archive to `target`; raises `ArchiveError`."""
    with opened_container(archive, identify(archive), limits) as container:
        container.unpack(index, target)


@contextmanager
def unpacked(path: Path, way: Sequence[int], limits: Limits) -> Iterator[Path]:
    """The member that `way` leads to in the file at `path`, as a file for as long as the block runs.

    Raises `ArchiveError` when it cannot be unpacked.
    """
    with TemporaryDirectory(prefix="shenbao-") as folder:
        for depth, index in enumerate(way):
            target = Path(folder, str(depth))
            unpack_member(path, index, target, limits)
            path = target
        yield path
