"""Processes that read files, each within a time and a memory; one that hangs, grows or dies costs its own file only.

A library's pool does not tell which process reads which file, so it cannot bound one file's memory. Here every
process has a pipe of its own: no lock is shared, and a process may be killed at any moment.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import Any, Generic, TypeVar, Union

import psutil

from shenbao.bounded.limits import RUN_LIMITS, WorkLimits
from shenbao.bounded.messages import MessageError, bytes_to_answer, function_to_kinds
from shenbao.bounded.process import Death, Loaded, memory_text, our_environment, serve, without_main
from shenbao.bounded.temporary import run_folder

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")
_LOADING_S = 120.0
"""Seconds that a process has to load its code."""
LOOK_S = 0.1
"""Seconds between two looks at the processes' clocks and memory."""
_FAMILY_LOOKS = 10
"""The children that a process started are slow to find: they are counted at every tenth look."""
_SOCKET_FOLDER_BYTES = 70
"""The path of a socket has at most 107 bytes on Linux (unix(7)); multiprocessing's own names take 32 of them."""
_WORN_SHARE = 0.5
"""A process that holds more than this part of its memory between two tasks is replaced, chosen: one that read scans holds a tenth."""
_AHEAD = 64
"""Answers that are kept while an earlier task is still at work, before no other is begun."""
ONE_THREAD = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "OPENCV_FOR_THREADS_NUM": "1",
}
"""The environment of our processes: with more threads each they would fight for the same processors."""
_OUR_CODE_ONLY = {"PYTHONSAFEPATH": "1"}
"""The interpreter of a process would look for modules in the folder where the program is started, which may be a stranger's."""


@dataclass(slots=True)
class _Worker(Generic[TaskT]):
    process: BaseProcess
    pipe: Connection
    folder: Path
    task: TaskT | None = None
    started: float = 0.0
    loaded: bool = False
    looked: float = 0.0
    looks: int = 0


class Pool(Generic[TaskT, ResultT]):
    """`size` processes that each call `function` on one task at a time; both are sent by pickle, answers come as JSON.

    An answer is of the type that `function` declares, or a `Death`.

    Each has a folder for its temporary files, which is gone when it ends, however it ends.
    """

    def __init__(
        self,
        function: Callable[[TaskT], ResultT],
        size: int,
        limits: WorkLimits,
        preload: Sequence[str] = (),
    ) -> None:
        self._function, self._size, self._limits = function, size, limits
        self._kinds = Union[function_to_kinds(function), Death, Loaded]  # noqa: UP007 - made of values
        self._workers: list[_Worker[TaskT]] = []
        self._context = _context(preload)
        self._started = 0
        self._stack = ExitStack()

    def __enter__(self) -> Pool[TaskT, ResultT]:
        self._folder = self._stack.enter_context(run_folder())
        return self

    def __exit__(self, *_: object) -> None:
        for worker in list(self._workers):
            self._end(worker)
        self._stack.close()

    @property
    def folder(self) -> Path:
        """A folder that is there for as long as the pool is."""
        return self._folder

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
        while True:
            worker = next((w for w in self._workers if w.task is None), None) or self._start()
            try:
                worker.pipe.send(task)
            except (BrokenPipeError, ConnectionResetError):  # it died while it had nothing to do
                self._end(worker)
            else:
                worker.task, worker.started = task, time.monotonic()
                return

    def finished(self, timeout: float = LOOK_S) -> list[tuple[TaskT, ResultT | Death]]:
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
            if isinstance(answer, Death) or self._is_worn(worker):
                self._end(worker)
            done.append((task, answer))
        return done

    def _answer(self, worker: _Worker[TaskT]) -> ResultT | Death | None:
        try:
            data = worker.pipe.recv_bytes(RUN_LIMITS.answer_bytes)
        except (EOFError, OSError):
            if not worker.pipe.readable:  # as it is after an answer that is too long
                return Death("too_large", memory_text(RUN_LIMITS.answer_bytes))
            worker.process.join(5)
            return Death("died", f"exit code {worker.process.exitcode}")
        try:
            message: ResultT | Death | Loaded = bytes_to_answer(data, worker.task, self._kinds)
        except MessageError as error:
            return Death("died", str(error))
        if isinstance(message, Loaded):
            worker.loaded, worker.started = True, time.monotonic()
            return None
        return message

    def _excess(self, worker: _Worker[TaskT]) -> Death | None:
        now = time.monotonic()
        if now - worker.started > max(self._limits.seconds, 0 if worker.loaded else _LOADING_S):
            return Death("timed_out", f"{self._limits.seconds:g} s")
        if now - worker.looked < LOOK_S:
            return None
        worker.looked = now
        return (
            Death("out_of_memory", memory_text(self._limits.memory)) if self._is_too_large(worker) else None
        )

    def _is_too_large(self, worker: _Worker[TaskT]) -> bool:
        """Whether the process, or now and then with those it started (slow to find), is too large."""
        worker.looks += 1
        try:
            process = psutil.Process(worker.process.pid)
            family = process.children(recursive=True) if worker.looks % _FAMILY_LOOKS == 0 else []
            sizes = [member.memory_info().rss for member in [process, *family]]
        except psutil.Error:
            return False  # it has just ended
        return sum(sizes) > self._limits.memory

    def _is_worn(self, worker: _Worker[TaskT]) -> bool:
        """Whether a large file left so much behind that the next one would be blamed for it."""
        try:
            return bool(
                psutil.Process(worker.process.pid).memory_info().rss > _WORN_SHARE * self._limits.memory
            )
        except psutil.Error:
            return True

    def _start(self) -> _Worker[TaskT]:
        ours, theirs = self._context.Pipe()
        self._started += 1
        folder = self._folder / str(self._started)
        arguments = (theirs, self._function, self._limits, folder, our_environment())
        process = self._context.Process(target=serve, args=arguments, daemon=False)
        with _environment(), without_main():
            process.start()
        theirs.close()
        worker: _Worker[TaskT] = _Worker(process, ours, folder)
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
        shutil.rmtree(worker.folder, ignore_errors=True)
        self._workers.remove(worker)


@contextmanager
def _environment() -> Iterator[None]:
    """Set what is for the processes that are started in the block, and not for the program that imports us."""
    wanted = ONE_THREAD | _OUR_CODE_ONLY
    missing = {key: value for key, value in wanted.items() if key not in os.environ}
    os.environ.update(missing)
    try:
        yield
    finally:
        for key in missing:
            del os.environ[key]


def _context(preload: Sequence[str]) -> Any:
    """Processes forked from a small server that has the code loaded: quick to replace, and no thread is forked."""
    if sys.platform == "win32" or sys.platform == "darwin":
        return multiprocessing.get_context("spawn")
    _keep_sockets_short()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def _keep_sockets_short() -> None:
    """Choose the folder of multiprocessing's sockets while the usual one (`TMPDIR`) is too long a path for a socket.

    multiprocessing keeps the first one that it is given for the whole run, and removes it at its end.
    """
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) <= _SOCKET_FOLDER_BYTES:
        return
    tempfile.tempdir = "/tmp"
    try:
        get_temp_dir()
    finally:
        tempfile.tempdir = usual


def run_once(
    function: Callable[[TaskT], ResultT], task: TaskT, limits: WorkLimits, preload: Sequence[str] = ()
) -> ResultT | Death:
    """What `function` gives for one task in a process of its own."""
    pool: Pool[TaskT, ResultT]
    with Pool(function, 1, limits, preload) as pool:
        ((_, answer),) = in_order(pool, [task])
    return answer


def in_order(pool: Pool[TaskT, ResultT], tasks: Sequence[TaskT]) -> Iterator[tuple[TaskT, ResultT | Death]]:
    """Every task with its answer, in the order of the tasks and as soon as that order allows."""
    waiting = iter(enumerate(tasks))
    begun: dict[int, int] = {}
    done: dict[int, tuple[TaskT, ResultT | Death]] = {}
    for turn in range(len(tasks)):
        while turn not in done:
            while pool.room and len(done) < _AHEAD and (following := next(waiting, None)):
                number, task = following
                begun[id(task)] = number
                pool.begin(task)
            done |= {begun.pop(id(task)): (task, answer) for task, answer in pool.finished()}
        yield done.pop(turn)
