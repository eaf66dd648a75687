"""The ledger in a real PostgreSQL server: the same commands, and a server that goes away while they run."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg
import pytest

from models.submission import json_to_submission
from shenbao.ingest.ledger.books import FormRow, Work
from shenbao.ingest.ledger.decisions import ConflictError, DecisionLog
from shenbao.ingest.ledger.ledger import Ledger
from tests import inboxes
from tests.inboxes import form, put
from tests.places import ROOT
from tests.postgres import Server
from tests.processes import forty, run, start, tree, wait_for_end, wait_for_lines
from tests.shenbao.desk.decided import decision
from tests.shenbao.ingest.inbox.test_candidates import zipped


def undisturbed(folder: Path) -> dict[str, bytes]:
    made = inboxes.season(folder)
    forty(made.inbox)
    made.run()
    return made.results()


def test_ingest_status_retry_and_tables_with_the_ledger_in_a_server(
    tmp_path: Path, postgres_url: str
) -> None:
    inbox, out, ledger = tmp_path / "in", tmp_path / "out", ("--ledger", postgres_url)
    forty(inbox)
    log = tmp_path / "log"
    killed = start("ingest", inbox, "-o", out, "-j", 2, "--settle", 0, "--log", log, *ledger)
    wait_for_lines(log, 5)
    killed.kill()
    killed.communicate()
    wait_for_end(killed.pid)
    put(inbox / "大.md", "部门整体绩效目标申报表\n" + "甲" * 2_000_000)
    code, said = run("ingest", inbox, "-o", out, "--settle", 0, "--memory", 64, "--log", log, *ledger)
    assert (code, "读取所需内存超过 64 MB" in said) == (70, True)
    assert "大.md: 读取所需内存超过 64 MB" in run("status", out, *ledger)[1]
    assert run("retry", out, "--failed", "--settle", 0, *ledger)[0] == 2
    (inbox / "大.md").unlink()
    assert run("ingest", inbox, "-o", out, "--settle", 0, *ledger)[0] == 2
    assert tree(out) == undisturbed(tmp_path / "whole")
    assert not (out / ".shenbao" / "ledger.sqlite").exists()
    assert run("tables", out / "results", "--to", postgres_url)[0] == 0
    with psycopg.connect(postgres_url) as database:
        counted = database.execute("SELECT count(*) FROM shenbao.submissions").fetchone()
    assert counted == (41,)


def test_a_server_that_goes_away_for_a_while_is_waited_for_with_a_notice(
    tmp_path: Path, postgres_server: Server, postgres_url: str
) -> None:
    inbox, out, log = tmp_path / "in", tmp_path / "out", tmp_path / "log"
    forty(inbox)
    process = start(
        "ingest", inbox, "-o", out, "-j", 2, "--settle", 0, "--log", log, "--ledger", postgres_url
    )
    wait_for_lines(log, 5)
    postgres_server.stop()
    try:
        time.sleep(3)
        assert process.poll() is None
    finally:
        postgres_server.start()
    _, err = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "the ledger's database does not answer; waiting up to 180 s" in err
    assert "the ledger's database answers again" in err
    assert tree(out) == undisturbed(tmp_path / "whole")


def test_a_server_that_is_away_from_the_start_is_said_soon(tmp_path: Path) -> None:
    forty(tmp_path / "in")
    gone = f"postgresql://tester@/postgres?host={tmp_path}"
    began = time.monotonic()
    code, said = run("ingest", tmp_path / "in", "-o", tmp_path / "out", "--ledger", gone)
    assert (code, "the ledger cannot be used" in said, "Traceback" in said) == (74, True, False)
    assert time.monotonic() - began < 30


def test_the_longest_names_of_files_and_members_fit(tmp_path: Path, postgres_url: str) -> None:
    """An entry of the server's index takes 2.7 kB; what repeats itself would be compressed and fit."""
    names = "".join(map(chr, range(0x4E00, 0x4E00 + 4000)))
    folder = "/".join(names[start : start + 60] for start in range(0, 1200, 60))
    put(tmp_path / "in" / folder / "a.md", form("阳新县司法局"))
    put(tmp_path / "in" / "b.zip", zipped(**{f"{names}.md": form("阳新县教育局")}))
    for _ in range(2):
        code, said = run(
            "ingest", tmp_path / "in", "-o", tmp_path / "out", "--settle", 0, "--ledger", postgres_url
        )
        assert (code, "2 files: 2 review" in said) == (1, True), said
    assert len(tree(tmp_path / "out")) == 2


def test_what_a_file_holds_cannot_stop_the_ledger(postgres_url: str) -> None:
    """A server takes no NUL and no half of a character pair."""
    ledger = Ledger(postgres_url)
    form = FormRow("s", 1, "layout", "阳新\x00县\ud800", 2026, "万元", None, None)
    ledger.record([], [Work("s", "a.md", "r", "rejected", 2, "不是\x00表")], [form])
    assert ledger.works()["s"].reason == "不是\ufffd表"
    assert ledger.forms()[0].department == "阳新\ufffd县\ufffd"
    ledger.close()


def test_decisions_are_kept_in_the_server_and_the_second_of_two_is_told(
    postgres_url: str,
) -> None:
    golden = ROOT / "golden" / "yangxian-justice.md.json"
    justice = json_to_submission(golden.read_text("utf-8"))
    ledgers = Ledger(postgres_url), Ledger(postgres_url)
    first, second = (DecisionLog(ledger) for ledger in ledgers)
    made = decision(justice, "/phone", "edit", "0715\x00\ud800")
    assert first.add([made]) == [first.last()]
    with pytest.raises(ConflictError):
        second.add([made])
    assert [(one.path, one.after) for one in second.all()] == [("/phone", "0715\ufffd\ufffd")]
    for ledger in ledgers:
        ledger.close()
