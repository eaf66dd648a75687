"""What a second worker brings, and what ledger, pool and cluster cost: `python -m bench.workers FORMS OUT`.

The same forms are read by `shenbao extract` (one process, no ledger) and by `shenbao ingest` with one worker, with two, and with
two on a Ray cluster of this machine, in turn. The machine must be idle: of several times the least counts, for what others do only adds.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from bench.runs import Usage, watch

ALONE, ONE, TWO, RAY = "extract", "ingest -j 1", "ingest -j 2", "ingest -j 2 --engine ray"


@dataclass(frozen=True, slots=True)
class Run:
    """One way to read the forms once; `reading` is from the first look at the inbox to the last event, in seconds."""

    way: str
    usage: Usage
    reading: float
    pages: int


def read(way: str, forms: Path, out: Path) -> Run:
    """Read every form anew."""
    shutil.rmtree(out, ignore_errors=True)
    log = out.with_suffix(".log")
    log.unlink(missing_ok=True)
    if way == ALONE:
        usage = watch("extract", *sorted(forms.iterdir()), "-o", out, "-q")
        return Run(way, usage, usage.wall, _pages(out))
    command, *options = way.split(" ")
    usage = watch(command, forms, "-o", out, *options, "--settle", 0, "-q", "--log", log)
    return Run(way, usage, _seconds(log), _pages(out / "results"))


def _pages(results: Path) -> int:
    """Pages read; a form without pages (Word, Excel) counts as one."""
    sources = (json.loads(path.read_bytes())["source"] for path in results.rglob("*.json"))
    return sum(source["pages"] or 1 for source in sources)


def _seconds(log: Path) -> float:
    times = [datetime.fromisoformat(json.loads(line)["time"]) for line in log.read_text("utf-8").splitlines()]
    return (times[-1] - times[0]).total_seconds()


def to_lines(runs: Sequence[Run]) -> Iterator[str]:
    """The least of every way, and what the ways come to beside each other."""
    best = {run.way: min((r for r in runs if r.way == run.way), key=lambda r: r.usage.wall) for run in runs}
    yield f"{'':<26} {'wall s':>8} {'reading s':>10} {'CPU s':>8} {'own CPU s':>10} {'pages/s':>8}  exit"
    for way, run in best.items():
        usage = run.usage
        figures = f"{usage.wall:8.1f} {run.reading:10.1f} {usage.cpu:8.1f} {usage.own:10.1f}"
        yield f"{way:<26} {figures} {run.pages / run.reading:8.2f}  {usage.code}"
    alone, one = best[ALONE].usage, best[ONE].usage
    wall, cpu = one.wall / alone.wall - 1, one.cpu / alone.cpu - 1
    yield f"ledger and pool: {wall:+.1%} of the wall clock, {cpu:+.1%} of CPU (goal: at most 5 %)"
    yield f"two workers beside one: {best[ONE].reading / best[TWO].reading:.2f} × the pages a second (goal: at least 1.8)"
    if RAY in best:
        ray, pool = best[RAY], best[TWO]
        whole, reading = ray.usage.wall / pool.usage.wall - 1, ray.reading / pool.reading - 1
        yield f"Ray beside the pool: {whole:+.1%} with its start, {reading:+.1%} without (goal: at most 15 %)"


@click.command()
@click.argument("forms", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--repeats", type=click.IntRange(1), default=3, show_default=True)
@click.option("--ray", is_flag=True, help="Also on a Ray cluster of this machine.")
def main(forms: Path, out: Path, repeats: int, ray: bool) -> None:
    """Read all of the folder FORMS in every way, REPEATS times in turn; OUT is overwritten."""
    ways = [ALONE, ONE, TWO, *([RAY] if ray else [])]
    click.echo(
        f"{len(list(forms.iterdir()))} forms, {repeats} times in turn, load {os.getloadavg()[0]:.1f} before"
    )
    runs = []
    for number in range(repeats):
        for way in ways:
            runs.append(read(way, forms, out))
            click.echo(f"{number + 1}  {way}: {runs[-1].usage}", err=True)
    for line in to_lines(runs):
        click.echo(line)


if __name__ == "__main__":
    main()
