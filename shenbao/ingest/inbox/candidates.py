"""What lies in the inbox: files in folders and archives, each with a stamp that changes when it changes."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from extract.files.limits import Limits
from shenbao.ingest.inbox.archive import Member, archive_to_members, bytes_to_name, is_ignored
from shenbao.ingest.inbox.store import Listed, Location, Remote, as_file, is_output

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


def inbox_to_candidates(inbox: Location, limits: Limits, apart: Collection[Path] = ()) -> list[Candidate]:
    """The submissions under `inbox` in the order of their names; the files `apart` and folders with results are none.

    Raises `OSError` when a folder cannot be listed: what is in it is not gone, and must not be taken for it.
    """
    found: list[Candidate] = []
    if isinstance(inbox, Remote):
        for listed in inbox.listing():
            found += _object_to_candidates(listed, limits)
    else:
        for entry in _files(inbox):
            if not apart or entry.resolve() not in apart:
                found += _file_to_candidates(entry, inbox, limits)
    return list(_unique(sorted(found, key=lambda candidate: candidate.name)))


def path_to_stamp(path: Location) -> str:
    """What tells an unchanged file: size, modification time and inode, or an object's tag. Raises `OSError`."""
    return path.stamp() if isinstance(path, Remote) else _stamp(path.stat())


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}"


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


def _file_to_candidates(path: Path, inbox: Path, limits: Limits) -> list[Candidate]:
    name = "/".join(map(bytes_to_name, os.fsencode(path.relative_to(inbox).as_posix()).split(b"/")))
    try:
        status = path.stat()
        members, closed = _members(path, limits)
    except FileNotFoundError:
        return []  # removed since the folder was listed
    except PermissionError:
        return [Candidate(name, path, (), stamp="", size=0, touched=0.0, closed=True)]
    touched = max(status.st_mtime, status.st_ctime)
    itself = Candidate(name, path, (), _stamp(status), status.st_size, touched, closed)
    return _with_members(itself, members)


def _members(path: Path, limits: Limits) -> tuple[list[Member], bool]:
    """The members of an archive, and whether `path` keeps shut what was or may be in it: that is said when it is read."""
    if path.suffix.lower() != ".zip":
        return [], path.is_dir()
    try:
        return archive_to_members(path, limits), False
    except (PermissionError, IsADirectoryError):
        return [], True


def _object_to_candidates(listed: Listed, limits: Limits) -> list[Candidate]:
    """An object is put whole: it is never still being written."""
    if any(map(is_ignored, listed.name.split("/"))):
        return []
    members: list[Member] = []
    if listed.place.suffix.lower() == ".zip" and listed.size <= limits.max_bytes:
        try:
            with as_file(listed.place) as file:
                members = archive_to_members(file, limits)
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
