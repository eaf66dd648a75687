"""The file that a result was made from, found again by its name and told by its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from models.submission import ResultError, Submission, json_to_submission
from shenbao.exits import BadDataError, NoInputError


def result_to_source(path: Path) -> Path:
    """The file that the result at `path` was made from; `path` itself where it is no result but a form.

    Raises `NoInputError` where the result or its file is not there, `BadDataError` where the file was changed since.
    """
    try:
        text = path.read_bytes() if path.suffix == ".json" else None
    except OSError as error:
        raise NoInputError(f"{path}: {error.strerror}") from error
    submission = _opened(text)
    if submission is None:
        return path
    found = [place for place in _places(path, submission.source.name) if place.is_file()]
    same = (place for place in found if _digest(place) == submission.source.sha256)
    if (file := next(same, None)) is not None:
        return file
    if found:
        raise BadDataError(f"{found[0]} is not what {path} was made from: it has changed; extract it anew")
    raise NoInputError(
        f"{path}: {submission.source.name}, from which it was made, is not here; name it with --source"
    )


def _opened(text: bytes | None) -> Submission | None:
    try:
        return json_to_submission(text.decode()) if text is not None else None
    except (UnicodeDecodeError, ResultError):
        return None


def _places(path: Path, name: str) -> Iterator[Path]:
    for folder in (path.parent, path.absolute().parent.parent, Path()):
        yield folder / name


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
