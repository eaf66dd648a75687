"""What `import shenbao` gives a program: files into results, results into tables, pages into pictures."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from models.submission import Submission, json_to_submission
from shenbao.batch import BatchOptions, FileInput, read_all
from shenbao.bounded.limits import RUN_LIMITS, WorkLimits
from shenbao.exits import BAD_DATA, IO_ERROR, NO_INPUT
from shenbao.file_task import FileOutcome
from shenbao.readers import Settings

if TYPE_CHECKING:
    import pandas as pd

StrPath = str | PathLike[str]


def read(
    path: StrPath,
    settings: Settings | None = None,
    *,
    timeout: float = RUN_LIMITS.timeout_s,
    memory: int = RUN_LIMITS.memory_mb,
) -> Submission:
    """Read one file into a result.

    Whatever is wrong with the file is a finding in the result, also that it took more than `timeout` seconds or
    `memory` megabytes: it is read in a process of its own that is ended then. Raises `OSError` when the file cannot
    be opened, `RuntimeError` when the recogniser does not run or for a defect of ours.
    """
    (outcome,) = _outcomes([path], settings, 1, timeout, memory)
    return _submission(outcome)


def read_many(
    paths: Iterable[StrPath],
    settings: Settings | None = None,
    *,
    processes: int = 1,
    timeout: float = RUN_LIMITS.timeout_s,
    memory: int = RUN_LIMITS.memory_mb,
) -> Iterator[Submission]:
    """Read files, `processes` at a time, and give their results in the order of `paths`.

    A file that cannot be read does not stop the others: after the last of them an `ExceptionGroup` holds what `read`
    would have raised for each.
    """
    errors: list[Exception] = []
    for outcome in _outcomes(paths, settings, processes, timeout, memory):
        try:
            yield _submission(outcome)
        except (OSError, RuntimeError) as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("files that were not read", errors)


def tables(submissions: Iterable[Submission]) -> dict[str, pd.DataFrame]:
    """The results as pandas frames by the names of the tables: submissions, budget, indicators and so on.

    They are equal to the files that `shenbao tables` writes, read back. The columns `file`, `submission` and
    `form_number` join them. Raises `ValueError` for a number that the tables cannot hold exactly.
    """
    from shenbao.export.frames import rows_to_frame
    from shenbao.export.rows import submission_to_rows
    from shenbao.export.tables import TABLES

    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in TABLES}
    for submission in submissions:
        for name, row in submission_to_rows(submission):
            rows[name].append(row)
    return {name: rows_to_frame(rows[name], table) for name, table in TABLES.items()}


def draw(
    path: StrPath,
    folder: StrPath,
    settings: Settings | None = None,
    *,
    timeout: float = RUN_LIMITS.timeout_s,
    memory: int = RUN_LIMITS.memory_mb,
) -> list[Path]:
    """Draw each page of a PDF as it was read, `a.pdf` as `folder/a.pdf.001.png` and so on; gives the pictures.

    Raises `OSError` when the file cannot be opened or a picture cannot be written, `ValueError` for a file that is
    no PDF, `RuntimeError` as `read` does and when a limit is met.
    """
    from shenbao.bounded.deaths import death_to_problem
    from shenbao.bounded.pool import run_once
    from shenbao.bounded.process import Death
    from shenbao.show.jobs import SHOW_PRELOAD, ShowFailure, ShowTask, draw_pages

    task = ShowTask(Path(path), settings or Settings(), folder=Path(folder))
    answer = run_once(draw_pages, task, WorkLimits(timeout, memory * 2**20), SHOW_PRELOAD)
    if isinstance(answer, Death):
        raise RuntimeError(death_to_problem(answer).message)
    if isinstance(answer, ShowFailure):
        kinds: dict[int, type[Exception]] = {NO_INPUT: OSError, BAD_DATA: ValueError}
        raise kinds.get(answer.code, RuntimeError)(answer.message)
    return answer


def _outcomes(
    paths: Iterable[StrPath], settings: Settings | None, processes: int, timeout: float, memory: int
) -> Iterator[FileOutcome]:
    inputs = [FileInput(path.name, path) for path in map(Path, paths)]
    limits = WorkLimits(timeout, memory * 2**20)
    return read_all(inputs, BatchOptions(settings or Settings(), limits, processes))


def _submission(outcome: FileOutcome) -> Submission:
    if outcome.document is not None:
        return json_to_submission(outcome.document)
    reason = outcome.line.removeprefix("not read").strip()
    if outcome.code in (NO_INPUT, IO_ERROR):
        raise OSError(reason)
    raise RuntimeError(reason)
