"""The same bytes again and again: `python -m bench.repeats FILES --times 50 [--ray]`.

Every file is read so many times, in an order of chance, by turns in a new process, in two, and in two that have read all
before; with `--ray` on a Ray cluster of this machine, too. The digest of all results lets runs be compared.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import click

from shenbao.bounded.limits import RUN_LIMITS, WorkLimits
from shenbao.bounded.pool import Pool
from shenbao.bounded.process import Death
from shenbao.file_task import FileOutcome, FileTask
from shenbao.readers import Settings
from shenbao.reading import READING_PRELOAD, read_file

_LIMITS = WorkLimits(RUN_LIMITS.timeout_s, RUN_LIMITS.memory_mb * 2**20)


class _Readers(Protocol):
    @property
    def room(self) -> int: ...

    @property
    def busy(self) -> int: ...

    def begin(self, task: FileTask) -> None: ...

    def finished(self) -> list[tuple[FileTask, FileOutcome | Death]]: ...


@dataclass(slots=True)
class Repeats:
    """What came of the readings: the digests that each file's result had, and how many readings by which way."""

    digests: dict[str, set[str]] = field(default_factory=dict)
    ways: dict[str, int] = field(default_factory=dict)

    @property
    def differing(self) -> list[str]:
        """Files that did not always give the same bytes."""
        return sorted(name for name, seen in self.digests.items() if len(seen) > 1)

    def digest(self) -> str:
        """One digest of all results."""
        text = "\n".join(f"{name} {sorted(seen)}" for name, seen in sorted(self.digests.items()))
        return hashlib.sha256(text.encode()).hexdigest()


def repeat(files: Sequence[Path], times: int, seed: int, ray: bool = False) -> Repeats:
    """Read each file so many times."""
    rng, found = random.Random(seed), Repeats()
    tasks = [FileTask(path, str(path), path.name, Settings()) for path in files]
    with ExitStack() as stack:
        kept: dict[str, Any] = {"two that go on": stack.enter_context(_pool(2))}
        if ray:
            kept["Ray"] = stack.enter_context(_cluster())
        ways = ["one", "two", *kept]
        for number in range(times):
            way = ways[number % len(ways)]
            order = rng.sample(tasks, len(tasks))
            if way in kept:
                _round(kept[way], order, found)
            else:
                with _pool(1 if way == "one" else 2) as readers:
                    _round(readers, order, found)
            found.ways[way] = found.ways.get(way, 0) + len(order)
    return found


def _round(readers: _Readers, tasks: Sequence[FileTask], found: Repeats) -> None:
    waiting = list(tasks)
    while waiting or readers.busy:
        while waiting and readers.room:
            readers.begin(waiting.pop(0))
        for task, answer in readers.finished():
            text = answer.cause if isinstance(answer, Death) else answer.document or answer.line
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            found.digests.setdefault(task.name, set()).add(digest)


def _pool(size: int) -> Pool[FileTask, FileOutcome]:
    return Pool(read_file, size, _LIMITS, READING_PRELOAD)


@contextmanager
def _cluster() -> Iterator[_Readers]:
    import ray  # noqa: PLC0415 - a second, and most runs go without

    from shenbao.ingest.workers.cluster import Cluster  # noqa: PLC0415

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        readers: Any = Cluster(read_file, 2, _LIMITS, READING_PRELOAD, str, lambda _: None)
        with readers:
            yield readers
    finally:
        ray.shutdown()


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--times", type=click.IntRange(2), default=50, show_default=True)
@click.option("--seed", default=1, show_default=True, help="Of the orders.")
@click.option("--ray", is_flag=True, help="Also on a Ray cluster of this machine.")
def main(files: tuple[Path, ...], times: int, seed: int, ray: bool) -> None:
    """Say whether every file gave the same bytes each time; exit code 1 when one did not."""
    found = repeat(files, times, seed, ray)
    click.echo(f"{len(files)} files, {times} times each; readings: {found.ways}")
    click.echo(f"files that differ: {len(found.differing)} {found.differing}; digest {found.digest()}")
    raise SystemExit(bool(found.differing))


if __name__ == "__main__":
    main(prog_name="python -m bench.repeats")
