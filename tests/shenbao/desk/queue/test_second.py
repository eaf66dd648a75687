from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from models.submission import Submission, json_to_submission
from shenbao.desk.desk import Desk
from shenbao.desk.folder import find_folder, open_log
from shenbao.desk.queue.opened import Reply
from shenbao.desk.queue.queue import Address, Filter
from shenbao.desk.queue.rules import DeskRules, keep_rules, ledger_to_rules
from shenbao.desk.queue.second import RuleError, SecondRule, texts_to_rule
from shenbao.desk.view import field_to_view
from shenbao.ingest.ledger.decisions import DecisionLog, DeskDecisionKind
from tests.shenbao.desk.conftest import ALL_OPEN, JUSTICE

PATH = "/annual/indicators/0/basis"


@pytest.fixture
def desk(out: Path) -> Iterator[Desk]:
    """A desk at which every decided field is looked at by another person."""
    ledger = open_log(out, None)
    made = Desk(find_folder(out), DecisionLog(ledger), DeskRules(SecondRule(share=1.0)))
    made.load()
    yield made
    ledger.close()


@pytest.fixture
def at(justice: Submission) -> Address:
    return Address(justice.source.sha256, 0, PATH)


def say(desk: Desk, at: Address, person: str, kind: DeskDecisionKind, text: str | None = None) -> None:
    version = desk.opened(at.sha256).version(at.form, at.path)
    desk.decide([Reply(at, kind, text, version, person)])


def is_asked(desk: Desk, at: Address, person: str) -> bool:
    return at in [one.address for one in desk.fields(Filter(), person)]


def basis(out: Path) -> str | None:
    final = json_to_submission((out / "final" / JUSTICE).read_text("utf-8"))
    return final.forms[0].data.annual.indicators[0].basis


def test_a_decided_field_goes_to_another_person_and_not_to_the_same(desk: Desk, at: Address) -> None:
    say(desk, at, "李", "edit", "计划标准")
    assert not is_asked(desk, at, "李")
    assert is_asked(desk, at, "王")
    assert (desk.left(Filter(), "李"), desk.left(Filter(), "王")) == (ALL_OPEN - 1, ALL_OPEN)


def test_the_other_person_sees_what_the_first_one_saw(desk: Desk, at: Address) -> None:
    before = field_to_view(desk, at, "王")
    say(desk, at, "李", "edit", "计划标准")
    after = field_to_view(desk, at, "王")
    assert (after.value, after.decided, after.messages) == (before.value, None, before.messages)
    assert field_to_view(desk, at, "李").value == "计划标准"


def test_two_equal_answers_settle_a_field(desk: Desk, at: Address, out: Path) -> None:
    say(desk, at, "李", "edit", "计划标准")
    say(desk, at, "王", "edit", " 计划标准 ")
    assert not any(is_asked(desk, at, person) for person in ("李", "王", "张"))
    assert basis(out) == "计划标准"


def test_of_two_that_differ_a_third_has_the_last_word(desk: Desk, at: Address, out: Path) -> None:
    say(desk, at, "李", "edit", "计划标准")
    say(desk, at, "王", "edit", "行业标准")
    assert [is_asked(desk, at, person) for person in ("李", "王", "张")] == [False, False, True]
    assert basis(out) == "计划标准"
    say(desk, at, "张", "edit", "行业标准")
    assert not is_asked(desk, at, "赵")
    assert basis(out) == "行业标准"


def test_what_two_disagree_on_is_asked_whatever_the_rule_is_later(desk: Desk, at: Address, out: Path) -> None:
    say(desk, at, "李", "edit", "计划标准")
    say(desk, at, "王", "blank")
    ledger = open_log(out, None)
    later = Desk(find_folder(out), DecisionLog(ledger))
    later.load()
    ledger.close()
    assert is_asked(later, at, "张")


def test_an_undo_takes_back_its_own_person_s_answer(desk: Desk, at: Address, out: Path) -> None:
    say(desk, at, "李", "edit", "计划标准")
    say(desk, at, "王", "edit", "行业标准")
    say(desk, at, "李", "undo")
    assert basis(out) == "行业标准"
    assert [is_asked(desk, at, person) for person in ("李", "王")] == [True, False]


def test_figures_above_a_limit_are_looked_at_twice(out: Path, justice: Submission) -> None:
    ledger = open_log(out, None)
    rule = SecondRule(above=Decimal(1_000_000))
    desk = Desk(find_folder(out), DecisionLog(ledger), DeskRules(rule))
    desk.load()
    dear, cheap = "/budget/income/0/amount", "/annual/indicators/0/basis"
    for path in (dear, cheap):
        say(desk, Address(justice.source.sha256, 0, path), "李", "accept" if path == dear else "blank")
    asked = {one.address.path for one in desk.fields(Filter(), "王") if one.barred}
    ledger.close()
    assert asked == {dear}


def test_what_was_said_once_holds_for_the_season(out: Path) -> None:
    ledger = open_log(out, None)
    keep_rules(ledger, ["100000", "5%"], 20)
    keep_rules(ledger, [], None)
    rules = ledger_to_rules(ledger)
    keep_rules(ledger, ["none"], 0)
    ended = ledger_to_rules(ledger)
    ledger.close()
    assert (rules.second.above, rules.second.share, rules.samples_a_week) == (Decimal(100_000), 0.05, 20)
    assert rules.seed
    assert (ended.second.above, ended.second.share, ended.samples_a_week) == (None, 0.0, 0)


@pytest.mark.parametrize("text", ["many", "-1", "120%", "nan", "%"])
def test_a_rule_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(RuleError):
        texts_to_rule([text], "")
