"""The bench of workers: what it makes of the times it took."""

from __future__ import annotations

from pathlib import Path

from bench.runs import Usage
from bench.workers import ALONE, ONE, RAY, TWO, Run, read, to_lines
from tests.inboxes import form, put


def run(way: str, wall: float, own: float = 1.0) -> Run:
    return Run(way, Usage(wall=wall, own=own, workers={7: wall - own}), reading=wall - 1, pages=100)


def test_the_least_of_several_times_counts_and_ways_are_compared() -> None:
    runs = [run(ALONE, 100), run(ONE, 104), run(TWO, 56), run(RAY, 71), run(TWO, 53)]
    *_, overhead, second, ray = to_lines(runs)
    assert overhead.startswith("ledger and pool: +4.0% of the wall clock, +4.0% of CPU")
    assert second.startswith("two workers beside one: 1.98 × the pages a second")
    assert ray.startswith("Ray beside the pool: +34.0% with its start, +34.6% without")


def test_without_a_cluster_nothing_is_said_of_it() -> None:
    assert not [line for line in to_lines([run(ALONE, 9), run(ONE, 9), run(TWO, 5)]) if "Ray" in line]


def test_an_ingest_is_timed_from_its_log(tmp_path: Path) -> None:
    put(tmp_path / "forms" / "a.md", form("阳新县司法局"))
    timed = read(ONE, tmp_path / "forms", tmp_path / "out")
    assert (timed.pages, timed.usage.code) == (1, 1)
    assert 0 < timed.reading < timed.usage.wall
