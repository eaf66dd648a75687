from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shenbao.desk.desk import Desk
from shenbao.desk.folder import find_folder, open_log
from shenbao.desk.queue.opened import Reply
from shenbao.desk.queue.queue import Filter, OpenField
from shenbao.desk.queue.rules import DeskRules
from shenbao.desk.queue.sampling import SampleCount, count_samples, exact_interval
from shenbao.desk.view import field_to_view
from shenbao.ingest.ledger.decisions import DecisionLog
from tests.shenbao.desk.conftest import ALL_OPEN

DAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
Opens = Callable[..., Desk]


@pytest.fixture
def opens(out: Path) -> Iterator[Opens]:
    """Opens the desk of the folder with six fields a week to be drawn."""
    ledger = open_log(out, None)

    def made(day: datetime = DAY, seed: str = "s", count: int = 6) -> Desk:
        rules = DeskRules(samples_a_week=count, seed=seed)
        desk = Desk(find_folder(out), DecisionLog(ledger), rules, lambda: day)
        desk.load()
        return desk

    yield made
    ledger.close()


def sampled(desk: Desk) -> list[OpenField]:
    return [one for one in desk.fields(Filter()) if one.is_sample]


def counted(desk: Desk) -> list[SampleCount]:
    return count_samples(desk.samples(), desk.log())


def test_accepted_fields_are_drawn_and_stand_among_the_others(opens: Opens) -> None:
    desk = opens()
    assert len(sampled(desk)) == 6
    assert desk.left(Filter()) == ALL_OPEN + 6
    for one in sampled(desk):
        view = field_to_view(desk, one.address)
        assert view.value
        assert not view.codes
    assert sum(entry.doubted for entry in desk.entries()) == ALL_OPEN


def test_a_week_is_drawn_once_whoever_opens_the_desk_again(opens: Opens) -> None:
    first = [one.address for one in sampled(opens())]
    assert [one.address for one in sampled(opens(DAY + timedelta(days=2), "other", 50))] == first
    assert len(sampled(opens(DAY + timedelta(days=7)))) == 12


def test_the_same_seed_draws_the_same_fields(opens: Opens, out: Path) -> None:
    first = {(one.path, one.sha256) for one in opens().samples()}
    (out / ".shenbao" / "ledger.sqlite").unlink()
    ledger = open_log(out, None)
    desk = Desk(find_folder(out), DecisionLog(ledger), DeskRules(samples_a_week=6, seed="s"), lambda: DAY)
    desk.load()
    ledger.close()
    assert {(one.path, one.sha256) for one in desk.samples()} == first


def test_answers_to_sampled_fields_are_counted_and_applied(opens: Opens) -> None:
    desk = opens()
    right, wrong, unread, *_ = sampled(desk)
    desk.decide([Reply(right.address, "accept", None, 0, "李")])
    desk.decide([Reply(wrong.address, "blank", None, 0, "李")])
    desk.decide([Reply(unread.address, "illegible", None, 0, "李")])
    (week,) = counted(desk)
    assert (week.drawn, week.answered, week.errors, week.illegible) == (6, 2, 1, 1)
    assert week.rate == 0.5
    assert week.week == "2026-W48"
    assert week.accepted > 500
    assert len(sampled(desk)) == 3


def test_an_answer_that_was_taken_back_is_not_counted(opens: Opens) -> None:
    desk = opens()
    one = sampled(desk)[0]
    desk.decide([Reply(one.address, "blank", None, 0, "李")])
    desk.decide([Reply(one.address, "undo", None, 1, "李")])
    assert counted(desk)[0].answered == 0
    assert len(sampled(desk)) == 6


@pytest.mark.parametrize(
    ("errors", "answered", "low", "high"),
    [(0, 20, 0.0, 0.1684), (1, 20, 0.0013, 0.2487), (10, 10, 0.6915, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_clopper_and_pearson_s(errors: int, answered: int, low: float, high: float) -> None:
    assert exact_interval(errors, answered) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_the_interval_of_a_large_sample_is_near_its_rate() -> None:
    low, high = exact_interval(1000, 20_000)
    assert 0.046 < low < 0.05 < high < 0.054
