"""What `diff`, `check` and `report` take: a season, a folder of results, a result, or a declaration that is read now."""

# ruff: noqa: PLC0415

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from shenbao.exits import BadDataError, EndedError, NoInputError, WriteError
from shenbao.terminal import say

if TYPE_CHECKING:
    from models.submission import Submission
    from shenbao.answer.rounds import Round
    from shenbao.export.results import LeftOut


def place_to_round(place: Path, masked: bool, timeout: float, memory: int) -> Round:
    """The round at `place`. Raises `NoInputError` where there is none, `BadDataError` for a broken result."""
    from shenbao.answer.rounds import NamedSubmission, mask_named, submissions_to_round

    if place.is_dir():
        return read_folder(place, masked)
    submission = read_file_side(place, timeout, memory)
    named = [NamedSubmission(place.name.removesuffix(".json"), submission)]
    return submissions_to_round(place.name, mask_named(named) if masked else named)


def read_folder(folder: Path, masked: bool) -> Round:
    """The round in a folder, with what persons decided until now; what is left out is named on standard error."""
    from shenbao.answer.rounds import StoredElsewhereError, folder_to_round
    from shenbao.desk.finals.finals import current_finals
    from shenbao.ingest.ledger.ledger import LedgerError

    def report(item: LeftOut) -> None:
        if item.kind == "broken":
            say(f"left out  {item.place}: {item.reason}", to_stderr=True)

    try:
        current_finals(folder)
        found = folder_to_round(folder, masked, report)
    except OSError as error:
        raise NoInputError(f"{error.filename or folder}: {error.strerror or error}") from error
    except (LedgerError, StoredElsewhereError) as error:
        raise NoInputError(str(error)) from error
    if not found.forms and not found.unread:
        raise NoInputError(f"no results in {folder}: run `shenbao extract` or `shenbao ingest` first")
    return found


def read_file_side(path: Path, timeout: float, memory: int) -> Submission:
    """A result of ours, or what is read in a declaration now."""
    from models.submission import ResultError, json_to_submission
    from shenbao.front_door import read

    if not path.exists():
        raise NoInputError(f"{path} is not there")
    try:
        if path.suffix == ".json" and b'"schema_version"' in path.read_bytes():
            return json_to_submission(path.read_text("utf-8-sig"))
        return read(path, timeout=timeout, memory=memory)
    except (ResultError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        raise BadDataError(f"{path} is not a result of shenbao: {first}") from error
    except OSError as error:
        raise NoInputError(f"{path}: {error.strerror or error}") from error
    except RuntimeError as error:
        raise EndedError(str(error)) from error


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write each file whole; raises `WriteError`."""
    from shenbao.outputs import make_folder, replaced

    try:
        for name, data in files.items():
            path = folder / name
            make_folder(path.parent)
            with replaced(path) as part:
                part.write_bytes(data)
    except OSError as error:
        with suppress(OSError):
            folder.rmdir()  # where nothing came into it
        raise WriteError(f"cannot write {error.filename or folder}: {error.strerror}") from error
