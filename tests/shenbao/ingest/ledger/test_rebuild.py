"""A ledger with flipped bits, or one that is none: a clear word, and nothing of what was read is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from shenbao.cli import main
from shenbao.ingest.ledger.rebuild import open_or_rebuild
from tests.inboxes import Season, form, season


def flipped(path: Path, at: int, length: int = 2000) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + length] = bytes(byte ^ 0xFF for byte in data[at : at + length])
    path.write_bytes(data)


@pytest.fixture
def made(tmp_path: Path) -> Season:
    made = season(tmp_path, a=form("阳新县司法局"), b=form("阳新县教育局"))
    assert exit_code("ingest", made.inbox, "-o", made.output.root, "--settle", 0) == 1
    return made


def exit_code(*arguments: object) -> int:
    with pytest.raises(SystemExit) as exited:
        main([str(argument) for argument in arguments])
    assert isinstance(exited.value.code, int)
    return exited.value.code


@pytest.mark.parametrize("at", [0, 4096], ids=["its head", "a page"])
def test_a_damaged_ledger_is_set_aside_and_made_anew_from_what_was_read(
    made: Season, at: int, capfd: pytest.CaptureFixture[str]
) -> None:
    before = made.results()
    flipped(made.output.ledger, at)
    capfd.readouterr()
    assert exit_code("status", made.output.root) == 74
    assert "the ledger is damaged" in capfd.readouterr().err
    log = made.inbox.parent / "log"
    assert exit_code("ingest", made.inbox, "-o", made.output.root, "--settle", 0, "--log", log) == 1
    assert "a new one is made of what was read before" in capfd.readouterr().err
    assert log.read_text("utf-8").count('"cached": true') == 2
    assert made.results() == before
    assert (made.output.state / "ledger.damaged-1.sqlite").exists()


def test_a_new_ledger_knows_whose_it_is_if_that_can_still_be_read(made: Season, tmp_path: Path) -> None:
    pages = made.output.ledger.stat().st_size // 4096
    flipped(made.output.ledger, 4096 * (pages - 1), 4096)
    open_or_rebuild(made.output, None, lambda _: None).close()
    (tmp_path / "other").mkdir()
    assert exit_code("ingest", tmp_path / "other", "-o", made.output.root) == 74


def test_a_whole_ledger_is_left_as_it_is(made: Season) -> None:
    said: list[str] = []
    ledger = open_or_rebuild(made.output, None, said.append)
    assert (len(ledger.files()), said) == (2, [])
    ledger.close()
