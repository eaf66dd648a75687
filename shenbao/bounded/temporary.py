"""Folders for what a run unpacks: a worker's goes with the worker, a run's with the run, however either ends."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "shenbao-run-"
_LOCK = "lock"
_NEW_S = 60.0
"""Age in seconds below which a folder without a lock may be another run's that is just being made."""


@contextmanager
def run_folder() -> Iterator[Path]:
    """A folder in the system's temporary folder for as long as the block runs.

    First the folders of runs that were killed are cleared: nobody holds their locks any more. Raises `OSError`.
    """
    clear_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    held = _hold(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if held is not None:
            os.close(held)


def clear_leftovers() -> None:
    """Remove the folders of runs that ended without doing it; those of others are left alone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if (folder / _LOCK).exists():
                held = _hold(folder)
                if held is None:
                    continue
                os.close(held)
            elif time.time() - folder.stat().st_mtime < _NEW_S:
                continue
            shutil.rmtree(folder, ignore_errors=True)


def _hold(folder: Path) -> int | None:
    """The lock of a folder, which the system frees when its process ends; `None` when another process has it."""
    file = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    if sys.platform == "win32":
        return file  # an open file cannot be removed there, which is lock enough
    import fcntl  # noqa: PLC0415 - there is none on Windows

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file
