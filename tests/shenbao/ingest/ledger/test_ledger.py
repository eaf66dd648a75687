"""The ledger: what it remembers, whose it is, and what it does when its database is away."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from shenbao.ingest.ledger.books import File, FormRow, Work
from shenbao.ingest.ledger.ledger import Ledger, LedgerError

FORM = FormRow("s", 1, "hubei-2025", "阳新县司法局", 2026, "万元", Decimal("1932.40"), None)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite")


def test_rows_come_back_as_they_were_with_their_printed_digits(ledger: Ledger) -> None:
    file, work = File("a.md", "1:2:3", 1, "s"), Work("s", "a.md", "r", "done", 0, "", 0.5)
    ledger.record([file], [work], [FORM])
    assert (ledger.files(), ledger.works(), ledger.forms()) == ({"a.md": file}, {"s": work}, [FORM])
    assert str(ledger.forms()[0].income) == "1932.40"


def test_a_row_takes_the_place_of_the_one_before(ledger: Ledger) -> None:
    ledger.record([File("a.md", "1", 1, "s")], [Work("s", "a.md", "r", "done")], [FORM])
    ledger.record([File("a.md", "2", 1, "s")], [Work("s", "a.md", "r", "rejected")])
    assert ledger.files()["a.md"].stamp == "2"
    assert ledger.works()["s"].state == "rejected"
    assert ledger.forms() == []


def test_what_was_being_read_is_found_again(ledger: Ledger) -> None:
    ledger.record([], [Work("s", "a", "r", "reading"), Work("t", "b", "r", "done")])
    assert ledger.roll_back() == 1
    assert {work.state for work in ledger.works().values()} == {"found", "done"}


def test_only_what_failed_is_retried(ledger: Ledger) -> None:
    ledger.record(
        [File("c", "1", 1, None, "locked")], [Work("s", "a", "r", "failed"), Work("t", "b", "r", "rejected")]
    )
    assert ledger.retry(["failed"]) == 2
    assert {sha: work.state for sha, work in ledger.works().items()} == {"s": "found", "t": "rejected"}
    assert ledger.files() == {}


def test_more_names_than_a_statement_takes_are_forgotten(ledger: Ledger) -> None:
    ledger.record([File(str(n), "1", 1, None, "x") for n in range(2500)])
    ledger.forget([str(n) for n in range(2499)])
    assert list(ledger.files()) == ["2499"]


def test_a_ledger_belongs_to_one_folder_and_one_inbox(ledger: Ledger) -> None:
    ledger.belong("id", "/in", moved=False)
    ledger.belong("id", "/in", moved=False)
    with pytest.raises(LedgerError, match="another output folder"):
        ledger.belong("other", "/in", moved=False)
    with pytest.raises(LedgerError, match="--moved"):
        ledger.belong("id", "/elsewhere", moved=False)
    ledger.belong("id", "/elsewhere", moved=True)
    assert ledger.notes()["inbox"] == "/elsewhere"


def test_a_database_that_is_away_is_waited_for(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    away = iter([True, True, False])

    def refuse(*_: object) -> None:
        if next(away, False):
            raise OperationalError("insert", {}, Exception("server closed the connection"))

    event.listen(ledger._engine, "before_cursor_execute", refuse)
    monkeypatch.setattr(ledger, "_may_return", lambda _: True)
    ledger.record([], [Work("s", "a", "r", "done")])
    assert list(ledger.works()) == ["s"]


def test_a_database_that_stays_away_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite", patience=0.2)

    def refuse(*_: object) -> None:
        raise OperationalError("insert", {}, Exception("server closed the connection"))

    event.listen(ledger._engine, "before_cursor_execute", refuse)
    monkeypatch.setattr(ledger, "_may_return", lambda _: True)
    with pytest.raises(LedgerError, match="server closed the connection"):
        ledger.works()


def test_a_damaged_ledger_is_said(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(LedgerError, match="not a database"):
        Ledger(tmp_path / "ledger.sqlite")


def test_an_address_without_a_driver_is_said() -> None:
    with pytest.raises(LedgerError, match="address"):
        Ledger("nonsense://x")
