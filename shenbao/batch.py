"""Many files, each read in a bounded process, and what became of each. A file that fails does not stop the rest."""

from __future__ import annotations

import errno
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import Pool, in_order, run_once
from shenbao.bounded.process import Death
from shenbao.exits import BUG, NO_INPUT, NO_OUTPUT, STANDARD
from shenbao.file_task import FileOutcome, FileTask
from shenbao.readers import Settings
from shenbao.reading import READING_PRELOAD, STATUS_CODES, counted, read_file, refuse_file, unread_line
from shenbao.text_gate import printable
from shenbao.unpacking.names import is_container_name

if TYPE_CHECKING:
    from models.document import Problem

NAMELESS = frozenset({errno.ENAMETOOLONG, errno.EILSEQ, errno.EINVAL})
"""Errors of a result's name: its own file's trouble, where a full disk is everybody's."""
_REFUSAL = WorkLimits(seconds=60, memory=2**30)
"""What it may cost to hash a file whose reading was ended."""
_COPIED_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class FileInput:
    """A file to read; `path` is `None` for standard input. `name` names the result.

    `way` leads to a member of the archive or mail at `path`, `problem` is why that cannot be looked into.
    """

    name: str
    path: Path | None
    way: tuple[int, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How files are read: `processes` at a time, each within `limits`; `as_line` and `with_rows` as `FileTask` has them."""

    settings: Settings
    limits: WorkLimits
    processes: int = 1
    as_line: bool = False
    with_rows: bool = False


def files_to_inputs(files: Iterable[str]) -> list[FileInput]:
    """The files to read. A folder, or two names that would share a result, are wrong usage."""
    inputs: dict[str, FileInput] = {}
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
        inputs[name] = FileInput(name, path)
    return list(inputs.values())


def with_members(inputs: Sequence[FileInput], options: BatchOptions) -> list[FileInput]:
    """The files to read, the members in the place of an archive or mail that has any: `a.zip!申报表.docx`."""
    asked = [item for item in inputs if item.path is not None and is_container_name(item.name)]
    if not asked:
        return list(inputs)
    from shenbao.unpacking.listing import ListingTask, list_file  # noqa: PLC0415 - most runs need none

    tasks = [ListingTask(item.path, options.settings.limits) for item in asked if item.path is not None]
    with Pool(list_file, 1, options.limits, ("shenbao.unpacking.listing",)) as pool:
        answers = [answer for _, answer in in_order(pool, tasks)]
    listings = dict(zip((item.name for item in asked), answers, strict=True))
    found: list[FileInput] = []
    for item in inputs:
        listing = listings.get(item.name)
        if listing is None or isinstance(listing, Death):  # read as a file, it says what is wrong
            found.append(item)
            continue
        names = unique_names(item.name, [member.name for member in listing.members])
        found += [
            FileInput(name, item.path, member.way)
            for name, member in zip(names, listing.members, strict=True)
        ] or [replace(item, problem=listing.problem)]
    return found


def unique_names(archive: str, members: Sequence[str]) -> list[str]:
    """What results of an archive's members are called; a name that comes again has a number.

    >>> unique_names("a.zip", ["一科/表.docx", "表.docx", "表.docx"])
    ['a.zip!一科!表.docx', 'a.zip!表.docx', 'a.zip!表.docx (2)']
    """
    counts: Counter[str] = Counter()
    names = []
    for member in members:
        name = f"{archive}!{member.replace('/', '!')}"
        counts[name] += 1
        names.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return names


def read_all(inputs: Sequence[FileInput], options: BatchOptions) -> Iterator[FileOutcome]:
    """What became of each file, in their order; a file gives the same result alone and among others.

    This process looks at names only: whatever touches the bytes runs within the limits.
    """
    pool: Pool[FileTask, FileOutcome]
    with Pool(read_file, options.processes, options.limits, READING_PRELOAD) as pool:
        tasks = [_task(item, options, pool.folder) for item in inputs]
        for task, answer in in_order(pool, tasks):
            # of whatever an answer speaks, it is about the file that was asked for
            yield _refused(task, answer) if isinstance(answer, Death) else replace(answer, name=task.name)


def _task(item: FileInput, options: BatchOptions, folder: Path) -> FileTask:
    path = item.path
    if path is None:
        path = _received(sys.stdin.buffer, folder / "stdin", options.settings.limits.max_bytes)
    shown = str(item.path or item.name)
    return FileTask(
        path,
        shown if not item.way else item.name,
        item.name,
        options.settings,
        options.as_line,
        options.with_rows,
        item.way,
        item.problem,
    )


def _received(stream: BinaryIO, path: Path, most: int) -> Path:
    """What comes in on a stream, as a file; no more of it than tells that it is more than `most` bytes."""
    with path.open("xb") as file:
        while file.tell() <= most and (data := stream.read(_COPIED_BYTES)):
            file.write(data)
    return path


def _refused(task: FileTask, death: Death) -> FileOutcome:
    """The outcome of a file whose process had to be ended; it is hashed in another one."""
    from shenbao.bounded.deaths import death_to_problem  # noqa: PLC0415 - most runs need none

    problem = death_to_problem(death)
    answer = run_once(partial(refuse_file, problem=problem), task, _REFUSAL, READING_PRELOAD)
    if isinstance(answer, Death):
        line = unread_line(task.name, f"{problem.code}: {problem.message}")
        return FileOutcome(task.name, BUG, line)
    return answer


def write_outcome(outcome: FileOutcome, writers: Iterable[Callable[[FileOutcome], None]]) -> FileOutcome:
    """Write the result, if there is one; gives what became of it. Raises `OSError` where no other could be written."""
    if outcome.document is None:
        return outcome
    try:
        for write in writers:
            write(outcome)
    except OSError as error:
        if error.errno not in NAMELESS:
            raise
        line = unread_line(outcome.name, f"its result cannot be written: {error.strerror}")
        return FileOutcome(outcome.name, NO_OUTPUT, line)
    return outcome


def codes_to_summary(codes: Iterable[int]) -> str:
    """`3 files: 1 accepted, 1 review, 1 rejected, 0 not read`."""
    counts = Counter(min(code, NO_INPUT) for code in codes)
    parts = [f"{counts[code]} {status}" for status, code in STATUS_CODES.items()]
    return f"{counted(counts.total(), 'file')}: {', '.join(parts)}, {counts[NO_INPUT]} not read"
