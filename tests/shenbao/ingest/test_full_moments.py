"""A disk that is full at each moment at which something is written: nothing half-written, and what is done stays done."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from sqlalchemy import event
from sqlalchemy.engine import Engine

from shenbao.cli import cli
from shenbao.exits import IO_ERROR
from shenbao.ingest.inbox.look import UnwritableError
from shenbao.ingest.ledger.ledger import Ledger, LedgerError
from shenbao.ingest.place import write_whole
from shenbao.ingest.workers import work as reading
from shenbao.ingest.workers.work import Task, TaskOutcome, work
from tests.inboxes import Season, form, season


def no_room(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def full_for(suffix: str, task: Task) -> TaskOutcome:
    """A reader whose second file finds no room for what ends so."""

    def write(place: Path, *arguments: Any, **options: Any) -> None:
        if place.suffix == suffix:
            no_room()
        write_whole(place, *arguments, **options)

    if task.name != "b.md":
        return work(task)
    with patch(f"{reading.__name__}.write_whole", write):
        return work(task)


def no_room_for_results(task: Task) -> TaskOutcome:
    return full_for(".json", task)


def no_room_on_the_shelf(task: Task) -> TaskOutcome:
    return full_for(".npz", task)


@pytest.fixture
def three(tmp_path: Path) -> Season:
    return season(tmp_path, **{name: form(f"阳新县{name}局") for name in "abc"})


@pytest.fixture
def undisturbed(three: Season, tmp_path: Path) -> dict[str, bytes]:
    """The results of the same inbox where there was room."""
    other = season(tmp_path / "other", **{name: form(f"阳新县{name}局") for name in "abc"})
    other.run()
    return other.results()


@pytest.mark.parametrize("function", [no_room_for_results, no_room_on_the_shelf])
def test_no_room_for_a_result_or_on_the_shelf_ends_the_run_and_the_next_goes_on(
    three: Season, undisturbed: dict[str, bytes], function: Callable[[Task], TaskOutcome]
) -> None:
    with pytest.raises(UnwritableError, match="No space left"):
        three.run(function=function)
    early = three.results()
    assert early.items() <= undisturbed.items()
    assert "b.md.json" not in early
    assert "b.md" in three.run().read
    assert three.results() == undisturbed


@contextmanager
def full_ledger(pages: int) -> Iterator[None]:
    """SQLite may use no more pages than these, as on a disk that is full."""

    def bound(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(Engine, "connect", bound)
    try:
        yield
    finally:
        event.remove(Engine, "connect", bound)


@pytest.mark.parametrize("pages", [3, 1], ids=["at the start", "on the way"])
def test_no_room_in_the_ledger_is_said_and_the_next_run_goes_on(tmp_path: Path, pages: int) -> None:
    many = {f"{'会议记录' * 14}{n:02}": f"今天下午第{n}次开会" for n in range(24)}
    made, other = (season(tmp_path / name, **many) for name in ("full", "other"))
    if pages == 1:
        Ledger(made.output.ledger).close()  # SQLite takes what it has for the least
    with full_ledger(pages), pytest.raises(LedgerError, match="disk is full; make room and run it again"):
        made.run()
    made.run()
    other.run()
    assert made.results() == other.results()
    assert len(made.results()) == len(many)


def test_no_room_for_tables_leaves_those_that_are_there(
    three: Season, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.run()
    arguments = ["tables", str(three.output.root), "--to", str(tmp_path / "tables")]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "tables").iterdir()}
    monkeypatch.setattr("shenbao.outputs.Path.replace", no_room)
    result = CliRunner().invoke(cli, arguments)
    assert (result.exit_code, "No space left" in result.output) == (IO_ERROR, True)
    assert {path: path.read_bytes() for path in (tmp_path / "tables").iterdir()} == before
