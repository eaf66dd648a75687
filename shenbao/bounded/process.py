"""The life of a process that touches strangers' bytes: its limits, its folder, one answer after the other."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from shenbao.bounded.heap import map_large_pieces
from shenbao.bounded.jail import enter_jail
from shenbao.bounded.limits import RUN_LIMITS, WorkLimits
from shenbao.bounded.messages import answer_to_bytes
from shenbao.terminal import quiet_libraries

_COLLECTED_AFTER_OBJECTS = 5_000
"""Chosen: the collector looks at what is young when it holds so many more objects than before; a form makes some ten thousand,
hardly any of them in a circle, and Python's own 700 cost a twentieth of the time of a text form."""

Cause = Literal["timed_out", "out_of_memory", "too_deep", "too_large", "died", "lost"]


@dataclass(frozen=True, slots=True)
class Death:
    """A task whose process ended before it answered; `detail` is the limit, the exit code, or how often its machine was lost."""

    cause: Cause
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A process's first message: the code is there, the clock of its first task starts."""


def our_environment() -> dict[str, str]:
    """The variables that say how shenbao works; a process may be forked from a server that is older than they are."""
    return {name: value for name, value in os.environ.items() if name.startswith("SHENBAO_")}


def serve(
    pipe: Connection,
    function: Callable[[Any], Any],
    limits: WorkLimits,
    folder: Path,
    environment: Mapping[str, str],
) -> None:
    """Answer until the pipe closes. Interrupts are the parent's business; temporary files go into `folder`.

    What asks for too much memory or nests too deeply is no defect of ours and no damage: it is a `Death` of its own.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    quiet_libraries()
    _hush()
    for name in our_environment():
        del os.environ[name]
    os.environ.update(environment)
    folder.mkdir(parents=True, exist_ok=True)
    enter_jail(folder)  # before any thread: a jail holds what is started in it
    threading.Thread(target=_die_with_parent, daemon=True).start()
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    _bound(limits)
    map_large_pieces()
    # the code lives as long as the process: the collector need not look at it again after every few files
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER_OBJECTS)
    with suppress(EOFError, OSError):
        pipe.send_bytes(answer_to_bytes(Loaded()))
        while True:
            pipe.send_bytes(_answer(function, pipe.recv(), limits))


def _answer(function: Callable[[Any], Any], task: Any, limits: WorkLimits) -> bytes:
    try:
        return answer_to_bytes(function(task), task)
    except MemoryError:
        death = Death("out_of_memory", memory_text(limits.memory))
    except RecursionError:
        death = Death("too_deep", str(sys.getrecursionlimit()))
    return answer_to_bytes(death)


def memory_text(size: int) -> str:
    """
    >>> memory_text(2**30)
    '1024 MB'
    """
    return f"{size / 2**20:.0f} MB"


def _hush() -> None:
    """Nothing that a library says of a stranger's file reaches the terminal: no gate stands before it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _bound(limits: WorkLimits) -> None:
    """Limits that the system keeps, also in the tenth of a second between two looks of the parent."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    for kind, most in (
        (resource.RLIMIT_DATA, limits.memory + RUN_LIMITS.slack_bytes),
        (resource.RLIMIT_FSIZE, RUN_LIMITS.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))


def _die_with_parent() -> None:
    """No process goes on with a file when the run that gave it was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def without_main() -> Iterator[None]:
    """Start processes that do not run the caller's script again: a program that imports us needs no guard for that."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
