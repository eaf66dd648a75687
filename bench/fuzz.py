"""Mutated files of every kind through the bounded process: `python -m bench.fuzz --seconds 600 --seed 1`.

Each run with the same seed makes the same files in the same order. What must never be seen is kept and makes the exit
code 1: a process that crashed, an exception that nobody classified, and an accepted file whose data are not those of
the file that it was made from. A text says what it says, so texts are not held to the last.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import Pool, in_order
from shenbao.bounded.process import Death
from shenbao.exits import BUG
from shenbao.file_task import FileOutcome, FileTask
from shenbao.golden import SAMPLE_KINDS
from shenbao.readers import Settings
from shenbao.reading import READING_PRELOAD, read_file

ROOT = Path(__file__).resolve().parent.parent
_ROUND = 64
"""Files made and read before the clock is looked at."""
_MOST_CHANGES = 8
"""Places that are changed in one file; more of them only make it unreadable sooner."""
_LONGEST_PART = 64
"""Bytes that are put in, taken out or doubled at one place."""
_TEXTS = frozenset({".md", ".txt", ".html", ".json"})
GRAVE = ("crashed", "unclassified", "silent")
"""Ends that must never be seen."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed file: the sample it was made from, and its bytes."""

    sample: Path
    data: bytes


def mutants(samples: Sequence[Path], seed: int) -> Iterator[Mutant]:
    """Changed files without end, the same ones for the same seed."""
    rng = random.Random(seed)
    contents = {sample: sample.read_bytes() for sample in samples}
    while True:
        sample = rng.choice(samples)
        yield Mutant(sample, mutate(contents[sample], rng))


def mutate(data: bytes, rng: random.Random) -> bytes:
    """The bytes changed at a few places; of a package, as often as not, those of one part in it."""
    if data.startswith(b"PK") and rng.random() < 0.5:
        try:
            return _with_changed_part(data, rng)
        except (BadZipFile, ValueError):
            pass  # a sample that is no package all the same is changed as it is
    return _changed(data, rng)


def _changed(data: bytes, rng: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(rng.randint(1, _MOST_CHANGES)):
        at, length = rng.randrange(len(made) + 1), rng.randint(1, _LONGEST_PART)
        match rng.randrange(5):
            case 0 if at < len(made):
                made[at] ^= 1 << rng.randrange(8)
            case 1:
                made[at:at] = rng.randbytes(length)
            case 2:
                del made[at : at + length]
            case 3:
                made[at:at] = made[at : at + length]
            case 4 if rng.random() < 0.1:
                del made[at:]
    return bytes(made)


def _with_changed_part(data: bytes, rng: random.Random) -> bytes:
    file = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as package, ZipFile(file, "w", ZIP_DEFLATED) as made:
        names = package.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = package.read(name)
            made.writestr(name, _changed(part, rng) if name == chosen else part)
    return file.getvalue()


def outcome_to_end(answer: FileOutcome | Death, sample: Path, datas: Any) -> str:
    """How the reading ended; `datas` are those of the sample's own result, `None` where it has none."""
    if isinstance(answer, Death):
        return "crashed" if answer.cause == "died" else answer.cause
    if answer.code == BUG:
        return "unclassified"
    if answer.document is None:
        return "not read"
    status, found = document_to_datas(answer.document)
    if status == "accepted" and found != datas and sample.suffix not in _TEXTS:
        return "silent"
    return status


def document_to_datas(document: str) -> tuple[str, Any]:
    """The status of a result and the data of its forms."""
    root = json.loads(document)
    return root["status"], [form["data"] for form in root["forms"]]


def fuzz(
    samples: Sequence[Path], seed: int, seconds: float, limits: WorkLimits, jobs: int, keep: Path
) -> Counter[str]:
    """Read changed files for so many seconds; gives how many came to which end, and keeps those with a grave one."""
    made = enumerate(mutants(samples, seed))
    counts: Counter[str] = Counter()
    pool: Pool[FileTask, FileOutcome]
    with Pool(read_file, jobs, limits, READING_PRELOAD) as pool:
        originals = [FileTask(sample, sample.name, sample.name, Settings()) for sample in samples]
        datas = {
            task.path: document_to_datas(answer.document)[1]
            for task, answer in in_order(pool, originals)
            if isinstance(answer, FileOutcome) and answer.document
        }
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            tasks, origins = [], {}
            for number, mutant in (next(made) for _ in range(_ROUND)):
                path = pool.folder / f"{seed}-{number}{mutant.sample.suffix}"
                path.write_bytes(mutant.data)
                tasks.append(FileTask(path, path.name, path.name, Settings()))
                origins[path] = mutant.sample
            for task, answer in in_order(pool, tasks):
                sample = origins[task.path]
                end = outcome_to_end(answer, sample, datas.get(sample))
                counts[end] += 1
                if end in GRAVE:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{end}-{task.path.name}").write_bytes(task.path.read_bytes())
                task.path.unlink()
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz, print the counts, and tell by the exit code whether anything grave was seen."""
    parser = argparse.ArgumentParser(prog="bench.fuzz", description=__doc__)
    parser.add_argument("samples", nargs="*", type=Path, help="files to start from; the repository's samples")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=60)
    parser.add_argument("--memory", type=int, default=2048, help="megabytes")
    parser.add_argument(
        "--keep", type=Path, default=ROOT / ".bench" / "fuzz", help="where grave files are kept"
    )
    options = parser.parse_args(arguments)
    samples = options.samples or [p for p in sorted((ROOT / "samples").iterdir()) if p.suffix in SAMPLE_KINDS]
    limits = WorkLimits(options.timeout, options.memory * 2**20)
    counts = fuzz(samples, options.seed, options.seconds, limits, options.jobs, options.keep)
    print(
        f"seed {options.seed}: {counts.total()} files",
        *(f"{n} {end}" for end, n in counts.most_common()),
        sep=", ",
    )
    return int(any(counts[end] for end in GRAVE))


if __name__ == "__main__":
    sys.exit(main())
