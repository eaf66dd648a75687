"""`ingest`, `status` and `retry` as a clerk and cron meet them: lines, exit codes, stops at any moment."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from shenbao.bounded.pool import Pool
from shenbao.cli import main
from shenbao.ingest.inbox import store
from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.place import Output
from tests import inboxes
from tests.inboxes import Season, form, put
from tests.processes import forty, run, start, tree, wait_for_end, wait_for_lines

Shell = Callable[..., tuple[int, str]]
AT_ONCE = ("--settle", 0)


@pytest.fixture
def season(tmp_path: Path) -> Season:
    return inboxes.season(tmp_path, a=form("阳新县司法局"))


@pytest.fixture
def shell(capfd: pytest.CaptureFixture[str]) -> Shell:
    """Runs the command line in this process; gives the exit code and all that was printed."""

    def run(*arguments: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as exited:
            main([str(argument) for argument in arguments])
        assert isinstance(exited.value.code, int)
        return exited.value.code, "".join(capfd.readouterr())

    return run


def test_killed_three_times_and_resumed_the_results_are_the_same_and_nothing_is_read_twice(
    tmp_path: Path,
) -> None:
    forty(tmp_path / "in")
    often, log = tmp_path / "often", tmp_path / "log"
    rng = random.Random(6)
    for seen in (3, 14, 27):
        process = start("ingest", tmp_path / "in", "-o", often, "-j", 2, *AT_ONCE, "--log", log)
        wait_for_lines(log, seen)
        time.sleep(rng.uniform(0, 0.05))
        process.kill()
        process.communicate()
        wait_for_end(process.pid)
    assert run("ingest", tmp_path / "in", "-o", often, "-j", 2, *AT_ONCE, "--log", log)[0] == 2
    whole = inboxes.season(tmp_path / "whole")
    forty(whole.inbox)
    whole.run()
    assert tree(often) == whole.results()
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.endswith("}")]
    read = Counter(event["name"] for event in events if event["event"] == "read")
    assert set(read.values()) == {1}
    assert list(Output(often).unfinished.iterdir()) == []


@pytest.mark.parametrize("gap", [0.0, 0.02, 0.1])
def test_who_interrupts_twice_gets_the_same_orderly_end(tmp_path: Path, gap: float) -> None:
    forty(tmp_path / "in")
    output, log = Output(tmp_path / "out"), tmp_path / "log"
    process = start("ingest", tmp_path / "in", "-o", output.root, "-j", 2, *AT_ONCE, "--log", log)
    wait_for_lines(log, 3)
    for _ in range(3):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        time.sleep(gap)
    _, err = process.communicate(timeout=30)
    said = "interrupted; what was finished is kept, the rest is read next time\n"
    assert (process.returncode, err) == (130, said)
    assert {work.state for work in Ledger(output.ledger).works().values()} <= {"done", "review", "found"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_to_stop_is_obeyed_at_once_and_leaves_nothing_half_done(
    tmp_path: Path, number: signal.Signals
) -> None:
    forty(tmp_path / "in")
    output, log = Output(tmp_path / "out"), tmp_path / "log"
    process = start("ingest", tmp_path / "in", "-o", output.root, "-j", 2, *AT_ONCE, "--log", log, "--watch")
    wait_for_lines(log, 5)
    os.killpg(process.pid, number)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, "what was finished is kept" in err, "Traceback" in err) == (130, True, False)
    assert {work.state for work in Ledger(output.ledger).works().values()} <= {"done", "review", "found"}


def test_a_second_ingest_into_the_same_folder_is_refused_with_the_holder(
    season: Season, shell: Shell
) -> None:
    with season.output.held():
        code, said = shell("ingest", season.inbox, "-o", season.output.root)
        assert (code, f"process {os.getpid()} on" in said) == (73, True)
        assert f"running: process {os.getpid()} on" in shell("status", season.output.root)[1]


def test_another_inbox_is_refused_and_the_same_one_in_a_new_place_is_not(
    season: Season, shell: Shell
) -> None:
    assert shell("ingest", season.inbox, "-o", season.output.root, *AT_ONCE)[0] == 1
    moved = season.inbox.rename(season.inbox.parent / "new")
    code, said = shell("ingest", moved, "-o", season.output.root, *AT_ONCE)
    assert (code, "--moved" in said) == (74, True)
    assert shell("ingest", moved, "-o", season.output.root, *AT_ONCE, "--moved")[0] == 1


def test_what_failed_is_told_and_retried_with_more_memory(season: Season, shell: Shell) -> None:
    ingest = ("ingest", season.inbox, "-o", season.output.root, *AT_ONCE)
    huge = "部门整体绩效目标申报表\n" + "甲" * 2_000_000
    put(season.inbox / "大.md", huge)
    code, said = shell(*ingest, "--memory", 64)
    assert (code, "读取所需内存超过 64 MB" in said) == (70, True)
    assert "failed    大.md: 读取所需内存超过 64 MB" in shell("status", season.output.root)[1]
    assert shell(*ingest)[0] == 70
    assert shell("retry", season.output.root, "--failed", *AT_ONCE)[0] == 2


def test_the_report_says_who_is_missing(season: Season, shell: Shell) -> None:
    listed = put(season.inbox.parent / "list.csv", "部门\n阳新县司法局\n阳新县教育局\n".encode("gbk"))
    said = shell("ingest", season.inbox, "-o", season.output.root, "--expect", listed, *AT_ONCE)[1]
    page = (season.output.root / "reconciliation.html").read_text("utf-8")
    assert "1 file: 1 review" in said
    assert '<td>阳新县教育局</td><td class="s">未交</td>' in page


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("ingest", "{in}/none", "-o", "{out}"), 66),
        (("ingest", "{in}", "-o", "{in}/a.md/out"), 73),
        (("ingest", "{in}", "-o", "{in}"), 73),
        (("ingest", "{out}", "-o", "{in}"), 66),
        (("ingest", "", "-o", "{out}"), 64),
        (("ingest", "{in}", "-o", ""), 64),
        (("status", ""), 64),
        (("ingest", "{out}/results", "-o", "{out}"), 66),
        (("ingest", "{in}", "-o", "{out}", "--expect", "{in}/none.csv"), 66),
        (("ingest", "{in}", "-o", "{out}", "--expect", "{in}/empty.csv"), 65),
        (("ingest", "{in}", "-o", "{out}", "--ledger", "nonsense://x"), 74),
        (("status", "{in}"), 66),
        (("retry", "{out}"), 64),
        (("retry", "{out}", "--failed"), 66),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    season: Season, shell: Shell, arguments: tuple[str, ...], code: int
) -> None:
    put(season.inbox / "empty.csv", "\n")
    season.output.identity()
    places = {"in": str(season.inbox), "out": str(season.output.root)}
    exited, said = shell(*(argument.format(**places) for argument in arguments))
    assert (exited, "Traceback" in said) == (code, False)


def test_a_file_has_one_line_whatever_its_name(season: Season, shell: Shell) -> None:
    put(season.inbox / "x\naccepted  y.md", "今天下午开会")
    said = shell("ingest", season.inbox, "-o", season.output.root, *AT_ONCE)[1]
    assert [line for line in said.splitlines() if line.startswith("accepted")] == []
    assert "rejected  x\ufffdaccepted  y.md" in said
    code, shown = shell("status", season.output.root)
    assert code == 0 and "rejected  x\ufffdaccepted  y.md" in shown
    assert shell("status", season.output.root, "--json")[0] == 0


def test_the_list_and_the_log_may_lie_in_the_inbox(season: Season, shell: Shell) -> None:
    listed = put(season.inbox / "名单.csv", "部门\n阳新县司法局\n")
    kept = ("--expect", listed, "--log", season.inbox / "log")
    ingest = ("ingest", season.inbox, "-o", season.output.root, *AT_ONCE, *kept)
    shell(*ingest)
    assert "1 file: 1 review" in shell(*ingest)[1]


def test_an_inbox_that_may_not_be_opened_is_said(
    season: Season, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(store, "is_output", refuse)
    code, said = shell("ingest", season.inbox, "-o", season.output.root)
    assert (code, "Permission denied" in said) == (66, True)


def test_an_unchanged_inbox_starts_no_process_and_says_the_same(
    season: Season, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shell("ingest", season.inbox, "-o", season.output.root, *AT_ONCE)
    monkeypatch.setattr(Pool, "begin", None)
    assert shell("ingest", season.inbox, "-o", season.output.root, *AT_ONCE)[0] == first[0]
