"""Clocks, and the peak memory of a process."""

from __future__ import annotations

import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

REPEATS = 3


def cpu(work: Callable[[], object]) -> float:
    """Seconds of this process's CPU time."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def least_cpus(*works: Callable[[], object]) -> list[float]:
    """The least of several times of each work, which take turns: what the others on the machine do only ever adds."""
    rounds = [[cpu(work) for work in works] for _ in range(REPEATS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def wall(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def peak_memory() -> float:
    """MB that this process has held at most; a child inherits its parent's ru_maxrss, but not VmHWM."""
    status = Path("/proc/self/status")
    seen = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    unit = 1 if sys.platform != "darwin" else 1024
    kilobytes = int(seen[1]) if seen else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
    return kilobytes / 1024


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
