"""The output folder: where what lies, who holds it, and how a file comes into it whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout


class InUseError(Exception):
    """Another ingest holds the output folder; the message says which."""


@dataclass(frozen=True, slots=True)
class Output:
    """The folder of a season: `results` mirrors the inbox, `withdrawn` holds results of files taken out of it."""

    root: Path

    @property
    def results(self) -> Path:
        return self.root / "results"

    @property
    def withdrawn(self) -> Path:
        return self.root / "withdrawn"

    @property
    def state(self) -> Path:
        return self.root / ".shenbao"

    @property
    def ledger(self) -> Path:
        return self.state / "ledger.sqlite"

    @property
    def grids(self) -> Path:
        return self.state / "grids"

    @property
    def unfinished(self) -> Path:
        return self.state / "unfinished"

    def result(self, name: str) -> Path:
        """`司法局/a.docx` → `results/司法局/a.docx.json`."""
        return self.results / f"{name}.json"

    def grid(self, sha256: str) -> Path:
        return self.grids / sha256[:2] / f"{sha256}.npz"

    def prepare(self) -> None:
        """Make the folders; raises `OSError` when nothing can be written."""
        for folder in (self.results, self.grids, self.unfinished):
            folder.mkdir(parents=True, exist_ok=True)
        probe = self.unfinished / f"probe-{secrets.token_hex(8)}"
        probe.write_bytes(b"x")
        probe.unlink()

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
            self._clear()
            yield
        finally:
            note.unlink(missing_ok=True)
            lock.release()

    def _clear(self) -> None:
        """What a killed run had not finished writing."""
        for file in self.unfinished.iterdir():
            file.unlink(missing_ok=True)


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


def withdraw(output: Output, kept: set[Path]) -> int:
    """Move every result that is not in `kept` out of the results; gives how many."""
    moved = 0
    for path in sorted(output.results.rglob("*.json")):
        if path in kept or not path.is_file():
            continue
        target = output.withdrawn / path.relative_to(output.results)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)
        path.replace(target)
        moved += 1
    for folder in sorted((p for p in output.results.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    return moved
