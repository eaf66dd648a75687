"""Where files lie: in a folder, or in an object store under a URL (s3://bucket/…, by way of fsspec)."""

# ruff: noqa: PLC0415

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

_LONGEST_KEY_BYTES = 1024
"""Bytes of an object's name that S3 allows (its user guide, "Naming Amazon S3 objects")."""
_CHANGE_MARKS = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "updated", "created")
"""What tells a changed object, the surest first; which of them a store knows differs."""
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""Errors that reading has only where it unpacks: in the folder for temporary files."""
SHARE_GONE = frozenset({errno.ESTALE, errno.ENOTCONN, errno.ENODEV, errno.EHOSTDOWN, errno.ETIMEDOUT})
"""Errors of a share that went away."""
_OBJECTS_AT_ONCE = 200
"""Objects asked for at once."""


class NoStoreError(Exception):
    """A URL that cannot be used: its package is not installed, or no store is known by that name."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An object under another: its `name` from there, `stamp` as `Remote.stamp` has it, `size` in bytes."""

    name: str
    place: Remote
    stamp: str
    size: int


@dataclass(frozen=True, slots=True)
class Remote:
    """An object in a store, or all objects whose names begin with it. What goes wrong is an `OSError`."""

    url: str

    def __str__(self) -> str:
        return self.url

    def __truediv__(self, steps: str) -> Remote:
        return Remote(f"{self.url}/{steps}")

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.url).suffix

    def is_file(self) -> bool:
        with _explained(self.url):
            return bool(_system(self.url).isfile(self.url))

    def is_dir(self) -> bool:
        """Whether there is anything under it, or it is a bucket."""
        with _explained(self.url):
            return bool(_system(self.url).isdir(self.url))

    def stamp(self) -> str:
        """What tells an unchanged object: its size and entity tag, or its time where the store has no tags."""
        with _explained(self.url):
            return _stamp(_system(self.url).info(self.url))

    def read_bytes(self) -> bytes:
        with _explained(self.url):
            return bytes(_system(self.url).cat_file(self.url))

    def write_bytes(self, data: bytes) -> None:
        """Put the object: others see it whole or not at all."""
        system = _system(self.url)
        if len(system._strip_protocol(self.url).encode()) > _LONGEST_KEY_BYTES:
            raise OSError(errno.ENAMETOOLONG, "File name too long", self.url)
        with _explained(self.url):
            system.pipe_file(self.url, data)

    def unlink(self) -> None:
        with _explained(self.url):
            _system(self.url).rm_file(self.url)

    def replace(self, target: Remote) -> None:
        """Move the object; ends between the two steps in one too many, never in one too few."""
        with _explained(self.url):
            _system(self.url).cp_file(self.url, target.url)
        self.unlink()

    def listing(self) -> list[Listed]:
        """Every object under it, in the order of names."""
        system = _system(self.url)
        root = f"{system._strip_protocol(self.url)}/"
        with _explained(self.url):
            found = system.find(self.url, detail=True)
        names = {path.removeprefix(root): info for path, info in found.items() if path.startswith(root)}
        return [
            Listed(name, self / name, _stamp(info), info["size"])
            for name, info in sorted(names.items())
            if name and not name.endswith("/") and info["type"] == "file"
        ]


Location = Path | Remote


def text_to_place(text: str) -> Location:
    """A URL or a path, as a person or the ledger writes it.

    >>> text_to_place("s3://bucket/申报/")
    Remote(url='s3://bucket/申报')
    """
    return Remote(text.rstrip("/")) if "://" in text else Path(text)


def location_to_stamp(place: Location) -> str:
    """What tells an unchanged file: size, modification time and inode, or an object's tag. Raises `OSError`."""
    return place.stamp() if isinstance(place, Remote) else status_to_stamp(place.stat())


def status_to_stamp(status: os.stat_result) -> str:
    """The stamp of a file with this status."""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}"


def check_store(place: Location) -> None:
    """Raises `NoStoreError` when this machine cannot use the place's URL."""
    if isinstance(place, Remote):
        try:
            _system(place.url)
        except ImportError as error:
            raise NoStoreError(f"{place} needs a package ({error}); pip install 'shenbao[ray]'") from error
        except ValueError as error:
            raise NoStoreError(f"{place}: {error}") from error


@contextmanager
def as_file(place: Location) -> Iterator[Path]:
    """The file, or the object fetched into one for as long as the block runs. Raises `OSError`."""
    if isinstance(place, Path):
        yield place
        return
    with TemporaryDirectory(prefix="shenbao-") as folder:
        file = Path(folder, "object")
        with _explained(place.url):
            _system(place.url).get_file(place.url, str(file))
        yield file


def files(folder: Location, ending: str) -> Iterator[Location]:
    """The files under `folder` whose names end so."""
    if isinstance(folder, Remote):
        yield from (listed.place for listed in folder.listing() if listed.name.endswith(ending))
        return
    for parent, _, names in os.walk(folder):
        yield from (Path(parent, name) for name in sorted(names) if name.endswith(ending))


def contents(folder: Location, ending: str) -> Iterator[bytes]:
    """What is in those files; objects are asked for many at once."""
    if isinstance(folder, Path):
        yield from (path.read_bytes() for path in files(folder, ending) if isinstance(path, Path))
        return
    found = list(files(folder, ending))
    system = _system(folder.url)
    for start in range(0, len(found), _OBJECTS_AT_ONCE):
        part = [str(place) for place in found[start : start + _OBJECTS_AT_ONCE]]
        with _explained(folder.url):
            datas = system.cat_ranges(part, [None] * len(part), [None] * len(part), on_error="raise")
        yield from datas


def _stamp(info: dict[str, Any]) -> str:
    mark = next((str(info[key]) for key in _CHANGE_MARKS if info.get(key)), "")
    return f"{info['size']}:{mark}"


def _system(url: str) -> Any:
    """The file system of a URL; only functions that take names literally are used ([1] is no pattern)."""
    import fsspec

    return fsspec.filesystem(url.partition("://")[0], use_listings_cache=False)


@contextmanager
def _explained(url: str) -> Iterator[None]:
    """Whatever a store's library raises, as the error that a share that is gone would give."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(errno.ETIMEDOUT, f"{type(error).__name__}: {error}", url) from error


def is_output(folder: Path) -> bool:
    """Whether an ingest keeps its results in the folder. Raises `PermissionError`."""
    return (folder / ".shenbao" / "id").is_file()
