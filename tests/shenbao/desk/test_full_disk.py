"""A disk that is full while somebody decides: an answer that was taken is kept, one that was not is still asked for."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from models.submission import Submission, json_to_submission
from shenbao.desk import desk as desk_module
from shenbao.desk.desk import Desk
from shenbao.desk.queue.opened import Reply
from shenbao.desk.queue.queue import Address, Filter
from shenbao.ingest.ledger.decisions import DecisionLog
from shenbao.ingest.ledger.ledger import LedgerError
from tests.shenbao.desk.overlay.test_overlay import BLANKS


def reply(justice: Submission) -> Reply:
    return Reply(Address(justice.source.sha256, 0, BLANKS[0]), "edit", "预算支出标准", 0, "李")


def test_no_room_for_the_final_keeps_the_decision_and_the_final_follows(
    desk: Desk, justice: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="No space"):
        patched.setattr(desk_module, "write_final", no_room)
        desk.decide([reply(justice)])
    assert [one.after for one in desk.log(justice.source.sha256)] == ["预算支出标准"]
    desk.refresh()
    final = json_to_submission((desk.folder.final / "yangxian-justice.md.json").read_text("utf-8"))
    assert final.forms[0].evidence[BLANKS[0]].origin == "person"


def test_no_room_in_the_ledger_takes_no_decision_and_the_field_is_still_open(
    desk: Desk, justice: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> list[int]:
        raise LedgerError("the ledger cannot be used: database or disk is full; make room and run it again")

    before = desk.left(Filter())
    with monkeypatch.context() as patched, pytest.raises(LedgerError, match="disk is full"):
        patched.setattr(DecisionLog, "add", no_room)
        desk.decide([reply(justice)])
    assert desk.left(Filter()) == before
    assert desk.log(justice.source.sha256) == []
    assert not Path(desk.folder.final).exists()
    desk.decide([reply(justice)])
    assert desk.left(Filter()) == before - 1
