"""Files that a program handed in: kept until they are read, each read in a process of its own, one after the other."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from extract.files.limits import Limits
from shenbao.batch import BatchOptions, FileInput, read_all
from shenbao.bounded.limits import WorkLimits
from shenbao.outputs import replacing
from shenbao.readers import Settings
from shenbao.text_gate import one_line

UploadState = Literal["waiting", "reading", "done", "failed"]
_MOST_WAITING = 200
"""Files that wait to be read; more is a program that does not look at its answers."""
_LONGEST_NAME_BYTES = 180
"""Bytes of a file's name that stay, so that what is put before and behind it fits."""


class UploadTooLargeError(Exception):
    """A file with more bytes than are read."""


class TooManyUploadsError(Exception):
    """More files wait already than are read in reasonable time."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was handed in, what became of it, and where its result is: `place` below the folder of uploads."""

    sha256: str
    name: str
    state: UploadState
    message: str = ""
    place: str = ""


class Uploads:
    """Takes files and reads them; any thread may ask. `done` is called when a result was written."""

    def __init__(self, folder: Path, limits: WorkLimits, done: Callable[[], None]) -> None:
        self._folder, self._limits, self._done = folder, limits, done
        self._known: dict[str, Upload] = {}
        self._lock = threading.Lock()
        self._runner = ThreadPoolExecutor(1, "upload")

    def close(self) -> None:
        """Wait for the file at hand; those that wait are left."""
        self._runner.shutdown(wait=True, cancel_futures=True)

    def get(self, sha256: str) -> Upload | None:
        """What became of a file that was handed in since the desk was opened."""
        with self._lock:
            return self._known.get(sha256)

    def result(self, upload: Upload) -> Path:
        """Where the result of a file is that was read."""
        return self._folder / upload.place

    def take(self, name: str, chunks: Iterable[bytes]) -> Upload:
        """Keep a file and have it read; the same content is read once. Raises `UploadTooLargeError`, `TooManyUploadsError`, `OSError`."""
        with self._lock:
            if sum(one.state in ("waiting", "reading") for one in self._known.values()) >= _MOST_WAITING:
                raise TooManyUploadsError
        self._folder.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        part = self._folder / f".{secrets.token_hex(16)}.part"
        try:
            with part.open("xb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > Limits().max_bytes:
                        raise UploadTooLargeError
                    digest.update(chunk)
                    file.write(chunk)
            return self._begin(digest.hexdigest(), _plain(name), part)
        finally:
            part.unlink(missing_ok=True)

    def _begin(self, sha256: str, name: str, part: Path) -> Upload:
        with self._lock:
            known = self._known.get(sha256)
            if known is not None and known.state != "failed":
                return known
            kept = part.replace(self._folder / f".{sha256}")
            upload = Upload(sha256, name, "waiting", place=f"{sha256[:16]}-{name}.json")
            self._known[sha256] = upload
        self._runner.submit(self._read, upload, kept)
        return upload

    def _read(self, upload: Upload, path: Path) -> None:
        self._note(replace(upload, state="reading"))
        ended = replace(upload, state="failed", message="程序内部错误")
        try:
            (outcome,) = read_all([FileInput(upload.name, path)], BatchOptions(Settings(), self._limits))
            if outcome.document is None:
                ended = replace(upload, state="failed", message=one_line(outcome.line))
            else:
                with replacing(self.result(upload)) as file:
                    file.write(outcome.document)
                self._done()
                ended = replace(upload, state="done")
        except OSError as error:
            ended = replace(upload, state="failed", message=f"结果未能写入：{error.strerror or error}")
        finally:
            path.unlink(missing_ok=True)
            self._note(ended)

    def _note(self, upload: Upload) -> None:
        with self._lock:
            self._known[upload.sha256] = upload


def _plain(name: str) -> str:
    """The last step of a name, without what names of files cannot hold, cut where it is too long."""
    last = one_line(name.replace("\\", "/")).rpartition("/")[2].strip(". ") or "未命名"
    return last.encode("utf-8", "replace")[:_LONGEST_NAME_BYTES].decode("utf-8", "ignore")
