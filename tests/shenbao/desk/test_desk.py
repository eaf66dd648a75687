from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models.submission import Submission, json_to_submission
from shenbao.desk.desk import Desk
from shenbao.desk.folder import find_folder, open_log
from shenbao.desk.overlay.fields import AnswerError
from shenbao.desk.queue.opened import GoneError, Reply
from shenbao.desk.queue.queue import Address, Filter, Queue
from shenbao.ingest.ledger.decisions import ConflictError, DecisionLog
from tests.places import ROOT
from tests.shenbao.desk.conftest import ALL_OPEN, FAX, FAX_OPEN, JUSTICE

BASIS = "/annual/indicators/0/basis"


def at(reading: Submission, path: str) -> Address:
    return Address(reading.source.sha256, 0, path)


def final(out: Path, name: str) -> Submission:
    return json_to_submission((out / "final" / name).read_text("utf-8"))


def test_the_queue_holds_every_doubt_of_every_result(desk: Desk) -> None:
    assert desk.left(Filter()) == ALL_OPEN


def test_a_decision_is_in_the_final_at_once_and_the_result_stays(
    desk: Desk, out: Path, justice: Submission
) -> None:
    before = (out / JUSTICE).read_bytes()
    desk.decide([Reply(at(justice, BASIS), "edit", "计划标准", 0, "李")])
    assert final(out, JUSTICE).forms[0].data.annual.indicators[0].basis == "计划标准"
    assert (out / JUSTICE).read_bytes() == before
    assert desk.left(Filter()) == ALL_OPEN - 1


def test_the_second_of_two_decisions_on_one_version_is_told(desk: Desk, justice: Submission) -> None:
    desk.decide([Reply(at(justice, BASIS), "blank", None, 0, "李")])
    with pytest.raises(ConflictError):
        desk.decide([Reply(at(justice, BASIS), "edit", "计划标准", 0, "王")])
    assert [one.person for one in desk.log()] == ["李"]


def test_two_desks_on_one_ledger_do_not_overwrite_each_other(
    desk: Desk, out: Path, justice: Submission
) -> None:
    ledger = open_log(out, None)
    other = Desk(find_folder(out), DecisionLog(ledger))
    other.load()
    other.decide([Reply(at(justice, BASIS), "blank", None, 0, "王")])
    with pytest.raises(ConflictError):
        desk.decide([Reply(at(justice, BASIS), "edit", "计划标准", 0, "李")])
    desk.decide([Reply(at(justice, BASIS), "edit", "计划标准", 1, "李")])
    ledger.close()
    assert final(out, JUSTICE).forms[0].data.annual.indicators[0].basis == "计划标准"


def test_undo_is_an_entry_and_brings_the_doubt_back(desk: Desk, justice: Submission) -> None:
    desk.decide([Reply(at(justice, BASIS), "blank", None, 0, "李")])
    assert desk.last_of("李") == at(justice, BASIS)
    desk.decide([Reply(at(justice, BASIS), "undo", None, 1, "李")])
    assert [one.kind for one in desk.log()] == ["blank", "undo"]
    assert desk.left(Filter()) == ALL_OPEN
    assert desk.last_of("李") is None


def test_a_new_session_knows_what_was_decided(desk: Desk, out: Path, justice: Submission) -> None:
    desk.decide([Reply(at(justice, BASIS), "blank", None, 0, "李")])
    ledger = open_log(out, None)
    again = Desk(find_folder(out), DecisionLog(ledger))
    again.load()
    ledger.close()
    assert again.left(Filter()) == ALL_OPEN - 1


def test_a_result_that_was_made_anew_keeps_its_decisions(desk: Desk, out: Path, justice: Submission) -> None:
    desk.decide([Reply(at(justice, BASIS), "edit", "计划标准", 0, "李")])
    shutil.rmtree(out / "final")
    (out / JUSTICE).unlink()
    shutil.copy(ROOT / "golden" / JUSTICE, out / JUSTICE)
    (out / JUSTICE).touch()
    desk.load()
    desk.refresh()
    assert desk.left(Filter()) == ALL_OPEN - 1
    assert final(out, JUSTICE).forms[0].data.annual.indicators[0].basis == "计划标准"
    assert final(out, FAX) == json_to_submission((out / FAX).read_text("utf-8"))


def test_a_result_that_vanished_is_said_and_leaves_the_queue(
    desk: Desk, out: Path, justice: Submission
) -> None:
    (out / JUSTICE).unlink()
    with pytest.raises(GoneError):
        desk.decide([Reply(at(justice, BASIS), "blank", None, 0, "李")])
    assert desk.left(Filter()) == FAX_OPEN
    assert desk.log() == []


def test_an_answer_that_does_not_fit_is_not_written_down(desk: Desk, fax: Submission) -> None:
    with pytest.raises(AnswerError):
        desk.decide([Reply(at(fax, "/budget/income/0/amount"), "edit", "很多", 0, "李")])
    assert desk.log() == []


def test_two_persons_are_shown_different_fields(desk: Desk) -> None:
    first, second = (desk.next_for(person, Filter(), 1)[0] for person in ("李", "王"))
    assert first.address != second.address
    assert desk.next_for("李", Filter(), 1)[0] == first


def test_a_field_is_free_again_when_its_person_does_not_answer(desk: Desk) -> None:
    seconds = [0.0]
    queue = Queue(lambda: seconds[0])
    queue.reset(desk.fields(Filter()))
    first = queue.hand_out("李", Filter())[0]
    assert queue.hand_out("王", Filter())[0] != first
    assert not queue.hold(first.address, "王")
    seconds[0] += 121
    assert queue.hold(first.address, "王")


def test_the_queue_of_a_part_follows_what_is_decided(desk: Desk, justice: Submission) -> None:
    part = Filter(submission=justice.source.sha256)
    before = desk.fields(part)
    desk.decide([Reply(before[0].address, "accept", None, 0, "李")])
    assert desk.fields(part) == before[1:]
    assert desk.left(part) == len(before) - 1
    assert desk.fields(Filter()) == sorted(desk.fields(Filter()))


def test_what_was_put_off_comes_last(desk: Desk) -> None:
    first = desk.next_for("李", Filter(), 1)[0]
    desk.put_off(first.address, "李")
    assert desk.next_for("李", Filter(), 1)[0] != first
    assert desk.next_for("李", Filter(), 100)[-1] == first


def test_money_at_stake_comes_first(desk: Desk, justice: Submission) -> None:
    desk.decide([Reply(at(justice, "/budget/expenditure/0/amount"), "edit", "1470.98", 0, "李")])
    fields = desk.fields(Filter())
    assert fields[0].address.path.startswith("/budget/")
    assert [one.rank for one in fields] == sorted(one.rank for one in fields)
