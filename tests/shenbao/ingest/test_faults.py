"""Disks that are full or read-only, an inbox that vanishes: a clear word, nothing lost, nothing half-written."""

from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shenbao.ingest.inbox.look import InboxGoneError
from shenbao.ingest.workers import work as reading
from shenbao.ingest.workers.work import Task, TaskOutcome, work
from tests import inboxes
from tests.inboxes import form, put, season
from tests.processes import ROOT, forty, start, tree, wait_for_lines
from tests.shenbao.ingest.inbox.test_candidates import zipped

UNSHARED = ("unshare", "--map-root-user", "--mount", "sh", "-c")
"""A mount of our own, for root and for others."""


def with_disk(script: str, *arguments: object) -> tuple[int, str]:
    """Run a shell script that may mount; `$RUN` is the command line."""
    if (
        not shutil.which("unshare")
        or subprocess.run([*UNSHARED, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("this machine lets nobody mount a disk of his own")
    done = subprocess.run(
        [*UNSHARED, script, "sh", *map(str, arguments)],
        cwd=ROOT,
        env={
            "RUN": f"{sys.executable} -m shenbao",
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL": "C.UTF-8",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def undisturbed(folder: Path) -> dict[str, bytes]:
    made = inboxes.season(folder)
    forty(made.inbox)
    made.run()
    return made.results()


@pytest.mark.parametrize("kilobytes", [40, 200, 260, 320])
def test_a_full_disk_ends_the_run_with_whole_results_and_the_rest_is_read_when_there_is_room(
    tmp_path: Path, kilobytes: int
) -> None:
    inbox, out, kept = tmp_path / "in", tmp_path / "out", tmp_path / "kept"
    forty(inbox)
    out.mkdir()
    script = (
        f'mount -t tmpfs -o size={kilobytes}k none "$2" && $RUN ingest "$1" -o "$2" --settle 0 -j 2; code=$?; '
        'cp -r "$2" "$3"; exit $code'
    )
    code, said = with_disk(script, inbox, out, kept)
    assert (code, "Traceback" in said) in ((74, False), (73, False)), said
    assert "No space left" in said or "disk is full; make room" in said, said
    whole = undisturbed(tmp_path / "whole")
    early = tree(kept)
    assert early.items() <= whole.items()
    process = start("ingest", inbox, "-o", kept, "--settle", 0)
    process.communicate(timeout=120)
    assert process.returncode == 2
    assert tree(kept) == whole


def test_a_full_folder_for_temporary_files_is_no_fault_of_the_archive(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a.zip", zipped(**{"a.md": form("阳新县司法局") + " " * 300_000}))
    (tmp_path / "temporary").mkdir()
    script = 'mount -t tmpfs -o size=100k none "$3" && TMPDIR="$3" $RUN ingest "$1" -o "$2" --settle 0'
    code, said = with_disk(script, tmp_path / "in", tmp_path / "out", tmp_path / "temporary")
    assert (code, "No space left" in said, "make room" in said) == (74, True, True), said
    process = start("ingest", tmp_path / "in", "-o", tmp_path / "out", "--settle", 0)
    process.communicate(timeout=120)
    assert process.returncode == 1


def test_a_read_only_folder_is_refused_unchanged_and_its_status_is_told(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    made.run()
    before = made.results()
    put(made.inbox / "b.md", form("阳新县教育局"))
    read_only = 'mount --bind "$2" "$2" && mount -o remount,ro,bind "$2" && '
    places = (made.inbox, made.output.root)
    code, said = with_disk(f'{read_only} $RUN ingest "$1" -o "$2"', *places)
    assert (code, "Read-only file system" in said, "Traceback" in said) == (73, True, False), said
    assert with_disk(f'{read_only} $RUN status "$2"', *places)[0] == 0
    assert made.results() == before
    assert made.run().read == ["b.md"]


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.EIO, errno.ESTALE])
def test_results_that_cannot_be_written_stop_the_run_and_blame_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    (outcome,) = made.run().outcomes

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr(reading, "write_whole", refuse)
    assert work(outcome.task).verdict == "stop"


def vanishing(task: Task) -> TaskOutcome:
    """A reader under whose hands the share goes away after its first file."""
    assert isinstance(task.path, Path)
    inbox = task.path.parent
    if task.name == "b.md":
        inbox.rename(inbox.with_name("away"))
    return work(task)


def unmounting(task: Task) -> TaskOutcome:
    """As before, with the empty folder left that the share was mounted on."""
    outcome = vanishing(task)
    assert isinstance(task.path, Path)
    task.path.parent.mkdir(exist_ok=True)
    return outcome


@pytest.mark.parametrize("function", [vanishing, unmounting])
def test_an_inbox_that_vanishes_while_it_is_read_is_said_and_read_on_when_it_is_back(
    tmp_path: Path, function: object
) -> None:
    made = season(tmp_path, **{name: form(f"阳新县{name}局") for name in "abcd"})
    with pytest.raises(InboxGoneError):
        made.run(function=function)
    assert made.results().keys() == {"a.md.json"}
    shutil.rmtree(made.inbox, ignore_errors=True)
    (tmp_path / "away").rename(made.inbox)
    assert made.run().read == ["b.md", "c.md", "d.md"]
    assert made.results().keys() == {f"{name}.md.json" for name in "abcd"}


def test_a_watch_waits_for_an_inbox_that_vanished(tmp_path: Path) -> None:
    inbox, out, log = tmp_path / "in", tmp_path / "out", tmp_path / "log"
    put(inbox / "a.md", form("阳新县司法局"))
    watch = ("--watch", "--every", 0.2, "--settle", 0, "--log", log)
    process = start("ingest", inbox, "-o", out, *watch)
    try:
        wait_for_lines(log, 1)
        inbox.rename(tmp_path / "away")
        assert process.stdout
        assert any("waiting for the inbox" in line for line in process.stdout)
        put(tmp_path / "away" / "b.md", form("阳新县教育局"))
        (tmp_path / "away").rename(inbox)
        wait_for_lines(log, 2)
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode == 130
    assert tree(out).keys() == {"a.md.json", "b.md.json"}
