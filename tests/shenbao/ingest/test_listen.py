"""What the terminal and the log are told while an inbox is read."""

from __future__ import annotations

import fcntl
import json
import os
import struct
import subprocess
import sys
import termios
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress

from shenbao.ingest.listen import Bar, JsonLog, Lines
from shenbao.ingest.place import Output
from shenbao.ingest.workers.work import Task, TaskOutcome, unread_outcome
from shenbao.readers import Settings
from tests.inboxes import RECIPE, form, put
from tests.processes import ROOT

TASK = Task("a.md", "5a", Path("in/a.md"), (), "1:2:3", RECIPE, Settings(), Output(Path("out")))
READ = TaskOutcome(TASK, "read", "review", 1, seconds=0.25, line="review    a.md  1 form")


def test_the_bar_counts_every_end_and_shows_what_is_left_and_how_fast() -> None:
    progress = Progress(console=Console(file=StringIO()))
    bar = Bar(progress)
    bar.look(4)
    for outcome in (READ, READ, unread_outcome(TASK, 70, "crashed")):
        bar.ended(outcome)
        bar.settled()
    (task,) = progress.tasks
    assert (task.completed, task.total, task.fields["counts"]) == (3, 4, "review 2 failed 1")
    assert task.fields["rate"].endswith("/s")


def test_a_new_look_begins_a_new_bar_and_keeps_the_counts() -> None:
    progress = Progress(console=Console(file=StringIO()))
    bar = Bar(progress)
    bar.look(1)
    bar.ended(READ)
    bar.look(2)
    bar.ended(READ)
    (task,) = progress.tasks
    assert (task.total, task.fields["counts"]) == (2, "review 2")


def test_the_log_has_a_json_object_a_line() -> None:
    file = StringIO()
    log = JsonLog(file)
    log.look(2)
    log.ended(READ)
    log.said("duplicate", name="二.md", of="a.md")
    look, read, duplicate = map(json.loads, file.getvalue().splitlines())
    assert (look["event"], look["files"]) == ("look", 2)
    assert (read["event"], read["state"], read["seconds"], read["name"]) == ("read", "review", 0.25, "a.md")
    assert (duplicate["name"], duplicate["of"]) == ("二.md", "a.md")


def test_cron_is_told_only_of_what_was_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(quiet=True)
    lines.ended(READ)
    lines.said("duplicate", name="二.md", of="a.md")
    lines.ended(unread_outcome(TASK, 70, "崩溃"))
    assert capsys.readouterr() == ("", "not read  a.md: 崩溃\n")


def test_a_terminal_shows_the_bar(tmp_path: Path) -> None:
    for name in "ab":
        put(tmp_path / "in" / f"{name}.md", form(f"阳新县{name}局"))
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 140, 0, 0))
    command = [
        sys.executable,
        "-m",
        "shenbao",
        "ingest",
        tmp_path / "in",
        "-o",
        tmp_path / "out",
        "--settle",
        "0",
    ]
    process = subprocess.Popen(
        [*map(str, command)], cwd=ROOT, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    said = b""
    try:
        while data := os.read(ours, 65536):
            said += data
    except OSError:
        pass  # the other end is closed
    os.close(ours)
    assert process.wait(60) == 1
    assert b"2/2" in said
    assert b"review 2" in said
