"""Accuracy on made-up damaged forms: `python -m bench.damage --seeds 1:200 [--level ocr]`.

Every form is declared, damaged, read by the whole pipeline and compared with its truth, in parallel. *silent* are
wrong fields that no finding points at, *harm* wrong fields that a repair made of right ones.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.table import Table

from bench.fields import Field, fields
from bench.forge.damage import Damaged, Level, damage
from bench.forge.declarations import declare
from bench.forge.money import Layout
from bench.report.shown import percent
from bench.tally import Tally, total
from models.submission import submission_to_json
from shenbao.pipeline import read_bytes
from shenbao.readers import Settings

LEVELS: tuple[Level, ...] = ("none", "ocr", "html", "worse")


@dataclass(frozen=True, slots=True)
class Job:
    """One form to be made and read."""

    level: Level
    seed: int


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a job; `crash` names the exception where there was one."""

    job: Job
    fields: tuple[Field, ...]
    crash: str | None


@dataclass(frozen=True, slots=True)
class Sums(Tally):
    """A tally of whole forms; a crashed one has no fields."""

    forms: int = 0
    crashes: int = 0


def read_to_sums(one: Read) -> Sums:
    return Sums(**asdict(total(one.fields)), forms=1, crashes=int(one.crash is not None))


def seed_to_layout(seed: int) -> Layout:
    """Every fourth form is of the older layout."""
    return "hubei-2021" if seed % 4 == 0 else "hubei-2025"


def make(job: Job) -> Damaged:
    return damage(declare(job.seed, seed_to_layout(job.seed)), job.seed, job.level)


def read(job: Job) -> Read:
    """Make the form, read it, compare it; an exception is a result too."""
    form = make(job)
    name = f"form{job.seed}.{'html' if job.level == 'html' else 'md'}"
    try:
        result = json.loads(submission_to_json(read_bytes(form.text.encode(), name, Settings())))
    except Exception as error:
        return Read(job, (), repr(error))
    return Read(job, fields(form.truth, result), None)


def read_all(
    jobs: Sequence[Job], prepare: Callable[[str], object] = str, name: str = "forms"
) -> Iterator[Read]:
    """Results in the order of the jobs, with a progress bar; every process first calls `prepare(name)`."""
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        Progress(*columns, console=Console(stderr=True), transient=True) as progress,
        ProcessPoolExecutor(initializer=prepare, initargs=(name,)) as pool,
    ):
        yield from progress.track(pool.map(read, jobs, chunksize=4), len(jobs), description=name)


def tally(reads: Iterable[Read]) -> dict[Level, Sums]:
    found: dict[Level, Sums] = {}
    for one in reads:
        found[one.job.level] = found.get(one.job.level, Sums()) + read_to_sums(one)
    return found


def to_table(found: Mapping[Level, Sums]) -> Table:
    table = Table("level", title="made-up forms, damaged and read", title_justify="left", box=SIMPLE_HEAD)
    for name in ("forms", "fields", "exact", "silent", "flagged right", "harm", "repaired", "crashes"):
        table.add_column(name, justify="right", no_wrap=True)
    for level, sums in found.items():
        counts = [sums.silent, sums.flagged_right, sums.harmed, sums.repaired, sums.crashes]
        table.add_row(
            level, str(sums.forms), str(sums.fields), percent(sums.exact, sums.fields, 3), *map(str, counts)
        )
    return table


def describe(one: Read) -> Iterator[str]:
    """A line for a crash and for every wrong field."""
    place = f"{one.job.level} {one.job.seed}"
    if one.crash:
        yield f"{place} {one.crash}"
    for field in one.fields:
        if field.outcome != "exact":
            mark = "SILENT" if field.silent else "flagged"
            yield f"{place} {mark} {field.pointer} “{field.want or ''}” read as “{field.got}”"


def text_to_seeds(text: str) -> range:
    """`3` → 3, `1:200` → 1 to 200, both included."""
    first, _, last = text.partition(":")
    return range(int(first), int(last or first) + 1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.damage", description=__doc__)
    parser.add_argument(
        "--seeds", type=text_to_seeds, default=range(1, 101), help="FIRST:LAST, both included"
    )
    parser.add_argument("--level", choices=LEVELS, action="append", help="may be repeated (default: all)")
    parser.add_argument("--wrong", action="store_true", help="also list every wrong field")
    options = parser.parse_args()
    jobs = [Job(level, seed) for level in options.level or LEVELS for seed in options.seeds]
    reads = list(read_all(jobs))
    for one in reads:
        if options.wrong or one.crash:
            for line in describe(one):
                print(line)
    Console(width=100).print(to_table(tally(reads)))


if __name__ == "__main__":
    main()
