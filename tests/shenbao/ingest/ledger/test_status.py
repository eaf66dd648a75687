"""The ledger for a person and for a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shenbao.ingest.ledger.books import File, Work, WorkState
from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.ledger.status import ledger_to_json, ledger_to_lines, ledger_to_summary
from shenbao.ingest.place import Output


@pytest.fixture
def output(tmp_path: Path) -> Output:
    made = Output(tmp_path)
    made.prepare()
    return made


@pytest.fixture
def ledger(output: Output) -> Ledger:
    ledger = Ledger(output.ledger)
    states: dict[str, WorkState] = {"a": "done", "b": "review", "c": "rejected", "d": "failed"}
    files = [File(f"{name}.md", "1", 1, name) for name in states]
    files += [
        File("a again.md", "1", 1, "a"),
        File("e.md", "1", 1, None, "没有读取权限"),
        File("f.md", "1", 1, "f"),
    ]
    works = [
        Work(name, f"{name}.md", "r", state, 0, "原因" if state == "failed" else "", 0.1)
        for name, state in states.items()
    ]
    ledger.record(files, works, [])
    return ledger


def test_the_summary_counts_every_file_once_in_a_fixed_order(ledger: Ledger) -> None:
    counted = "1 found, 1 done, 1 review, 1 rejected, 2 failed, 1 duplicate"
    assert ledger_to_summary(ledger) == f"7 files: {counted}"
    assert ledger_to_summary(ledger, ["g.md"]) == f"7 files: {counted}, 1 still being written"


def test_one_file_and_none(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.sqlite")
    assert ledger_to_summary(ledger) == "0 files: nothing to read"
    ledger.record([File("a.md", "1", 1, "a")], [Work("a", "a.md", "r", "done", 0, "", 0.1)], [])
    assert ledger_to_summary(ledger) == "1 file: 1 done"


def test_files_without_a_result_are_listed_with_their_reason(ledger: Ledger, output: Output) -> None:
    assert ledger_to_lines(output, ledger)[1:] == [
        "rejected  c.md",
        "failed    d.md: 原因",
        "failed    e.md: 没有读取权限",
        "found     f.md",
    ]


def test_who_is_at_work_is_said(ledger: Ledger, output: Output) -> None:
    with output.held():
        assert ledger_to_lines(output, ledger)[1].startswith("running: process ")
        assert json.loads(ledger_to_json(output, ledger))["running"]
    assert json.loads(ledger_to_json(output, ledger))["running"] is None


def test_a_program_gets_every_file(ledger: Ledger, output: Output) -> None:
    root = json.loads(ledger_to_json(output, ledger))
    assert [file["name"] for file in root["files"]] == sorted(file["name"] for file in root["files"])
    assert {"name": "e.md", "state": "failed", "reason": "没有读取权限", "sha256": None} in root["files"]
    assert {"name": "a again.md", "state": "duplicate", "reason": "a.md", "sha256": "a"} in root["files"]
    assert root["counts"]["failed"] == 2
