"""Many files, one after the other, and what became of each. A file that fails does not stop the rest."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from extract.ocr.engine import EngineError
from models.submission import Submission
from shenbao.exits import (
    ACCEPTED,
    BUG,
    IO_ERROR,
    NO_INPUT,
    NO_OUTPUT,
    REJECTED,
    REVIEW,
    STANDARD,
    UNAVAILABLE,
)
from shenbao.pipeline import read_bytes, read_submission
from shenbao.readers import Settings
from shenbao.text_gate import one_line, printable

STATUS_CODES = {"accepted": ACCEPTED, "review": REVIEW, "rejected": REJECTED}
EXHAUSTED = {
    "MemoryError": "needs more memory than there is",
    "RecursionError": "is nested more deeply than can be read",
}
"""What a file asked too much of, by the name of the exception; it is not damaged for that."""
NAMELESS = frozenset({errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL})
"""Errors of a result's name: its own file's trouble, where a full disk is everybody's."""
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
    name = str(item.path or item.name)
    try:
        if item.path is None:
            submission = read_bytes(sys.stdin.buffer.read(), item.name, settings)
        elif item.path.exists() and not item.path.is_file():
            return Outcome(name, NO_INPUT, failure=NOT_A_FILE)
        else:
            submission = read_submission(item.path, settings)
    except EngineError as error:
        return Outcome(item.name, UNAVAILABLE, failure=str(error))
    except OSError as error:
        if not _is_the_systems(error, name):
            return _defect(item.name)
        code = IO_ERROR if error.errno == errno.EIO else NO_INPUT
        return Outcome(name, code, failure=f"cannot be read: {error.strerror}")
    except Exception as error:
        return _defect(item.name, error)
    return Outcome(item.name, STATUS_CODES[submission.status], submission)


def _is_the_systems(error: OSError, name: str) -> bool:
    """Whether the system did not give this file; libraries raise `OSError` without a number for what they cannot do."""
    return error.errno is not None and error.filename in (None, name, Path(name))


def _defect(name: str, error: Exception | None = None) -> Outcome:
    """The outcome of a file that we failed with: say so in full, and read the other files all the same."""
    asked = EXHAUSTED.get(type(error).__name__)
    return Outcome(name, BUG, failure=asked or f"internal error, please report it\n{traceback.format_exc()}")


def write_outcome(outcome: Outcome, writers: Iterable[Callable[[str, Submission], None]]) -> Outcome:
    """Write the result, if there is one; gives what became of it. Raises `OSError` where no other could be written."""
    if outcome.submission is None:
        return outcome
    try:
        for write in writers:
            write(outcome.name, outcome.submission)
    except OSError as error:
        if error.errno not in NAMELESS:
            raise
        return Outcome(outcome.name, NO_OUTPUT, failure=f"its result cannot be written: {error.strerror}")
    except Exception as error:
        return _defect(outcome.name, error)
    return outcome


def outcome_to_line(outcome: Outcome) -> str:
    """`review    a.md  1 form, 5 repairs, 0 errors, 4 warnings, 3 notes`, and codes about the file itself."""
    submission, name = outcome.submission, one_line(outcome.name)
    if submission is None:
        return f"not read  {name}: {outcome.failure}"
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
    return f"{submission.status:<8}  {name}  {', '.join(parts)}{reason}"


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
