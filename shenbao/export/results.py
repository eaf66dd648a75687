"""The results below a folder, a few at a time, each content once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

from models.submission import ResultError, Submission, json_to_submission
from shenbao.export.columns import TableRow
from shenbao.export.mask import mask_submission
from shenbao.export.rows import submission_key, submission_to_rows
from shenbao.export.tables import TABLES
from shenbao.export.values import UnfitError

_SUBMISSIONS_PER_CHUNK = 100
"""Submissions that are held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some submissions and their rows by table."""

    submissions: list[Submission] = field(default_factory=list)
    rows: dict[str, list[TableRow]] = field(default_factory=lambda: {name: [] for name in TABLES})

    @property
    def keys(self) -> list[str]:
        return [submission_key(submission) for submission in self.submissions]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that gave no rows: `broken` must be looked at, `double` is there already, `other` is no result."""

    kind: Literal["broken", "double", "other"]
    place: str
    reason: str


Report = Callable[[LeftOut], None]
_Rows = list[tuple[str, TableRow]]


def read_chunks(folder: Path, masked: bool, report: Report) -> Iterator[Chunk]:
    """Every result in the `.json` and `.jsonl` files below `folder`, a folder's files before its folders, in the order of their names.

    Folders and files whose names begin with a dot are passed over. Raises `OSError` for a folder or file that
    cannot be read.
    """
    chunk = Chunk()
    for submission, rows in _once(_rows(folder, masked, report), report):
        chunk.submissions.append(submission)
        for table, row in rows:
            chunk.rows[table].append(row)
        if len(chunk.submissions) == _SUBMISSIONS_PER_CHUNK:
            yield chunk
            chunk = Chunk()
    if chunk.submissions:
        yield chunk


def _once(
    made: Iterator[tuple[str, Submission, _Rows]], report: Report
) -> Iterator[tuple[Submission, _Rows]]:
    """The same content under two names is one submission; two different results for it are a fault."""
    seen: dict[str, tuple[str, bytes]] = {}
    for place, submission, rows in made:
        nameless = sha256(repr([(table, row[1:]) for table, row in rows]).encode()).digest()
        first, known = seen.setdefault(submission_key(submission), (place, nameless))
        if first == place:
            yield submission, rows
        elif known == nameless:
            report(LeftOut("double", place, f"the same content as {first}"))
        else:
            report(LeftOut("broken", place, f"the same content as {first}, but another result: delete one"))


def _rows(folder: Path, masked: bool, report: Report) -> Iterator[tuple[str, Submission, _Rows]]:
    for place, submission in folder_to_submissions(folder, report):
        shown = mask_submission(submission) if masked else submission
        try:
            yield place, shown, list(submission_to_rows(shown))
        except UnfitError as error:
            report(LeftOut("broken", place, str(error)))


def folder_to_submissions(folder: Path, report: Report) -> Iterator[tuple[str, Submission]]:
    """Every result below `folder` with its place, in the order of `read_chunks`. Raises `OSError`."""
    for path in _files(folder):
        if path.suffix == ".json":
            documents = iter([(str(path), path.read_bytes())])
        else:
            documents = _lines(path)
        for place, data in documents:
            try:
                yield place, json_to_submission(data.decode("utf-8-sig"))
            except (ResultError, UnicodeDecodeError) as error:
                report(_left_out(place, data, error))


def _files(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise error

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith((".json", ".jsonl")) and not name.startswith("."):
                yield Path(parent, name)


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield f"{path}:{number}", line


def _left_out(place: str, data: bytes, error: Exception) -> LeftOut:
    """JSON that does not even claim to be a result is somebody else's; everything else is a broken result."""
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        root = None
    if root is None or (isinstance(root, dict) and "schema_version" in root):
        return LeftOut("broken", place, str(error))
    return LeftOut("other", place, "not a result of shenbao")
