from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest

from models.submission import Submission
from shenbao.batch import BatchOptions
from shenbao.bounded.limits import WorkLimits
from shenbao.desk.desk import Desk
from shenbao.desk.folder import find_folder, open_log
from shenbao.desk.goldens import GoldenError, add_golden, check_goldens, outcomes_to_junit
from shenbao.desk.pages.originals import Originals
from shenbao.desk.queue.index import DeskEntry
from shenbao.desk.queue.opened import Reply
from shenbao.desk.queue.queue import Address
from shenbao.desk.queue.rules import DeskRules
from shenbao.desk.queue.second import SecondRule
from shenbao.ingest.ledger.decisions import DecisionLog
from shenbao.readers import Settings
from tests.places import ROOT
from tests.shenbao.desk.overlay.test_overlay import BLANKS

OPTIONS = BatchOptions(Settings(), WorkLimits(120, 2**31))


def entry(desk: Desk, reading: Submission) -> DeskEntry:
    return next(one for one in desk.entries() if one.sha256 == reading.source.sha256)


@pytest.fixture
def originals(desk: Desk, out: Path) -> Originals:
    ledger = open_log(out, None)
    found = Originals(desk.folder, ledger, [ROOT / "samples"])
    ledger.close()
    return found


@pytest.fixture
def golden(desk: Desk, justice: Submission, originals: Originals, tmp_path: Path) -> Path:
    """The justice bureau's form, confirmed with one correction, frozen."""
    replies = [Reply(Address(justice.source.sha256, 0, path), "blank", None, 0, "李") for path in BLANKS]
    replies.append(Reply(Address(justice.source.sha256, 0, "/phone"), "edit", "0715-7654321", 0, "李"))
    desk.decide(replies)
    return add_golden(tmp_path / "goldens", desk, entry(desk, justice), originals)


def test_what_is_still_open_is_not_frozen(
    desk: Desk, justice: Submission, originals: Originals, tmp_path: Path
) -> None:
    with pytest.raises(GoldenError, match="still open"):
        add_golden(tmp_path, desk, entry(desk, justice), originals)


@contextmanager
def with_rules(out: Path, rules: DeskRules) -> Iterator[Desk]:
    with closing(open_log(out, None)) as ledger:
        made = Desk(find_folder(out), DecisionLog(ledger), rules)
        made.load()
        yield made


def confirm(desk: Desk, justice: Submission) -> None:
    """Decide about all that the program doubts of the justice bureau's form."""
    desk.decide([Reply(Address(justice.source.sha256, 0, path), "blank", None, 0, "李") for path in BLANKS])


def test_a_field_that_was_drawn_at_random_keeps_no_golden_back(
    out: Path, justice: Submission, originals: Originals, tmp_path: Path
) -> None:
    with with_rules(out, DeskRules(samples_a_week=2000, seed="s")) as desk:
        confirm(desk, justice)
        assert entry(desk, justice).fields
        assert (
            add_golden(tmp_path / "goldens", desk, entry(desk, justice), originals) / "known.json"
        ).is_file()


def test_what_another_person_is_still_to_look_at_is_not_frozen(
    out: Path, justice: Submission, originals: Originals, tmp_path: Path
) -> None:
    with with_rules(out, DeskRules(SecondRule(share=1.0))) as desk:
        confirm(desk, justice)
        with pytest.raises(GoldenError, match=f"{len(BLANKS)} fields are still open"):
            add_golden(tmp_path / "goldens", desk, entry(desk, justice), originals)


def test_what_persons_had_to_correct_then_may_still_be_wrong(golden: Path) -> None:
    (outcome,) = check_goldens(golden.parent, OPTIONS)
    assert outcome.is_as_confirmed


def test_a_field_that_was_read_right_then_and_is_not_now_is_told_in_words(golden: Path) -> None:
    (golden / "known.json").write_text("[]", "utf-8")
    (outcome,) = check_goldens(golden.parent, OPTIONS)
    assert [one.path for one in outcome.differences] == ["/phone"]
    assert outcome.differences[0].words().startswith("联系电话：应为“0715-7654321”，读为")


def test_junit_names_the_golden_and_its_differences(golden: Path) -> None:
    (golden / "known.json").write_text("[]", "utf-8")
    root = ElementTree.fromstring(outcomes_to_junit(list(check_goldens(golden.parent, OPTIONS))))
    assert (root.get("tests"), root.get("failures")) == ("1", "1")
    assert "联系电话" in (root.findtext("testcase/failure") or "")


def test_a_golden_that_is_not_whole_is_said(golden: Path) -> None:
    (golden / "expected.json").write_text(json.dumps({"no": 1}), "utf-8")
    (outcome,) = check_goldens(golden.parent, OPTIONS)
    assert "not whole" in outcome.failure
