"""What lies in the inbox: files in folders and archives, each with a stamp that changes when it changes."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.source import Limits
from shenbao.ingest.archive import Member, archive_to_members, bytes_to_name, is_ignored
from shenbao.ingest.store import Listed, Place, Remote, as_file


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was handed in.

    `name` is its readable path from the inbox and unique in it; `way` leads to it in the archive at `path`.
    `stamp` tells size, modification time and inode; `touched` is when any of it last changed (Unix seconds).
    """

    name: str
    path: Place
    way: tuple[int, ...]
    stamp: str
    size: int
    touched: float


def inbox_to_candidates(inbox: Place, limits: Limits, apart: Path) -> list[Candidate]:
    """The submissions under `inbox` in the order of their names; the folder `apart` is left out.

    Raises `OSError` when a folder cannot be listed: what is in it is not gone, and must not be taken for it.
    """
    found: list[Candidate] = []
    if isinstance(inbox, Remote):
        for listed in inbox.listing():
            found += _object_to_candidates(listed, limits)
    else:
        for entry in _files(inbox, apart.resolve()):
            found += _file_to_candidates(entry, inbox, limits)
    return list(_unique(sorted(found, key=lambda candidate: candidate.name)))


def path_to_stamp(path: Place) -> str:
    """What tells an unchanged file: size, modification time and inode, or an object's tag. Raises `OSError`."""
    return path.stamp() if isinstance(path, Remote) else _stamp(path.stat())


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}"


def _files(folder: Path, apart: Path) -> Iterator[Path]:
    """Regular files; links to folders are not followed, they may lead in a circle."""
    with os.scandir(folder) as entries:
        listed = list(entries)
    for entry in listed:
        if is_ignored(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            if Path(entry.path).resolve() != apart:
                yield from _files(Path(entry.path), apart)
        elif entry.is_file():
            yield Path(entry.path)


def _file_to_candidates(path: Path, inbox: Path, limits: Limits) -> list[Candidate]:
    try:
        status = path.stat()
        members = archive_to_members(path, limits) if path.suffix.lower() == ".zip" else []
    except FileNotFoundError:
        return []  # removed since the folder was listed
    except PermissionError:
        members = []  # said when it is read
    name = bytes_to_name(os.fsencode(path.relative_to(inbox).as_posix()))
    touched = max(status.st_mtime, status.st_ctime)
    return _with_members(Candidate(name, path, (), _stamp(status), status.st_size, touched), members)


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
        name, number = candidate.name, 1
        while (key := unicodedata.normalize("NFC", name).casefold()) in taken:
            number += 1
            name = f"{candidate.name} ({number})"
        taken.add(key)
        yield replace(candidate, name=name)
