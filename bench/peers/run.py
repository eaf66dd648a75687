"""Peers on files, each peer and kind in a fresh process whose time and memory are its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench.peers.kinds import page_count
from bench.peers.reading import Json
from bench.peers.registry import Peer

ROOT = Path(__file__).resolve().parents[2]
SAMPLING = 0.05
LIMIT = 300.0
"""Seconds a file: a peer that takes longer is stopped."""


@dataclass(frozen=True, slots=True)
class Took:
    """What a file took and gave: a result, or what went wrong."""

    file: Path
    pages: int
    cpu: float
    wall: float
    result: Json | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """A peer on the files of a kind; `start` in wall seconds, `memory` the peak of its processes in MB."""

    took: tuple[Took, ...]
    start: float
    memory: float


Worker = Callable[[Peer, Path, Sequence[Path]], list[str]]


def run(peer: Peer, files: Sequence[Path], worker: Worker | None = None) -> Run:
    """Read `files` with `peer`. A file after a crash of the whole process counts as crashed."""
    command = worker or worker_command
    with TemporaryDirectory(prefix="peers-") as folder:
        out = Path(folder, "out.jsonl")
        process = subprocess.Popen(
            command(peer, out, files), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        memory = _watch(process, LIMIT * len(files))
        lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    told = [json.loads(line) for line in lines]
    start, answers = (told[0], told[1:]) if told else ({}, [])
    gone = start.get("error") or f"process ended with {process.returncode}"
    by_file = {answer["file"]: answer for answer in answers}
    took = [_took(file, by_file.get(str(file)), gone) for file in files]
    return Run(tuple(took), start.get("wall", 0.0), memory / 2**20)


def worker_command(peer: Peer, out: Path, files: Sequence[Path]) -> list[str]:
    return [sys.executable, "-m", "bench.peers.worker", peer.name, str(out), *map(str, files)]


def _took(file: Path, answer: Json | None, gone: str) -> Took:
    if answer is None:
        return Took(file, page_count(file), 0.0, 0.0, None, gone)
    return Took(
        file, page_count(file), answer["cpu"], answer["wall"], answer.get("value"), answer.get("error")
    )


def _watch(process: subprocess.Popen[bytes], limit: float) -> float:
    """Bytes of memory a process and its children held at most, looked at now and then until it ends."""
    watched, peak, end = psutil.Process(process.pid), 0.0, time.monotonic() + limit
    while process.poll() is None:
        peak = max(peak, _memory(watched))
        if time.monotonic() > end:
            for one in (*watched.children(recursive=True), watched):
                one.kill()
        time.sleep(SAMPLING)
    return peak


def _memory(process: psutil.Process) -> float:
    total = 0.0
    try:
        for one in (process, *process.children(recursive=True)):
            total += one.memory_info().rss
    except psutil.NoSuchProcess:
        # it ended while we looked
        return total
    return total
