"""Many files, one after the other, and what became of each. A file that fails does not stop the rest."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from extract.ocr.engine import EngineError
from models.submission import Submission
from shenbao.exits import ACCEPTED, BUG, IO_ERROR, NO_INPUT, REJECTED, REVIEW, STANDARD, UNAVAILABLE
from shenbao.pipeline import read_bytes, read_submission
from shenbao.readers import Settings
from shenbao.terminal import printable

STATUS_CODES = {"accepted": ACCEPTED, "review": REVIEW, "rejected": REJECTED}
NOT_A_FILE = "is not a regular file; give its content to standard input: ... | shenbao extract - -o DIR"


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read; `path` is `None` for standard input. `name` names the result."""

    name: str
    path: Path | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file's result, or why there is none; `code` is what it says to the exit code of the run."""

    name: str
    code: int
    submission: Submission | None = None
    failure: str = ""


def files_to_inputs(files: Iterable[str]) -> list[Input]:
    """The files to read. A folder, or two names that would share a result, are wrong usage."""
    inputs: dict[str, Input] = {}
    for file in files:
        shown = printable(os.fsencode(file).decode("utf-8", "replace"))
        path = None if file == STANDARD else Path(file)
        if path and os.path.isdir(file):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
            raise click.UsageError(f"{shown} is a folder; name the files in it: {shown.rstrip('/')}/*")
        name = path.name if path else "stdin"
        if name in inputs:
            first = printable(str(inputs[name].path or STANDARD))
            message = f"{first} and {shown} would both be written to {name}.json"
            raise click.UsageError(f"{message}; read them in two runs with two output folders")
        inputs[name] = Input(name, path)
    return list(inputs.values())


def read_all(inputs: Iterable[Input], settings: Settings) -> Iterator[Outcome]:
    """Read one file after the other; a file gives the same result alone and among others."""
    for item in inputs:
        yield _read(item, settings)


def _read(item: Input, settings: Settings) -> Outcome:
    try:
        if item.path is None:
            submission = read_bytes(sys.stdin.buffer.read(), item.name, settings)
        elif item.path.exists() and not item.path.is_file():
            return Outcome(str(item.path), NO_INPUT, failure=NOT_A_FILE)
        else:
            submission = read_submission(item.path, settings)
    except OSError as error:
        code = IO_ERROR if error.errno == errno.EIO else NO_INPUT
        return Outcome(
            str(item.path or item.name), code, failure=f"cannot be read: {error.strerror or error}"
        )
    except EngineError as error:
        return Outcome(item.name, UNAVAILABLE, failure=str(error))
    except Exception:  # a defect of ours: say so in full, and read the other files all the same
        return Outcome(item.name, BUG, failure=f"internal error, please report it\n{traceback.format_exc()}")
    return Outcome(item.name, STATUS_CODES[submission.status], submission)


def outcome_to_line(outcome: Outcome) -> str:
    """`review    a.md  1 form, 5 repairs, 0 errors, 4 warnings, 3 notes`, and codes about the file itself."""
    submission = outcome.submission
    if submission is None:
        return f"not read  {outcome.name}: {outcome.failure}"
    findings = [*submission.findings, *(f for form in submission.forms for f in form.findings)]
    counts = Counter(finding.severity for finding in findings)
    parts = [
        counted(len(submission.forms), "form"),
        counted(sum(len(form.repairs) for form in submission.forms), "repair"),
        counted(counts["error"], "error"),
        counted(counts["warning"], "warning"),
        counted(counts["info"], "note"),
    ]
    codes = dict.fromkeys(f.code for f in submission.findings if f.severity != "info")
    reason = f" ({', '.join(codes)})" if codes else ""
    return f"{submission.status:<8}  {outcome.name}  {', '.join(parts)}{reason}"


def codes_to_summary(codes: Iterable[int]) -> str:
    """`3 files: 1 accepted, 1 review, 1 rejected, 0 not read`."""
    counts = Counter(min(code, NO_INPUT) for code in codes)
    parts = [f"{counts[code]} {status}" for status, code in STATUS_CODES.items()]
    return f"{counted(counts.total(), 'file')}: {', '.join(parts)}, {counts[NO_INPUT]} not read"


def counted(number: int, noun: str) -> str:
    """
    >>> counted(1, "form"), counted(0, "form")
    ('1 form', '0 forms')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
