"""What lies in the inbox: files in folders and archives, each with a stamp that changes when it changes."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from extract.files.limits import Limits
from extract.files.zips import bytes_to_file_name
from shenbao.ingest.inbox.archive import list_members
from shenbao.ingest.inbox.store import (
    DISK_FULL,
    SHARE_GONE,
    Listed,
    Location,
    Remote,
    is_output,
    status_to_stamp,
)
from shenbao.unpacking.members import Member
from shenbao.unpacking.names import is_container_name, is_ignored

LONGEST_NAME = 1000
"""Bytes of a candidate's name: what object stores and indexes of databases take, with room for the result's place."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was handed in.

    `name` is its readable path from the inbox and unique in it; `way` leads to it in the archive at `path`.
    `stamp` tells size, modification time and inode; `touched` is when any of it last changed (Unix seconds).
    `closed`: it is a folder or archive that may not be opened, and nobody knows what is in it.
    """

    name: str
    path: Location
    way: tuple[int, ...]
    stamp: str
    size: int
    touched: float
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Looking:
    """How an inbox is looked through: `members` opens an archive, the files `apart` are no submissions.

    A link that leads to a file outside of the inbox is passed over, unless they are `outside`.
    """

    limits: Limits
    apart: Collection[Path] = ()
    outside: bool = False
    members: Callable[[Location, Limits], list[Member]] = list_members


def inbox_to_candidates(inbox: Location, looking: Looking) -> list[Candidate]:
    """The submissions under `inbox` in the order of their names; folders with results are none.

    Raises `OSError` when a folder cannot be listed: what is in it is not gone, and must not be taken for it.
    """
    found: list[Candidate] = []
    if isinstance(inbox, Remote):
        for listed in inbox.listing():
            found += _object_to_candidates(listed, looking)
    else:
        root = inbox.resolve()
        for path in _files(inbox):
            if _belongs(path, root, looking):
                found += _file_to_candidates(path, inbox, looking)
    return list(_unique(sorted(found, key=lambda candidate: candidate.name)))


def _belongs(path: Path, root: Path, looking: Looking) -> bool:
    """Whether a file of the inbox `root` is one of its submissions, wherever a link leads."""
    if not looking.apart and not path.is_symlink():
        return True
    real = path.resolve()
    return real not in looking.apart and (looking.outside or real.is_relative_to(root))


def _files(folder: Path) -> Iterator[Path]:
    """Regular files, and folders that may not be opened; links to folders are not followed, they may lead in a circle."""
    with os.scandir(folder) as entries:
        listed = list(entries)
    for entry in listed:
        path = Path(entry.path)
        if is_ignored(entry.name):
            continue
        if not entry.is_dir(follow_symlinks=False):
            if _is_file(entry):
                yield path
        else:
            try:
                if not is_output(path):
                    yield from _files(path)
            except PermissionError:
                yield path


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file or leads to one; a link that leads to itself does not."""
    try:
        return entry.is_file()
    except PermissionError:
        return True  # said when it is read
    except OSError as error:
        if error.errno == errno.ELOOP:
            return False
        raise


def _file_to_candidates(path: Path, inbox: Path, looking: Looking) -> list[Candidate]:
    name = "/".join(map(bytes_to_file_name, os.fsencode(path.relative_to(inbox).as_posix()).split(b"/")))
    try:
        status = path.stat()
        members, closed = _members(path, looking)
    except FileNotFoundError:
        return []  # removed since the folder was listed
    except PermissionError:
        return [Candidate(name, path, (), stamp="", size=0, touched=0.0, closed=True)]
    touched = max(status.st_mtime, status.st_ctime)
    itself = Candidate(name, path, (), status_to_stamp(status), status.st_size, touched, closed)
    return _with_members(itself, members)


def _members(path: Path, looking: Looking) -> tuple[list[Member], bool]:
    """The members of an archive, and whether `path` keeps shut what was or may be in it: that is said when it is read."""
    if not is_container_name(path.name):
        return [], path.is_dir()
    try:
        return looking.members(path, looking.limits), False
    except OSError as error:
        if isinstance(error, FileNotFoundError) or error.errno in SHARE_GONE | DISK_FULL:
            raise
        return [], True


def _object_to_candidates(listed: Listed, looking: Looking) -> list[Candidate]:
    """An object is put whole: it is never still being written."""
    if any(map(is_ignored, listed.name.split("/"))):
        return []
    members: list[Member] = []
    if is_container_name(listed.name) and listed.size <= looking.limits.max_bytes:
        try:
            members = looking.members(listed.place, looking.limits)
        except FileNotFoundError:
            return []  # removed since the folder was listed
        except PermissionError:
            members = []  # said when it is read
    itself = Candidate(listed.name, listed.place, (), listed.stamp, listed.size, touched=0.0)
    return _with_members(itself, members)


def _with_members(itself: Candidate, members: Sequence[Member]) -> list[Candidate]:
    """The members in the place of an archive that has any."""
    inside = [
        replace(
            itself,
            name=f"{itself.name}/{member.name}",
            way=member.way,
            stamp=f"{itself.stamp}/{member.crc:08x}:{member.size}",
            size=member.size,
        )
        for member in members
    ]
    return inside or [itself]


def _unique(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Names that some file systems hold for one (case, composed characters) get a number."""
    taken: set[str] = set()
    for candidate in candidates:
        name, number = _fitting(candidate.name), 1
        while (key := unicodedata.normalize("NFC", name).casefold()) in taken:
            number += 1
            name = f"{_fitting(candidate.name)} ({number})"
        taken.add(key)
        yield replace(candidate, name=name)


def _fitting(name: str) -> str:
    """The name, or as much of one beyond `LONGEST_NAME` as fits and a mark of its own."""
    data = name.encode()
    if len(data) <= LONGEST_NAME:
        return name
    return f"{data[:LONGEST_NAME].decode(errors='ignore')}~{sha256(data).hexdigest()[:8]}"
