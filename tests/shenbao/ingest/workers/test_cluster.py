"""A Ray cluster as the engine: the same results, the same ends of bad files, and a node that is killed."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.process import Death
from shenbao.ingest.workers.cluster import Cluster, ClusterError, on_cluster
from shenbao.ingest.workers.plan import INGEST_PRELOAD
from shenbao.ingest.workers.recipe import settings_to_recipe
from shenbao.ingest.workers.work import Task, TaskOutcome, work
from shenbao.readers import Settings
from tests import inboxes
from tests.inboxes import form, put
from tests.postgres import Server
from tests.processes import forty, run, start, tree, wait_for_lines
from tests.shenbao.bounded.test_pool import MEGABYTE, obey
from tests.shenbao.conftest import NODES

RECIPE = settings_to_recipe(Settings())


@dataclass(frozen=True, slots=True)
class Noted:
    """Reads a file, and leaves a mark of every time that it begins to."""

    marks: Path

    def __call__(self, task: Task) -> TaskOutcome:
        with (self.marks / task.sha256).open("a") as mark:
            mark.write("x")
        time.sleep(0.5)
        return work(task)


def test_a_file_that_swells_or_crashes_ends_as_on_one_machine_and_its_reader_goes_on(ray_nodes: Any) -> None:
    waiting = ["swell", "crash", "a"]
    ended: dict[str, Any] = {}
    with Cluster(obey, 1, WorkLimits(20, 400 * MEGABYTE), INGEST_PRELOAD, str, lambda _: None) as readers:
        while waiting or readers.busy:
            while waiting and readers.room:
                readers.begin(waiting.pop(0))
            ended |= dict(readers.finished())
    assert ended["a"] == "a"
    assert [ended[order].cause for order in ("swell", "crash")] == ["out_of_memory", "died"]
    assert isinstance(ended["swell"], Death)


def test_a_machine_with_another_version_is_refused(ray_nodes: Any) -> None:
    def pid() -> str:
        return str(os.getpid())

    readers = Cluster(obey, 1, WorkLimits(20, 400 * MEGABYTE), INGEST_PRELOAD, pid, lambda _: None)
    with readers, pytest.raises(ClusterError, match="another version"):
        readers.begin("a")
        while readers.busy:
            readers.finished()


def test_an_interrupted_run_from_store_to_store_goes_on_where_it_was(
    tmp_path: Path, ray_nodes: Any, s3: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", ray_nodes.address)
    for n in range(40):
        s3.pipe_file(f"bucket/in/{n:02}.md", form(f"阳新县第{n}局").encode())
    log = tmp_path / "log"
    ingest = ("ingest", "s3://bucket/in", "-o", tmp_path / "out", "--engine", "ray", "--log", log)
    process = start(*ingest, "--results", "s3://bucket/out")
    wait_for_lines(log, 5)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=180)
    assert (process.returncode, "what was finished is kept" in err, "Traceback" in err) == (130, True, False)
    said, err = start(*ingest).communicate(timeout=180)
    assert ("40 files: 40 review" in said, "Ray cluster: 4 nodes, 3 processors" in err) == (True, True)
    assert len(s3.find("bucket/out/results")) == 40
    read = [line for line in log.read_text("utf-8").splitlines() if '"event": "read"' in line]
    assert 40 <= len(read) <= 40 + NODES


def test_a_cluster_with_the_ledger_in_postgresql_and_results_on_a_shared_path(
    tmp_path: Path,
    ray_nodes: Any,
    postgres_server: Server,
    postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", ray_nodes.address)
    inbox, log = tmp_path / "in", tmp_path / "log"
    forty(inbox)
    ingest = ("ingest", inbox, "-o", tmp_path / "out", "--engine", "ray", "--settle", 0, "--log", log)
    kept = ("--results", tmp_path / "shared", "--ledger", postgres_url)
    process = start(*ingest, *kept)
    wait_for_lines(log, 5)
    postgres_server.stop()
    time.sleep(2)
    postgres_server.start()
    _, err = process.communicate(timeout=180)
    assert (process.returncode, "the ledger's database answers again" in err) == (2, True), err
    assert run(*ingest, *kept)[0] == 2
    alone = inboxes.season(tmp_path / "alone")
    replace(alone, inbox=inbox).run()
    assert tree(tmp_path / "shared") == alone.results()
    read = [line for line in log.read_text("utf-8").splitlines() if '"event": "read"' in line]
    assert len(read) == 41


def test_a_killed_node_costs_only_its_files_in_flight(tmp_path: Path, ray_nodes: Any) -> None:
    made = inboxes.season(tmp_path / "many")
    marks = tmp_path / "marks"
    marks.mkdir()
    for n in range(24):
        put(made.inbox / f"{n:02}.md", form(f"阳新县第{n}局", f"{1000 + n}.41"))
    readers = on_cluster(NODES)
    killed: list[Any] = []

    class Kills(inboxes.Heard):
        def ended(self, outcome: TaskOutcome) -> None:
            super().ended(outcome)
            if len(self.outcomes) == 6 and not killed:
                killed.append(ray_nodes.worker_nodes.copy().pop())
                ray_nodes.remove_node(killed[0], allow_graceful=False)

    heard = made.run(RECIPE, heard=Kills(), function=Noted(marks), engine=readers)
    lost = {str(details["sha256"]) for event, details in heard.events if event == "lost"}
    begun = {mark.name: len(mark.read_text()) for mark in marks.iterdir()}
    assert len(lost) == 1
    assert Counter(begun.values()) <= Counter({1: 24, 2: 1})
    assert {sha256 for sha256, times in begun.items() if times > 1} <= lost
    assert len(heard.read) == len(set(heard.read)) == 24
    alone = inboxes.season(tmp_path / "alone")
    alone = replace(alone, inbox=made.inbox)
    alone.run(RECIPE)
    assert made.results() == alone.results()
