from __future__ import annotations

import csv
import json
import shutil
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from models.submission import Submission
from shenbao.cli import cli
from shenbao.desk.desk import Desk
from shenbao.desk.finals.finals import current_finals
from shenbao.desk.folder import find_folder, open_log
from shenbao.desk.queue.opened import Reply
from shenbao.desk.queue.queue import Address, Filter
from shenbao.exits import ACCEPTED, REVIEW
from shenbao.ingest.ledger.decisions import DecisionLog
from tests.places import SAMPLES
from tests.shenbao.desk.conftest import JUSTICE, open_fields

AMOUNT = "/budget/income/0/amount"


def decide(folder: Path, reading: Submission, path: str, text: str) -> None:
    ledger = open_log(folder, None)
    desk = Desk(find_folder(folder, ledger), DecisionLog(ledger))
    desk.load()
    desk.decide([Reply(Address(reading.source.sha256, 0, path), "edit", text, 0, "李")])
    ledger.close()


def test_where_nobody_decided_there_are_no_finals(out: Path) -> None:
    assert current_finals(out) is None
    assert not (out / "final").exists()


def test_tables_take_the_finals(out: Path, justice: Submission, tmp_path: Path) -> None:
    decide(out, justice, "/phone", "0715-7654321")
    done = CliRunner().invoke(cli, ["tables", str(out), "--to", str(tmp_path / "tables")])
    assert "2 submissions" in done.output
    with (tmp_path / "tables" / "submissions.csv").open(encoding="utf-8-sig") as file:
        phones = [row["phone"] for row in csv.DictReader(file)]
    assert "0715-7654321" in phones


def test_a_comparison_takes_the_finals(out: Path, justice: Submission, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path / "before")
    decide(out, justice, "/phone", "0715-7654321")
    done = CliRunner().invoke(cli, ["diff", str(tmp_path / "before"), str(out)])
    assert "0715-7654321" in done.output
    assert "变化 1；" in done.output


def test_a_final_of_a_result_that_was_taken_away_goes(out: Path, justice: Submission) -> None:
    decide(out, justice, "/phone", "0715-7654321")
    current_finals(out)
    assert (out / "final" / JUSTICE).is_file()
    (out / JUSTICE).unlink()
    current_finals(out)
    assert not (out / "final" / JUSTICE).exists()


def test_a_season_that_persons_have_settled_needs_no_review_any_more(
    tmp_path: Path, justice: Submission
) -> None:
    inbox, season = tmp_path / "inbox", tmp_path / "season"
    inbox.mkdir()
    name = "yangxian-justice.md"
    (inbox / name).write_bytes((SAMPLES / name).read_bytes())
    command = ["ingest", str(inbox), "-o", str(season), "--settle", "0", "-j", "1"]
    assert CliRunner().invoke(cli, command, standalone_mode=False).return_value == REVIEW
    settle(season)
    again = CliRunner().invoke(cli, command, standalone_mode=False)
    assert (again.return_value, "1 done" in again.output) == (ACCEPTED, True), again.output


def settle(folder: Path) -> None:
    """Say of everything that is open that it stands as it is."""
    ledger = open_log(folder, None)
    desk = Desk(find_folder(folder, ledger), DecisionLog(ledger))
    desk.load()
    while fields := desk.fields(Filter()):
        desk.decide([Reply(fields[0].address, "accept", None, 0, "李")])
    for entry in desk.entries():
        for doubt in desk.opened(entry.sha256).final.doubts[0].sections:
            desk.decide([Reply(Address(entry.sha256, 0, doubt.path or ""), "accept", None, 0, "李")])
    ledger.close()


def test_an_ingest_keeps_decisions_and_reconciles_the_finals(tmp_path: Path, justice: Submission) -> None:
    inbox, season = tmp_path / "inbox", tmp_path / "season"
    inbox.mkdir()
    name = "yangxian-justice.md"
    (inbox / name).write_bytes((SAMPLES / name).read_bytes())
    command = ["ingest", str(inbox), "-o", str(season), "-q", "--settle", "0", "-j", "1"]
    CliRunner().invoke(cli, command)
    decide(season, justice, "/budget/income/3/amount", "1932.42")
    again = CliRunner().invoke(cli, command)
    assert again.exception is None, again.output
    final = json.loads((season / "final" / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    result = json.loads((season / "results" / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    assert final["forms"][0]["data"]["budget"]["income"][3]["amount"] == Decimal("1932.42")
    assert result["forms"][0]["data"]["budget"]["income"][3]["amount"] == Decimal("1932.41")
    assert "1932.42" in (season / "reconciliation.html").read_text("utf-8").replace(",", "")


def test_a_desk_opens_a_season_without_looking_at_its_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, season = tmp_path / "inbox", tmp_path / "season"
    inbox.mkdir()
    name = "yangxian-justice.md"
    (inbox / name).write_bytes((SAMPLES / name).read_bytes())
    CliRunner().invoke(cli, ["ingest", str(inbox), "-o", str(season), "-q", "--settle", "0", "-j", "1"])
    looked: list[str] = []
    monkeypatch.setattr("shenbao.desk.desk.json_to_submission", looked.append)
    with closing(open_log(season, None)) as ledger:
        desk = Desk(find_folder(season, ledger), DecisionLog(ledger))
        desk.load()
    assert (len(desk.fields(Filter())), looked) == (open_fields(JUSTICE), [])
