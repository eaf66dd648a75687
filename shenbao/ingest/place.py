"""The output folder: where what lies, who holds it, and how a file comes into it whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from shenbao.ingest.inbox.store import Location, Remote, files

ENDING = ".json"
LONGEST_STEP = 255
"""Bytes of a file's or folder's name that file systems take."""


class InUseError(Exception):
    """Another ingest holds the output folder; the message says which."""


@dataclass(frozen=True, slots=True)
class Output:
    """The folder of a season: `results` mirrors the inbox, `withdrawn` holds results of files taken out of it.

    Both may lie elsewhere, in `store`: the workers of a cluster write there, and never to `root`.
    """

    root: Path
    store: Location | None = None

    @property
    def base(self) -> Location:
        return self.store or self.root

    @property
    def results(self) -> Location:
        return self.base / "results"

    @property
    def withdrawn(self) -> Location:
        return self.base / "withdrawn"

    @property
    def state(self) -> Path:
        return self.root / ".shenbao"

    @property
    def ledger(self) -> Path:
        return self.state / "ledger.sqlite"

    @property
    def grids(self) -> Location:
        return self.base / ".shenbao" / "grids"

    @property
    def unfinished(self) -> Path:
        return self.state / "unfinished"

    @property
    def parts(self) -> Path | None:
        """Where results are written before they get their names, on their disk; objects need no such place."""
        return None if isinstance(self.base, Remote) else self.base / ".shenbao" / "unfinished"

    def result(self, name: str) -> Location:
        """`司法局/a.docx` → `results/司法局/a.docx.json`; a file or folder whose name is too long for that is cut."""
        return self.results / "/".join(map(_fitting, f"{name}{ENDING}".split("/")))

    def grid(self, sha256: str) -> Location:
        return self.grids / sha256[:2] / f"{sha256}.npz"

    def prepare(self) -> None:
        """Make the folders; raises `OSError` when nothing can be written."""
        for folder in (self.results, self.grids, self.unfinished, self.parts):
            if isinstance(folder, Path):
                folder.mkdir(parents=True, exist_ok=True)
        for place in {self.unfinished, self.parts or self.base / ".shenbao"}:
            probe = place / f"probe-{secrets.token_hex(8)}"
            probe.write_bytes(b"x")
            probe.unlink()

    def claim(self) -> bool:
        """Whether the results' place is this folder's, or becomes it now. Raises `OSError`."""
        owner = self.base / ".shenbao" / "id"
        if not owner.is_file():
            owner.write_bytes(self.identity().encode())
        return owner.read_bytes().decode() == self.identity()

    def identity(self) -> str:
        """What tells this folder from others, wherever it is moved to."""
        file = self.state / "id"
        if not file.exists():
            write_whole(file, secrets.token_hex(16).encode(), self.unfinished)
        return file.read_text("ascii")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder against a second ingest. The system frees it when the process ends, however it ends."""
        note = self.state / "holder.json"
        lock = FileLock(self.state / "lock")
        try:
            lock.acquire(timeout=0.5)  # `status` holds it for a moment
        except Timeout as error:
            raise InUseError(holder(self) or "another process") from error
        try:
            who = {"pid": os.getpid(), "host": socket.gethostname()}
            write_whole(note, json.dumps(who).encode(), self.unfinished)
            self.clear()
            yield
        finally:
            note.unlink(missing_ok=True)
            lock.release()

    def clear(self) -> None:
        """What a killed run had not finished writing."""
        for folder in {self.unfinished, self.parts or self.unfinished}:
            for file in folder.iterdir():
                file.unlink(missing_ok=True)


def _fitting(step: str) -> str:
    """The step of a path, or as much of one beyond `LONGEST_STEP` as fits, a mark of its own, and its ending."""
    data = step.encode()
    if len(data) <= LONGEST_STEP:
        return step
    tail = f"~{sha256(data).hexdigest()[:8]}{ENDING}"
    return data[: LONGEST_STEP - len(tail)].decode(errors="ignore") + tail


def holder(output: Output) -> str:
    """Who holds the folder, or held it when it was killed: `process 4711 on pc-3`; empty when nobody."""
    try:
        note = json.loads((output.state / "holder.json").read_text("utf-8"))
        return f"process {int(note['pid'])} on {note['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def write_whole(path: Path, data: bytes, unfinished: Path, *, durable: bool = True) -> None:
    """Give `path` this content at once; `durable`: after a power cut it is whole or not there.

    Raises `OSError`.
    """
    part = unfinished / secrets.token_hex(16)
    try:
        with part.open("xb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        path.parent.mkdir(parents=True, exist_ok=True)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@lru_cache(65536)
def _digest(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_digest(path: Path) -> str:
    """The SHA-256 of a result; one that was not touched since this process looked is not read again. Raises `OSError`."""
    status = path.stat()
    return _digest(path, status.st_size, status.st_mtime_ns)


def withdraw(output: Output, kept: set[str]) -> int:
    """Move every result whose place is not in `kept` out of the results; gives how many."""
    gone = [place for place in files(output.results, ".json") if str(place) not in kept]
    for place in gone:
        target = output.withdrawn / str(place)[len(str(output.results)) + 1 :]
        if isinstance(place, Remote) and isinstance(target, Remote):
            place.replace(target)
        elif isinstance(place, Path) and isinstance(target, Path):
            _replace(place, target)
    if isinstance(output.results, Path):
        _remove_empty(output.results)
    return len(gone)


def _replace(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
    path.replace(target)


def _remove_empty(root: Path) -> None:
    for folder in sorted((p for p in root.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
