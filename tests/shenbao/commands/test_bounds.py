"""The options that bound what a file may cost, and what the ending of a bounded process means for a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from shenbao.bounded.limits import RUN_LIMITS, WorkLimits
from shenbao.commands.bounds import options_to_limits, run_bounded
from shenbao.exits import BAD_DATA, NO_INPUT, BadDataError, EndedError, NoInputError
from shenbao.readers import Settings
from shenbao.show.jobs import ShowFailure, ShowTask

LIMITS = WorkLimits(RUN_LIMITS.timeout_s, RUN_LIMITS.memory_mb * 2**20)


def task(name: str) -> ShowTask:
    return ShowTask(Path(name), Settings(), "json")


def refuse(shown: ShowTask) -> str | ShowFailure:
    return {
        "broken": ShowFailure(BAD_DATA, "broken: not a form"),
        "gone": ShowFailure(NO_INPUT, "gone: no such file"),
        "other": ShowFailure(1, "other: no"),
    }.get(shown.path.name, shown.path.name)


def never_end(shown: ShowTask) -> str:
    while True:
        pass


def test_the_memory_of_the_options_is_in_megabytes() -> None:
    assert options_to_limits(1.5, 64) == WorkLimits(1.5, 64 * 1024 * 1024)


def test_what_a_job_gives_comes_back() -> None:
    assert run_bounded(refuse, task("good"), LIMITS) == "good"


@pytest.mark.parametrize(
    ("name", "error"), [("broken", BadDataError), ("gone", NoInputError), ("other", EndedError)]
)
def test_a_refusal_has_the_exit_code_of_its_kind(name: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=f"{name}: "):
        run_bounded(refuse, task(name), LIMITS)


def test_a_job_that_does_not_end_is_ended_and_the_file_is_named() -> None:
    with pytest.raises(EndedError, match="slow: reading-timed-out"):
        run_bounded(never_end, task("slow"), WorkLimits(0.5, LIMITS.memory))
