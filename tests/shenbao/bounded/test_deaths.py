"""Why a process ended before it answered, in a clerk's words."""

from __future__ import annotations

from typing import get_args

import pytest

from models.codes import CODES
from shenbao.bounded.deaths import death_to_problem
from shenbao.bounded.process import Cause, Death


@pytest.mark.parametrize("cause", get_args(Cause))
def test_every_cause_has_a_listed_code_and_says_no_file_is_damaged(cause: Cause) -> None:
    problem = death_to_problem(Death(cause, "7"))
    assert problem.code in CODES
    assert "损坏" not in problem.message


@pytest.mark.parametrize("cause", ["died", "lost"])
def test_a_process_that_ended_by_itself_says_so(cause: Cause) -> None:
    assert death_to_problem(Death(cause, "exit code -11")).code == "reading-died"


def test_the_limit_stands_in_the_message() -> None:
    assert (
        death_to_problem(Death("timed_out", "900 s")).message
        == "读取超过 900 s 仍未完成，已停止（--timeout）"
    )
