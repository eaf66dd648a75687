"""Processes that read files, each within a time and a memory; one that hangs, swells or dies costs its own file only.

A library's pool does not tell which process reads which file, so it cannot bound one file's memory. Here every
process has a pipe of its own: no lock is shared, and a process may be killed at any moment.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Literal, TypeVar

import psutil

from shenbao.terminal import quiet_libraries

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")
_LOADING = 120.0
"""Seconds that a process has to load its code."""
LOOK = 0.1
"""Seconds between two looks at the processes' clocks and memory."""
_FAMILY = 10
"""Looks from one at the processes that a process started to the next."""
_SETTINGS = {
    # one thread a process: more of them would fight for the same processors
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "OPENCV_FOR_THREADS_NUM": "1",
}


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """What one file may cost: `seconds` of wall clock, `memory` in bytes resident in its process and its children."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Death:
    """A task whose process ended before it answered; `detail` is the limit, the exit code, or how often its machine was lost."""

    cause: Literal["hung", "swollen", "died", "lost"]
    detail: str


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A process's first message: the code is there, the clock of its first task starts."""


@dataclass(slots=True)
class _Worker(Generic[TaskT]):
    process: BaseProcess
    pipe: Connection
    task: TaskT | None = None
    started: float = 0.0
    loaded: bool = False
    looked: float = 0.0
    looks: int = 0


class Pool(Generic[TaskT, ResultT]):
    """`size` processes that each call `function` on one task at a time; both are sent by pickle."""

    def __init__(
        self,
        function: Callable[[TaskT], ResultT],
        size: int,
        limits: WorkLimits,
        preload: Sequence[str] = (),
    ) -> None:
        self._function, self._size, self._limits = function, size, limits
        self._workers: list[_Worker[TaskT]] = []
        self._context = _context(preload)

    def __enter__(self) -> Pool[TaskT, ResultT]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in list(self._workers):
            self._end(worker)

    @property
    def size(self) -> int:
        """Tasks that it can read at a time."""
        return self._size

    @property
    def room(self) -> int:
        """Tasks that would be begun at once."""
        return self._size - self.busy

    @property
    def busy(self) -> int:
        return sum(worker.task is not None for worker in self._workers)

    def begin(self, task: TaskT) -> None:
        """Give the task to a process that has none; there must be `room`."""
        worker = next((w for w in self._workers if w.task is None), None) or self._start()
        try:
            worker.pipe.send(task)
        except (BrokenPipeError, ConnectionResetError):  # it died while it had nothing to do
            self._end(worker)
            self.begin(task)
        else:
            worker.task, worker.started = task, time.monotonic()

    def finished(self, timeout: float = LOOK) -> list[tuple[TaskT, ResultT | Death]]:
        """Tasks that came to an end; waits at most `timeout` seconds for the first."""
        pipes = [worker.pipe for worker in self._workers if worker.task is not None]
        ready = set(wait(pipes, timeout)) if pipes else set()
        done: list[tuple[TaskT, ResultT | Death]] = []
        for worker in list(self._workers):
            task = worker.task
            if task is None:
                continue
            answer = self._answer(worker) if worker.pipe in ready else self._excess(worker)
            if answer is None:
                continue
            worker.task = None
            if isinstance(answer, Death):
                self._end(worker)
            done.append((task, answer))
        return done

    def _answer(self, worker: _Worker[TaskT]) -> ResultT | Death | None:
        try:
            message: ResultT | _Loaded = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            return Death("died", f"exit code {worker.process.exitcode}")
        if isinstance(message, _Loaded):
            worker.loaded, worker.started = True, time.monotonic()
            return None
        return message

    def _excess(self, worker: _Worker[TaskT]) -> Death | None:
        now = time.monotonic()
        if now - worker.started > max(self._limits.seconds, 0 if worker.loaded else _LOADING):
            return Death("hung", f"{self._limits.seconds:g} s")
        if now - worker.looked < LOOK:
            return None
        worker.looked = now
        return Death("swollen", f"{self._limits.memory / 2**20:.0f} MB") if self._swollen(worker) else None

    def _swollen(self, worker: _Worker[TaskT]) -> bool:
        """Whether the process, or now and then with those it started (slow to find), is too large."""
        worker.looks += 1
        try:
            process = psutil.Process(worker.process.pid)
            family = process.children(recursive=True) if worker.looks % _FAMILY == 0 else []
            sizes = [member.memory_info().rss for member in [process, *family]]
        except psutil.Error:
            return False  # it has just ended
        return sum(sizes) > self._limits.memory

    def _start(self) -> _Worker[TaskT]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._function), daemon=False)
        for key, value in _SETTINGS.items():
            os.environ.setdefault(key, value)
        process.start()
        theirs.close()
        worker: _Worker[TaskT] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _end(self, worker: _Worker[TaskT]) -> None:
        """Kill the process and whatever it started (LibreOffice)."""
        with suppress(psutil.Error):
            for child in psutil.Process(worker.process.pid).children(recursive=True):
                with suppress(psutil.Error):
                    child.kill()
        worker.process.kill()
        worker.pipe.close()
        worker.process.join(5)
        if worker.process.exitcode is not None:  # else it waits for a dead share and cannot even be killed
            worker.process.close()
        self._workers.remove(worker)


def _context(preload: Sequence[str]) -> Any:
    """Processes forked from a small server that has the code loaded: quick to replace, and no thread is forked."""
    if sys.platform == "win32" or sys.platform == "darwin":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def _serve(pipe: Connection, function: Callable[[Any], Any]) -> None:
    """A process's life: answer until the pipe closes. Interrupts are the parent's business."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    quiet_libraries()
    threading.Thread(target=_die_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        pipe.send(_Loaded())
        while True:
            pipe.send(function(pipe.recv()))


def _die_with_parent() -> None:
    """No process goes on with a file when the run that gave it was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
