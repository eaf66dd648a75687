"""One file timed in a process of its own: `python -m bench.speed.one FILE [--bare]` prints what it took as JSON.

What only some files need is imported late: the memory is to be that of the program.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np

from bench.accuracy.store import ROOT
from bench.speed.clock import cpu, peak_memory
from bench.speed.stages import file_to_stages

if TYPE_CHECKING:
    from extract.ocr.engine import Picture, Reading
    from extract.ocr.rapid import RapidEngine
    from extract.ocr.sharing import Sharing

WARM = ROOT / "samples" / "yangxian-justice.md"
"""Read first, so that models and word lists are loaded: another department's form, with other texts."""


@dataclass(frozen=True, slots=True)
class Taken:
    """CPU seconds by stage, and MB at most."""

    stages: dict[str, float]
    memory: float
    pages: int = 1
    lines: int = 0
    recognised: int = 0
    bare: float = 0.0
    """Lines of a scan, how many of them were recognised, and what the recogniser's network alone takes for all of them; only
    where that was asked for."""
    parts: dict[str, float] = field(default_factory=dict)
    """CPU seconds by part of reading a scan, where that was asked for."""

    @property
    def seconds(self) -> float:
        return sum(self.stages.values())


def take(path: Path) -> Taken:
    file_to_stages(WARM)
    return Taken(file_to_stages(path), peak_memory())


def take_beside_bare(path: Path) -> Taken:
    """Read a scan, then let the bare network read the same pictures of lines: same runtime, same threads."""
    from bench.speed.scan_parts import scan_parts_timed
    from extract.ocr import rapid, sharing
    from extract.ocr.recognition import is_blank

    asked = recognised = 0
    read_all, read_one = sharing.Sharing.read, rapid.RapidEngine._read_line
    # pictures are put into a file: the peak of memory is to be the program's own
    with TemporaryFile() as lines:

        def recorded(engine: Sharing, pictures: Sequence[Picture]) -> list[Reading]:
            nonlocal asked
            for line in pictures:
                if not is_blank(line):
                    asked += 1
                    np.save(lines, line, allow_pickle=False)
            return read_all(engine, pictures)

        def counted(engine: RapidEngine, line: Picture) -> Reading:
            nonlocal recognised
            recognised += 1
            return read_one(engine, line)

        with (
            mock.patch.object(sharing.Sharing, "read", recorded),
            mock.patch.object(rapid.RapidEngine, "_read_line", counted),
        ):
            file_to_stages(WARM)
            with scan_parts_timed() as parts:
                found = Taken(file_to_stages(path), peak_memory())
        lines.seek(0)
        bare = sum(bare_network(np.load(lines)) for _ in range(asked))
    return replace(found, lines=asked, recognised=recognised, bare=bare, parts=parts)


def bare_network(line: Picture) -> float:
    """CPU seconds of the network for a line, padded as it was trained: its input is made before, its output not looked at."""
    from extract.ocr.rapid import RapidEngine, _recogniser
    from extract.ocr.recognition import TRAINED_WIDTH_PX, line_to_input

    network, _ = _recogniser(RapidEngine().threads)
    tensor, _ = line_to_input(line, TRAINED_WIDTH_PX)
    return cpu(lambda: network(tensor))


def taken(path: Path, *options: str) -> Taken:
    """What `path` takes, measured in a fresh process."""
    from bench.speed.inputs import page_count

    command = [sys.executable, "-m", "bench.speed.one", str(path), *options]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return replace(Taken(**json.loads(done.stdout)), pages=page_count(path))


if __name__ == "__main__":
    measure = take_beside_bare if "--bare" in sys.argv[2:] else take
    print(json.dumps(asdict(measure(Path(sys.argv[1])))))
