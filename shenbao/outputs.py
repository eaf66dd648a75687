"""Where results go: a JSON file each, one file of JSON lines, or standard output; for tables see `shenbao.export`.

Each function opens a place and gives the function that writes one result to it. Nothing half-written is ever
seen under a final name. Opening and writing raise `OSError`.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from shenbao.file_task import FileOutcome

Write = Callable[[FileOutcome], None]
"""Takes a file's outcome that has a document."""
LINES = "submissions.jsonl"
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads a CSV file in the machine's own encoding."""


@contextmanager
def json_files(folder: Path) -> Iterator[Write]:
    """`a.md` → `folder/a.md.json`."""
    make_folder(folder)

    def write(outcome: FileOutcome) -> None:
        with replacing(folder / f"{outcome.name}.json") as file:
            file.write(outcome.document or "")

    yield write


@contextmanager
def json_lines(folder: Path) -> Iterator[Write]:
    """All results in `folder/submissions.jsonl`, one a line, in the order of the files."""
    make_folder(folder)
    with replacing(folder / LINES) as file:
        yield lambda outcome: print(outcome.document, file=file)


@contextmanager
def standard_output() -> Iterator[Write]:
    """Results to standard output in UTF-8, whatever the terminal's encoding."""

    def write(outcome: FileOutcome) -> None:
        sys.stdout.buffer.write(((outcome.document or "").rstrip("\n") + "\n").encode())
        sys.stdout.buffer.flush()

    yield write


def make_folder(folder: Path) -> None:
    """Create `folder` where it is missing; raises `OSError` when nothing can be written there."""
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(f"{folder} is not writable")


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A new text file that takes the place of `path` when the block ends well, and is gone when it does not."""
    with replaced(path) as part, part.open("x", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """The path of a file to be made, which takes the place of `path` when the block ends well."""
    # the final name may be as long as names can be, so the temporary one does not build on it
    part = path.parent / f".shenbao-{secrets.token_hex(8)}.part"
    try:
        yield part
        part.replace(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
