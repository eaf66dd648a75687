"""What the options of `ingest` plan."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from shenbao.commands.ingest_session import IngestOptions, _plan
from shenbao.ingest.place import Output

OPTIONS = IngestOptions(
    jobs=None,
    timeout=9.0,
    memory=512,
    settle=1.0,
    expect=None,
    log=None,
    quiet=True,
    url=None,
    engine="pool",
    results=None,
    outside=False,
    jail=False,
)


@pytest.mark.parametrize(("asked", "there", "jobs"), [(None, 8, 8), (3, 8, 3), (None, None, 1)])
def test_one_process_a_processor_unless_asked_for_another_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: int | None, there: int | None, jobs: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: there)
    plan = _plan(tmp_path, Output(tmp_path / "season"), replace(OPTIONS, jobs=asked), None)
    assert plan.jobs == jobs


def test_the_limits_are_those_asked_for(tmp_path: Path) -> None:
    plan = _plan(tmp_path, Output(tmp_path / "season"), OPTIONS, None)
    assert (plan.limits.seconds, plan.limits.memory, plan.settle) == (9.0, 512 * 2**20, 1.0)


def test_the_log_and_the_list_of_departments_are_no_submissions(tmp_path: Path) -> None:
    asked = replace(OPTIONS, log=tmp_path / "a.log", expect=tmp_path / "名单.xlsx")
    plan = _plan(tmp_path, Output(tmp_path / "season"), asked, None)
    assert plan.apart == {(tmp_path / "a.log").resolve(), (tmp_path / "名单.xlsx").resolve()}
