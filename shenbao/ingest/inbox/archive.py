"""Archives of an inbox, in a folder or a store: which members they hold, and one member as a file."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.files.limits import Limits
from shenbao.ingest.inbox.store import Location, as_file, location_to_stamp
from shenbao.unpacking.members import Member, archive_to_members, unpack_member


def list_members(place: Location, limits: Limits) -> list[Member]:
    """As `archive_to_members`, of an archive in a store, too."""
    with as_file(place) as file:
        return archive_to_members(file, limits)


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
        unpack_member(archive, way[-1], target, Limits())
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
                unpack_member(self.path, index, target, Limits())
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


def hash_file(path: Location, way: tuple[int, ...]) -> str:
    """The SHA-256 of a file or of a member of an archive. Raises `OSError`, `ArchiveError`."""
    with member_as_file(path, way) as file, file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
