"""What a bounded process does with one file of `extract` or the library: read it, and put the result into text.

What reading takes is loaded in that process: the one that hands out the files starts without it.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import errno
import traceback
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from shenbao.bounded.limits import RUN_LIMITS
from shenbao.exits import ACCEPTED, BUG, IO_ERROR, NO_INPUT, REJECTED, REVIEW, UNAVAILABLE
from shenbao.text_gate import one_line

if TYPE_CHECKING:
    from models.document import Problem
    from models.submission import Submission
from shenbao.file_task import FileOutcome, FileTask

READING_PRELOAD = ("shenbao.pipeline", "shenbao.export.rows", "shenbao.reading")
"""What reading takes, loaded once for all processes."""
STATUS_CODES = {"accepted": ACCEPTED, "review": REVIEW, "rejected": REJECTED}
_NOT_A_FILE = "is not a regular file; give its content to standard input: ... | shenbao extract - -o DIR"


def read_file(task: FileTask) -> FileOutcome:
    """Read the file: whatever happens is an outcome, but for `MemoryError` and `RecursionError`."""
    from shenbao.pipeline import read_submission, refuse_submission

    def read() -> FileOutcome:
        if task.path.exists() and not task.path.is_file():
            return _failed(task.shown, NO_INPUT, _NOT_A_FILE)
        if task.problem is not None:
            return _outcome(task, refuse_submission(task.path, task.name, task.problem))
        if task.way:
            return _read_member(task)
        return _outcome(task, read_submission(task.path, task.settings, task.name))

    return _guarded(task, read)


def _read_member(task: FileTask) -> FileOutcome:
    from extract.files.refusals import damaged
    from shenbao.pipeline import read_submission, refuse_submission
    from shenbao.unpacking.containers import ArchiveError
    from shenbao.unpacking.members import unpacked

    try:
        with unpacked(task.path, task.way, task.settings.limits) as file:
            return _outcome(task, read_submission(file, task.settings, task.name))
    except ArchiveError as error:
        return _outcome(task, refuse_submission(task.path, task.name, damaged(str(error))))


def refuse_file(task: FileTask, problem: Problem) -> FileOutcome:
    """The outcome of a file whose reading was ended: a result that holds no form and says why."""
    from shenbao.pipeline import refuse_submission

    def refuse() -> FileOutcome:
        refused = _outcome(task, refuse_submission(task.path, task.name, problem))
        line = f"{problem.code}: {problem.message}"
        return FileOutcome(task.name, BUG, unread_line(task.name, line), refused.document, refused.rows)

    return _guarded(task, refuse)


def unread_line(name: str, failure: str) -> str:
    """`not read  a.md: cannot be read: No such file or directory`."""
    return f"not read  {one_line(name)}: {failure}"


def _guarded(task: FileTask, read: Callable[[], FileOutcome]) -> FileOutcome:
    from extract.ocr.engine import EngineError

    try:
        return read()
    except (MemoryError, RecursionError):  # the process says so, and is replaced
        raise
    except EngineError as error:
        return _failed(task.name, UNAVAILABLE, str(error))
    except OSError as error:
        if error.errno is None or error.filename not in (None, str(task.path), task.path):
            return _defect(task.name)  # a library's own, or about a file of ours
        code = IO_ERROR if error.errno == errno.EIO else NO_INPUT
        return _failed(task.shown, code, f"cannot be read: {error.strerror}")
    except Exception:
        return _defect(task.name)


def _failed(name: str, code: int, failure: str) -> FileOutcome:
    return FileOutcome(name, code, unread_line(name, failure))


def _defect(name: str) -> FileOutcome:
    """The outcome of a file that we failed with: say so in full, and the other files are read all the same."""
    return _failed(name, BUG, f"internal error, please report it\n{traceback.format_exc()}")


def _outcome(task: FileTask, submission: Submission) -> FileOutcome:
    from models.submission import submission_to_json, submission_to_line
    from shenbao.export.rows import submission_to_values

    document = text_or_problem(submission, submission_to_line if task.as_line else submission_to_json)
    if not isinstance(document, str):
        return refuse_file(task, document)
    rows = tuple(submission_to_values(submission)) if task.with_rows else ()
    code = STATUS_CODES[submission.status]
    return FileOutcome(task.name, code, submission_to_summary(submission, task.name), document, rows)


def text_or_problem(submission: Submission, encode: Callable[[Submission], str]) -> str | Problem:
    """The text of a result, or why there is none: it would be longer than `RUN_LIMITS.result_bytes`.

    Every item of a list brings the text of the whole cell that it stands in, which makes a megabyte out of a kilobyte:
    these are counted before any text is made.
    """
    from models.document import Problem

    size = sum(len(seen.text) for form in submission.forms for seen in form.evidence.values())
    if size <= RUN_LIMITS.result_bytes:
        text = encode(submission)
        size = len(text.encode())
        if size <= RUN_LIMITS.result_bytes:
            return text
    sizes = f"{size / 2**20:.0f} MB，上限 {RUN_LIMITS.result_bytes / 2**20:.0f} MB"
    return Problem("result-too-large", f"读取结果过大（{sizes}）。请删除多余内容后重新提交。", "error")


def submission_to_summary(submission: Submission, name: str) -> str:
    """`review    a.md  1 form, 5 repairs, 0 errors, 4 warnings, 3 notes`, and codes about the file itself."""
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
    return f"{submission.status:<8}  {one_line(name)}  {', '.join(parts)}{reason}"


def counted(number: int, noun: str) -> str:
    """
    >>> counted(1, "form"), counted(0, "form")
    ('1 form', '0 forms')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
