"""Mutated files of every kind through the bounded process: `python -m bench.fuzz files --seconds 600 --seed 1`.

Each run with the same seed makes the same files in the same order. What must never be seen is kept and makes the exit
code 1: a process that crashed or hung, an exception that nobody classified, a file written elsewhere or a connection
opened, and an accepted file whose data are not those of the file that it was made from. A text says what it says, and
so does a part that was packed anew: these are not held to the last.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.fuzz.mutation import Mutant, mutants
from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import Pool, in_order
from shenbao.bounded.process import Death
from shenbao.exits import BUG
from shenbao.file_task import FileOutcome, FileTask
from shenbao.readers import Settings
from shenbao.reading import READING_PRELOAD, read_file

_ROUND = 64
"""Files made and read before the clock is looked at."""
_TEXTS = frozenset({".md", ".txt", ".html", ".mht", ".xml", ".json"})
GRAVE = ("crashed", "timed_out", "unclassified", "outside", "silent")
"""Ends that must never be seen."""
_BOUNDED = ("out_of_memory", "too_deep", "too_large")
"""Ends at a limit: allowed, and kept to be looked at, for so small a file should be refused before."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
)
_BESIDE = frozenset({"os.remove", "os.rmdir", "os.mkdir"})
_REACHES = ("socket.connect", "socket.bind", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")


@dataclass(frozen=True, slots=True)
class WatchedOutcome:
    """What became of a file, and what its reading touched that it may not: paths outside, connections, programs."""

    outcome: FileOutcome
    outside: tuple[str, ...] = ()


_touched: list[str] = []


def read_watched(task: FileTask) -> WatchedOutcome:
    """Read the file and tell what was touched outside of the process's own folder."""
    if not hasattr(sys, "_shenbao_watched"):
        sys._shenbao_watched = True  # type: ignore[attr-defined]
        sys.addaudithook(_notice)
    _touched.clear()
    return WatchedOutcome(read_file(task), tuple(_touched))


def _notice(event: str, arguments: tuple[Any, ...]) -> None:
    """Python tells of what it opens; what a library in C opens by itself is not seen here."""
    if event.startswith(_REACHES):
        _touched.append(event)
    elif event in _CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES):
        path, base = arguments[0], ""
        if event in _BESIDE and arguments[-1] >= 0:  # named from an open folder, as a whole tree is removed
            base = str(Path(f"/proc/self/fd/{arguments[-1]}").readlink())
        if isinstance(path, str | bytes | os.PathLike):
            named = os.path.abspath(os.path.join(base, os.fsdecode(path)))  # noqa: PTH100, PTH118 - a Path costs more
            if named != os.devnull and not named.startswith(tempfile.gettempdir()):
                _touched.append(f"{event} {named}")


def outcome_to_end(answer: WatchedOutcome | Death, mutant: Mutant, datas: Any) -> str:
    """How the reading ended; `datas` are those of the sample's own result, `None` where it has none."""
    if isinstance(answer, Death):
        return "crashed" if answer.cause == "died" else answer.cause
    outcome = answer.outcome
    if answer.outside:
        return "outside"
    if outcome.code == BUG and outcome.document is None:
        return "unclassified"
    if outcome.document is None:
        return "not read"
    status, found = document_to_datas(outcome.document)
    says = mutant.inside or mutant.sample.suffix in _TEXTS
    return "silent" if status == "accepted" and found != datas and not says else status


def document_to_datas(document: str) -> tuple[str, Any]:
    """The status of a result and the data of its forms."""
    root = json.loads(document)
    return root["status"], [form["data"] for form in root["forms"]]


@dataclass(frozen=True, slots=True)
class FilesRun:
    """A run over changed files: from which samples and seed, for how many seconds, within what, kept where, how many at
    most (in whole rounds).
    """

    samples: Sequence[Path]
    seed: int
    seconds: float
    limits: WorkLimits
    jobs: int
    keep: Path
    most: int = sys.maxsize


def fuzz_files(run: FilesRun) -> Counter[str]:
    """Read changed files for so many seconds; gives how many came to which end, and keeps those with a grave one."""
    made = enumerate(mutants(run.samples, run.seed))
    counts: Counter[str] = Counter()
    pool: Pool[FileTask, WatchedOutcome]
    with Pool(read_watched, run.jobs, run.limits, (*READING_PRELOAD, __name__)) as pool:
        originals = [_task(sample) for sample in run.samples]
        datas = {
            task.path: document_to_datas(answer.outcome.document)[1]
            for task, answer in in_order(pool, originals)
            if isinstance(answer, WatchedOutcome) and answer.outcome.document
        }
        until = time.monotonic() + run.seconds
        while time.monotonic() < until and counts.total() < run.most:
            origins: dict[Path, Mutant] = {}
            for number, mutant in (next(made) for _ in range(_ROUND)):
                path = pool.folder / f"{run.seed}-{number}{mutant.sample.suffix}"
                path.write_bytes(mutant.data)
                origins[path] = mutant
            for task, answer in in_order(pool, [_task(path) for path in origins]):
                mutant = origins[task.path]
                end = outcome_to_end(answer, mutant, datas.get(mutant.sample))
                counts[end] += 1
                if end in GRAVE or end in _BOUNDED:
                    _keep(run.keep / f"{end}-{task.path.name}", mutant.data, answer)
                task.path.unlink()
    return counts


def _task(path: Path) -> FileTask:
    return FileTask(path, path.name, path.name, Settings())


def _keep(path: Path, data: bytes, answer: WatchedOutcome | Death) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    said = str(answer) if isinstance(answer, Death) else f"{answer.outside}\n{answer.outcome.line}"
    path.with_name(f"{path.name}.said").write_text(said, "utf-8")
