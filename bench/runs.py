"""The command line as a process of its own, and what it takes until it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field

import psutil

from shenbao.bounded.pool import ONE_THREAD

LOOK = 0.2
"""Seconds between two looks at the processes."""


@dataclass
class Usage:
    """How a run ended and what it took: seconds of wall clock and of processor (its own, its workers'), bytes at its largest."""

    code: int = 0
    wall: float = 0.0
    own: float = 0.0
    sizes: list[int] = field(default_factory=list)
    workers: dict[int, float] = field(default_factory=dict)

    @property
    def cpu(self) -> float:
        return self.own + sum(self.workers.values())

    def look(self, process: psutil.Process) -> None:
        try:
            times = process.cpu_times()
            self.own = max(self.own, times.user + times.system)
            self.sizes.append(process.memory_info().rss)
            for child in process.children(recursive=True):
                spent = child.cpu_times()
                self.workers[child.pid] = spent.user + spent.system
        except psutil.Error:
            return  # it has just ended

    def __str__(self) -> str:
        third = len(self.sizes) // 3
        early, late, most = (
            max(part or [0]) / 2**20 for part in (self.sizes[: third + 1], self.sizes[-third:], self.sizes)
        )
        return (
            f"exit {self.code}, {self.wall:.1f} s wall, {self.own:.1f} s CPU of its own, {sum(self.workers.values()):.1f} s of workers, "
            f"parent {early:.0f} MB in the first third, {late:.0f} MB in the last, {most:.0f} MB at most"
        )


def start(*arguments: object) -> subprocess.Popen[bytes]:
    """Begin `shenbao` with these arguments; one thread a process, as the workers have it."""
    command = [sys.executable, "-m", "shenbao", *map(str, arguments)]
    return subprocess.Popen(
        command,
        env={**os.environ, **ONE_THREAD},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def watch(*arguments: object) -> Usage:
    """Run `shenbao` to its end."""
    began, usage = time.monotonic(), Usage()
    process = start(*arguments)
    seen = psutil.Process(process.pid)
    while process.poll() is None:
        usage.look(seen)
        time.sleep(LOOK)
    usage.wall = time.monotonic() - began
    usage.code = process.returncode
    return usage
