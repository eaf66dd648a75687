"""What a worker does with one file: open it, read or remember its pieces, decode them, put the result in place.

What reading takes is loaded in the worker: the process that keeps the ledger starts without it.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import errno
import hashlib
import tempfile
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from shenbao.bounded.deaths import death_to_problem
from shenbao.bounded.process import Death
from shenbao.exits import ACCEPTED, BUG, NO_INPUT, REJECTED, REVIEW
from shenbao.ingest.inbox.archive import member_as_file
from shenbao.ingest.inbox.store import DISK_FULL, SHARE_GONE, Location, Remote, location_to_stamp
from shenbao.ingest.ledger.books import FormRow, WorkState
from shenbao.ingest.place import Output, write_whole
from shenbao.ingest.workers.reasons import unread, unwritten
from shenbao.ingest.workers.recipe import Recipe
from shenbao.readers import Settings
from shenbao.unpacking.containers import ArchiveError

if TYPE_CHECKING:
    from models.declaration import BudgetLine
    from models.submission import Form, Submission

STATUS_STATES: dict[str, tuple[WorkState, int]] = {
    "accepted": ("done", ACCEPTED),
    "review": ("review", REVIEW),
    "rejected": ("rejected", REJECTED),
}
_UNWRITABLE = DISK_FULL | SHARE_GONE | {errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM, errno.EFBIG}
"""Errors of the output folder that no other file would be spared."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, known by its content; `stamp` is that of the file (or its archive) when it was hashed."""

    name: str
    sha256: str
    path: Location
    way: tuple[int, ...]
    stamp: str
    recipe: Recipe
    settings: Settings
    output: Output


TaskVerdict = Literal["read", "failed", "changed", "stop"]
"""`changed`: the file is not what was hashed, take it later; `stop`: results cannot be written, end the run."""


@dataclass(frozen=True, slots=True)
class TaskOutcome:
    """What became of a task; `line` is for the terminal, `reason` for the books, `trace` for the log."""

    task: Task
    verdict: TaskVerdict
    state: WorkState = "found"
    code: int = 0
    reason: str = ""
    seconds: float = 0.0
    line: str = ""
    trace: str = ""
    forms: tuple[FormRow, ...] = ()
    cached: bool = False
    digest: str = ""
    """The SHA-256 of the result."""


class _ChangedError(Exception):
    pass


class _UnwritableError(Exception):
    pass


class _NamelessError(Exception):
    pass


def work(task: Task) -> TaskOutcome:
    """Read the file and write its result: whatever happens is an outcome, but for `MemoryError` and `RecursionError`."""
    started = time.monotonic()
    try:
        outcome = _read(task)
    except _ChangedError:
        return TaskOutcome(task, "changed", reason="changed while it was read")
    except _UnwritableError as error:
        return TaskOutcome(task, "stop", reason=str(error))
    except _NamelessError as error:
        outcome = unread_outcome(task, NO_INPUT, str(error))
    except ArchiveError as error:
        outcome = unread_outcome(task, NO_INPUT, unread(error))
    except (MemoryError, RecursionError):  # the process says so, and is replaced
        raise
    except OSError as error:
        outcome = _system_error_to_outcome(task, error)
    except Exception as error:
        outcome = _defect(task, error)
    return replace(outcome, seconds=time.monotonic() - started)


def _system_error_to_outcome(task: Task, error: OSError) -> TaskOutcome:
    """What the system or a store's library raises is nobody's defect where it is about this file."""
    if error.errno in DISK_FULL:
        where = error.filename or tempfile.gettempdir()
        return TaskOutcome(task, "stop", reason=f"{error.strerror}: {where}")
    if error.errno in SHARE_GONE:  # the next look at the inbox says so
        return TaskOutcome(task, "changed", reason=str(error))
    if isinstance(error, FileNotFoundError) and not _is_there(task.path):
        return TaskOutcome(task, "changed", reason="gone while it was read")
    ours = error.errno is None or error.filename not in (None, str(task.path), task.path)
    return _defect(task, error) if ours else unread_outcome(task, NO_INPUT, unread(error))


def _is_there(place: Location) -> bool:
    try:
        return place.is_file()
    except OSError:
        return False


def _defect(task: Task, error: Exception) -> TaskOutcome:
    """The outcome of a file that we failed with: say so in full, and read the other files all the same."""
    reason = f"程序内部错误，请反馈（{type(error).__name__}: {error}）"
    return replace(unread_outcome(task, BUG, reason), trace=traceback.format_exc())


def unread_outcome(task: Task, code: int, reason: str) -> TaskOutcome:
    """The outcome of a file without a result."""
    return TaskOutcome(task, "failed", "failed", code, reason, line=f"not read  {task.name}: {reason}")


def answer_to_outcome(task: Task, answer: TaskOutcome | Death) -> TaskOutcome:
    """The outcome also of a task whose process ended before it answered."""
    if isinstance(answer, TaskOutcome):  # of whatever it speaks, it was asked about this file
        forms = tuple(replace(form, sha256=task.sha256) for form in answer.forms)
        return replace(answer, task=task, forms=forms)
    problem = death_to_problem(answer)
    line = f"not read  {task.name}: {problem.code}: {problem.message}"
    return replace(unread_outcome(task, BUG, problem.message), line=line)


def _read(task: Task) -> TaskOutcome:
    from models.submission import submission_to_json
    from shenbao.ingest.workers import shelf
    from shenbao.pipeline import document_to_submission, file_to_source, open_document
    from shenbao.reading import text_or_problem

    _demand(location_to_stamp(task.path) == task.stamp)
    document = shelf.load(task.output.grid(task.sha256), task.recipe.reading)
    cached = document is not None
    with member_as_file(task.path, task.way) as path:
        if document is None:
            document = open_document(path, task.settings)
        source = file_to_source(path, task.name, document)
    _demand(location_to_stamp(task.path) == task.stamp and source.sha256 == task.sha256)
    if not cached:
        data = shelf.document_to_bytes(document, task.recipe.reading)
        _write(task.output.grid(task.sha256), data, task.output, durable=False)
    submission = document_to_submission(document, source)
    text = text_or_problem(submission, submission_to_json)
    if not isinstance(text, str):
        return unread_outcome(task, BUG, text.message)
    result = text.encode()
    _write(task.output.result(task.name), result, task.output)
    digest = hashlib.sha256(result).hexdigest()
    return replace(_submission_to_outcome(task, submission, cached), digest=digest)


def _demand(unchanged: bool) -> None:
    if not unchanged:
        raise _ChangedError


def _write(place: Location, data: bytes, output: Output, *, durable: bool = True) -> None:
    try:
        if isinstance(place, Remote):
            place.write_bytes(data)
        elif output.parts:
            write_whole(place, data, output.parts, durable=durable)
    except OSError as error:
        # a name that cannot be a result's is that file's own trouble; a full disk is everybody's
        if _is_everybodys(error, output):
            raise _UnwritableError(f"{error.strerror or error}: {place}") from error
        raise _NamelessError(unwritten(error)) from error


def _is_everybodys(error: OSError, output: Output) -> bool:
    if output.parts is None:
        return error.errno != errno.ENAMETOOLONG
    return error.errno in _UNWRITABLE or not output.parts.is_dir()


def _submission_to_outcome(task: Task, submission: Submission, cached: bool) -> TaskOutcome:
    from shenbao.reading import submission_to_summary

    state, code = STATUS_STATES[submission.status]
    findings = [f.message for f in submission.findings if f.severity == "error"]
    return TaskOutcome(
        task,
        "read",
        state,
        code,
        reason="；".join(findings) if state == "rejected" else "",
        line=submission_to_summary(submission, task.name),
        forms=submission_to_form_rows(submission),
        cached=cached,
    )


def submission_to_form_rows(submission: Submission) -> tuple[FormRow, ...]:
    """What the books keep of a result's forms, with the totals that they declare."""
    sha256 = submission.source.sha256
    return tuple(_form_to_row(sha256, n, form) for n, form in enumerate(submission.forms, 1))


def _form_to_row(sha256: str, number: int, form: Form) -> FormRow:
    from models.declaration import DepartmentOverall

    data = form.data
    income = expenditure = None
    if isinstance(data, DepartmentOverall):
        income, expenditure = _total(data.budget.income), _total(data.budget.expenditure)
    return FormRow(
        *(sha256, number, form.layout, data.department, data.budget_year, data.money_unit),
        income=income,
        expenditure=expenditure,
    )


def _total(lines: Iterable[BudgetLine]) -> Decimal | None:
    """The total that the form declares; `None` when it has none or it was not read."""
    from normalize.check.equations import TOTAL_ITEM

    amounts = [line.amount for line in lines if line.item == TOTAL_ITEM]
    return amounts[0] if len(amounts) == 1 else None
