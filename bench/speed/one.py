"""One file timed in a process of its own: `python -m bench.speed.one FILE [--bare]` prints what it took as JSON.

Another form is read first, so that models and word lists of the decoder are loaded while no clock runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from unittest import mock

from bench.accuracy.store import ROOT
from bench.speed.clock import cpu, peak_memory
from bench.speed.inputs import WARM, page_count
from bench.speed.stages import file_to_stages
from extract.ocr import rapid
from extract.ocr.engine import Picture, Reading
from extract.ocr.network import line_to_input


@dataclass(frozen=True, slots=True)
class Taken:
    """CPU seconds by stage, and MB at most."""

    pages: int
    stages: dict[str, float]
    memory: float
    lines: int = 0
    bare: float = 0.0
    """Lines of a scan, and what the recogniser's network alone takes for them; only where that was asked for."""

    @property
    def seconds(self) -> float:
        return sum(self.stages.values())


def take(path: Path) -> Taken:
    file_to_stages(WARM)
    return Taken(page_count(path), file_to_stages(path), peak_memory())


def take_beside_bare(path: Path) -> Taken:
    """Read a scan, then let the bare network read the same pictures of lines: same runtime, same threads."""
    lines: list[tuple[rapid.RapidEngine, Picture]] = []
    read_line = rapid.RapidEngine._read_line

    def recorded(engine: rapid.RapidEngine, line: Picture) -> Reading:
        lines.append((engine, line.copy()))
        return read_line(engine, line)

    with mock.patch.object(rapid.RapidEngine, "_read_line", recorded):
        found = take(path)
    return replace(found, lines=len(lines), bare=sum(bare_network(*one) for one in lines))


def bare_network(engine: rapid.RapidEngine, line: Picture) -> float:
    """CPU seconds of the network for a line: its input is made before, its output not looked at."""
    network, _ = rapid._recogniser(engine.name, engine.threads)
    tensor, _ = line_to_input(line)
    return cpu(lambda: network(tensor))


def taken(path: Path, *options: str) -> Taken:
    """What `path` takes, measured in a fresh process."""
    command = [sys.executable, "-m", "bench.speed.one", str(path), *options]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Taken(**json.loads(done.stdout))


if __name__ == "__main__":
    measure = take_beside_bare if "--bare" in sys.argv[2:] else take
    print(json.dumps(asdict(measure(Path(sys.argv[1])))))
